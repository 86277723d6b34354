# ruff: noqa: E501 -- one case, one line: a table cut in pieces cannot be read
"""Hard cases of structure, a class of trouble a block; every sentence is made up.

In a text ⏎ is a line break and ~ stands for a sentence of body text. A tree is written as one
line: the depth, then label and title, parted by |. In the tables of cuts / marks where the text
is cut; a notice is claimed>found.
"""

from __future__ import annotations

import re

import pytest

from speechmine.borders import split_clauses
from speechmine.rules.loader import default_rules
from speechmine.segment.enumeration import enumeration_notices
from speechmine.segment.headings import heading_flags, section_heads
from speechmine.segment.pieces import pieces_of
from speechmine.segment.sections import place_headings, sections_of
from speechmine.segment.zones import problem_run
from speechmine.text import view_of

RULES = default_rules()
BODY = "各镇要把人员、物资和预案备齐，逐项对账销号。"


def written(text: str) -> str:
    return text.replace("⏎", "\n").replace("~", BODY)


def tree_of(text: str) -> str:
    view = view_of(text).text
    pieces = pieces_of(view, RULES)
    flags = heading_flags(pieces, RULES, problem_run(pieces, RULES))
    tree = place_headings(pieces, section_heads(pieces, flags, RULES))
    sections = sections_of(pieces, tree, len(view))
    return "|".join(f"{s.depth}{s.label or ''}{s.title}" for s in sections)


