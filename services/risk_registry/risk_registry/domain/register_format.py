"""The bureau's own register sheet: one row a point, words instead of colours (C-01), a cause for each (C-03)."""

from dataclasses import replace

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.entries import (
    CATEGORIES,
    GRADES,
    CellError,
    Cells,
    Entry,
    Places,
    RegisterFile,
    repeated_codes,
    shape_errors,
)
from risk_registry.domain.marks import FOCUS_WORDS, TAG_WORDS, Focus, Tag
from risk_registry.domain.points import CODE, Description, Origin, PointScope, Source
from risk_registry.domain.sheet import Row, Table
from risk_registry.domain.totals import Declared

COLUMNS = {
    "code": "编号", "title_zh": "风险点", "title_en": "英文名称", "category": "类别", "scope": "范围",
    "grade": "等级", "posts": "岗位", "owner_unit": "流程主管", "process": "流程", "step": "环节",
    "cause": "成因", "consequence": "后果", "controls": "防控措施",
    "traits": "特征", "tags": "标签", "focus": "重点", "item": "风险事项", "power": "权力",
    "source_title": "来源", "source_url": "来源地址", "source_locator": "来源位置",
}  # fmt: skip
KEYS = tuple(COLUMNS)
REQUIRED = ("code", "title_zh", "category", "grade", "posts", "process", "step", "cause")
_KEY_OF = {label: key for key, label in COLUMNS.items()}
SCOPES = {
    "": PointScope.COMMON,
    "COMMON": PointScope.COMMON, "共性": PointScope.COMMON,
    "INDIVIDUAL": PointScope.INDIVIDUAL, "个性": PointScope.INDIVIDUAL, "個性": PointScope.INDIVIDUAL,
}  # fmt: skip
TAGS: dict[str, Tag] = {word: tag for tag in Tag for word in (str(tag), TAG_WORDS[tag][0])}
FOCI: dict[str, Focus] = {word: focus for focus in Focus for word in (str(focus), FOCUS_WORDS[focus][0])}
COLOURS = frozenset(
    {"red", "orange", "yellow", "红", "橙", "黄", "紅", "黃", "红色", "橙色", "黄色", "紅色", "黃色"}
)
MAX_TITLE = 300


def read_register(table: Table, places: Places) -> RegisterFile:
    """Every entry and every error of the sheet; headers may be the English keys or the Chinese labels."""
    table = _with_keys(table)
    errors = shape_errors(table, KEYS, REQUIRED)
    declared, bad_declarations = _declared(table)
    errors += bad_declarations
    if any(error.code == "MISSING_COLUMN" for error in errors):
        return RegisterFile(Origin.REGISTER, (), tuple(errors), declared)
    entries: list[Entry] = []
    for row in table.rows:
        cells = Cells(row)
        entries.append(_entry(cells, places))
        errors += cells.errors
    errors += repeated_codes(entries)
    return RegisterFile(Origin.REGISTER, tuple(entries), tuple(errors), declared)


def _with_keys(table: Table) -> Table:
    rows = (
        Row(row.number, {_KEY_OF.get(name, name): value for name, value in row.cells.items()}, row.surplus)
        for row in table.rows
    )
    header = tuple(_KEY_OF.get(name, name) for name in table.header)
    faults = tuple((row, _KEY_OF.get(column, column), said) for row, column, said in table.faults)
    return replace(table, header=header, rows=tuple(rows), faults=faults)


def _entry(cells: Cells, places: Places) -> Entry:
    code = cells.text("code", required=True)
    if code and not CODE.fullmatch(code):
        cells.refuse("code", code, "BAD_CODE", "3 to 40 of A-Z, 0-9 and '-', for example RP-RELIEF-TIME-02")
    return Entry(cells.row.number, code, _grade(cells), _description(cells, places))


def _grade(cells: Cells) -> RiskGrade:
    value = cells.row.cells.get("grade", "")
    if value.lower() in COLOURS:
        message = "a colour is another grade in another profile (C-01): write 高/中/低 or HIGH/MEDIUM/LOW"
        cells.refuse("grade", value, "COLOUR_IS_NO_GRADE", message)
        return RiskGrade.LOW
    return cells.one_of("grade", GRADES, RiskGrade.LOW)


def _description(cells: Cells, places: Places) -> Description:
    posts = _posts(cells, places)
    return Description(
        category=cells.one_of("category", CATEGORIES, RiskCategory.TAX_OPERATIONS),
        scope=cells.one_of("scope", SCOPES, PointScope.COMMON),
        title_zh=cells.text("title_zh", required=True, longest=MAX_TITLE),
        title_en=cells.text("title_en", longest=MAX_TITLE),
        posts=posts,
        units=tuple(sorted({places.posts[post] for post in posts})),
        owner_unit=_owner(cells, places),
        process=cells.text("process", required=True),
        step=cells.text("step", required=True),
        cause=cells.text("cause", required=True),
        consequence=cells.text("consequence"),
        controls=cells.text("controls"),
        source=Source(cells.text("source_title"), cells.text("source_url"), cells.text("source_locator")),
        traits=cells.text("traits"),
        tags=cells.many_of("tags", TAGS),
        focus=cells.many_of("focus", FOCI),
        item=cells.text("item"),
        power=cells.text("power"),
    )


def _posts(cells: Cells, places: Places) -> tuple[str, ...]:
    names = [name.strip() for name in cells.text("posts", required=True).replace("；", ";").split(";")]
    known: set[str] = set()
    for name in filter(None, names):
        post = places.resolve(name)
        if post in places.posts:
            known.add(post)
        else:
            cells.refuse("posts", name, "UNKNOWN_POST", "no post of this bureau on the effective date")
    return tuple(sorted(known))


def _owner(cells: Cells, places: Places) -> str:
    name = cells.text("owner_unit")
    unit = places.resolve(name) if name else ""
    if unit and unit not in places.units:
        cells.refuse("owner_unit", name, "UNKNOWN_UNIT", "no unit of this bureau on the effective date")
        return ""
    return unit


def _declared(table: Table) -> tuple[Declared, list[CellError]]:
    """The rows `#declared, size|category|grade, word, count` of the file."""
    size: int | None = None
    categories: dict[str, int] = {}
    grades: dict[str, int] = {}
    errors: list[CellError] = []
    for number, cells in table.declared:
        part, word, count = (*cells, "", "", "")[:3]
        if not count.isascii() or not count.isdigit():
            errors.append(
                CellError(number, "#declared", count, "NOT_A_NUMBER", "the fourth cell is a whole number")
            )
        elif part == "size":
            size = int(count)
        elif part == "category" and word in CATEGORIES:
            categories[CATEGORIES[word]] = int(count)
        elif part == "grade" and word in GRADES:
            grades[GRADES[word]] = int(count)
        else:
            errors.append(
                CellError(number, "#declared", word or part, "UNKNOWN_TOTAL", "size, category or grade")
            )
    return Declared(size, categories, grades), errors
