"""What the audit log holds about a matter: all of it, for those who may have it, verified without the service."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from case_flow.cli import main
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.prove_matter import prove_matter
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from plumbline_shared.audit import sequence_all, sign_tree
from plumbline_shared.audit.checkpoint import Signer
from plumbline_shared.principal import Principal

SIGNER = Signer("plumbline/case_flow", Ed25519PrivateKey.generate())
HOW_TO = Path(__file__).parents[4] / "docs/how-to/verify-a-matter.md"
PROOF = "query ($id: ID!) { auditProof(matterId: $id) { acts { action actor objectId } checkpoint text waiting } }"


@pytest.fixture
async def matter(bureau) -> str:
    """A matter that was accepted and assigned, beside another one, all of it signed."""
    await bureau.publish("relief_approval")
    made = [
        await bureau.do("wu-yan", accept_matter, AcceptMatter("RELIEF-APPROVAL", title, "D01.TO-3"))
        for title in ("减免", "another")
    ]
    await bureau.do(
        "sun-hao", assign_work, AssignWork(made[0].matter_id, "investigate", ("D01.li-wei", "D01.zhao-qiang"))
    )
    await sequence_all(bureau.db)
    await sign_tree(bureau.db, bureau.clock, SIGNER)
    return made[0].matter_id


def by_hand(file: Path) -> subprocess.CompletedProcess[str]:
    """The lines of the how-to, run by a bare Python."""
    page = HOW_TO.read_text(encoding="utf-8")
    code = page[page.index("```python\n") + 10 : page.index("```\n\nThe signature")]
    return subprocess.run(
        [sys.executable, "-I", "-c", code, file], capture_output=True, text=True, check=False
    )


async def test_every_act_is_in_it_and_verifies_without_the_service(graph, matter, tmp_path, capsys):
    proof = (await graph.ask("sun-hao", PROOF, id=matter))["auditProof"]
    acts = [(one["action"], one["actor"], one["objectId"]) for one in proof["acts"]]
    assert acts == [("acceptMatter", "D01.wu-yan", matter), ("assignWork", "D01.sun-hao", matter)]
    file = tmp_path / "proof.json"
    file.write_text(proof["text"], encoding="utf-8")
    main(["verify-proof", str(file), "--key", str(SIGNER.verifier)])
    assert "HOLDS: 2 rows" in capsys.readouterr().out
    assert by_hand(file).stdout.startswith("2 rows are in plumbline/case_flow")
    body = json.loads(proof["text"])
    body["entries"][1]["actor"] = "D01.somebody-else"
    file.write_text(json.dumps(body), encoding="utf-8")
    assert "content of" in by_hand(file).stderr


async def test_those_who_may_have_it(bureau, graph, matter):
    for name in ("wu-yan", "li-wei", "huang-zhen", "bai-xue"):
        assert (await graph.ask(name, PROOF, id=matter))["auditProof"] is not None, name
    assert (await graph.ask("luo-fang", PROOF, id=matter))["auditProof"] is None
    assert (await graph.ask("huang-zhen", PROOF, id="mt_nothing"))["auditProof"] is None
    auditor = Principal("person", "D01.x", "D01", roles=frozenset({"INTERNAL_AUDITOR"}))
    assert await prove_matter(bureau.db, auditor, matter) is not None
    stranger = Principal("person", "D02.x", "D02", roles=frozenset({"INTERNAL_AUDITOR", "BUREAU_HEAD"}))
    assert await prove_matter(bureau.db, stranger, matter) is None