TREES = {
    # lists of 一是
    "a list: begins anew in a line of its own": (
        "一、抓排水⏎一是清沟。~⏎二是修闸。~⏎一是清库。~⏎二是修坝。~",
        "1一、抓排水|2一是清沟|2二是修闸|2一是清库|2二是修坝",
    ),
    "a list: long headings alone in their lines": (
        "一要坚持问题导向，把排水管网的底数一段一段摸清楚，弄明白。⏎~⏎二要坚持建管并重。⏎~",
        "1一要坚持问题导向，把排水管网的底数一段一段摸清楚，弄明白|1二要坚持建管并重",
    ),
    "a list: long sentences before their body": (
        "一是坚持问题导向，把排水管网的底数一段一段摸清楚，弄明白。~",
        "",
    ),
    # heading and body in one line
    "merged: closed heading": ("一、要看清家底。~", "1一、要看清家底"),
    "merged: bracketed number": (
        "（一）要强化领导。领导强不强，班子是关键。~",
        "1（一）要强化领导",
    ),
    "merged: arabic": ("1.抓实源头管控。~⏎2.抓实过程管控。~", "11.抓实源头管控|12.抓实过程管控"),
    "merged: a blank between": (
        "一、2023年工作回顾 去年，全县上下攻坚克难，争先进位，难中有成。⏎二、2024年工作安排 今年，~",
        "1一、2023年工作回顾|1二、2024年工作安排",
    ),
    "merged: an address follows": ("一、加强自身建设 各位代表！⏎~", "1一、加强自身建设"),
    "merged: no mark at all": (
        "一、把产业做大做强今年的产业工作，关键要看项目落地快不快，看企业满意不满意，看税收增长不增长，看后劲足不足。~⏎二、把城市做精做美今年的城建工作，关键要看群众认可不认可，看管理精细不精细，看环境改善不改善，看口碑好不好。~",
        "1一、把产业做大做强今年的产业工作|1二、把城市做精做美今年的城建工作",
    ),
    "merged: longer than 25": (
        "（一）坚持先立后破、以干代等，把园区的配套做全、把园区的服务做细。~",
        "1（一）坚持先立后破、以干代等，把园区的配套做全、把园区的服务做细",
    ),
    "merged: 一是": (
        "一是盯着链条补缺口。~⏎二是照着蓝图排工地。~",
        "1一是盯着链条补缺口|1二是照着蓝图排工地",
    ),
    "merged: 一要": (
        "一要把责任扛起来。~二要把命令执行到底。~",
        "1一要把责任扛起来|1二要把命令执行到底",
    ),
    "merged: 第一，": (
        "第一，指挥要统一。~⏎第二，责任要到人。~",
        "1第一指挥要统一|1第二责任要到人",
    ),
    # paragraph breaks lost
    "lost: headings in one line": (
        "一、抓防汛。~（一）备料要足。~（二）查险要细。~二、抓防火。~",
        "1一、抓防汛|2（一）备料要足|2（二）查险要细|1二、抓防火",
    ),
    "lost: after a blank": (
        "~ 二、抓防火 林场要守住卡口，一天一巡，不留死角。⏎三、抓防疫⏎~",
        "1二、抓防火|1三、抓防疫",
    ),
    "lost: a list inside the sentence stays": (
        "保障对象有：（一）低保户；（二）五保户；（三）优抚户。",
        "",
    ),
    "lost: the number of an industry": ("第一季度要壮大第一、第二产业，6月前做优 第三产业。~", ""),
    "lost: after page furniture": (
        "（一）稳住工业。~⏎— 12 — （二）放活商贸。~",
        "1（一）稳住工业|1（二）放活商贸",
    ),
    "lost: a flaw inside the heading": (
        "（一）聚力加快产 业升级，夯实发展支撑。~",
        "1（一）聚力加快产 业升级，夯实发展支撑",
    ),
    # numbers that are wrong
    "numbers: one skipped": ("一、抓早⏎~⏎三、抓小⏎~", "1一、抓早|1三、抓小"),
    "numbers: one twice": (
        "（一）抓早。~⏎（二）抓小。~⏎（二）抓实。~",
        "1（一）抓早|1（二）抓小|1（二）抓实",
    ),
    "numbers: the first is missing": ("二、抓小⏎~⏎三、抓实⏎~", "1二、抓小|1三、抓实"),
    "numbers: count on under the next parent": (
        "一、强链⏎（一）引龙头⏎~⏎（二）育配套⏎~⏎二、强园⏎（三）扩地块⏎~⏎（四）优服务⏎~",
        "1一、强链|2（一）引龙头|2（二）育配套|1二、强园|2（三）扩地块|2（四）优服务",
    ),
    "numbers: backwards": (
        "（一）抓早。~⏎（三）抓实。~⏎（二）抓小。~",
        "1（一）抓早|1（三）抓实|1（二）抓小",
    ),
    "numbers: a year follows at once": (
        "一、2023年工作回顾⏎~⏎二、2024年工作打算⏎~",
        "1一、2023年工作回顾|1二、2024年工作打算",
    ),
    # styles that mix
    "styles: four ranks": (
        "一、补短板⏎（一）补交通短板⏎1．修通断头路⏎（1）桥梁段⏎~⏎（2）隧道段⏎~⏎2．改造老旧路⏎~⏎（二）补水利短板⏎~⏎二、强弱项⏎~",
        "1一、补短板|2（一）补交通短板|31．修通断头路|4（1）桥梁段|4（2）隧道段|32．改造老旧路|2（二）补水利短板|1二、强弱项",
    ),
    "styles: circled below": (
        "1.摸清底数⏎①入户核对⏎~⏎②张榜公示⏎~⏎2.建好台账⏎~",
        "11.摸清底数|2①入户核对|2②张榜公示|12.建好台账",
    ),
    "styles: sign in one character": (
        "⒈摸清底数⏎⑴入户核对⏎~⏎⑵张榜公示⏎~",
        "1⒈摸清底数|2⑴入户核对|2⑵张榜公示",
    ),
    "styles: half-width brackets": ("(一)稳工业。~⏎(二)稳投资。~", "1(一)稳工业|1(二)稳投资"),
    "styles: full-width digits": ("１．稳工业⏎~⏎２．稳投资⏎~", "11．稳工业|12．稳投资"),
    "styles: 一． for 一、": ("一．稳工业⏎~⏎二．稳投资⏎~", "1一．稳工业|1二．稳投资"),
    "styles: parts above": (
        "第一部分 过去五年的工作⏎一、经济爬坡过坎⏎~⏎二、民生提标扩面⏎~⏎第二部分 今后五年的打算⏎一、总体要求⏎~",
        "1第一部分过去五年的工作|2一、经济爬坡过坎|2二、民生提标扩面|1第二部分今后五年的打算|2一、总体要求",
    ),
    "styles: ordinals below": (
        "一、认清形势⏎~⏎二、抓好落实⏎第一，思想要紧起来。~⏎第二，行动要快起来。~",
        "1一、认清形势|1二、抓好落实|2第一思想要紧起来|2第二行动要快起来",
    ),
    "styles: 第一个问题": (
        "第一个问题，为什么干⏎~⏎第二个问题，怎么干⏎~",
        "1第一个问题为什么干|1第二个问题怎么干",
    ),
    "styles: 第一场硬仗": (
        "第一仗，项目攻坚仗。~⏎第二仗，招商突围仗。~",
        "1第一仗项目攻坚仗|1第二仗招商突围仗",
    ),
    "styles: 第一件": (
        "第一件，守住返贫底线。~⏎第二件，把产业做长。~",
        "1第一件守住返贫底线|1第二件把产业做长",
    ),
    "styles: 首先其次": ("首先，摸清底数。~⏎其次，建好台账。~", "1首先摸清底数|1其次建好台账"),
    "styles: a line without number above （一）": (
        "2024年重点工作⏎（一）稳增长⏎~⏎（二）惠民生⏎~",
        "12024年重点工作|2（一）稳增长|2（二）惠民生",
    ),
    # levels that start again
    "restart: （一） under each 一、": (
        "一、抓工业⏎（一）育龙头⏎~⏎（二）强配套⏎~⏎二、抓农业⏎（一）稳粮食⏎~",
        "1一、抓工业|2（一）育龙头|2（二）强配套|1二、抓农业|2（一）稳粮食",
    ),
    "restart: 一、 under lines without number": (
        "2023年工作回顾⏎一、经济稳中有进⏎~⏎二、民生持续改善⏎~⏎2024年工作安排⏎一、稳住经济⏎~⏎二、改善民生⏎~",
        "12023年工作回顾|2一、经济稳中有进|2二、民生持续改善|12024年工作安排|2一、稳住经济|2二、改善民生",
    ),
    "restart: a line inside a chapter": (
        "一、总体要求⏎指导思想⏎~⏎主要目标⏎~⏎二、重点任务⏎~",
        "1一、总体要求|2指导思想|2主要目标|1二、重点任务",
    ),
    "restart: 一是 in each （）": (
        "（一）抓产业。一是抓招商。~二是抓落地。~⏎（二）抓民生。一是抓就业。~二是抓上学。~",
        "1（一）抓产业|2一是抓招商|2二是抓落地|1（二）抓民生|2一是抓就业|2二是抓上学",
    ),
    "restart: 一是 in each topic": (
        "做强工业。一是育龙头。~二是强配套。~⏎做优农业。一是稳粮食。~二是兴特产。~",
        "1做强工业|2一是育龙头|2二是强配套|1做优农业|2一是稳粮食|2二是兴特产",
    ),
    "restart: topics under each number": (
        "一、扩内需⏎扩大投资。~⏎提振消费。~⏎二、稳外贸⏎稳住主体。~",
        "1一、扩内需|2扩大投资|2提振消费|1二、稳外贸|2稳住主体",
    ),
    "restart: the parent of a level is lost": (
        "（一）稳工业⏎~⏎（二）稳投资⏎~⏎（一）兜底线⏎~⏎（二）办实事⏎~",
        "1（一）稳工业|1（二）稳投资|1（一）兜底线|1（二）办实事",
    ),
    "restart: four 一是 to 四是 inside （二）": (
        "（一）要进一步认清作用。~⏎（二）要进一步加强谋划。一是围绕产业聚项目。~二是围绕规划布项目。~三是围绕招商引项目。~四是精心谋划定项目。~⏎（三）要进一步转变作风。~",
        "1（一）要进一步认清作用|1（二）要进一步加强谋划|2一是围绕产业聚项目|2二是围绕规划布项目|2三是围绕招商引项目|2四是精心谋划定项目|1（三）要进一步转变作风",
    ),
    # what is listed and heads nothing
    "list: tasks one below the other": ("1.修订防汛预案。⏎2.清理河道障碍。⏎3.补齐物资缺口。⏎~", ""),
    "list: tasks in a line, text behind": (
        "十件实事：（1）新建幼儿园6所。（2）改造危桥40座。（3）新增床位300张。（4）改造户厕1万户。~",
        "",
    ),
    "list: one item with two sentences": (
        "1.新建公园2处。⏎2.改造管网6公里。其中老城区4公里，新城区2公里，年内全部完工。⏎3.新增车位300个。⏎4.改造农房100户。",
        "",
    ),
    "list: closed by ；": ("一是站位要高；二是动作要快；三是作风要实。~", ""),
    "list: with who answers": ("1.修订防汛预案。（县水利局负责）⏎2.清理河道障碍。（各镇负责）", ""),
    "list: points of a problem": (
        "当前还存在一些问题：一是项目少。招商力度不够大。二是推进慢。前期工作不扎实。",
        "",
    ),
    # table of contents
    "contents: under its name": (
        "目  录⏎一、工作回顾⏎二、工作安排⏎一、工作回顾⏎~⏎二、工作安排⏎~",
        "1一、工作回顾|1二、工作安排",
    ),
    "contents: with pages": (
        "目录⏎一、工作回顾……1⏎二、工作安排……9⏎三、自身建设 …… 15⏎一、工作回顾⏎~⏎二、工作安排⏎~⏎三、自身建设⏎~",
        "1一、工作回顾|1二、工作安排|1三、自身建设",
    ),
    "contents: without its name": (
        "一、工作回顾⏎二、工作安排⏎三、自身建设⏎一、工作回顾⏎~⏎二、工作安排⏎~⏎三、自身建设⏎~",
        "1一、工作回顾|1二、工作安排|1三、自身建设",
    ),
    "contents: two levels": (
        "目录⏎一、抓工业⏎（一）育龙头⏎（二）强配套⏎二、抓农业⏎一、抓工业⏎（一）育龙头⏎~⏎（二）强配套⏎~⏎二、抓农业⏎~",
        "1一、抓工业|2（一）育龙头|2（二）强配套|1二、抓农业",
    ),
    # glossary and annexes after the report
    # page furniture
    "page: numbers": ("一、抓早⏎~⏎- 3 -⏎二、抓小⏎~⏎— 4 —", "1一、抓早|1二、抓小"),
    "page: 第几页": ("一、抓早⏎~⏎第 3 页 共 12 页⏎二、抓小⏎~", "1一、抓早|1二、抓小"),
    "page: footer of a web page": (
        "一、抓早⏎~⏎来源：青岚区政府办⏎责任编辑：赵某某⏎打印 关闭窗口",
        "1一、抓早",
    ),
    "page: applause": ("一、抓早⏎~（掌声）⏎（热烈掌声）⏎二、抓小⏎~", "1一、抓早|1二、抓小"),
    "page: excerpt mark": ("（节选）⏎一、抓早⏎~", "1一、抓早"),
    # signature and date
    "signature: body and date at the end": ("一、抓早⏎~⏎青岚区人民政府⏎2024年1月8日", "1一、抓早"),
    "signature: date in characters": ("一、抓早⏎~⏎二〇二四年一月八日", "1一、抓早"),
    "signature: a glossary below": (
        "一、抓早⏎~⏎青岚区人民政府⏎2024年1月8日⏎名词解释⏎1.两专：专班、专员。",
        "1一、抓早|1名词解释",
    ),
    "signature: title and date at the start": (
        "在防汛会议上的讲话⏎（2024年5月10日）⏎同志们：⏎一、抓早⏎~",
        "1一、抓早",
    ),
    # lines torn apart
    "torn: inside a word": (
        "一、抓防汛⏎一天也不能等。各镇现在就要盯紧中小河⏎流和山塘水库，不留死角。⏎二、抓防火⏎~",
        "1一、抓防汛|1二、抓防火",
    ),
    "torn: after a comma": (
        "一、抓防汛⏎各镇要把责任落实到村组，⏎把物资备到险段。⏎二、抓防火⏎~",
        "1一、抓防汛|1二、抓防火",
    ),
    "torn: number and unit": (
        "一、抓投资⏎全年完成固定资产投资38.6⏎亿元，增长9.1%，好于预期。⏎二、抓消费⏎~",
        "1一、抓投资|1二、抓消费",
    ),
    "torn: after a comma comes a heading": ("各镇要把责任落实到村组，⏎二、抓防火⏎~", "1二、抓防火"),
    # unnumbered topic sentences
    "topic: what is to be done": ("做强农产品加工。~", "1做强农产品加工"),
    "topic: how it went": (
        "经济运行稳中有进。全年完成生产总值312亿元，同比增长6.1%。",
        "1经济运行稳中有进",
    ),
    "topic: with a comma": ("深化重点改革，激发市场活力。~", "1深化重点改革，激发市场活力"),
    "topic: scope with 方面": ("去年的任务完成较好。城建项目方面。~", "1城建项目方面"),
    "topic: scope with 对": ("今年任务重，谁都不能松劲。对水利工程。~", "1对水利工程"),
    "topic: parallel sentences": (
        "要强化责任意识。肩上有担子。要强化时限意识。工期就是军令。要强化底线意识。安全大于天。",
        "1要强化责任意识|1要强化时限意识|1要强化底线意识",
    ),
    "topic: quoted name": ("“五个中心”建设扎实推进。~", "1“五个中心”建设扎实推进"),
    "topic: with dashes": (
        "——产业根基更加牢固。~⏎——民生底色更加温暖。~",
        "1——产业根基更加牢固|1——民生底色更加温暖",
    ),
    "topic: spoken": ("先说形势。~⏎最后，强调一下组织保障。~", "1先说形势|1最后，强调一下组织保障"),
    "topic: a line that announces": (
        "重点抓好以下三项工作：⏎（一）抓防汛⏎~",
        "1重点抓好以下三项工作|1（一）抓防汛",
    ),
    "topic: a line about the past year": (
        "一年来，我们主要做了以下工作：⏎（一）抓防汛⏎~",
        "1一年来，我们主要做了以下工作|1（一）抓防汛",
    ),
    # what sounds like a heading and is none
    "none: agenda": ("下面，我讲三点意见。⏎一、抓早⏎~", "1一、抓早"),
    "none: lead-in inside a line": ("会议开得很及时。今年重点抓五件事。~", ""),
    "none: saying in two halves": ("厚望如山，使命如磐。~", ""),
    "none: saying with 方能": ("知不足方能奋起。~", ""),
    "none: reproach": ("洪水不会等人准备好了再来。~", ""),
    "none: turn to the problem": ("也要看到，今年的旱情不轻。~", ""),
    "none: copula": ("今年是规划收官之年。~", ""),
    "none: copula behind a comma": ("农业要上台阶，科技是钥匙。~", ""),
    "none: what depends on what": ("抓落实重在行动。~", ""),
    "none: question": ("差距到底在哪里？~", ""),
    "none: figure": ("城镇新增就业8000人。~", ""),
    "none: address": ("同志们！⏎~", ""),
    "none: after an address": ("各位代表！⏎实干铸就辉煌。~", ""),
    "topic on its own line": (
        "一、抓早⏎深化教育改革，发展教育事业。⏎各镇要把人员、物资和预案备齐，逐项对账销号，按月通报进展情况。其他事项按原方案办理，年底前统一验收并通报结果。",
        "1一、抓早|2深化教育改革，发展教育事业",
    ),
    "none: farewell": (
        "一、抓早⏎~⏎好了，我就说到这里。请大家回去以后抓紧传达，抓紧部署，抓紧落实。",
        "1一、抓早",
    ),
    "none: obliged subject": ("第二，各村党支部书记，必须到岗到位。~", ""),
    "none: 则": ("产业兴则百业兴。~", ""),
    # numbers that enumerate nothing
    "trap: 第一产业": ("第一产业稳中有升。~", "1第一产业稳中有升"),
    "trap: 第一时间": ("第一时间，县镇两级赶到现场处置险情，无一人伤亡。~", ""),
    "trap: 第三季度": ("第三季度开局良好，企业订单回升。~", ""),
    "trap: decimal at the start": ("1.5万亩高标准农田任务已经分解到村。~", ""),
    "trap: percent at the start": ("3.6%的增速来之不易。~", ""),
    "trap: years in brackets": ("（2024年）~", ""),
    "trap: 五一、十一": ("五一、国庆期间客流明显回升。~", "1五一、国庆期间客流明显回升"),
    "trap: 一方面": ("一方面，要看到成绩。~", ""),
    "trap: 一要素": ("一要素保障不足，二资金缺口大。~", ""),
    "trap: 一、二、三产": ("一、二、三产业融合发展步伐加快。~", "1一、二、三产业融合发展步伐加快"),
    "trap: enumeration in one segment": ("要做到一是早、二是快、三是实。~", ""),
    # damage
    "damage: zero-width marks": ("一\u200b、抓早⏎~⏎\ufeff二、抓小⏎~", "1一、抓早|1二、抓小"),
    "damage: indented lines": ("　　一、抓早⏎　　~⏎　　二、抓小⏎　　~", "1一、抓早|1二、抓小"),
    "damage: blank behind the number": ("一、 抓早⏎~⏎（一） 备料⏎~", "1一、抓早|2（一）备料"),
    "damage: empty lines": ("一、抓早⏎⏎⏎~⏎⏎二、抓小⏎⏎~", "1一、抓早|1二、抓小"),
}

