"""Commands about connections. Pure; any process and thread.

They are never written down: a key travels from the process it was typed in to the core's vault, and its repr is masked
all the way.
"""

from typing import Literal

from pydantic import ConfigDict, Field, SecretStr, field_serializer, model_validator

from dmdx_desktop.models.command_base import CommandBase
from dmdx_desktop.models.connection import (
    LONGEST_MODEL,
    LONGEST_SECRET,
    LONGEST_URL,
    MOST_FALLBACKS,
    SECRETS_OF,
    Purpose,
    SecretName,
    Service,
    Way,
)
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.models.term import Term

LONGEST_PASSPHRASE = 1_000
MOST_MICRO_USD = 1_000_000_000_000
MOST_BYTES_A_SECOND = 10_000_000_000


class Keeping(Term):
    """For how long keys are kept."""

    VAULT = "vault", "In the vault of this computer"
    THIS_START = "this_start", "Until the program ends"


class ListConnections(CommandBase):
    """How each kind of work is connected, without any key."""

    kind: Literal["connections"] = "connections"


class SetConnection(CommandBase):
    """Connect a service with keys of the user's own; what is None stays as it is.

    ``passphrase`` locks the vault where the computer has no keychain.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: Literal["set_connection"] = "set_connection"
    service: Service
    secrets: dict[SecretName, SecretStr] = Field(default_factory=dict, max_length=len(SecretName))
    url: str | None = Field(default=None, max_length=LONGEST_URL)
    model: str | None = Field(default=None, min_length=1, max_length=LONGEST_MODEL)
    fallbacks: tuple[str, ...] | None = Field(default=None, max_length=MOST_FALLBACKS)
    zero_retention: bool | None = None
    bucket: str | None = Field(default=None, max_length=63)
    keeping: Keeping = Keeping.VAULT
    passphrase: SecretStr | None = None

    @field_serializer("secrets", when_used="json")
    def _whole_secrets(self, secrets: dict[SecretName, SecretStr]) -> dict[str, str]:
        return {name.value: secret.get_secret_value() for name, secret in secrets.items()}

    @field_serializer("passphrase", when_used="json")
    def _whole_passphrase(self, passphrase: SecretStr | None) -> str | None:
        return None if passphrase is None else passphrase.get_secret_value()

    @model_validator(mode="after")
    def _secrets_belong_to_the_service(self) -> "SetConnection":
        if not set(self.secrets) <= set(SECRETS_OF[self.service]):
            raise ValueError("a secret of another service")
        if any(not 0 < len(secret.get_secret_value()) <= LONGEST_SECRET for secret in self.secrets.values()):
            raise ValueError("a secret that is empty or too long")
        return self


class ChooseWay(CommandBase):
    """Have a kind of work done here, or by the service that is connected for it."""

    kind: Literal["choose_way"] = "choose_way"
    purpose: Purpose
    way: Way


class CheckConnection(CommandBase):
    """Try a connection, or all there are, and say in words what works."""

    kind: Literal["test_connection"] = "test_connection"
    service: Service | None = None


class RemoveConnection(CommandBase):
    """Forget a connection and its keys."""

    kind: Literal["remove_connection"] = "remove_connection"
    service: Service


class UnlockVault(CommandBase):
    """Open a vault that is locked with a passphrase."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: Literal["unlock_vault"] = "unlock_vault"
    passphrase: SecretStr = Field(max_length=LONGEST_PASSPHRASE)

    @field_serializer("passphrase", when_used="json")
    def _whole_passphrase(self, passphrase: SecretStr) -> str:
        return passphrase.get_secret_value()


class SetBudget(CommandBase):
    """How much paid engines may cost in a month; None for no budget. ``lift`` lets this month go beyond it."""

    kind: Literal["set_budget"] = "set_budget"
    month_micro_usd: int | None = Field(default=None, ge=0, le=MOST_MICRO_USD)
    hour_micro_usd: int | None = Field(default=None, ge=0, le=MOST_MICRO_USD)
    lift: bool = False


class KeepCopies(CommandBase):
    """Whether finished images are copied to the designer's own bucket, and how fast; what is None stays as it is.

    ``limit`` is in bytes a second, 0 for no limit.
    """

    kind: Literal["keep_copies"] = "keep_copies"
    on: bool | None = None
    paused: bool | None = None
    limit: int | None = Field(default=None, ge=0, le=MOST_BYTES_A_SECOND)


class ListEngines(CommandBase):
    """The engines that can make pictures now: the recommended ones, with ``all_models`` every one there is."""

    kind: Literal["engines"] = "engines"
    all_models: bool = False


class QuoteImages(CommandBase):
    """What images of a recipe cost, as its engine's service says now; nothing is asked for."""

    kind: Literal["quote"] = "quote"
    recipe: Recipe
    images: int = Field(ge=1, le=1_000_000)
    references: int = Field(default=1, ge=1, le=20)


class SignIn(CommandBase):
    """Connect OpenRouter by a sign-in in the browser: the code it came back with, and what proves that it is ours."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: Literal["sign_in"] = "sign_in"
    code: SecretStr = Field(min_length=1, max_length=LONGEST_SECRET)
    verifier: SecretStr = Field(min_length=43, max_length=128)
    keeping: Keeping = Keeping.VAULT

    @field_serializer("code", "verifier", when_used="json")
    def _whole(self, secret: SecretStr) -> str:
        return secret.get_secret_value()


ConnectionCommand = (
    ListConnections
    | SetConnection
    | ChooseWay
    | CheckConnection
    | RemoveConnection
    | UnlockVault
    | SetBudget
    | KeepCopies
    | ListEngines
    | QuoteImages
    | SignIn
)
