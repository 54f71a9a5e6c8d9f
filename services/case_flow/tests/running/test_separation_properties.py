"""Whatever is delegated and whoever is added or taken off: different hands do what must be apart (SoD-1, SoD-2)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations

from case_flow.domain import eligibility, hands, signing, transitions
from case_flow.domain.definition import Sign
from case_flow.domain.matter import Completion, Matter
from case_flow.domain.parsing import parse
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from plumbline_org.model import Org
from plumbline_org.parts import Delegation, Post, Span
from plumbline_org.principal import principal_of
from plumbline_org.testing import ALWAYS, linjiang, person
from plumbline_shared.errors import Refused

ON, AT = date(2026, 4, 1), datetime(2026, 4, 1, 1, tzinfo=UTC)
NAMES = tuple(f"D01.p{number}" for number in range(6))
ROLES = ("REVIEWER", "APPROVER")
FLOW = parse(
    """
item: APART
version: 1
name: {zh: 分离, en: Apart}
citation: {source: a rule}
steps:
  - {code: a, name: {zh: 一, en: A}, role: [REVIEWER, APPROVER], unit: POLICY, incompatible_with: [b, c], next: b}
  - {code: b, name: {zh: 二, en: B}, role: APPROVER, unit: POLICY, incompatible_with: [c], next: c}
  - {code: c, name: {zh: 三, en: C}, role: [REVIEWER, APPROVER], unit: POLICY, end: true}
"""
)
START = Matter(
    id="mt", bureau_id="D01", case_ref="", item_code="APART", item_version=1, item_hash="", title="t",
    unit_id="D01.POLICY", people=(), units=("D01.POLICY",), accepted_at=AT, accepted_on=ON, step="a",
)  # fmt: skip
OWN = st.fixed_dictionaries({name: st.frozensets(st.sampled_from(ROLES)) for name in NAMES})
GIVEN = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(ROLES)), max_size=8, unique=True
)


def org_of(own: dict[str, frozenset[str]], given_to: list[tuple[str, str, str]]) -> Org:
    org = linjiang()
    codes = {name: name.removeprefix("D01.") for name in NAMES}
    posts = {
        f"D01.POLICY.{code}": Post(f"D01.POLICY.{code}", "D01", "D01.POLICY", code, span=ALWAYS)
        for code in codes.values()
    }
    people = {
        name: person("D01", codes[name], name, f"POLICY.{codes[name]}", sorted(roles))
        for name, roles in own.items()
    }
    delegations = tuple(
        Delegation(f"dg-{number}", grantor, delegate, role, None, Span())
        for number, (grantor, delegate, role) in enumerate(given_to)
        if grantor != delegate
    )
    return replace(org, posts={**org.posts, **posts}, persons=people, delegations=delegations)


def acted_as(org: Org, own: dict[str, frozenset[str]], who: str, roles: tuple[str, ...]) -> set[str]:
    """The oracle: the person, and where they have no role of their own those whose role they use."""
    if own[who] & set(roles):
        return {who}
    lent = {
        one.grantor_id
        for one in org.delegations
        if one.delegate_id == who and one.authority in roles and one.authority in own[one.grantor_id]
    }
    return {who, *lent}


@settings(max_examples=300, deadline=None)
@given(own=OWN, given_to=GIVEN, tries=st.lists(st.sampled_from(NAMES), max_size=14))
def test_no_hands_are_on_two_incompatible_steps_however_authority_is_lent(
    own: dict[str, frozenset[str]], given_to: list[tuple[str, str, str]], tries: list[str]
) -> None:
    org, matter, did = org_of(own, given_to), START, dict[str, set[str]]()
    for who in tries:
        if matter.step is None:
            break
        step = FLOW.by_code[matter.step]
        try:
            eligibility.require_eligible(step, matter.unit_id, principal_of(org, who, ON))
            behind = hands.require_free(FLOW, matter, step, org, [who], ON)
        except Refused:
            assert hands.barrier(FLOW, matter, step, org, who, ON) or not acts(org, who, step.roles)
            continue
        assert hands.barrier(FLOW, matter, step, org, who, ON) is None
        did[step.code] = acted_as(org, own, who, step.roles)
        done = Completion(step=step.code, signers=(who,), at=AT, local_on=ON, hands=behind)
        matter = transitions.complete(FLOW, matter, done)
    for one, other in combinations(did, 2):
        assert not did[one] & did[other]


def acts(org: Org, who: str, roles: tuple[str, ...]) -> bool:
    return bool(org.roles_of(who, ON) & set(roles))


@settings(max_examples=300, deadline=None)
@given(
    rule=st.sampled_from(Sign),
    first=st.lists(st.sampled_from(NAMES[1:]), min_size=1, max_size=3, unique=True),
    acts_=st.lists(
        st.tuples(st.sampled_from(("add", "remove", "sign")), st.sampled_from(NAMES)), max_size=16
    ),
)
def test_signers_come_and_go_but_never_below_two_and_nothing_ends_without_a_signature(
    rule: Sign, first: list[str], acts_: list[tuple[str, str]]
) -> None:
    step = structs.replace(FLOW.by_code["a"], min_actors=2, sign=rule)
    asked = signing.asked(START, step, NAMES[0], tuple(first))
    done = Completion(step="a", signers=asked, at=AT, local_on=ON)
    matter = transitions.ask_signatures(START, done, asked, signing.needed(START, step, asked))
    signed = [NAMES[0]]
    for act, who in acts_:
        assert matter.pending is not None
        if not signing.waiting(matter.pending):
            break
        try:
            if act == "sign":
                matter = matter.change(pending=transitions.sign(matter, "a", who))
                signed.append(who)
            else:
                matter = (signing.add if act == "add" else signing.remove)(matter, step, who)
                assert matter.pending
                assert signing.waiting(matter.pending)
        except Refused:
            continue
    pending = matter.pending
    assert pending is not None
    assert list(pending.signed) == signed
    assert len(set(pending.signed)) == len(pending.signed)
    assert len(pending.signers) >= 2
    assert set(pending.signed) <= set(pending.signers)
    if not signing.waiting(pending):
        assert len(pending.signed) == (2 if rule is Sign.ANY else len(pending.signers))
