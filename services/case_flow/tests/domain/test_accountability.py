"""The scheme that ties appraisal, inquiry, liability and warning (S1-082, S1-143, S1-163)."""

import msgspec
import pytest
from case_flow.domain.accountability import Scheme, Tied, untied
from case_flow.domain.incident import RootCause
from case_flow.rules import ACCOUNTABILITY_RULES, CONTROL_RULES
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid


def test_every_kind_of_incident_has_all_four_parts() -> None:
    assert list(untied(ACCOUNTABILITY_RULES.shipped(), CONTROL_RULES.shipped())) == []


def test_the_three_triggers_are_those_of_the_source() -> None:
    assert list(ACCOUNTABILITY_RULES.shipped().triggers) == ["FAULT", "INACTION", "POOR_WORK"]
    assert all(one.citation == "S1-082" for one in ACCOUNTABILITY_RULES.shipped().triggers.values())


@pytest.mark.parametrize("part", ["warned_by", "appraised_by"])
def test_a_kind_without_one_of_its_parts_is_named(part: str) -> None:
    one = ACCOUNTABILITY_RULES.shipped()
    thin = msgspec.structs.replace(one.kinds["TIME_LIMIT_MISSED"], **{part: ()})
    loose = msgspec.structs.replace(one, kinds={**one.kinds, "TIME_LIMIT_MISSED": thin})
    assert any(said.startswith("TIME_LIMIT_MISSED: no ") for said in untied(loose, CONTROL_RULES.shipped()))


def test_what_is_unknown_or_missing_is_named() -> None:
    one, pack = ACCOUNTABILITY_RULES.shipped(), CONTROL_RULES.shipped()
    stranger = msgspec.structs.replace(one, kinds={**one.kinds, "NOTHING": Tied((), (), "c")})
    assert "NOTHING: unknown kind of incident" in set(untied(stranger, pack))
    empty = msgspec.structs.replace(one, kinds={}, triggers={})
    assert {said.split(": ")[1] for said in untied(empty, pack)} == {"in no part of the scheme"}
    formless = msgspec.structs.replace(pack, forms={}, alerts={})
    assert {"TIME_LIMIT_MISSED: no form of liability", "TIME_LIMIT_MISSED: no alert finds it"} <= set(
        untied(one, formless)
    )
    twice = msgspec.structs.replace(
        one, roots={**one.roots, "THIRD": msgspec.structs.replace(one.roots["UNCLEAN_CONDUCT"])}
    )
    assert "INTENT: under two roots" in set(untied(twice, pack))
    dumb = msgspec.structs.replace(one, triggers={})
    assert "TIME_LIMIT_MISSED: no trigger of an inquiry" in set(untied(dumb, pack))


@given(st.sampled_from(sorted(CONTROL_RULES.shipped().incident_kinds)), st.none() | st.text(max_size=12))
def test_a_trigger_fits_the_incident_or_is_refused(kind: str, chosen: str | None) -> None:
    one = ACCOUNTABILITY_RULES.shipped()
    if chosen is None or chosen in one.triggers_of(kind):
        assert kind in one.triggers[one.trigger_for(kind, chosen)].kinds
    else:
        with pytest.raises(Invalid):
            one.trigger_for(kind, chosen)


def test_the_trigger_of_another_kind_of_incident_is_refused() -> None:
    with pytest.raises(Invalid):
        ACCOUNTABILITY_RULES.shipped().trigger_for("TIME_LIMIT_MISSED", "FAULT")
    assert ACCOUNTABILITY_RULES.shipped().trigger_for("TIME_LIMIT_MISSED", None) == "INACTION"
    assert ACCOUNTABILITY_RULES.shipped().trigger_for("TIME_LIMIT_MISSED", "POOR_WORK") == "POOR_WORK"


@given(st.sampled_from(RootCause))
def test_a_cause_goes_back_to_one_root_at_most(cause: RootCause) -> None:
    under = [code for code, root in ACCOUNTABILITY_RULES.shipped().roots.items() if cause in root.causes]
    assert under == (
        []
        if cause in {RootCause.WORKLOAD, RootCause.SYSTEM_FAULT}
        else [ACCOUNTABILITY_RULES.shipped().root_of(cause)]
    )


def test_a_bureau_changes_the_scheme_as_data() -> None:
    text = msgspec.yaml.encode(ACCOUNTABILITY_RULES.shipped())
    assert msgspec.yaml.decode(text, type=Scheme) == ACCOUNTABILITY_RULES.shipped()
    with pytest.raises(msgspec.ValidationError):
        msgspec.yaml.decode(text + b"\nsomething: else\n", type=Scheme)
