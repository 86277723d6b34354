"""Subjects under names that no table holds: what is seen of them, and what is taken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine.extractors import party_parts
from speechmine.extractors.parties import find_party_groups
from speechmine.extractors.party_bounds import with_learned_bounds
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_learned import (
    SUBJECT_SURE,
    chances_of,
    learned_parties,
    marked_parties,
    shares,
)
from speechmine.extractors.party_parts import PARTS, learned_part, likeliest_part
from speechmine.extractors.subject_keys import keys_of_none
from speechmine.extractors.subject_places import (
    ClauseHead,
    is_bare,
    marks_in,
    members_of,
    spans_of_names,
    stretches,
)
from speechmine.learned.weights import (
    class_weights_bytes,
    read_class_weights,
    shipped_classes,
)
from speechmine.model import Party, PartyGroup
from speechmine.rules.loader import default_rules

RULES = default_rules()
# A text in the words of notices, long and short, with marks and figures in it.
WORDS = st.lists(
    st.sampled_from(
        "调解员 质控办 党员、 每月 5日前 由 请 必须 上门 要 报表 完成 ， 。 和 （二）".split()
    ),
    max_size=14,
).map("".join)


def _place(text: str, groups: Sequence[PartyGroup] = ()) -> ClauseHead:
    return ClauseHead(text, 0, len(text), {}, cues_of(RULES), *spans_of_names(groups, len(text)))


def _known(text: str) -> ClauseHead:
    """A clause with the names in it that the rules know."""
    return _place(text, find_party_groups(text, RULES))


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("调解员两天之内必须上门", True),
        ("加快推进管网改造", False),
        ("要把台账建好", False),
        ("验收由监理人签认", True),
        ("好", False),
        # Names that begin as a verb does.
        ("排水班三天内清掏雨水井", True),
        ("普查对象须如实填报", True),
        ("引导企业三年内退出", False),
        # Behind the number of an article, and before a modal whatever it begins with.
        ("第七条 用工单位应当公示考勤", True),
        ("各大中城市要备足煤炭", True),
        # Whoever stands behind these is told to act by whoever reads it.
        ("协调有关单位将指标纳入体系", False),
        ("配合相邻县区做好管护", False),
    ],
)
def test_only_clauses_without_a_predicate_in_front_are_read(text: str, *, bare: bool) -> None:
    assert is_bare(_place(text)) is bare


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("党员、村民代表", ["党员", "村民代表"]),
        ("苗圃组和水电组", ["苗圃组", "水电组"]),
        ("和平站", ["和平站"]),
        # What joins the parts of one name joins no list.
        ("各县（市、区）民政局", ["各县（市、区）民政局"]),
        ("市自然资源和规划局、市财政局", ["市自然资源和规划局", "市财政局"]),
        ("我和小孟", ["我", "小孟"]),
        ("东、中、西部地区", ["东、中、西部地区"]),
    ],
)
def test_a_list_has_members(text: str, members: list[str]) -> None:
    place = _known(text + "要上报")
    assert [text[a:b] for a, b in members_of(place, 0, len(text))] == members


@pytest.mark.parametrize(
    ("text", "kept", "left"),
    [
        ("镇（街道）安监站上门", "镇（街道）安监站", "镇（街道"),
        ("村“两委”干部上门", "村“两委”干部", "村“两"),
    ],
)
def test_brackets_and_quotations_are_whole_in_a_name(text: str, kept: str, left: str) -> None:
    found = {text[s.start : s.end] for s in stretches(_place(text))}
    assert kept in found
    assert left not in found


def test_a_long_quotation_is_no_part_of_a_name() -> None:
    text = "村“把安全责任放在心上”活动"
    assert not any("“" in text[s.start : s.end] for s in stretches(_place(text)))


WHOLE = [
    # The rules cut a name, or take words beside it for a part of it.
    ("县卫健局备三台救护车", ["县卫健局备三台救护车"], ["县卫健局"]),
    ("各村防火员每天巡山", ["各村"], ["各村防火员"]),
    ("各镇（街道）安监站每周一报送进度", ["各镇（街道）", "安监站"], ["各镇（街道）安监站"]),
    ("县纪委干事小冯要逐条核查", ["县纪委"], ["县纪委干事小冯"]),
    # And where they have it whole it stays as it is.
    ("县卫健局要备足药品", ["县卫健局"], ["县卫健局"]),
    ("县公安局、县教育局要联合排查", ["县公安局", "县教育局"], ["县公安局", "县教育局"]),
]


@pytest.mark.parametrize(("text", "ruled", "whole"), WHOLE)
def test_whoever_is_named_has_his_whole_name(text: str, ruled: list[str], whole: list[str]) -> None:
    spans = [(text.index(name), text.index(name) + len(name)) for name in ruled]
    named = tuple(Party(text[a:b], a, b, "responsible") for a, b in spans)
    place = _place(text, [PartyGroup(p.start, p.end, (p,)) for p in named])
    found = with_learned_bounds(place, named, RULES)
    assert [party.text for party in found] == whole
    assert all(text[party.start : party.end] == party.text for party in found)
    assert {party.role for party in found} == {"responsible"}


def test_a_name_that_a_mark_gives_is_whole_too() -> None:
    text = "排查情况报集团安委会办公室"
    named = (Party("安委会办公室", 7, 13, "report_to"),)
    (found,) = with_learned_bounds(_place(text), named, RULES)
    assert (found.text, found.role) == ("集团安委会办公室", "report_to")


@pytest.mark.parametrize("sign", ["●", "■", "▲", "→ "])
def test_the_sign_of_a_line_is_none_of_the_first_name(sign: str) -> None:
    text = f"{sign}县城管局要清运积雪"
    named = find_party_groups(text, RULES)[0].parties
    assert [p.text for p in with_learned_bounds(_known(text), named, RULES)] == ["县城管局"]


def test_what_is_no_subject_by_all_that_is_seen_is_nobody() -> None:
    text = "结果全区通报"
    named = (Party("结果全区", 0, 4, "responsible"),)
    assert not with_learned_bounds(_place(text), named, RULES)
    text = "结果全区要通报"  # right before a modal it stays
    assert with_learned_bounds(_place(text), named, RULES)


def test_what_counts_a_list_is_none_of_its_last_name() -> None:
    text = "县住建局、县城管局两家要联合验收"
    named = (Party("县住建局", 0, 4), Party("县城管局两家", 5, 11))
    found = with_learned_bounds(_place(text), named, RULES)
    assert [party.text for party in found] == ["县住建局", "县城管局"]


@given(WORDS)
@settings(deadline=None, max_examples=60)
def test_what_is_taken_stands_in_the_text(text: str) -> None:
    for party in learned_parties(_place(text), RULES):
        assert text[party.start : party.end] == party.text
        assert party.role in ("lead", "responsible", "leader")
        assert party.source == "explicit"


@given(WORDS)
@settings(deadline=None, max_examples=60)
def test_chances_are_those_of_one_choice(text: str) -> None:
    place = _place(text)
    chances = chances_of(place)
    every = list(stretches(place))
    assert [s for s in every if s in {stretch for _, stretch in chances}] == [
        stretch for _, stretch in chances
    ]
    assert 0 <= sum(chance for chance, _ in chances) <= 1 + 1e-9


def test_the_shipped_parts_are_of_every_kind() -> None:
    weights = shipped_classes("parts", len(PARTS))
    assert likeliest_part(["b"], weights)[0] in PARTS
    assert likeliest_part([], weights) == ("none", pytest.approx(1 / len(PARTS)))


MARKED = [
    ("清单于月底前报法规处备案", [("法规处", "report_to")]),
    ("把台账送质控办", [("质控办", "report_to")]),
    ("8月底前经法律顾问审核后签订", [("法律顾问", "decider")]),
    ("经院长办公会研究后印发", [("院长办公会", "decider")]),
    # No name stands behind these.
    ("形成书面报告", []),
    ("向社会公布结果", []),
    ("经济运行平稳", []),
    ("与年度考核挂钩", []),
]


@pytest.mark.parametrize(("text", "named"), MARKED)
def test_who_stands_behind_a_mark(text: str, named: list[tuple[str, str]]) -> None:
    marks = list(marks_in(text, 0, len(text), cues_of(RULES)))
    found = marked_parties(_place(text), marks, (), RULES)
    assert [(party.text, party.role) for party in found] == named


def test_a_name_that_is_known_already_is_left_alone() -> None:
    text = "清单报法规处备案"
    marks = list(marks_in(text, 0, len(text), cues_of(RULES)))
    assert not list(marked_parties(_place(text), marks, [(3, 6)], RULES))


TAKEN = [
    # Under names of no table; what is behind them shows that they act.
    ("质控办要收齐自查表", ["质控办"]),
    ("评审员要逐件打分", ["评审员"]),
    ("由养护科每半年开展一次排查", ["养护科"]),
    ("请你区抓紧落实资金", ["你区"]),
    ("督查组要在月底前核查一遍", ["督查组"]),
    ("社区网格员入户走访", ["社区网格员"]),
    # Things that are built or done, places where it is done, and what is told.
    ("散伙饭要报备", []),
    ("河东管网8月底建成", []),
    ("咨询热线每天有人接听", []),
    ("加快推进管网改造", []),
    ("对调解员开展培训", []),
]


@pytest.mark.parametrize(("text", "named"), TAKEN)
def test_who_acts(text: str, named: list[str]) -> None:
    assert [p.text for p in learned_parties(_place(text), RULES)] == named


def test_without_weights_nothing_is_sure() -> None:
    place = _place("调解员必须上门")
    chances = shares(place, list(stretches(place)), keys_of_none(place), {})
    assert all(chance < SUBJECT_SURE for chance, _ in chances)


@pytest.mark.parametrize(
    ("text", "named"),
    [("第七条 用工单位应当每月公示考勤", "用工单位"), ("第12条 质控办要收齐自查表", "质控办")],
)
def test_whoever_an_article_binds_stands_behind_its_number(text: str, named: str) -> None:
    assert [party.text for party in learned_parties(_place(text), RULES)] == [named]


PLACE = ClauseHead("质控办配合做好收尾", 0, 9, {}, cues_of(RULES))
MODAL = ClauseHead("质控办要配合收尾", 0, 8, {}, cues_of(RULES))
GROUP = PartyGroup(0, 3, (Party("质控办", 0, 3, "responsible"),))


@pytest.mark.parametrize(
    ("place", "ruled", "weight", "part"),
    [
        # What the rules say stays, unless another part is likelier by far.
        (PLACE, "responsible", {}, "responsible"),
        (PLACE, "", {}, None),
        (PLACE, "responsible", {"cooperate": 4.0}, "cooperate"),
        (PLACE, "", {"cooperate": 4.0}, "cooperate"),
        (PLACE, "responsible", {"none": 5.0}, None),
        # A name right before a modal is somebody's.
        (MODAL, "responsible", {"none": 5.0}, "responsible"),
    ],
)
def test_weights_overrule_the_rules_where_they_are_sure(
    place: ClauseHead,
    ruled: str,
    weight: dict[str, float],
    part: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = {"b": [weight.get(name, 0.0) for name in PARTS]}
    weights = read_class_weights(class_weights_bytes(row), len(PARTS))
    monkeypatch.setattr(party_parts, "shipped_classes", lambda *_: weights)
    assert learned_part(place, GROUP, ("", ""), ruled, modal=False) == part
