import re
from pathlib import Path

import pytest
from architecture_files import project_files, shown

# Written in halves, so that this file does not find itself.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted",
    "registry." + "npmjs",
    "npm" + "mirror",
    "deb." + "debian.org",
)
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "Not" + "ImplementedError")
HIDDEN_TESTS = (
    "pytest.mark." + "skip",
    "pytest." + "skip(",
    "mark.x" + "fail",
    "pytest.x" + "fail",
    "importor" + "skip",
)
PRIVATE = ("/work" + "/", "BEGIN PRIVATE" + " KEY", "BEGIN EC PRIVATE" + " KEY")
BINARY = {".gz", ".xlsx", ".png", ".binpb", ".ico", ".woff2"}


def texts() -> dict[str, str]:
    found = [path for path in project_files() if path.suffix not in BINARY]
    return {shown(path): path.read_text(encoding="utf-8") for path in found}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return texts()


@pytest.mark.parametrize("word", REGISTRIES)
def test_no_file_names_a_package_registry(files: dict[str, str], word: str) -> None:
    assert [path for path, text in files.items() if word in text] == []


@pytest.mark.parametrize("word", UNFINISHED)
def test_nothing_is_left_unfinished(files: dict[str, str], word: str) -> None:
    whole = re.compile(rf"\b{word}\b")
    assert [path for path, text in files.items() if Path(path).suffix != ".json" and whole.search(text)] == []


@pytest.mark.parametrize("word", HIDDEN_TESTS)
def test_no_test_is_switched_off(files: dict[str, str], word: str) -> None:
    assert [path for path, text in files.items() if word in text] == []


@pytest.mark.parametrize("word", PRIVATE)
def test_no_file_holds_a_key_or_a_path_of_one_machine(files: dict[str, str], word: str) -> None:
    assert [path for path, text in files.items() if word in text] == []


def test_locks_hold_no_addresses(files: dict[str, str]) -> None:
    assert "://" not in files["requirements.lock"]
    assert [
        path for path, text in files.items() if path.endswith("package-lock.json") and '"resolved"' in text
    ] == []
    assert files["requirements.lock"].count("--hash=sha256:") > 100
