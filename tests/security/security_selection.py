"""Two-way selection: who opens it, who chooses on which side, who closes a round and who decides."""

from security_world import World

POST, CANDIDATE = "D01.TO-5.administrator", "D01.he-jun"


async def selection(world: World) -> None:
    # Posts, tenure: R21 runs it for the own bureau; another bureau has no such post.
    wanted = {"title": "2027", "effectiveFrom": "2027-01-01", "posts": [POST], "candidates": [CANDIDATE]}
    opened = await world.step(
        "xie-tao", "openSelection", wanted, "campaign { id }", allowed={"xie-tao"}, also={"INVALID_INPUT"}
    )
    campaign = opened["campaign"]["id"]
    # O: the candidate alone; U: the leader of the post's unit alone.
    wish = {"campaignId": campaign, "posts": [POST]}
    await world.step("he-jun", "choosePosts", wish, allowed={"he-jun"})
    choice = {"campaignId": campaign, "post": POST, "persons": [CANDIDATE]}
    await world.step("pan-yu", "choosePersons", choice, allowed={"pan-yu"}, also={"INVALID_INPUT"})
    closing = {"campaignId": campaign, "round": 1}
    await world.step("xie-tao", "closeSelectionRound", closing, allowed={"xie-tao"})
    # R1 decides.
    await world.everybody(
        "decideSelection",
        {"campaignId": campaign, "approved": True, "reason": "同意"},
        allowed={"huang-zhen"},
    )
