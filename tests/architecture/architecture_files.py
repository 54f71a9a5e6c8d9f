"""The project's own files: nothing that is installed or made at run time."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICES = ("directory", "risk_registry", "case_flow", "complaints", "education", "performance")
SKIPPED = {".venv", ".git", "node_modules", "var", "__pycache__", "build", "dist", "uv.lock"}


def project_files(*suffixes: str) -> Iterator[Path]:
    """Every file with one of the suffixes (all without any), hidden caches left out."""
    pending = [ROOT]
    while pending:
        for path in sorted(pending.pop().iterdir()):
            if path.name in SKIPPED or path.is_symlink() or path.name.endswith("_cache"):
                continue
            if path.is_dir() and path.name != ".hypothesis":
                pending.append(path)
            elif path.is_file() and (not suffixes or path.suffix in suffixes):
                yield path


def shown(path: Path) -> str:
    """The path from the project's root."""
    return str(path.relative_to(ROOT))
