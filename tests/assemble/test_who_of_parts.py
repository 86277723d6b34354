"""Who answers for a part, who only wrote an opinion, who is assessed; and how they are called."""

from __future__ import annotations

import pytest

import speechmine


def parties(text: str, words: str) -> set[tuple[str, str]]:
    tasks = speechmine.extract(text, date="2024-05-10").tasks
    task = next(task for task in tasks if words in task.text)
    return {(party.text, party.role) for party in task.parties}


PARTS = [
    # text, words of a task, who has which part in it
    (
        "供水改造由县水利局牵头，县城投公司具体实施。其中，老城管网须在9月20日前换完。",
        "老城管网",
        {("县城投公司", "responsible")},
    ),
    (
        "县粮食局负责粮食收储工作。其中，优质稻须在10月底前完成收购。",
        "优质稻",
        {("县粮食局", "responsible")},
    ),
]


@pytest.mark.parametrize(("text", "words", "who"), PARTS)
def test_who_has_the_whole_has_its_part(text: str, words: str, who: set[tuple[str, str]]) -> None:
    assert {(name, role) for name, role in parties(text, words)} >= who
    assert bool(parties(text, words)) == bool(who)


OPINIONS = [
    "县水利局会同县财政局研究提出了办理意见：待你镇上报方案后，县交通局将进行审查。",
    "县水利局会同县民政局、县财政局提出如下意见：县交通局将在6月底前完成审查。",
    "县水利局会同有关部门研究形成了答复：县交通局将按程序开展审查。",
]


@pytest.mark.parametrize("text", OPINIONS)
def test_who_helped_to_write_an_opinion_helps_in_none_of_its_works(text: str) -> None:
    assert parties(text, "审查") == {("县交通局", "responsible")}


def test_who_works_together_still_does() -> None:
    text = "县水利局会同县财政局在6月底前编制供水规划。"
    assert ("县财政局", "cooperate") in parties(text, "供水规划")


ASSESSED = [
    ("每月25日前各责任人向督查室报进展，年底统一考核。", "统一考核"),
    ("各专班每周五前报送清单，季度末统一考评。", "统一考评"),
    ("各乡镇每半月报送台账，年终统一评比。", "统一评比"),
]


@pytest.mark.parametrize(("text", "words"), ASSESSED)
def test_who_reports_does_not_assess_himself(text: str, words: str) -> None:
    tasks = speechmine.extract(text, date="2024-05-10").tasks
    assert all(not task.parties for task in tasks if task.text.endswith(words))
    assert any(task.parties for task in tasks)


ASKED_TOO = [
    ("县农业农村局6月底前编制技术手册，并请县农科所开展培训两次。", "县农业农村局"),
]


@pytest.mark.parametrize(("text", "name"), ASKED_TOO)
def test_who_is_asked_too_does_not_stand_in_for_who_acts(text: str, name: str) -> None:
    tasks = speechmine.extract(text, date="2024-05-10").tasks
    assert any(party.text == name for task in tasks for party in task.parties)


def test_who_has_one_case_has_not_the_next() -> None:
    text = (
        "若联络员调整，属于乡镇的，由镇党委负责报备名册；属于县直单位的，抓紧把名册报送县信访局。"
    )
    assert all(name != "镇党委" for name, _ in parties(text, "属于县直单位"))


REPORTED = [
    "县发改局将按规定组织专家评估桥梁方案，并提出修改建议，按程序报请县政府核准。",
    "县水利局牵头编制供水规划，6月底前完成初稿，按时限呈请县政府审定。",
    "县文旅局要办好龙灯节，编制活动手册，按惯例邀请各镇参加。",
]


@pytest.mark.parametrize("text", REPORTED)
def test_to_report_or_invite_asks_nobody(text: str) -> None:
    tasks = speechmine.extract(text, date="2024-05-10").tasks
    assert all(task.parties for task in tasks)


NAMES = [
    ("我们局12月15日前把经费管理办法改出来。", "办法", ("我们局", "responsible")),
    ("咱们院6月底前把药品目录报上去。", "目录", ("咱们院", "responsible")),
    ("由分管副局长石涛带队，对在建的12座桥全部回头看。", "回头看", ("分管副局长石涛", "leader")),
    ("由分管副院长石远带队，6月底前建立药品台账。", "台账", ("分管副院长石远", "leader")),
    ("教务处9月中旬前拿出提升方案。", "方案", ("教务处", "responsible")),
    ("供水站十月下旬前修订抢修预案。", "预案", ("供水站", "responsible")),
    ("各科室负责人要建立巡查台账。", "台账", ("各科室负责人", "responsible")),
    ("各学院负责同志要在6月底前建立实验台账。", "台账", ("各学院负责同志", "responsible")),
    ("各班组负责人要建立锅炉台账。", "锅炉", ("各班组负责人", "responsible")),
    (
        "领导小组每季度审议全省水运建设规划、年度计划和重要政策。",
        "水运",
        ("领导小组", "responsible"),
    ),
]


