"""Moves the suite's data aside, so that the next start begins afresh and nothing is deleted."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from plumbline_local.layout import Layout
from plumbline_local.state import AlreadyRunning, is_locked

KEPT_APART = ("postgres", "nats", "files", "clock")


def reset(place: Layout) -> list[Path]:
    """Where each folder went. Raises AlreadyRunning while the suite runs."""
    if is_locked(place):
        raise AlreadyRunning("the suite runs: stop it with `make down` first")
    return move_aside(place)


def move_aside(place: Layout) -> list[Path]:
    """The same, for whoever holds the lock."""
    aside = place.var / "aside" / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    moved: list[Path] = []
    for name in KEPT_APART:
        source = place.data / name
        if source.exists() or source.is_symlink():
            aside.mkdir(parents=True, exist_ok=True)
            moved.append(_move(source, aside))
    return moved


def discard(moved: Sequence[Path]) -> None:
    """Deletes what was moved aside, where links lead included, and nothing else."""
    for path in moved:
        shutil.rmtree(path.resolve(), ignore_errors=True)
        if path.is_symlink() or path.is_file():
            path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def _move(source: Path, aside: Path) -> Path:
    """A linked folder stays where it is, under another name, and its link moves."""
    target = aside / source.name
    if not source.is_symlink():
        return source.rename(target)
    real = source.resolve()
    renamed = real.with_name(f"{real.name}.{aside.name}")
    if real.exists():
        real.rename(renamed)
    source.unlink()
    target.symlink_to(renamed)
    return target
