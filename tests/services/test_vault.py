"""Secrets on disk: given back with the right key, in no other case, and never readable in the file."""

import base64
import contextlib
import json
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdx_desktop.errors import AccountError, UsageError
from dmdx_desktop.services import vault as vault_module
from dmdx_desktop.services.credentials import CHOSEN, Keychain, NoKeychainError
from dmdx_desktop.services.vault import KEY_BYTES, LARGEST_FILE, Vault, VaultState

SECRET = "q7sk-of-nobodyZ9"
PASSPHRASE = "correct horse battery"


class MemoryKeychain(Keychain):
    """A keychain that lasts as long as the test, or one that does not answer."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, bytes] = {}
        self.answers = True

    def get(self, entry: str) -> bytes | None:
        self._answer()
        return self.keys.get(entry)

    def put(self, entry: str, key: bytes) -> None:
        self._answer()
        self.keys[entry] = key

    def remove(self, entry: str) -> None:
        self.keys.pop(entry, None)

    def _answer(self) -> None:
        if not self.answers:
            raise NoKeychainError("locked")


@pytest.fixture
def keychain() -> MemoryKeychain:
    return MemoryKeychain()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.json"


@pytest.fixture(autouse=True)
def _quick_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The strength of a passphrase's key is not what most of these tests are about."""
    monkeypatch.setattr(vault_module, "SCRYPT_N", 2**4)


def _opened(path: Path, keychain: Keychain) -> Vault:
    vault = Vault(path, keychain)
    vault.open()
    return vault


def _filled(path: Path, keychain: Keychain, passphrase: str | None = None) -> Vault:
    vault = _opened(path, keychain)
    vault.change({"a": SECRET, "b": "other"}, passphrase)
    return vault


