"""Headings, sections, items, lists: a marked text a case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.reading import read_outline
from speechmine.rules.loader import default_rules
from speechmine.segment.outline import structure_of

RULES = default_rules()

# Headings are marked with » at the start of their line or sentence.
HEADINGS = [
    ("numbered line", "»一、压实各方责任\n各镇要抓紧部署防汛工作，落实到人。"),
    ("merged with its body", "»（一）要强化领导。加强领导是做好工作的关键，必须摆上重要位置。"),
    (
        "longer than 25 with a body",
        "»（二）坚持先立后破、以干代等，把园区的配套做全、把园区的服务做细做实。\n»推进园区提档。加快园区二期标准厂房和污水管网建设，引进龙头企业。",
    ),
    (
        "topic sentence",
        "»做强农产品加工。支持龙头企业新建冷链仓库，打造区域公用品牌，完善产销对接。",
    ),
    (
        "topic sentence in a review",
        "»经济运行稳中有进。全年完成生产总值312亿元，同比增长6.1%，好于预期。",
    ),
    (
        "scope in the middle of a line",
        "去年任务完成较好，但还有不足。»城建项目建设方面。全年推进慢，主要是征迁滞后。",
    ),
    (
        "scope with 对",
        "今年的水利工程任务比往年都要重，大家务必早谋划、早动手。»对水利工程建设。要抢在汛期前完成主体施工，确保安全度汛。",
    ),
    ("announcing line", "»重点抓好以下三项工作：\n»（一）抓防汛\n各村要备足沙袋编织袋。"),
    ("unpunctuated line", "»2024年重点工作\n今年要抓好十件民生实事，逐件对账销号。"),
    ("item with a body", "»一是盯着链条补缺口。要摸清上下游，引进上下游配套企业，补齐链条。"),
    (
        "ordinal with a body",
        "»第一，加强统一领导。防汛工作要坚持全区一盘棋，做到令行禁止、步调一致。",
    ),
    (
        "parallel short sentences",
        "»要强化责任意识。肩上有担子。»要强化进度意识。工期就是军令。»要强化底线意识。安全大于天。",
    ),
]

NO_HEADINGS = [
    ("salutation", "各位代表：\n现在，我代表区人民政府向大会报告工作，请予审议。"),
    ("exhortation", "同志们！\n让我们携手并肩，再创佳绩。"),
    ("copula", "今年是规划收官之年。全区要铆足干劲，确保各项指标顺利完成、圆满收官。"),
    ("figure", "城镇新增就业8000人。失业率控制在合理区间，居民收入稳步提高，民生持续改善。"),
    ("list of short tasks", "1.修订防汛预案。\n2.清理河道障碍。\n3.补齐物资缺口。"),
    (
        "problem points",
        "当前还存在一些问题：一是项目少。招商力度不够大。二是推进慢。前期工作不扎实。",
    ),
    ("item without body", "要做到三点：一是站位要高；二是动作要快；三是作风要实。"),
    ("obliged subject", "第二，各村党支部书记，必须到岗到位。责任田里的事要自己管好、管到底。"),
    ("rationale", "产业兴则百业兴。要把产业发展摆在突出位置，集中力量培育壮大主导产业。"),
    ("decimal number", "1.5万亩高标准农田建设任务已经分解到村，各村要抓紧开工，不得拖延。"),
]


def headings_of(text: str) -> list[str]:
    """What looks like a heading; whether it is one, the judge says in the light of its words."""
    structure = structure_of(text, RULES)
    pairs = zip(structure.pieces, structure.headings, strict=True)
    return [piece.text for piece, headed in pairs if headed]


@pytest.mark.parametrize("marked", [c[1] for c in HEADINGS], ids=[c[0] for c in HEADINGS])
def test_headings(marked: str) -> None:
    text = marked.replace("»", "")
    found = headings_of(text)
    starts = marked.split("»")[1:]
    assert len(found) == len(starts)
    assert all(part.startswith(heading) for part, heading in zip(starts, found, strict=True))


@pytest.mark.parametrize("text", [c[1] for c in NO_HEADINGS], ids=[c[0] for c in NO_HEADINGS])
def test_no_headings(text: str) -> None:
    assert headings_of(text) == []


NESTED = """一、总体要求
要坚持稳中求进，把工作抓紧抓实抓细。
二、重点任务
（一）抓产业。
一是抓好招商引资。各专班要带着清单外出招商，每月至少外出两次。
二是抓好项目落地。要建立问题台账，逐项销号。
（二）抓民生。
1.办好实事
十件实事要逐件明确责任单位和完成时限。
三、组织保障
要压实责任，强化督查问效。"""


def test_sections_nest_by_rank() -> None:
    outline = read_outline(NESTED, RULES)
    tree = [(s.depth, s.label, s.title) for s in outline.sections]
    assert tree == [
        (1, "一、", "总体要求"),
        (1, "二、", "重点任务"),
        (2, "（一）", "抓产业"),
        (3, "一是", "抓好招商引资"),
        (3, "二是", "抓好项目落地"),
        (2, "（二）", "抓民生"),
        (3, "1.", "办好实事"),
        (1, "三、", "组织保障"),
    ]


def test_an_inner_list_that_starts_again_is_one_level_deeper() -> None:
    text = (
        "一是盯着链条补缺口。要摸清上下游，补齐链条短板，做强集群优势。\n"
        "二是照着蓝图排工地。重点抓好两个片区建设：一是东湖片区规划；二是北站片区规划。\n"
        "三是带着诚意请客商。要登门拜访重点企业，把客商请来看一看、谈一谈。"
    )
    outline = read_outline(text, RULES)
    assert [(s.depth, s.label) for s in outline.sections] == [(1, "一是"), (1, "二是"), (1, "三是")]
    assert outline.notices == ()


COUNTS = [
    ("要抓好以下三个方面：一是防汛。二是防火。三是防疫。", None),
    ("问题出在以下五个方面：一是账目乱。二是进度拖。三是人手缺。四是规矩松。", (5, 4)),
    ("我讲两点意见。\n一、认清形势\n形势逼人，不进则退。\n二、抓好落实\n各镇要抓紧。", None),
    ("我讲三点意见。\n一、认清形势\n形势逼人，不进则退。\n二、抓好落实\n各镇要抓紧。", (3, 2)),
    ("要做到“三到位”：一要认识到位；二要措施到位；三要责任到位。", None),
    ("听取9项重点工作情况汇报，研究下一步打算。", None),
]


@pytest.mark.parametrize(("text", "mismatch"), COUNTS)
def test_announced_counts(text: str, mismatch: tuple[int, int] | None) -> None:
    notices = read_outline(text, RULES).notices
    if mismatch is None:
        assert notices == ()
    else:
        claimed, found = mismatch
        assert [n.code for n in notices] == ["enumeration_mismatch"]
        assert f"announces {claimed} " in notices[0].message
        assert f"{found} follow" in notices[0].message


ZONES = [
    (
        "review and plan by headings",
        "一、2023年工作回顾\n路网建好了。\n二、2024年工作安排\n建好路网。",
        2024,
        ["review", "review", "plan", "plan"],
    ),
    (
        "plan by its verbs",
        "一、产业方面的几件事情\n要盯紧项目，确保年底前投产。\n今年必须见效。",
        None,
        ["plan", "plan", "plan"],
    ),
    (
        "review by its figures",
        "一、产业方面的几件事情\n工业产值达到12亿元，同比增长8%。\n新增企业9家。",
        None,
        ["review", "review", "review"],
    ),
    (
        "opening",
        "同志们：\n今天召开全区防汛会议。\n一、任务\n要建好队伍。",
        None,
        ["opening", "opening", "plan", "plan"],
    ),
    (
        "closing",
        "一、任务\n要建好队伍。\n最后，祝大家工作顺利！\n谢谢大家！",
        None,
        ["plan", "plan", "closing", "closing"],
    ),
]


@pytest.mark.parametrize(
    ("text", "year", "expected"), [c[1:] for c in ZONES], ids=[c[0] for c in ZONES]
)
def test_zones(text: str, year: int | None, expected: list[str]) -> None:
    assert [s.zone for s in read_outline(text, RULES, year=year).segments] == expected


PIECES = st.lists(
    st.sampled_from(
        [
            "一、责任\n",
            "（一）抓早。",
            "一是快。",
            "二是准；",
            "要建好台账，",
            "同志们！\n",
            "“三抓”：",
            "\n",
            " 各镇",
            "增长5%。",
            "1.清淤\n",
        ]
    ),
    max_size=25,
).map("".join)


@given(PIECES)
def test_laws_of_structure(text: str) -> None:
    """Segments cover all but white space, in order; sections nest and lie inside the text."""
    outline = read_outline(text, RULES)
    covered: set[int] = set()
    for segment in outline.segments:
        assert text[segment.start : segment.end] == segment.text
        assert covered.isdisjoint(range(segment.start, segment.end))
        covered.update(range(segment.start, segment.end))
    assert all(text[i].isspace() for i in set(range(len(text))) - covered)
    by_id = {s.id: s for s in outline.sections}
    for section in outline.sections:
        assert 0 <= section.start < section.end <= len(text)
        if section.parent is not None:
            parent = by_id[section.parent]
            assert parent.start <= section.start
            assert section.end <= parent.end
            assert parent.depth == section.depth - 1


def test_a_numbered_line_that_is_no_heading_ends_the_heading_before_it() -> None:
    text = (
        "一、研究信访积案\n1．柳坪村补偿款案。\n由县纪委监委直接查办，9月底前办结。\n"
        "2．石桥镇养殖污染案，由生态环境分局牵头，会后十日内责令建成沉淀池。\n"
        "由石桥镇盯守。\n二、其他事项\n请各乡镇抓好落实。"
    )
    outline = read_outline(text, RULES)
    titles = {section.id: section.title for section in outline.sections}
    under = {s.text[:4]: titles.get(s.section or "") for s in outline.segments}
    assert under["由县纪委"] == "柳坪村补偿款案"
    assert under["2．石桥"] == under["由石桥镇"] == "研究信访积案"
    assert under["请各乡镇"] == "其他事项"
    ends = {section.title: text[section.end :][:2] for section in outline.sections}
    assert ends["柳坪村补偿款案"] == "2．"


ARTICLES = [
    # what stands behind the headed article; which one heads the last line
    ("第八条 办理结果须经审核，区信访局应在2日内答复。", None),
    ("第八条 考核程序：\n（一）区督查室要每月通报一次。", "第八条 考核程序"),
    ("第十一条 区督查室对办理过程进行监督，并每月通报一次。", None),
    ("第六条所称单位要每月通报一次。", "第七条 承办单位应当按照下列程序办理"),
]


@pytest.mark.parametrize(("behind", "title"), ARTICLES)
def test_an_article_ends_the_one_before_it(behind: str, title: str | None) -> None:
    item = "（一）区民政局应当在3日内受理材料，并书面答复申请人。"
    text = f"第七条 承办单位应当按照下列程序办理：\n{item}\n{behind}"
    found = read_outline(text, default_rules())
    titles = {section.id: section.title for section in found.sections}
    assert titles.get(found.segments[-1].section or "") == title


def test_a_chapter_holds_all_of_its_articles() -> None:
    text = (
        "第一章 总则\n第一条 为规范巡河工作，制定本办法。\n第二章 职责\n"
        "第二条 区水利局应当每月通报一次。\n第三条 各镇应当每周巡河一次。\n"
    )
    found = read_outline(text, default_rules())
    titles = {section.id: section.title for section in found.sections}
    assert titles[found.segments[-1].section or ""] == "职责"


ENDED = [
    # text, title of the section that its last line stands in
    (
        (
            "先说路。青河到石桥的坡路，派出所守住路口，大车一律不准上。\n"
            "再说暖。供热站今天夜里把炉子修好，水温烧到六十五度。\n"
            "学校那边，中心校把司机叫到一块开个会。\n"
        ),
        None,
    ),
    (
        (
            "三点要求：\n一要清积案。对超过一年的案子建立台账，年底前全部办结。\n"
            "二要提质量。每月抽查六十件案卷，结果记入档案。\n"
            "三要见实效。集中开展专项执行，把案款清理完毕。\n"
            "政治部要关心年轻干警的成长，组织好下半年的培训。\n"
        ),
        None,
    ),
    # Where the others have more than their line, so may the last.
    (
        (
            "一要清积案。对超过一年的案子建立台账，年底前全部办结。\n院领导逐案包抓。\n"
            "二要提质量。每月抽查六十件案卷，结果记入档案。\n"
            "三要见实效。集中开展专项执行，把案款清理完毕。\n"
            "政治部要关心年轻干警的成长，组织好下半年的培训。\n"
        ),
        "见实效",
    ),
    # What is said of a place or a size heads nothing.
    (
        "三、特色产业\n方向一：竹木加工\n重点区域：青石县、河湾乡、石桥镇\n加快建设竹木产业园。\n",
        "方向一：竹木加工",
    ),
]


@pytest.mark.parametrize(("text", "title"), ENDED)
def test_a_heading_of_one_line_ends_with_it(text: str, title: str | None) -> None:
    found = read_outline(text, default_rules())
    titles = {section.id: section.title for section in found.sections}
    last = found.segments[-1].section
    assert (titles[last] if last else None) == title


ADDRESSED = """三、今年工作
（一）守牢安全底线
各乡镇要逐库排查病险水库，落实巡查责任人。
各位代表！今年要办好十件民生实事，逐件对账销号。
1.教育方面。新建山区寄宿学校两所，配齐床位和锅炉。"""

PACKED = (
    "定下这些目标，有三点考虑。"
    "一是应对挑战。外部环境更趋复杂，必须把步子迈得再稳一些。"
    "二是回应期盼。群众盼着水通路通，必须把实事办到家门口。\n"
    "全县上下要抓紧启动南渠加固工程，备足砂石料和抽水机。"
)

ENDS = [
    # text, words of a sentence, the heading that it stands under
    (ADDRESSED, "逐库排查", "守牢安全底线"),
    (ADDRESSED, "逐件对账", "今年工作"),
    (ADDRESSED, "寄宿学校", "教育方面"),
    (PACKED, "水通路通", "回应期盼"),
    (PACKED, "南渠加固", None),
]


@pytest.mark.parametrize(("text", "words", "heading"), ENDS)
def test_a_heading_ends_behind_its_line_or_at_an_address(
    text: str, words: str, heading: str | None
) -> None:
    outline = read_outline(text, RULES)
    titles = {section.id: section.title for section in outline.sections}
    segment = next(segment for segment in outline.segments if words in segment.text)
    assert titles.get(segment.section or "") == heading
