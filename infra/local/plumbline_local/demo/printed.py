"""The report as a person reads it."""

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plumbline_local.demo.expectations import Expectation, Report

WIDEST = 60


def print_report(report: Report, console: Console) -> None:
    """Every line with what was expected; what differs shows both."""
    table = Table(box=None, header_style="bold", show_edge=False)
    for column in ("", "id", "what", "expected", "actual"):
        table.add_column(column, overflow="fold")
    for line in report.expectations:
        table.add_row(*_row(line))
    console.print(table)
    held = sum(line.ok for line in report.expectations)
    colour = "green" if report.ok else "red"
    console.print(f"[bold {colour}]{held} of {len(report.expectations)} expectations held[/]")


def _row(line: Expectation) -> tuple[str, str, str, str, str]:
    sign = "[green]✓[/]" if line.ok else "[red]✗[/]"
    actual = "" if line.ok else _short(line.actual)
    return sign, escape(line.id), escape(line.what), _short(line.expected), actual


def _short(value: object) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return escape(text if len(text) <= WIDEST else f"{text[:WIDEST]}…")