SEGMENTS = {
    "cut: at ；": "要抓紧；/要抓实；/要抓好！",
    "cut: quotation whole": "开展“早谋划；早动手”活动。/年内见效。",
    "cut: title whole": "落实《防汛办法（试行）；细则》要求。/抓紧办。",
    "cut: bracket whole": "修好三条路（东环；西环；北环）。/年内通车。",
    "cut: speech that ends with its sentence": "有位老支书说：“路通了，心就齐了。”/大家都点头。",
    "cut: nested quotes": "做到“讲清‘为什么；怎么干’；讲透”。/抓好宣讲。",
    "cut: quote never closed": "要念好“山字经。/要打好特色牌。",
    "cut: marks in a row": "大家加油干！！/再立新功。",
    "cut: half-width semicolon": "东区先行;/西区跟进;/全面推开。",
    "cut: decimals stay whole": "增长1.5%。/排名前移3.2位。",
    "cut: list in a line": "一是快；/二是准；/三是实。",
    "cut: torn line is one segment": "要抓实巡查。/各镇要盯紧中小河⏎流和水库。",
    "cut: paragraph without mark": "2024年重点工作⏎/要抓早抓小。",
    "cut: Windows line ends": "要抓早。\r\n/要抓小。",
    "cut: full-width digits": "增长１０．５％。/完成１２件。",
    "cut: blanks in a number": "完成1 2 件。/增长1 0 ％。",
    "cut: applause in the text": "一定能打赢！/（掌声）让我们继续努力。",
}

