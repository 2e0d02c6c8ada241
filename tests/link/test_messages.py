"""Messages of the link: every one arrives as it was sent, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.errors import AccountError, DmdxError, UsageError
from dmdx_desktop.link.messages import (
    MAX_MESSAGE_BYTES,
    AnyMessage,
    Begun,
    Changed,
    Execute,
    Failed,
    Finish,
    Finished,
    Hello,
    KeepRendering,
    LinkError,
    Progress,
    Welcome,
    failed,
    read_by_client,
    read_by_core,
    to_bytes,
)
from dmdx_desktop.models.commands import Command, Delete, Export, Generate, ImportPaths, ListJobs, RenderPaths, Resume
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.models.outcome import ExitCode
from dmdx_desktop.models.recipe import Recipe

text = st.text(st.characters(exclude_categories=["Cs"]))
ids = st.uuids().map(lambda uuid: CommandId(str(uuid)))
recipes = st.builds(Recipe, count=st.integers(1, 20), size=st.integers(256, 4096))
paths = st.lists(text, max_size=5).map(tuple)
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(ImportPaths, id=ids, paths=paths, finish=st.booleans()),
    st.builds(RenderPaths, id=ids, paths=paths, to=text, recipe=recipes),
    st.builds(Generate, id=ids, jobs=paths, recipe=recipes),
    st.builds(Export, id=ids, targets=paths, everything=st.booleans(), to=text),
    st.builds(Delete, id=ids, jobs=paths),
    st.builds(ListJobs, id=ids, search=st.text(st.characters(exclude_categories=["Cs"]), max_size=100)),
    st.builds(Resume, id=ids),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=10,
)
to_core = st.one_of(
    st.builds(Hello, protocol=st.integers(0, 9), role=st.sampled_from(["window", "verb"])),
    st.builds(Execute, command=commands),
    st.just(Finish()),
    st.just(KeepRendering()),
)
from_core: st.SearchStrategy[AnyMessage] = st.one_of(
    st.builds(Welcome, protocol=st.integers(0, 9), version=text, process=st.integers(1, 2**31)),
    st.builds(Begun, command=ids),
    st.builds(Progress, command=ids, phase=text, done=st.integers(0), total=st.none() | st.integers(0)),
    st.builds(Changed, table=text, keys=st.lists(st.integers(0, 2**62)).map(tuple)),
    st.builds(Finished, command=ids, exit_code=st.sampled_from(ExitCode), document=st.dictionaries(text, json_values)),
    st.builds(
        Failed,
        command=st.none() | ids,
        exit_code=st.sampled_from(ExitCode),
        code=text,
        title=text,
        detail=text,
        remedy=text,
    ),
)


@given(to_core)
def test_message_to_the_core_arrives_as_it_was_sent(message: AnyMessage) -> None:
    assert read_by_core(to_bytes(message)) == message


@given(from_core)
def test_message_from_the_core_arrives_as_it_was_sent(message: AnyMessage) -> None:
    assert read_by_client(to_bytes(message)) == message


@given(st.binary(max_size=200) | text.map(str.encode) | json_values.map(lambda value: repr(value).encode()))
def test_garbage_is_refused_with_words_by_either_end(raw: bytes) -> None:
    for read in (read_by_core, read_by_client):
        with pytest.raises(LinkError) as raised:
            read(raw)
        assert raised.value.remedy


@pytest.mark.parametrize(
    "raw",
    [
        b'{"type": "execute", "command": {"kind": "import", "paths": [], "surplus": 1}}',
        b'{"type": "execute", "command": {"kind": "never_heard_of"}}',
        b'{"type": "welcome", "protocol": 1, "version": "1", "process": 1}',
        b"[" * 100_000,
    ],
)
def test_core_refuses_what_is_not_for_it(raw: bytes) -> None:
    with pytest.raises(LinkError):
        read_by_core(raw)


def test_greeting_of_a_newer_version_is_understood() -> None:
    """Two versions that do not fit together must be able to find that out."""
    hello = read_by_core(b'{"type": "hello", "protocol": 99, "role": "verb", "language": "de"}')
    assert isinstance(hello, Hello)
    assert hello.protocol == 99
    welcome = read_by_client(b'{"type": "welcome", "protocol": 99, "version": "9", "process": 1, "mood": "good"}')
    assert isinstance(welcome, Welcome)


def test_answer_that_is_too_long_is_not_sent() -> None:
    with pytest.raises(LinkError) as raised:
        to_bytes(
            Finished(command=CommandId("c"), exit_code=ExitCode.WELL, document={"long": "x" * (MAX_MESSAGE_BYTES + 1)})
        )
    assert raised.value.code == "answer_too_long"


@pytest.mark.parametrize(
    ("kind", "exit_code"),
    [(DmdxError, ExitCode.SOME_FAILED), (UsageError, ExitCode.WRONG_USE), (AccountError, ExitCode.NEEDS_ACCOUNT)],
)
def test_error_travels_with_its_words_and_its_exit_code(kind: type[DmdxError], exit_code: ExitCode) -> None:
    message = failed(CommandId("c"), kind("code", "Title.", "Detail.", "Remedy."))
    arrived = read_by_client(to_bytes(message))
    assert arrived == message
    assert isinstance(arrived, Failed)
    assert (arrived.exit_code, arrived.title, arrived.remedy) == (exit_code, "Title.", "Remedy.")
