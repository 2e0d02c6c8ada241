"""Connections of one core: what turns them on, where their keys are, which addresses they may have. Real files."""

import json
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from dmdx_desktop.errors import AccountError, UsageError
from dmdx_desktop.models.connecting import Keeping, SetConnection
from dmdx_desktop.models.connection import (
    LONGEST_SECRET,
    OPENROUTER_URL,
    WAVESPEED_URL,
    Purpose,
    SecretName,
    Service,
    Way,
    checked_base_url,
    is_loopback,
)
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.connections import FILE, LARGEST_FILE, PASSPHRASE, Connections
from dmdx_desktop.services.vault import Vault, VaultState
from tests.services.test_vault import MemoryKeychain

KEY = "q7sk-or-of-nobodyZ9"
R2_KEYS = {SecretName.R2_ACCESS_KEY_ID: "q7idZ9", SecretName.R2_SECRET_ACCESS_KEY: "q7secretZ9"}


class Desk:
    """A basedir with a keychain beside it, started as often as a test likes."""

    def __init__(self, basedir: Path) -> None:
        self.basedir = basedir
        self.keychain = MemoryKeychain()

    async def start(self, environment: Mapping[str, str] | None = None) -> Connections:
        connections = Connections(self.basedir, Vault(self.basedir / "vault.json", self.keychain), environment or {})
        await connections.open()
        return connections

    def written(self) -> str:
        return "\n".join(file.read_text() for file in self.basedir.iterdir())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def _openrouter(
    key: str = KEY, *, keeping: Keeping = Keeping.VAULT, url: str | None = None, passphrase: str | None = None
) -> SetConnection:
    return SetConnection(
        service=Service.OPENROUTER,
        secrets={SecretName.OPENROUTER_KEY: SecretStr(key)},
        url=url,
        keeping=keeping,
        passphrase=None if passphrase is None else SecretStr(passphrase),
    )


async def test_connections_of_a_new_basedir_are_all_of_this_computer(desk: Desk) -> None:
    connections = await desk.start()
    assert [connections.serves(purpose) for purpose in Purpose] == [None, None, None]
    assert (connections.vault_state, connections.settings.openrouter_url) == (VaultState.EMPTY, OPENROUTER_URL)
    assert not list(desk.basedir.iterdir())


async def test_connections_a_key_in_the_environment_turns_its_connection_on(desk: Desk) -> None:
    environment = {
        "DMDX_OPENROUTER_KEY": f" {KEY}\n",
        "DMDX_OPENROUTER_URL": "http://127.0.0.1:8/api/",
        "DMDX_OPENROUTER_MODEL": "maker/vision",
        "DMDX_R2_ACCESS_KEY_ID": "id",
        "DMDX_WAVESPEED_KEY": "",
    }
    connections = await desk.start(environment)
    assert connections.serves(Purpose.IDENTIFICATION) is Service.OPENROUTER
    assert connections.serves(Purpose.RENDERING) is connections.serves(Purpose.STORAGE) is None
    assert connections.secret(SecretName.OPENROUTER_KEY) == KEY
    assert connections.kept_where(Service.OPENROUTER) == "environment"
    assert connections.settings.openrouter_url == "http://127.0.0.1:8/api"
    assert connections.settings.openrouter_model == "maker/vision"
    assert not list(desk.basedir.iterdir())
    assert (await desk.start()).serves(Purpose.IDENTIFICATION) is None


async def test_connections_a_bucket_needs_keys_address_and_name(desk: Desk) -> None:
    keys = {"DMDX_R2_ACCESS_KEY_ID": "id", "DMDX_R2_SECRET_ACCESS_KEY": "secret"}
    place = {"DMDX_R2_ENDPOINT": "https://account.example.invalid", "DMDX_R2_BUCKET": "studio"}
    for missing in (*keys, *place):
        environment = {name: value for name, value in (keys | place).items() if name != missing}
        assert (await desk.start(environment)).serves(Purpose.STORAGE) is None
    assert (await desk.start(keys | place)).serves(Purpose.STORAGE) is Service.R2


async def test_connections_the_environment_comes_before_this_start_and_that_before_the_vault(desk: Desk) -> None:
    connections = await desk.start()
    await connections.set(_openrouter("q7vaultZ9"))
    await connections.set(_openrouter("q7startZ9", keeping=Keeping.THIS_START))
    assert connections.secret(SecretName.OPENROUTER_KEY) == "q7startZ9"
    assert connections.kept_where(Service.OPENROUTER) == "this_start"
    await connections.set(_openrouter("q7vaultagainZ9"))
    assert connections.secret(SecretName.OPENROUTER_KEY) == "q7vaultagainZ9"
    again = await desk.start({"DMDX_OPENROUTER_KEY": "q7environmentZ9"})
    assert again.secret(SecretName.OPENROUTER_KEY) == "q7environmentZ9"
    assert (await desk.start()).kept_where(Service.OPENROUTER) == "vault"