CLAUSES = {
    "clause: comma and colon": "抓好三件事：/一是清淤，/二是护堤",
    "clause: quotation whole": "开展“查隐患，保平安”行动，/见到实效",
    "clause: title whole": "按照《规划（草案），说明》要求，/抓紧修订",
    "clause: bracket whole": "各镇（含街道，不含园区）要尽快上报，/逐级审核",
    "clause: thousands": "完成投资1,200万元，/超计划两成",
    "clause: time of day": "每天8:30前报送，/不得漏报",
    "clause: list with 、": "抓好规划、设计、施工，/一体推进",
    "clause: slogan with numbers": "落实“一网、两员，三到位”，/压实责任",
}

NOTICES = {
    "count: met": ("要抓好以下三个方面：一是防汛。二是防火。三是防疫。", ""),
    "count: one short": (
        "问题出在以下五个方面：一是账目乱。二是进度拖。三是人手缺。四是规矩松。",
        "5>4",
    ),
    "count: one over": ("要抓住两个环节：一是收。二是储。三是运。", "2>3"),
    "count: headings": ("我讲三点意见。⏎一、抓早⏎~⏎二、抓小⏎~", "3>2"),
    "count: headings of a level": (
        "今年抓好两个方面工作：⏎（一）稳增长⏎~⏎（二）惠民生⏎~⏎二、加强自身建设⏎~",
        "",
    ),
    "count: quoted slogan": ("做到“三到位”：一要认识到位；二要措施到位；三要责任到位。", ""),
    "count: quoted slogan, one short": (
        "强化“四种意识”：一是责任意识；二是节点意识；三是质量意识。",
        "4>3",
    ),
    "count: 三个层面": ("要从三个层面发力：一是县级抓统筹。二是镇级抓落实。三是村级抓参与。", ""),
    "count: 五件事": ("重点抓好五件事：一是修路。二是架桥。三是引水。四是通电。", "5>4"),
    "count: paragraphs without numbers": (
        "重点抓好三个方面。⏎抓好防汛。~⏎抓好防火。~⏎抓好防疫。~",
        "",
    ),
    "count: clauses without numbers": ("要强化“三种意识”：责任意识、节点意识、质量意识。", ""),
    "count: clauses parted by ；": (
        "要处理好三个关系：快与好的关系；近与远的关系；统与分的关系。",
        "",
    ),
    "count: name 三个代表": ("坚持“三个代表”重要思想，抓好班子建设。", ""),
    "count: name 四个自信": ("坚定“四个自信”，做到“两个维护”。~", ""),
    "count: name 两个一百年": ("实现“两个一百年”奋斗目标：任重道远，必须接续奋斗。", ""),
    "count: existing set": ("听取9项重点工作情况汇报，研究下一步打算。", ""),
    "count: nothing follows": ("年初定的十件实事件件有着落。~", ""),
    "count: commas between the items": ("今年有三件大事：一是路通了，二是水清了，三是灯亮了。", ""),
    "count: commas, one short": ("今年要办三件大事：一是通路，二是引水。", "3>2"),
    "count: every item is 一是": ("要集中力量办两件大事：一是抓经济；一是抓作风。", ""),
    "count: a list under 第二件": (
        "第一件，修路。~⏎第二件，办好三件小事：第一件，挖井。~第二件，架桥。~第三件，引水。~⏎第三件，种树。~",
        "",
    ),
    "count: inner list does not count": (
        "重点抓两个方面：一是抓项目，做到两个确保：一是确保开工；二是确保投产。二是抓招商。",
        "",
    ),
}


