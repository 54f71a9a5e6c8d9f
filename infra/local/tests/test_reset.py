from pathlib import Path

from plumbline_local.layout import Layout
from plumbline_local.reset import discard, move_aside, reset


def suite(root: Path, data: Path) -> Layout:
    place = Layout(root, data, 4000)
    for name in ("nats", "files"):
        (data / name).mkdir(parents=True)
        (data / name / "kept").write_text(name)
    outside = root / "elsewhere" / "postgres-1"
    outside.mkdir(parents=True)
    (outside / "PG_VERSION").write_text("18")
    (data / "postgres").symlink_to(outside)
    (data / "clock").write_text("2026-03-02T00:00:00+00:00")
    return place


def test_a_reset_moves_everything_and_deletes_nothing(tmp_path: Path) -> None:
    place = suite(tmp_path, tmp_path / "var")
    moved = {path.name: path for path in reset(place)}
    assert set(moved) == {"postgres", "nats", "files", "clock"}
    assert (moved["nats"] / "kept").read_text() == "nats"
    assert (moved["postgres"] / "PG_VERSION").read_text() == "18"
    assert not (tmp_path / "elsewhere" / "postgres-1").exists()
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["aside"]


def test_discarding_takes_only_what_was_moved(tmp_path: Path) -> None:
    place = suite(tmp_path, tmp_path / "var")
    older = tmp_path / "var" / "aside" / "20260101-000000" / "postgres"
    older.mkdir(parents=True)
    discard(move_aside(place))
    assert older.exists()
    assert [path.name for path in (tmp_path / "var" / "aside").iterdir()] == ["20260101-000000"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_with_nothing_there_nothing_happens(tmp_path: Path) -> None:
    assert reset(Layout(tmp_path, tmp_path / "var", 4000)) == []
