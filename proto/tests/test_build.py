"""Generation is reproducible, and the check notices what it must notice."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROTO = Path(__file__).parents[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the contracts that a test may change."""
    target = tmp_path / "proto"
    shutil.copytree(PROTO, target, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    shutil.copytree(PROTO.parent / "docs" / "reference", tmp_path / "docs" / "reference")
    (tmp_path / "services").symlink_to(PROTO.parent / "services")
    return target


def check(proto: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(proto / "build.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def edit(proto: Path, old: str, new: str) -> None:
    path = proto / "plumbline_contracts" / "complaints" / "v1" / "complaint.proto"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_committed_code_and_pages_are_what_the_contracts_give(copy: Path) -> None:
    result = check(copy)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_changed_contract_is_named_as_stale(copy: Path) -> None:
    edit(copy, "bool sealed = 5;", "bool sealed = 5;\n  bool repeated_signal = 6;")
    result = check(copy)
    assert result.returncode == 1
    assert "complaint_pb2.py is stale: run `python proto/build.py`" in result.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bool sealed = 5;", "bool sealed = 6;"),
        ("bool sealed = 5;", "string sealed = 5;"),
        ("bool sealed = 5;", "bool closed = 5;"),
        ("COMPLAINT_KIND_RIGHTS = 3;", "COMPLAINT_KIND_RIGHTS = 4;"),
    ],
)
def test_a_breaking_change_is_refused(copy: Path, old: str, new: str) -> None:
    edit(copy, old, new)
    result = check(copy)
    assert result.returncode == 1
    assert "complaint.proto" in result.stdout


def test_an_undocumented_event_is_refused(copy: Path) -> None:
    edit(copy, "// A service complaint was found justified.\n", "")
    assert "non-empty comment" in check(copy).stdout