def of(table: dict) -> dict:
    return {"argvalues": list(table.items()), "ids": list(table)}


@pytest.mark.parametrize(("name", "case"), **of(TREES))
def test_trees(name: str, case: tuple[str, str]) -> None:
    text, tree = case
    assert tree_of(written(text)) == tree, name


@pytest.mark.parametrize(("name", "case"), **of(TREES))
def test_trees_do_not_hang_on_line_ends(name: str, case: tuple[str, str]) -> None:
    text, tree = case
    assert tree_of(written(text).replace("\n", "\r\n") + "  \r\n") == tree, name


@pytest.mark.parametrize(("name", "marked"), **of(SEGMENTS))
def test_segments(name: str, marked: str) -> None:
    marked = marked.replace("⏎", "\n")
    text = marked.replace("/", "")
    view = view_of(text)
    found = [view.quote(p.start, p.end) for p in pieces_of(view.text, RULES)]
    assert found == [part.strip() for part in marked.split("/")], name


@pytest.mark.parametrize(("name", "marked"), **of(CLAUSES))
def test_clauses(name: str, marked: str) -> None:
    text = marked.replace("/", "")
    found = [text[a:b] for a, b in split_clauses(text, 0, len(text))]
    assert found == [part.rstrip("，：") for part in marked.split("/")], name


@pytest.mark.parametrize(("name", "case"), **of(NOTICES))
def test_notices(name: str, case: tuple[str, str]) -> None:
    text, expected = case
    notices = enumeration_notices(pieces_of(view_of(written(text)).text, RULES), RULES)
    found = [re.sub(r".*announces (\d+) .* (\d+) follow", r"\1>\2", n.message) for n in notices]
    assert " ".join(found) == expected, name


def test_the_table_is_long_enough() -> None:
    assert len(TREES) + len(SEGMENTS) + len(CLAUSES) + len(NOTICES) >= 120
