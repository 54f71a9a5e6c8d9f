"""Rows are compared with what Cedar allows: nothing that another test left counts."""

import pytest
from case_flow.testing import WorkedBureau


@pytest.fixture(autouse=True)
def emptied(bureau: WorkedBureau) -> None:
    """The bureau's database without a row of an earlier test."""
