import sys
from pathlib import Path

# With importlib mode a test's folder is not on the path; its helper modules are imported by name.
sys.path.insert(0, str(Path(__file__).parent))

from security_fixtures import runtime_of, world_of  # noqa: F401  the fixtures of this folder