async def test_connections_settings_come_back_at_the_next_start(desk: Desk) -> None:
    connections = await desk.start()
    revision = connections.revision
    await connections.set(_openrouter(url="https://gate.example.invalid/v1/"))
    await connections.set(
        SetConnection(
            service=Service.R2,
            secrets={name: SecretStr(key) for name, key in R2_KEYS.items()},
            url="https://bucket.example.invalid",
            bucket="studio",
        )
    )
    assert connections.revision == revision + 2
    again = await desk.start()
    assert again.settings == connections.settings
    assert again.settings.openrouter_url == "https://gate.example.invalid/v1"
    assert [again.serves(purpose) for purpose in Purpose] == [Service.OPENROUTER, None, Service.R2]
    assert not any(key in desk.written() for key in (KEY, *R2_KEYS.values()))


async def test_connections_secrets_of_one_start_are_never_written(desk: Desk) -> None:
    desk.keychain.answers = False
    connections = await desk.start()
    with pytest.raises(AccountError) as caught:
        await connections.set(_openrouter())
    assert caught.value.code == "no_keychain"
    assert connections.serves(Purpose.IDENTIFICATION) is None
    await connections.set(_openrouter(keeping=Keeping.THIS_START))
    assert connections.serves(Purpose.IDENTIFICATION) is Service.OPENROUTER
    assert KEY not in desk.written()
    again = await desk.start()
    assert (again.secret(SecretName.OPENROUTER_KEY), again.serves(Purpose.IDENTIFICATION)) == (None, None)


async def test_connections_a_vault_with_a_passphrase_opens_from_the_environment_or_by_hand(desk: Desk) -> None:
    desk.keychain.answers = False
    await (await desk.start()).set(_openrouter(passphrase="correct horse"))
    locked = await desk.start()
    assert (locked.vault_state, locked.serves(Purpose.IDENTIFICATION)) == (VaultState.LOCKED, None)
    await locked.unlock("correct horse")
    assert locked.serves(Purpose.IDENTIFICATION) is Service.OPENROUTER
    assert (await desk.start({PASSPHRASE: "correct horse"})).secret(SecretName.OPENROUTER_KEY) == KEY
    with pytest.raises(AccountError) as caught:
        await desk.start({PASSPHRASE: "wrong horse"})
    assert caught.value.code == "wrong_passphrase"


async def test_connections_choosing_a_service_without_a_key_is_refused(desk: Desk) -> None:
    connections = await desk.start()
    with pytest.raises(UsageError) as caught:
        await connections.choose(Purpose.RENDERING, Way.OWN_KEYS)
    assert caught.value.code == "not_connected"
    await connections.set(_openrouter())
    await connections.choose(Purpose.IDENTIFICATION, Way.LOCAL)
    assert connections.serves(Purpose.IDENTIFICATION) is None
    await connections.choose(Purpose.IDENTIFICATION, Way.OWN_KEYS)
    assert (await desk.start()).serves(Purpose.IDENTIFICATION) is Service.OPENROUTER


async def test_connections_removing_one_forgets_its_keys_alone(desk: Desk) -> None:
    connections = await desk.start()
    await connections.set(_openrouter())
    wavespeed = SetConnection(service=Service.WAVESPEED, secrets={SecretName.WAVESPEED_KEY: SecretStr("q7waveZ9")})
    await connections.set(wavespeed)
    await connections.remove(Service.OPENROUTER)
    assert connections.secret(SecretName.OPENROUTER_KEY) is None
    assert connections.secret(SecretName.WAVESPEED_KEY) == "q7waveZ9"
    await connections.remove(Service.WAVESPEED)
    assert not desk.keychain.keys
    assert [file.name for file in desk.basedir.iterdir()] == [FILE]


async def test_connections_a_vault_that_nobody_can_read_is_thrown_away_by_removing(desk: Desk) -> None:
    await (await desk.start()).set(_openrouter())
    desk.keychain.keys.clear()
    connections = await desk.start()
    assert connections.vault_state is VaultState.LOST
    await connections.remove(Service.OPENROUTER)
    assert (await desk.start()).vault_state is VaultState.EMPTY


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 2}', b'{"rendering": "magic"}', b'{"openrouter_url": "http://h"}',
     b'{"wavespeed_url": "https://u:p@h"}', b'{"openrouter_fallbacks": ["a", "b", "c", "d"]}',
     b" " * (LARGEST_FILE + 9)],
)  # fmt: skip
async def test_connections_with_damaged_settings_do_not_start(desk: Desk, content: bytes) -> None:
    (desk.basedir / FILE).write_bytes(content)
    with pytest.raises(UsageError) as caught:
        await desk.start()
    assert caught.value.code == "connections_unreadable"
    assert (desk.basedir / FILE).read_bytes() == content


