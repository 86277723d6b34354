"""Numbers in other wordings: what they count, what bounds them, who pays, what is a condition."""

from __future__ import annotations

import pytest

from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.quantities import find_quantities
from speechmine.model import Discourse, Metric, Segment, TimeFrame
from speechmine.rules.loader import default_rules

RULES = default_rules()


def metrics_of(text: str, label: Discourse) -> tuple[Metric, ...]:
    segment = Segment(0, len(text), text, None, None, label)
    quantities = find_quantities(text, RULES)
    return find_metrics(
        text, segment, frame=TimeFrame(year=2024), quantities=quantities, rules=RULES
    )


NAMES = [
    # the deed and its time stand between
    ("县水利局汛前要招20名巡堤员。", ["巡堤员"]),
    # what is counted was said before, of a number that is no metric
    ("未完成的7项实事，11月底前至少再完成5项。", ["实事"]),
    # by how much it differs
    ("到课率比上学期高了3个百分点。", ["到课率"]),
    ("投资进度比序时进度慢了6个百分点。", ["投资进度"]),
    # what is seen, or there
    ("无人机监测到火点7个。", ["火点"]),
    ("保护区内仍有农家乐11户。", ["农家乐"]),
    ("公益性岗位拿出300个来专门护林。", ["公益性岗位"]),
    ("县属平台公司由7家整合为3家。", ["县属平台公司", "县属平台公司"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_what_is_counted(text: str, names: list[str]) -> None:
    assert [m.indicator for m in metrics_of(text, "target")] == names


VALUES = [
    ("今年起码要拆改旧桥5座。", ["5..座 >="]),
    ("工期顶多3个月，投入30万元。", ["..3个月 <=", "30..30万元 ="]),
    ("全年新增床位20张以上、护士5名。", ["20..张 >=", "5..5名 ="]),
    ("最低气温降到零下9℃左右。", ["-9..-9℃ ~"]),
    ("固定资产投资完成4.3个亿。", ["4.3..4.3个亿 ="]),
    ("新增灌溉面积七万六千亩。", ["7.6..7.6万亩 ="]),
    ("全镇共有两万三千八百人参保。", ["23800..23800人 ="]),
]


@pytest.mark.parametrize(("text", "values"), VALUES)
def test_value_unit_and_bound(text: str, values: list[str]) -> None:
    found = metrics_of(text, "target")
    said = [
        f"{'' if m.low is None else f'{m.low:g}'}..{'' if m.high is None else f'{m.high:g}'}"
        f"{m.unit} {m.comparator}"
        for m in found
    ]
    assert said == values


PAID = [
    ("改造费用由公司承担四成。", "plan"),
    ("14到16度的退50%。", "plan"),
    ("所需资金由两家银行各承担百分之五十。", "plan"),
    ("省财政先行预拨8000万元。", "plan"),
    ("修剪工钱每人每天260元。", "plan"),
    ("争取上级补助3000万元。", "target"),
]


@pytest.mark.parametrize(("text", "kind"), PAID)
def test_who_pays_what(text: str, kind: str) -> None:
    assert [m.kind for m in metrics_of(text, "target")] == [kind]


NOTHING = [
    "原因有三个。",
    "问题主要在三处。",
    "说一千道一万，要做。",
    "过火面积超过100亩或者威胁居民点的，同时报旗里。",
    "从今晚起凡气温低于零下5度，每班巡线两遍。",
    "二级响应（100亩以上、1000亩以下）：前线指挥到场。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_conditions_points_and_sayings_measure_nothing(text: str) -> None:
    assert metrics_of(text, "directive") == ()
