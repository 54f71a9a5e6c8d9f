"""The demonstration's bureau as the workbook that the directory imports."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO

import xlsxwriter

from plumbline_local.demo.cast import Cast, Grant, read_cast

Cell = str | int | float | bool | date | None
Row = Mapping[str, Cell]


def workbook() -> bytes:
    """The whole bureau with its city and province as one `.xlsx`."""
    return sheets_to_xlsx(sheets(read_cast()))


def sheets(cast: Cast) -> dict[str, list[Row]]:
    """The rows of every sheet; the columns are those of the how-to page on importing a directory."""
    return {
        "bureaus": list(_bureaus(cast)),
        "units": list(_units(cast)),
        "posts": list(_posts(cast)),
        "persons": list(_persons(cast)),
        "assignments": list(_assignments(cast)),
        "roles": list(_roles(cast)),
        "roster": list(_roster(cast)),
    }


def sheets_to_xlsx(content: Mapping[str, Sequence[Row]]) -> bytes:
    """One worksheet per name, column names in its first row; dates as ISO text."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in content.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, columns)
        for line, row in enumerate(rows, start=1):
            sheet.write_row(line, 0, [_text(row.get(column)) for column in columns])
    book.close()
    return buffer.getvalue()


def _text(cell: Cell) -> str | int | float:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell


def _bureaus(cast: Cast) -> Iterator[Row]:
    for code, one in cast.bureaus.items():
        row: Row = {"id": code, "name": one.name, "name_en": one.name_en, "level": one.level}
        yield {**row, "parent_id": one.parent, "effective_from": cast.valid_from}


def _units(cast: Cast) -> Iterator[Row]:
    for code, units in cast.units.items():
        for name, one in units.items():
            yield {
                "id": f"{code}.{name}",
                "name": one.name,
                "name_en": one.name_en,
                "kind": one.kind,
                "functions": ",".join(one.functions),
                "head_post_id": f"{code}.{name}.{one.head}",
                "deputy_in_charge_post_id": f"{code}.LEADERS.{one.deputy}" if one.deputy else None,
                "effective_from": cast.valid_from,
            }


def _posts(cast: Cast) -> Iterator[Row]:
    for code, units in cast.posts.items():
        for unit, posts in units.items():
            for name, one in posts.items():
                row: Row = {"id": f"{code}.{unit}.{name}", "unit_id": f"{code}.{unit}", "title": one.title}
                yield {**row, "title_en": one.title_en, "kind": one.kind, "effective_from": cast.valid_from}


def _persons(cast: Cast) -> Iterator[Row]:
    for code, persons in cast.persons.items():
        for name, one in persons.items():
            row: Row = {"id": f"{code}.{name}", "name": one.name, "name_en": one.name_en}
            managed = one.options.managed_by
            yield {**row, "managed_by_bureau_id": managed, "enforcement_qualified": one.options.qualified}


def _assignments(cast: Cast) -> Iterator[Row]:
    for code, persons in cast.persons.items():
        for name, one in persons.items():
            row: Row = {"person_id": f"{code}.{name}", "post_id": f"{code}.{one.post}"}
            yield {**row, "effective_from": cast.valid_from}


def _roles(cast: Cast) -> Iterator[Row]:
    for code, persons in cast.persons.items():
        for name, one in persons.items():
            for given in one.roles:
                grant = given if isinstance(given, Grant) else Grant(given)
                row: Row = {"person_id": f"{code}.{name}", "role": grant.role, "domain": grant.domain}
                yield {**row, "effective_from": cast.valid_from}


def _roster(cast: Cast) -> Iterator[Row]:
    roster, day = cast.roster, cast.roster.start
    while day < roster.until:
        order = roster.directors if day.day % 2 == 0 else roster.directors[::-1]
        for rank, director in enumerate(order, start=1):
            yield {"on": day, "person_id": f"{roster.bureau}.{director}", "rank": rank}
        day += timedelta(days=1)