async def test_connections_leave_out_what_a_newer_program_wrote(desk: Desk) -> None:
    (desk.basedir / FILE).write_text(json.dumps({"version": 1, "rendering": "own_keys", "invented_later": [1]}))
    connections = await desk.start()
    assert connections.settings.way(Purpose.RENDERING) is Way.OWN_KEYS
    assert connections.serves(Purpose.RENDERING) is None


@pytest.mark.parametrize(
    "key", ["q7 two wordsZ9", "q7line\nlineZ9", "q7\u2019quoteZ9", "q7\u200bZ9", "   ", "q7\x7fZ9"]
)
async def test_connections_a_key_that_could_not_be_sent_is_refused_without_being_told(desk: Desk, key: str) -> None:
    connections = await desk.start()
    with pytest.raises(UsageError) as caught:
        await connections.set(_openrouter(key))
    assert caught.value.code == "not_a_key"
    assert "q7" not in str(caught.value)
    assert connections.serves(Purpose.IDENTIFICATION) is None
    if key.strip():
        with pytest.raises(UsageError):
            await desk.start({"DMDX_OPENROUTER_KEY": key})


def test_set_connection_refuses_foreign_and_overlong_secrets_without_repeating_them() -> None:
    for secrets in (
        {SecretName.WAVESPEED_KEY: SecretStr(KEY)},
        {SecretName.OPENROUTER_KEY: SecretStr("")},
        {SecretName.OPENROUTER_KEY: SecretStr(KEY * LONGEST_SECRET)},
    ):
        with pytest.raises(ValidationError) as caught:
            SetConnection(service=Service.OPENROUTER, secrets=secrets)
        assert KEY not in str(caught.value)
    command = _openrouter(passphrase="correct horse")
    assert KEY not in repr(command)
    assert "correct" not in repr(command)
    assert SetConnection.model_validate_json(command.model_dump_json()).secrets == command.secrets


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (OPENROUTER_URL, OPENROUTER_URL), (f" {WAVESPEED_URL}/ ", WAVESPEED_URL),
        ("http://127.0.0.1:8080/api/v1//", "http://127.0.0.1:8080/api/v1"), ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8080", "http://[::1]:8080"), ("https://10.0.0.7:9000", "https://10.0.0.7:9000"),
    ],
)  # fmt: skip
def test_checked_base_url_takes_https_and_this_computer(address: str, kept: str) -> None:
    assert checked_base_url(address) == kept


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://service.invalid", "not_https"), ("http://10.0.0.7", "not_https"), ("ftp://127.0.0.1", "not_https"),
        ("http://127.0.0.1.service.invalid", "not_https"), ("http://localhost.service.invalid", "not_https"),
        ("https://user@h", "wrong_address"), ("https://u:p@h", "wrong_address"), ("https://:w@h", "wrong_address"),
        ("https://h?key=1", "wrong_address"), ("https://h#part", "wrong_address"), ("https://h?", "wrong_address"),
        ("https://h#", "wrong_address"), ("https://", "wrong_address"), ("", "wrong_address"), ("h", "wrong_address"),
        ("https://h:99999", "wrong_address"), ("https://h:x", "wrong_address"), ("https://[::1", "wrong_address"),
        ("https://ho\nst", "wrong_address"), ("https://ho st", "wrong_address"), ("https://h\x00", "wrong_address"),
        ("https://h\\@evil.invalid", "wrong_address"), ("https://hé", "wrong_address"), ("//h", "wrong_address"),
        ("https://h/" + "x" * 600, "wrong_address"),
    ],
)  # fmt: skip
def test_checked_base_url_refuses_everything_else(address: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_base_url(address)
    assert caught.value.code == code


@given(
    st.one_of(
        st.text(max_size=40),
        st.from_regex(r"https?://[\x20-\x7e]{0,20}(:[0-9]{0,6})?(/[\x20-\x7e]{0,10})?", fullmatch=True),
    )
)
@example("https://[::1%25eth0]/")
def test_checked_base_url_that_passes_means_the_same_to_the_client(text: str) -> None:
    try:
        address = checked_base_url(text)
    except UsageError:
        return
    seen = httpx.URL(address)
    assert seen.scheme == "https" or (seen.scheme == "http" and is_loopback(seen.host))
    assert seen.host
    assert (seen.userinfo, seen.query, seen.fragment) == (b"", b"", "")


async def test_backends_hand_out_one_client_until_a_connection_changes(desk: Desk) -> None:
    connections = await desk.start()
    backends = Backends(connections)
    try:
        for make in (backends.openrouter, backends.wavespeed, backends.r2):
            with pytest.raises(AccountError) as caught:
                make()
            assert caught.value.code == "not_connected"
        await connections.set(_openrouter())
        first = backends.openrouter()
        assert backends.openrouter() is first
        await connections.set(_openrouter("q7otherZ9"))
        assert backends.openrouter() is not first
        await connections.remove(Service.OPENROUTER)
        with pytest.raises(AccountError):
            backends.openrouter()
    finally:
        await backends.close()
