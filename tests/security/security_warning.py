"""Case flow, a closed case as material of warning education (S1-078)."""

from security_world import World

WRITERS = {"ma-qing", "bai-xue"}


async def warning(world: World) -> None:
    final = {
        "inquiryId": world.made["Inquiry"],
        "upheld": True,
        "document": "C01-2026-17",
        "reasons": "as decided",
    }
    await world.do("huang-zhen", "recordAppealDecision", final)
    said = {"zh": "资料移交后无人签收, 逾期办结。", "en": "Handed over, signed for by nobody, decided late."}
    parts = dict.fromkeys(("title", "facts", "causes", "lesson"), said)
    # Inquiry: R4 and R5 draft.
    draft = {"inquiryId": world.made["Inquiry"], **parts}
    made = await world.step("ma-qing", "draftWarningCase", draft, "draftId", allowed=WRITERS)
    # R1 releases (scenario 3).
    release = {"draftId": made["draftId"], "release": True}
    told = await world.step("huang-zhen", "decideWarningCase", release, "case { id }", allowed={"huang-zhen"})
    world.made["WarningCase"] = told["case"]["id"]
