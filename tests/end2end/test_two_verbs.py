"""Several programs and one library: who holds it carries out what the others ask for."""

import json
import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from dmdx_desktop.config import endpoint_of
from dmdx_desktop.link.client import CoreGoneError, LinkClient
from dmdx_desktop.link.messages import Begun, Execute, Failed, Finish, Finished, Progress
from dmdx_desktop.models.commands import Export, Generate, ImportPaths, ListJobs, ListOutputs, RenderPaths, Resume
from dmdx_desktop.models.outcome import ExitCode
from dmdx_desktop.models.recipe import Recipe
from tests.end2end.programs import PATIENCE_S, SAMPLES, Core, Verb, children_of, run_verb, seconds_until_gone, watched

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other processes are watched the Linux way")

RING = str(SAMPLES / "solitaire-ring_top.png")
PENDANT = str(SAMPLES / "ruby-pendant_front.webp")
BROOCH = str(SAMPLES / "flower-brooch_top.jpg")
METALS = ("yellow_gold", "rose_gold", "white_gold", "platinum", "silver")
ALL_METALS = [word for metal in METALS for word in ("--metal", metal)]


def _connected(basedir: Path) -> LinkClient:
    endpoint = endpoint_of(basedir)
    client = LinkClient.try_connect(endpoint.address, endpoint.family, endpoint.key_file)
    assert client is not None
    return client


def _render(to: Path, *pictures: str) -> RenderPaths:
    return RenderPaths(paths=pictures, to=str(to), recipe=Recipe.model_validate({"metals": METALS, "size": 512}))


def _ignore(phase: str, done: int, total: int | None) -> None:
    del phase, done, total


