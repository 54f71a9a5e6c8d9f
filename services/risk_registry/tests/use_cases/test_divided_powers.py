"""Departments hold one of the three powers of a process each: a version that mixes them is not published (S2-017, C-12)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.catalogue import EntryKind, OutOfBounds, UncitedRule
from risk_registry.domain.processes import Graph
from risk_registry.testing_reform import CHIEF, DAY, HEAD, KEPT, LEGAL, PROCESS, F, regulation, step
from risk_registry.use_cases.draft_process import DraftProcess, draft_process
from risk_registry.use_cases.keep_catalogue import (
    AdoptCatalogue,
    LoadPack,
    RecordEntry,
    adopt_catalogue,
    load_pack,
    record,
)
from risk_registry.use_cases.publish_process import PublishProcess, publish_process

As = Callable[[str], Principal]
SPLIT: dict[str, Any] = {
    "title_zh": "减免税审批", "title_en": "Approval of relief", "process": PROCESS, "decision": ["LEGAL", "TAX-POLICY"],
    "execution": ["SOURCE-MANAGEMENT"], "supervision": ["SUPERVISION"], "citation": "S2-017, C-12",
}  # fmt: skip
LEGAL_SIGNS = step("legal", "LEGAL.chief", F.REVIEW)
POLICY_SIGNS = step("policy", "POLICY.chief", F.APPROVE, monitor="DISC.lead")
GOOD = Graph("减免税审批", (KEPT[0], KEPT[1], LEGAL_SIGNS, POLICY_SIGNS, KEPT[4]), limit_days=20)
VIEW = """
query ($id: ID!) { powerDecomposition(versionId: $id) {
  splits { code decision execution supervision citation } misplaced { code subject }
} }
"""


async def say(runtime: Runtime, act_as: As, kind: EntryKind, code: str, body: dict[str, Any]) -> None:
    await runtime.execute(act_as(LEGAL), record, RecordEntry(kind, code, body, DAY))


async def divided(runtime: Runtime, act_as: As) -> None:
    """The pack in use, its first division bound to this bureau's process."""
    await regulation(runtime, act_as)
    await runtime.execute(act_as(HEAD), load_pack, LoadPack("powers"))
    await runtime.execute(
        act_as(HEAD), adopt_catalogue, AdoptCatalogue("urn:plumbline:powers", "2026.1", DAY)
    )
    await say(runtime, act_as, EntryKind.POWER_SPLIT, "SPLIT-01", SPLIT)


async def drafted(runtime: Runtime, act_as: As, graph: Graph) -> str:
    done = await runtime.execute(act_as(CHIEF), draft_process, DraftProcess(PROCESS, "D01.POLICY", graph))
    return done.version_id


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((GOOD.steps[0], LEGAL_SIGNS, KEPT[3]), "POWER_MISPLACED"),
        ((GOOD.steps[0], POLICY_SIGNS), "SIGNATURE_MISSING"),
        ((step("accept", "POLICY.reviewer", F.ACCEPT), LEGAL_SIGNS, POLICY_SIGNS), "POWER_MISPLACED"),
        ((GOOD.steps[0], replace(LEGAL_SIGNS, monitor="POLICY.chief"), POLICY_SIGNS), "POWER_MISPLACED"),
    ],
)
async def test_a_power_in_the_wrong_department_is_not_published(
    runtime: Runtime, act_as: As, steps: tuple[Any, ...], code: str
) -> None:
    await divided(runtime, act_as)
    version = await drafted(runtime, act_as, Graph("减免税审批", steps, 20))
    with pytest.raises(Refused) as refused:
        await runtime.execute(act_as(HEAD), publish_process, PublishProcess(version, DAY))
    assert refused.value.code == code


async def test_a_version_that_keeps_the_division_is_published_and_shows_it(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    await divided(runtime, act_as)
    version = await drafted(runtime, act_as, GOOD)
    await runtime.execute(act_as(HEAD), publish_process, PublishProcess(version, DAY))
    seen = {
        who: (await graphql(runtime, act_as(who), VIEW, {"id": version}))["data"]["powerDecomposition"]
        for who in (HEAD, "D01.wu-bin")
    }
    assert [each["code"] for each in seen[HEAD]["splits"]] == ["SPLIT-01"]
    assert seen[HEAD]["splits"][0]["decision"] == ["LEGAL", "TAX-POLICY"]
    assert seen["D01.wu-bin"]["splits"] == seen[HEAD]["splits"], "who holds which power is for everybody"
    assert (seen[HEAD]["misplaced"], seen["D01.wu-bin"]["misplaced"]) == ([], None)


async def test_a_division_is_kept_inside_its_bounds(runtime: Runtime, act_as: As) -> None:
    await divided(runtime, act_as)
    for wrong, refusal in [
        ({"decision": ["NOBODY"]}, Invalid),
        ({"execution": ["LEGAL"]}, Invalid),
        ({"citation": " "}, UncitedRule),
        ({"citation": "自定"}, OutOfBounds),
    ]:
        with pytest.raises(refusal):
            await say(runtime, act_as, EntryKind.POWER_SPLIT, "SPLIT-01", {**SPLIT, **wrong})
    swapped = {"decision": ["TAX-POLICY"], "execution": ["LEGAL"]}
    await say(runtime, act_as, EntryKind.POWER_SPLIT, "SPLIT-01", {**SPLIT, **swapped})
