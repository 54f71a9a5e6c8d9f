import ast
from pathlib import Path

from architecture_files import project_files, shown

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def is_generated(path: Path) -> bool:
    return path.name.endswith(("_pb2.py", "_pb2.pyi")) or path.name in ("schema.sql", "schema.graphql")


def test_no_file_is_longer_than_400_lines() -> None:
    sizes = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in project_files(".py", ".sql", ".mjs", ".js")
        if not is_generated(path)
    }
    assert len(sizes) > 200
    assert {path: size for path, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_of_the_packages_is_longer_than_60_lines() -> None:
    long: dict[str, int] = {}
    for path in project_files(".py"):
        if is_generated(path) or "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LONGEST_FUNCTION:
                    long[f"{shown(path)}:{node.name}"] = size
    assert long == {}
