from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from plumbline_local.demo.expectations import Expectations


def test_sets_compare_without_order_and_dates_as_text() -> None:
    expect = Expectations()
    assert expect.equal("a", "who", {"x", "y"}, ["x", "y"])
    assert expect.equal("b", "when", "2026-04-30", date(2026, 4, 30))
    assert expect.equal("c", "how much", Decimal("-2.0"), "-2.0")


def test_one_line_that_differs_spoils_the_report() -> None:
    expect = Expectations()
    expect.equal("a", "size", 745, 745)
    expect.equal("b", "size", 745, 744)
    assert not expect.report().ok


def test_an_empty_report_is_not_a_good_one() -> None:
    assert not Expectations().report().ok


def test_an_id_is_used_once() -> None:
    expect = Expectations()
    expect.equal("a", "x", 1, 1)
    with pytest.raises(ValueError, match="called a"):
        expect.equal("a", "x", 1, 1)


def test_the_file_has_the_published_shape(tmp_path: Path) -> None:
    expect = Expectations()
    expect.equal("a", "size", 745, 745)
    expect.write(tmp_path / "deep" / "report.json")
    assert msgspec.json.decode((tmp_path / "deep" / "report.json").read_bytes()) == {
        "ok": True,
        "expectations": [{"id": "a", "what": "size", "expected": 745, "actual": 745, "ok": True}],
    }