@pytest.mark.parametrize(("text", "words", "who"), NAMES)
def test_whoever_acts_is_called_as_the_text_calls_him(
    text: str, words: str, who: tuple[str, str]
) -> None:
    assert who in parties(text, words)


def test_a_place_where_people_live_is_nobody() -> None:
    text = "食宿、交通这些事，乡镇要一件件安排好，女工住的地方要装门禁，9月底前配齐。"
    assert all("地方" not in name for name, _ in parties(text, "门禁"))


BRACKETS = [
    "建立回访机制。（7月底初见成效并不断深化，牵头考核单位：县政务服务局）",
    "建立回访机制。（6月底前完成并长期坚持，牵头考核单位：县政务服务局）",
    "建立回访机制。（6月底见到明显成效，牵头考核单位：县政务服务局）",
]


@pytest.mark.parametrize("text", BRACKETS)
def test_a_time_that_goes_on_does_not_hide_who_checks(text: str) -> None:
    assert ("县政务服务局", "supervise") in parties(text, "回访机制")


MEASURED = [
    ("由镇卫生院派医生巡诊，每村每周至少一个上午。", "巡诊", "镇卫生院", "每村"),
    ("组织部摸排返乡人员，每个村储备后备干部2名以上，七一前建好库。", "摸排", "组织部", "每个村"),
    ("区民政局要建设示例养老点，每个街道建成3处。", "养老点", "区民政局", "每个街道"),
]


@pytest.mark.parametrize(("text", "words", "acts", "counted"), MEASURED)
def test_each_of_a_kind_only_measures_what_another_does(
    text: str, words: str, acts: str, counted: str
) -> None:
    found = {name for name, _ in parties(text, words)}
    assert acts in found
    assert counted not in found


@pytest.mark.parametrize("text", ["每个村都要建立巡查台账。", "每个街道要建成3处养老点。"])
def test_each_of_a_kind_that_is_told_acts(text: str) -> None:
    (task,) = speechmine.extract(text).tasks
    assert [party.role for party in task.parties] == ["responsible"]


ANSWERING = [
    "1．区民政局：摸清养老院底数，2月15日前上报计划。责任人：陈某明。\n2．区住建局：修好水闸。",
    "县水利局要修好示例水闸，县财政局要拨付资金。责任人：陈某明。",
    "区教育局：编制学校规划，6月底前公布。第一责任人：陈某明。",
]


@pytest.mark.parametrize("text", ANSWERING)
def test_who_answers_for_a_paragraph_answers_for_its_tasks(text: str) -> None:
    for task in speechmine.extract(text, date="2024-05-10").tasks:
        named = ("陈某明", "person") in {(party.text, party.role) for party in task.parties}
        assert named is (task.start < text.index("陈某明"))


@pytest.mark.parametrize("label", ["联系人", "联络员"])
def test_somebody_to_call_is_of_one_sentence(label: str) -> None:
    text = f"县水利局要在6月底前修好示例水闸。{label}：陈某明。"
    assert "陈某明" not in {name for name, _ in parties(text, "水闸")}


ADDRESSED = [
    "省水利厅研究提出办理意见：鉴于规模偏大，请你区优化示例水闸方案。",
    "以上各项，请省直有关部门抓紧落实，你区于年底前将示例水闸进展函告省政府办公厅。",
    "省水利厅提出如下意见：同意立项，你区要抓紧编制示例水闸方案。",
]


@pytest.mark.parametrize("text", ADDRESSED)
def test_whoever_a_letter_asks_acts_and_not_who_gave_the_opinion(text: str) -> None:
    owing = {name for name, role in parties(text, "示例水闸") if role in ("lead", "responsible")}
    assert owing == {"你区"}


CASES = [
    (
        "如县信访局认为事权不在本县，或需请市直有关单位协助处置的，应在1个工作日内报告。",
        "报告",
        "市直相关单位",
    ),
    ("如需要县财政局协助共同核定的，应在2日内报告县信访局。", "报告", "县财政局"),
    ("凡需县供电公司配合迁改的，县住建局要在3日内列出清单。", "清单", "县供电公司"),
]


@pytest.mark.parametrize(("text", "words", "helper"), CASES)
def test_who_would_help_in_a_case_helps_in_nothing(text: str, words: str, helper: str) -> None:
    assert helper not in {name for name, _ in parties(text, words)}


