from decimal import Decimal

import msgspec
import pytest
import yaml
from performance.domain.rules import Form, RuleCode
from performance.domain.subjects import SubjectKind
from performance.use_cases.publish_rule_set import FOLDER, packaged, read

RULES = packaged()[0]
TEXT = (FOLDER / "demo-2026.yaml").read_text(encoding="utf-8")


def test_the_demo_pack_says_what_the_requirements_say() -> None:
    rules = RULES.rules
    assert RULES.version == "DEMO-2026"
    assert (rules.sr_01.unit, rules.sr_01.primary, rules.sr_01.secondary) == (-2, -2, -1)
    assert (rules.sr_01.unit_late, rules.sr_01.late_over_working_days) == (-1, 10)
    assert list(rules.sr_04.unit.values()) == [-1, -2, -3]
    assert [rules.sr_07.person[form] for form in Form] == [-1, -2, -3, -6, -10]
    assert rules.sr_07.unit_for == {Form.CIRCULAR, Form.STANDBY, Form.QUALIFICATION_REVOKED}
    assert RULES.largest_only == {RuleCode.SR_01, RuleCode.SR_03, RuleCode.SR_04}


def test_every_rule_has_a_title_in_both_languages_and_a_source() -> None:
    for code in RuleCode:
        rule = RULES.rules.of(code)
        assert rule.title.zh
        assert rule.title.en
        assert rule.citation


def test_a_score_stays_between_floor_and_cap() -> None:
    scale = RULES.scale
    assert scale.clamp(Decimal(130), SubjectKind.UNIT) == 110
    assert scale.clamp(Decimal(130), SubjectKind.PERSON) == 105
    assert scale.clamp(Decimal(-7), SubjectKind.UNIT) == 0


def test_an_overdue_rectification_grows_by_blocks_to_its_cap() -> None:
    blocks = [RULES.rules.sr_06.block(number) for number in range(12)]
    assert blocks[:3] == [Decimal("-1.0"), Decimal("-0.5"), Decimal("-0.5")]
    assert sum(blocks) == Decimal("-5.0")
    assert blocks[9:] == [0, 0, 0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda tree: tree["rules"].pop("SR-05"),
        lambda tree: tree["rules"]["SR-01"].update(unit="a lot"),
        lambda tree: tree["rules"]["SR-07"]["person"].update(FINE="-1.0"),
        lambda tree: tree.update(colour="red"),
        lambda tree: tree.pop("citation"),
        lambda tree: tree["rules"]["SR-06"].pop("citation"),
    ],
)
def test_a_rule_set_with_a_mistake_is_refused(damage) -> None:
    tree = yaml.safe_load(TEXT)
    damage(tree)
    with pytest.raises(msgspec.ValidationError):
        read(yaml.safe_dump(tree))