def _changed(path: Path, **changes: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_vault_with_a_keychain_gives_back_what_was_put_into_it(path: Path, keychain: MemoryKeychain) -> None:
    assert _opened(path, keychain).state is VaultState.EMPTY
    _filled(path, keychain).change({"b": None, "c": "third"})
    vault = _opened(path, keychain)
    assert vault.state is VaultState.OPEN
    assert (vault.read("a"), vault.read("b"), vault.read("c")) == (SECRET, None, "third")
    assert [len(key) for key in keychain.keys.values()] == [KEY_BYTES]


def test_vault_with_a_passphrase_opens_with_it_alone(path: Path, keychain: MemoryKeychain) -> None:
    _filled(path, keychain, PASSPHRASE)
    assert not keychain.keys
    vault = _opened(path, keychain)
    assert (vault.state, vault.read("a")) == (VaultState.LOCKED, None)
    with pytest.raises(AccountError) as caught:
        vault.change({"c": "new"})
    assert caught.value.code == "vault_locked"
    with pytest.raises(AccountError) as caught:
        vault.unlock("wrong horse battery")
    assert (caught.value.code, vault.state, vault.read("a")) == ("wrong_passphrase", VaultState.LOCKED, None)
    vault.unlock(PASSPHRASE)
    assert (vault.state, vault.read("a")) == (VaultState.OPEN, SECRET)
    vault.change({"c": "new"})
    again = _opened(path, keychain)
    again.unlock(PASSPHRASE)
    assert again.read("c") == "new"


def test_vault_derives_its_key_as_strongly_as_it_says(
    path: Path, keychain: MemoryKeychain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    assert vault_module.SCRYPT_N >= 2**15
    _filled(path, keychain, PASSPHRASE)
    vault = _opened(path, keychain)
    vault.unlock(PASSPHRASE)
    assert vault.read("a") == SECRET


def test_vault_a_short_passphrase_is_refused_and_nothing_is_written(path: Path, keychain: MemoryKeychain) -> None:
    with pytest.raises(UsageError) as caught:
        _filled(path, keychain, "1234567")
    assert caught.value.code == "short_passphrase"
    assert not path.exists()


@pytest.mark.parametrize("key", [None, b"", b"\0" * (KEY_BYTES - 1), b"\0" * KEY_BYTES, b"\0" * (KEY_BYTES + 1)])
def test_vault_whose_key_is_missing_partial_or_wrong_is_lost(
    path: Path, keychain: MemoryKeychain, key: bytes | None
) -> None:
    _filled(path, keychain)
    (entry,) = keychain.keys
    keychain.keys = {} if key is None else {entry: key}
    vault = _opened(path, keychain)
    assert (vault.state, vault.read("a")) == (VaultState.LOST, None)
    vault.change({"a": "given anew"})
    assert _opened(path, keychain).read("a") == "given anew"


def test_vault_whose_keychain_does_not_answer_now_is_locked_and_not_overwritten(
    path: Path, keychain: MemoryKeychain
) -> None:
    _filled(path, keychain)
    keychain.answers = False
    vault = _opened(path, keychain)
    assert vault.state is VaultState.LOCKED
    with pytest.raises(AccountError):
        vault.change({"a": "other"})
    keychain.answers = True
    assert _opened(path, keychain).read("a") == SECRET


def test_vault_truncated_anywhere_is_lost_or_empty_and_can_be_filled_anew(path: Path, keychain: MemoryKeychain) -> None:
    _filled(path, keychain)
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        vault = _opened(path, keychain)
        assert (vault.state, vault.read("a")) == (VaultState.LOST, None)
    _filled(path, keychain)
    assert _opened(path, keychain).read("a") == SECRET


def test_vault_with_any_byte_changed_never_gives_anything_wrong(
    path: Path, keychain: MemoryKeychain, seed: int
) -> None:
    _filled(path, keychain)
    whole = path.read_bytes()
    for position in range(len(whole)):
        damaged = bytearray(whole)
        damaged[position] ^= 1 + (seed + position) % 255
        path.write_bytes(bytes(damaged))
        vault = _opened(path, keychain)
        assert vault.state in (VaultState.LOST, VaultState.LOCKED, VaultState.OPEN)
        if vault.state is VaultState.OPEN:  # a byte of the file that means nothing, such as the last bits of base64
            assert vault.read("a") == SECRET
        else:
            assert vault.read("a") is None


@pytest.mark.parametrize(
    "changes",
    [{"version": 2}, {"lock": "passphrase"}, {"entry": "another"}, {"salt": "AAAA"}, {"nonce": ""}, {"box": ""},
     {"nonce": "é"}, {"box": "é"}, {"extra": 1}, {"version": "x"}, {"lock": "door"}],
)  # fmt: skip
def test_vault_whose_words_beside_the_box_were_changed_does_not_open(
    path: Path, keychain: MemoryKeychain, changes: dict[str, object]
) -> None:
    _filled(path, keychain)
    (key,) = keychain.keys.values()
    keychain.keys["another"] = key
    _changed(path, **changes)
    vault = _opened(path, keychain)
    assert vault.state in (VaultState.LOST, VaultState.LOCKED)
    assert vault.read("a") is None


@pytest.mark.parametrize("salt", ["é", "A", base64.b64encode(b"other salt").decode(), ""])
def test_vault_of_a_passphrase_with_another_salt_stays_shut(path: Path, keychain: MemoryKeychain, salt: str) -> None:
    _filled(path, keychain, PASSPHRASE)
    _changed(path, salt=salt)
    vault = _opened(path, keychain)
    with contextlib.suppress(AccountError):
        vault.unlock(PASSPHRASE)
    assert vault.state in (VaultState.LOST, VaultState.LOCKED)
    assert vault.read("a") is None


def test_vault_that_is_a_folder_or_a_huge_file_is_lost(path: Path, keychain: MemoryKeychain) -> None:
    path.write_bytes(b" " * (LARGEST_FILE * 2))
    assert _opened(path, keychain).state is VaultState.LOST
    path.unlink()
    path.mkdir()
    assert _opened(path, keychain).state is VaultState.LOST


def test_vault_without_keychain_or_passphrase_keeps_nothing(path: Path, keychain: MemoryKeychain) -> None:
    keychain.answers = False
    with pytest.raises(AccountError) as caught:
        _filled(path, keychain)
    assert caught.value.code == "no_keychain"
    assert not path.exists()


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_vault_file_is_private_and_shows_nothing(
    path: Path, keychain: MemoryKeychain, tmp_path: Path, passphrase: str | None
) -> None:
    vault = _filled(path, keychain, passphrase)
    before = path.read_bytes()
    vault.change({"long": "q7" + "x" * 10_000})
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    raw = path.read_bytes()
    for telling in (SECRET, base64.b64encode(SECRET.encode()).decode()[:-4], PASSPHRASE, "x" * 12, '"a"'):
        assert telling.encode() not in raw
    assert json.loads(raw)["nonce"] != json.loads(before)["nonce"]
    assert not any(base64.b64encode(key) in raw or key in raw for key in keychain.keys.values())
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_vault_takes_the_longest_secrets_there_are(path: Path, keychain: MemoryKeychain) -> None:
    longest = "é" * 10_000
    _opened(path, keychain).change({"a": longest})
    assert _opened(path, keychain).read("a") == longest


def test_vault_emptied_leaves_neither_file_nor_key(path: Path, keychain: MemoryKeychain) -> None:
    vault = _filled(path, keychain)
    vault.change({"a": None, "b": None})
    assert (vault.state, path.exists(), keychain.keys) == (VaultState.EMPTY, False, {})
    _filled(path, keychain)
    _opened(path, keychain).destroy()
    assert (path.exists(), keychain.keys) == (False, {})


def test_vault_part_of_a_write_that_was_interrupted_is_no_hindrance(path: Path, keychain: MemoryKeychain) -> None:
    _filled(path, keychain)
    path.with_name(f"{path.name}.part").write_bytes(b"half")
    vault = _opened(path, keychain)
    vault.change({"a": "new"})
    assert _opened(path, keychain).read("a") == "new"


@settings(max_examples=25)
@given(
    st.dictionaries(st.text(max_size=10), st.text(st.characters(exclude_categories=["Cs"]), max_size=50), min_size=1)
)
def test_vault_any_texts_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, secrets: dict[str, str]
) -> None:
    path, keychain = tmp_path_factory.mktemp("vault") / "vault.json", MemoryKeychain()
    _opened(path, keychain).change(secrets)
    vault = _opened(path, keychain)
    assert {name: vault.read(name) for name in secrets} == secrets


@pytest.mark.parametrize(
    "backend", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", "no.such.backend.Keyring"]
)
def test_keychain_that_keeps_nothing_says_so(monkeypatch: pytest.MonkeyPatch, backend: str, path: Path) -> None:
    monkeypatch.setenv(CHOSEN, backend)
    keychain = Keychain()
    with pytest.raises(NoKeychainError):
        keychain.put("entry", b"\0" * KEY_BYTES)
    keychain.remove("entry")
    with pytest.raises(AccountError) as caught:
        _filled(path, Keychain())
    assert caught.value.code == "no_keychain"
    assert not path.exists()


@pytest.mark.parametrize("text", ["A", "é", "AAA=AAA", ""])
def test_keychain_item_that_is_only_a_part_of_a_key_is_none_or_too_short(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv(CHOSEN, "keyring.backends.null.Keyring")
    monkeypatch.setattr("keyring.backends.null.Keyring.get_password", lambda *_: text)
    assert not Keychain().get("entry")
