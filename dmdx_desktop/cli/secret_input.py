"""Takes keys from a person at a terminal, or from standard input; never from the command line itself.

The command line's thread. Arguments are seen by every process of the computer and kept by shells.
"""

import getpass
import sys
from collections.abc import Mapping
from typing import Final

from pydantic import SecretStr

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.connection import NEEDED, SECRETS_OF, SecretName, Service

LONGEST_INPUT: Final = 40_000
PASSPHRASE: Final = "passphrase"
ASKED: Final[Mapping[SecretName, str]] = {
    SecretName.OPENROUTER_KEY: "Key of OpenRouter",
    SecretName.WAVESPEED_KEY: "Key of WaveSpeed",
    SecretName.R2_ACCESS_KEY_ID: "Access key id of the bucket",
    SecretName.R2_SECRET_ACCESS_KEY: "Secret access key of the bucket",
    SecretName.R2_SESSION_TOKEN: "Session token (empty for permanent keys)",
}


def read_secrets(service: Service, *, with_passphrase: bool) -> tuple[dict[SecretName, SecretStr], SecretStr | None]:
    """The keys of a service, and the passphrase of the vault where one is wanted. Raises ``UsageError``."""
    names = SECRETS_OF[service]
    if sys.stdin is not None and sys.stdin.isatty():
        given = {name: getpass.getpass(f"{ASKED[name]}: ") for name in names}
        passphrase = getpass.getpass("Passphrase for the vault: ") if with_passphrase else ""
    else:
        given, passphrase = _from_lines(names)
    secrets = {name: SecretStr(value.strip()) for name, value in given.items() if value.strip()}
    if secrets and any(name in NEEDED and name not in secrets for name in names):
        raise UsageError(
            "key_missing",
            "A key is missing.",
            f"{service.label} needs {' and '.join(name for name in names if name in NEEDED)}.",
            "Give each on a line of its own on standard input, as NAME=VALUE.",
        )
    if with_passphrase and not passphrase:
        raise UsageError(
            "passphrase_missing",
            "The passphrase is missing.",
            "The vault is to be locked with one.",
            f"Give it as the line {PASSPHRASE}=... on standard input.",
        )
    return secrets, SecretStr(passphrase) if passphrase else None


def _from_lines(names: tuple[SecretName, ...]) -> tuple[dict[SecretName, str], str]:
    """Lines NAME=VALUE in any order; of a service with one key that key alone will do."""
    text = sys.stdin.read(LONGEST_INPUT) if sys.stdin is not None else ""
    given: dict[SecretName, str] = {}
    passphrase = ""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, sign, value = line.partition("=")
        if sign and name == PASSPHRASE:
            passphrase = value
        elif sign and name in names:
            given[SecretName(name)] = value
        else:
            # A key may hold any sign: a line that names nothing is the key itself.
            given.setdefault(names[0], line)
    return given, passphrase
