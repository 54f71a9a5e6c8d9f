import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from plumbline_local.layout import Layout, layout
from plumbline_local.parts import part_state
from plumbline_local.reset import reset
from plumbline_local.state import (
    AlreadyRunning,
    RunLock,
    SuiteState,
    end_leftovers,
    is_locked,
    process_of,
    read_state,
    write_state,
)
from plumbline_shared.testing.process import ServerError, start_child


@pytest.fixture
def place(tmp_path: Path) -> Layout:
    return Layout(tmp_path, tmp_path / "var", 4000)


def test_one_supervisor_a_clone(place: Layout) -> None:
    first, second = RunLock(place), RunLock(place)
    first.acquire()
    with pytest.raises(AlreadyRunning, match="make down"):
        second.acquire()
    with pytest.raises(AlreadyRunning):
        reset(place)
    first.release()
    assert not is_locked(place)
    second.acquire()
    second.release()


def sleeper(place: Layout) -> "subprocess.Popen[bytes]":
    return start_child([sys.executable, "-c", "import time; time.sleep(60)"], place.log("sleeper"))


def test_what_a_killed_supervisor_left_is_ended(place: Layout) -> None:
    child = sleeper(place)
    state = part_state("case_flow", 4003, child, place.log("case_flow"))
    assert state is not None
    write_state(place, SuiteState(os.getpid(), "running", str(place.data), 4000, [state]))
    assert end_leftovers(place) == ["case_flow"]
    assert process_of(state) is None
    assert read_state(place) is None


def test_a_recycled_pid_is_somebody_else(place: Layout) -> None:
    child = sleeper(place)
    state = part_state("case_flow", 4003, child, place.log("case_flow"))
    assert state is not None
    other = type(state)(state.name, state.port, state.pid, state.born - 100, state.log)
    write_state(place, SuiteState(os.getpid(), "running", str(place.data), 4000, [other]))
    assert process_of(other) is None
    assert end_leftovers(place) == []
    assert child.poll() is None
    child.kill()
    child.wait()


PARENT = """
import sys, time
from pathlib import Path
from plumbline_shared.testing.process import start_child
log = Path(sys.argv[1])
child = start_child([sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"], log)
while not log.read_text():
    time.sleep(0.01)
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_child_does_not_outlive_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    psutil.wait_procs([child], timeout=10)
    assert not child.is_running()


@pytest.mark.parametrize("text", ["http", "80", "70000", "-1"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ServerError, match="PLUMBLINE_PORT"):
        layout(environ={"PLUMBLINE_PORT": text})


def test_every_part_has_its_own_port() -> None:
    place = layout(environ={"PLUMBLINE_PORT": "5000"})
    parts = ("gateway", "directory", "performance", "issuer", "nats", "postgres")
    assert [place.port(part) for part in parts] == [5000, 5001, 5006, 5010, 5022, 5032]