def test_who_helps_in_the_work_itself_does() -> None:
    text = "县住建局要在3日内列出迁改清单，县供电公司配合。"
    assert ("县供电公司", "cooperate") in parties(text, "清单")


@pytest.mark.parametrize("opening", ["同时，", "与此同时，", "此外，", "另外，", "在此基础上，"])
def test_who_is_told_something_more_is_who_was_told_before(opening: str) -> None:
    text = f"县粮食局要在5月底前腾出仓容3万吨。{opening}在6月底前制定烘干机检修方案。"
    assert ("县粮食局", "responsible") in parties(text, "烘干机")


CASES = [
    # what may happen before what is owed, who owes it
    ("如养护公司认为路段不在本标段的，应在2个工作日内退回县公路局。", "养护公司"),
    (
        "若镇水利站发现渗漏，或者水位超过警戒线的，必须在1小时内上报县防汛办。",
        "镇水利站",
    ),
    ("如区财政局当月不能拨付，或需要延期的，应在3日内书面说明。", "区财政局"),
    ("如用户对账单有异议，供水公司应在3日内复核。", "供水公司"),
    ("如期完工后，施工单位应在10日内撤场。", "施工单位"),
    ("如东县要在6月底前修好海堤。", "如东县"),
]


@pytest.mark.parametrize(("text", "who"), CASES)
def test_whose_case_it_is_owes_what_follows_of_it(text: str, who: str) -> None:
    tasks = speechmine.extract(text, date="2024-05-10").tasks
    assert len(tasks) == 1
    assert [p.text for p in tasks[0].parties if p.role == "responsible"] == [who]


def test_who_is_named_beside_others_does_not_take_their_place() -> None:
    text = "各县、各部门，特别是沿江各县，要尽早组织一次防汛演练。"
    assert parties(text, "防汛演练") == {
        ("各县", "responsible"),
        ("各部门", "responsible"),
        ("沿江各县", "responsible"),
    }


LABELLED = [
    "责任单位：县农业农村局\n完成时限：4月30日\n工作任务：复耕撂荒地5000亩",
    "牵头单位：县农业农村局；完成时间：4月30日；工作内容：复耕撂荒地5000亩。",
    "工作任务：复耕撂荒地5000亩\n责任单位：县农业农村局\n配合单位：县财政局\n完成时间：4月30日",
]


@pytest.mark.parametrize("text", LABELLED)
def test_labelled_lines_in_any_order_are_one_task(text: str) -> None:
    (task,) = speechmine.extract(text, date="2025-03-10").tasks
    assert task.text.endswith("复耕撂荒地5000亩")
    assert task.parties[0].text == "县农业农村局"
    assert task.deadline.edtf == "../2025-04-30"


ENTRUSTED = [
    ("这个任务交给县交通局，6月底前必须通车。", "通车", ("县交通局", "responsible")),
    ("排查的活就交给县应急局，6月底前拿出清单。", "清单", ("县应急局", "responsible")),
    ("整改清单要在6月底前交给县应急局。", "清单", ("县应急局", "report_to")),
]


@pytest.mark.parametrize(("text", "words", "who"), ENTRUSTED)
def test_whoever_is_handed_the_matter_has_it(text: str, words: str, who: tuple[str, str]) -> None:
    assert who in parties(text, words)


def test_a_topic_in_brackets_is_no_part_of_a_name() -> None:
    text = "【安全生产】县应急局牵头，6月底前开展检查30次。"
    assert parties(text, "检查") == {("县应急局", "lead")}


def test_whoever_stands_in_brackets_at_the_head_acts() -> None:
    text = "【县教育局】8月底前完成食堂检查。【县卫健局】9月底前完成疫苗补种。"
    assert parties(text, "食堂检查") == {("县教育局", "responsible")}
    assert parties(text, "疫苗补种") == {("县卫健局", "responsible")}


def test_a_ban_for_some_is_not_for_others() -> None:
    text = "县直各单位不得以任何理由拖延，县财政局必须在6月底前拨付资金。"
    first, second = speechmine.extract(text, date="2024-05-10", mode="full").tasks
    assert (first.modality, second.modality) == ("prohibited", "obliged")
    assert [p.text for p in second.parties] == ["县财政局"]


def test_by_when_something_may_happen_is_no_time_limit() -> None:
    for text in ("若5月底前仍未开工，县财政局要收回资金。", "如3月底前不能完工，县住建局要换人。"):
        (task,) = speechmine.extract(text, date="2024-01-10", mode="full").tasks
        assert task.deadline.edtf is None, text