@pytest.mark.by_turns("verbs side by side", of=2)
def test_two_verbs_at_once_are_carried_out_by_the_core_that_is_there(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with Core(basedir).is_at_work() as core:
        client = _connected(basedir)
        assert client.process == core.pid
        client.close()
        common = ("--basedir", str(basedir), "--json", "--size", "512", *ALL_METALS)
        with (
            Verb("render", RING, "--to", str(tmp_path / "one"), *common) as one,
            Verb("render", PENDANT, "--to", str(tmp_path / "two"), *common) as two,
        ):
            one.wait_for("Rendering")
            two.wait_for("Rendering")
            # Neither of them opens pictures, which is what a core does; both are told how far ours is.
            assert children_of(one.process.pid) == children_of(two.process.pid) == []
            assert children_of(core.pid)
            answers = [json.loads(verb.finish()) for verb in (one, two)]
            assert [verb.process.returncode for verb in (one, two)] == [0, 0]
        assert [len(answer["outputs"]) for answer in answers] == [len(METALS)] * 2
        assert len(core.ask(ListOutputs()).document["outputs"]) == 2 * len(METALS)  # type: ignore[arg-type]
        core.say(Finish())
        assert core.process.wait(PATIENCE_S) == 0


@pytest.mark.by_turns("verbs side by side", of=2)
def test_verb_that_is_the_core_waits_for_what_others_asked_of_it(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    options = ("--basedir", str(basedir), "--json", "--size", "512")
    with Verb("render", RING, "--to", str(tmp_path / "one"), *options, *ALL_METALS, "--size", "1024") as first:
        first.wait_for("Rendering")
        with Verb("render", PENDANT, BROOCH, "--to", str(tmp_path / "two"), *options, *ALL_METALS) as second:
            second.wait_for("Identifying")
            client = _connected(basedir)
            assert client.process == first.process.pid
            client.close()
            with watched([first.process.pid, second.process.pid]) as handles:
                gone = seconds_until_gone(handles, at_most=PATIENCE_S)
            assert gone[second.process.pid] <= gone[first.process.pid] + 0.5
            assert len(json.loads(second.finish())["outputs"]) == 2 * len(METALS)
            assert second.process.returncode == 0
        assert len(json.loads(first.finish())["outputs"]) == len(METALS)
        assert first.process.returncode == 0


@pytest.mark.by_turns("verbs side by side", of=2)
def test_verb_that_fails_as_the_core_still_waits_for_what_others_asked_of_it(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    assert run_verb("import", RING, "--basedir", str(basedir)).returncode == 0
    options = ("--basedir", str(basedir), "--json", "--size", "512")
    for _ in range(3):
        with Verb("show", "no-such-job", "--basedir", str(basedir)) as failing:
            answer = run_verb("render", PENDANT, "--to", str(tmp_path / "out"), *options)
            assert answer.returncode == 0, answer.stderr
            failing.finish()
            assert failing.process.returncode == 2


@pytest.mark.by_turns("verbs side by side", of=2)
def test_client_killed_in_the_middle_of_its_command_does_not_stop_it(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with Core(basedir) as core:
        options = ("--basedir", str(basedir), "--size", "512", *ALL_METALS)
        with Verb("render", RING, PENDANT, "--to", str(tmp_path / "out"), *options) as verb:
            verb.wait_for("Rendering")
            os.kill(verb.process.pid, signal.SIGKILL)
            verb.process.wait()
        # Resuming joins what is under way; it is not done a second time.
        resumed = core.ask(Resume())
        assert resumed.exit_code == ExitCode.WELL
        assert len(list((tmp_path / "out").iterdir())) == 2 * len(METALS)
        assert len(core.ask(ListOutputs()).document["outputs"]) == 2 * len(METALS)  # type: ignore[arg-type]
        core.say(Finish())
        assert core.process.wait(PATIENCE_S) == 0


@pytest.mark.by_turns("verbs side by side", of=2)
def test_core_killed_in_the_middle_is_told_with_a_remedy_and_the_same_command_does_its_work_once(
    tmp_path: Path,
) -> None:
    basedir = tmp_path / "library"
    command = _render(tmp_path / "out", RING, PENDANT)
    with Core(basedir).is_at_work() as core:
        client = _connected(basedir)
        # A verb is told, too.
        with Verb("identify", BROOCH, "--basedir", str(basedir), "--json") as verb:
            core.say(Execute(command=command))
            core.hear(Progress, lambda progress: progress.phase == "rendering" and progress.done >= 2)

            def kill(phase: str, done: int, total: int | None) -> None:
                if core.process.poll() is None:
                    core.process.kill()
                    core.process.wait()

            with pytest.raises(CoreGoneError) as raised:
                client.execute(command, kill)
            assert "resume" in raised.value.remedy
            client.close()
            answer = json.loads(verb.finish())
            assert verb.process.returncode in (0, 1)
            if verb.process.returncode == 1:
                assert "resume" in answer["problems"][0]["remedy"]
    with Core(basedir) as later:
        # The new core is about this command already; both ask for one and the same.
        finished = later.ask(command)
        assert finished.exit_code == ExitCode.WELL
        assert len(finished.document["outputs"]) == 2 * len(METALS)  # type: ignore[arg-type]
        assert len(later.ask(ListOutputs()).document["outputs"]) == 2 * len(METALS)  # type: ignore[arg-type]
        assert len(list((tmp_path / "out").iterdir())) == 2 * len(METALS)
        later.say(Finish())
        assert later.process.wait(PATIENCE_S) == 0


@pytest.mark.by_turns("verbs side by side", of=2)
def test_verb_whose_core_is_killed_says_so_with_a_remedy(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with Core(basedir) as core:
        options = ("--basedir", str(basedir), "--json", "--size", "800", *ALL_METALS)
        with Verb("render", RING, "--to", str(tmp_path / "out"), *options) as verb:
            verb.wait_for("Rendering")
            core.process.kill()
            problem = json.loads(verb.finish())["problems"][0]
            assert verb.process.returncode == 1
        assert problem["code"] == "core_gone"
        assert "resume" in problem["remedy"]
        assert problem["remedy"] in verb.said.replace("\r\n", " ")


def test_command_sent_again_after_it_ended_is_answered_as_before_and_not_done_again(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    render = _render(tmp_path / "out", RING)
    missing = Generate(jobs=("no-such-job",))
    (tmp_path / "file").write_text("in the way")
    impossible = Export(everything=True, to=str(tmp_path / "file"))
    with Core(basedir) as core:
        first = core.ask(render)
        nothing = core.ask(missing)
        failed = core.fail(impossible)
        core.say(Finish())
        assert core.process.wait(PATIENCE_S) == 0
    with Core(basedir) as core:
        again = core.ask(render)
        assert again.document["outputs"] == first.document["outputs"]
        assert again.document["jobs"] == first.document["jobs"]
        assert again.document["problems"] == []
        assert len(core.ask(ListOutputs()).document["outputs"]) == len(METALS)  # type: ignore[arg-type]
        assert core.ask(missing).document["problems"] == nothing.document["problems"] != []
        assert core.fail(impossible) == failed


def test_two_libraries_have_two_cores_and_a_long_path_is_no_obstacle(tmp_path: Path) -> None:
    deep = tmp_path
    while len(str(deep)) < 400:
        deep /= "a-folder-with-a-rather-long-name"
    with Core(tmp_path / "short").is_at_work() as one, Core(deep / "library").is_at_work() as other:
        assert endpoint_of(tmp_path / "short") != endpoint_of(deep / "library")
        for core, basedir, picture in ((one, tmp_path / "short", RING), (other, deep / "library", PENDANT)):
            client = _connected(basedir)
            assert client.process == core.pid
            client.execute(ImportPaths(paths=(picture,)), _ignore)
            client.close()
            assert len(core.ask(ListJobs()).document["jobs"]) == 1  # type: ignore[arg-type]


def test_path_that_no_database_can_have_is_refused_with_words(tmp_path: Path) -> None:
    basedir = tmp_path / "/".join(["a-folder-with-a-rather-long-name"] * 30)
    refused = run_verb("import", RING, "--basedir", str(basedir), "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["problems"][0]["code"] == "basedir_path_too_long"
    assert "Traceback" not in refused.stderr


def test_folder_of_the_sockets_and_what_is_in_it_are_for_this_user_alone(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with Core(basedir).is_at_work() as core:
        endpoint = endpoint_of(basedir)
        assert stat.S_IMODE(endpoint.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(endpoint.key_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(Path(endpoint.address).stat().st_mode) == 0o600
        core.say(Finish())
        core.process.wait(PATIENCE_S)
    assert not endpoint.key_file.exists()
    assert not Path(endpoint.address).exists()


def test_second_core_of_a_library_says_that_it_is_held(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with Core(basedir):
        second = run_verb("core", "--basedir", str(basedir))
        assert second.returncode == 1
        assert "has this library open" in second.stderr
        with Core(basedir, role=None) as third:
            assert third.hear(Failed).code == "basedir_held", "a window, at the other end of its pipes, is told too"


def test_core_verb_is_in_no_help() -> None:
    assert "core" not in run_verb("--help").stdout.split()
    assert "core" not in run_verb("no-such-verb").stderr.replace(",", " ").replace("'", " ").split()


@pytest.mark.by_turns("verbs side by side", of=2)
def test_import_and_reading_of_two_commands_go_side_by_side(tmp_path: Path) -> None:
    with Core(tmp_path / "library") as core:
        long, short = _render(tmp_path / "out", RING, PENDANT, BROOCH), ImportPaths(paths=(BROOCH,), finish=True)
        core.say(Execute(command=long))
        core.hear(Begun)
        core.say(Execute(command=short))
        assert core.hear(Finished).command == short.id
        assert core.hear(Finished).command == long.id
