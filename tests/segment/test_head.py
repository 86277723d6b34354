"""What a head states and what it leaves open: one head a row, all forms that real texts show.

A row gives the head's lines and the fields that it states; every other field stays None.
"""

from __future__ import annotations

import datetime as dt

import pytest

import speechmine
from speechmine.cli.outline import outline_lines
from speechmine.model import Document, TimeFrame
from speechmine.rules.loader import default_rules
from speechmine.segment.head import complete_document, time_frame
from speechmine.segment.head_lines import read_head
from speechmine.text import view_of

RULES = default_rules()
FIELDS = ("title", "date", "speaker", "office", "occasion", "place", "level", "salutation")
BODY = "今天这个会只讲一件事，把汛期前的各项准备落到人头。"
REPORT = "现在，我向大会报告工作，请予审议。"

CONGRESS = "望江区第五届人民代表大会第三次会议"
HEADS: list[tuple[str, str, str, dict[str, str]]] = [
    (
        "full head of a report",
        f"政府工作报告\n——2024年1月16日在{CONGRESS}上\n望江区人民政府区长　许文澜\n各位代表：",
        REPORT,
        {
            "title": "政府工作报告",
            "date": "2024-01-16",
            "speaker": "许文澜",
            "office": "望江区人民政府区长",
            "occasion": CONGRESS,
            "place": "望江区",
            "level": "county",
            "salutation": "各位代表",
        },
    ),
    (
        "characters of the title set apart",
        f"政 府 工 作 报 告\n----2012年2月29日在{CONGRESS}上\n区长　　许文澜\n各位代表：",
        REPORT,
        {
            "title": "政府工作报告",
            "date": "2012-02-29",
            "speaker": "许文澜",
            "office": "区长",
            "occasion": CONGRESS,
            "place": "望江区",
            "level": "county",
            "salutation": "各位代表",
        },
    ),
    (
        "acting head, occasion in brackets",
        (
            "政府工作报告\n"
            "（2024年1月31日在云溪州第十五届人民代表大会第四次会议上）\n"
            "代州长  石 磊\n"
            "各位代表:"
        ),
        REPORT,
        {
            "title": "政府工作报告",
            "date": "2024-01-31",
            "speaker": "石磊",
            "office": "代州长",
            "occasion": "云溪州第十五届人民代表大会第四次会议",
            "place": "云溪州",
            "level": "prefecture",
            "salutation": "各位代表",
        },
    ),
    (
        "occasion broken over two lines",
        (
            "政府工作报告\n"
            "——2024年2月3日在青浦港市第六届人民代表大会\n"
            "第六次会议上\n"
            "市长  林海\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "政府工作报告",
            "date": "2024-02-03",
            "speaker": "林海",
            "office": "市长",
            "occasion": "青浦港市第六届人民代表大会第六次会议",
            "place": "青浦港市",
            "level": "prefecture",
            "salutation": "各位代表",
        },
    ),
    (
        "speaker behind the occasion in one line",
        (
            "2024年政府工作报告\n"
            "——2024年2月29日在玉湖市第六届人民代表大会第六次会议上 市长 张惠\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "2024年政府工作报告",
            "date": "2024-02-29",
            "speaker": "张惠",
            "office": "市长",
            "occasion": "玉湖市第六届人民代表大会第六次会议",
            "place": "玉湖市",
            "level": "prefecture",
            "salutation": "各位代表",
        },
    ),
    (
        "a sentence tells who reports",
        (
            "2025年云岭省政府工作报告\n"
            "2025年1月20日在云岭省第十四届人民代表大会第三"
            "次会议上云岭省人民政府省长 王清作政府工作报告。\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "2025年云岭省政府工作报告",
            "date": "2025-01-20",
            "speaker": "王清",
            "office": "云岭省人民政府省长",
            "occasion": "云岭省第十四届人民代表大会第三次会议",
            "place": "云岭省",
            "level": "province",
            "salutation": "各位代表",
        },
    ),
    (
        "同志 behind the name",
        (
            "2025年望江区政府工作报告\n"
            "2025年1月14日在望江区第五届人民代表大会第四"
            "次会议上望江区区长 许文澜同志作政府工作报告。\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "2025年望江区政府工作报告",
            "date": "2025-01-14",
            "speaker": "许文澜",
            "office": "望江区区长",
            "occasion": "望江区第五届人民代表大会第四次会议",
            "place": "望江区",
            "level": "county",
            "salutation": "各位代表",
        },
    ),
    (
        "name before the office",
        (
            "2025年云岭省政府工作报告\n"
            "----2025年1月15日王清省长在云岭省第十四届人民代表大会第三次会议的政府工作报告\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "2025年云岭省政府工作报告",
            "date": "2025-01-15",
            "speaker": "王清",
            "office": "省长",
            "occasion": "云岭省第十四届人民代表大会第三次会议",
            "place": "云岭省",
            "level": "province",
            "salutation": "各位代表",
        },
    ),
    (
        "an autonomous region is no district",
        "政府工作报告\n自治区人民政府主席 巴图\n各位代表：",
        REPORT,
        {
            "title": "政府工作报告",
            "speaker": "巴图",
            "office": "自治区人民政府主席",
            "level": "province",
            "salutation": "各位代表",
        },
    ),
    (
        "a municipality is a province",
        "天津市市长　周正 各位代表：",
        REPORT,
        {
            "speaker": "周正",
            "office": "天津市市长",
            "place": "天津市",
            "level": "province",
            "salutation": "各位代表",
        },
    ),
    (
        "a district of a named city",
        (
            "政府工作报告\n"
            "——2019年3月4日在云岭市望江区第十五届人民代表大会第三次会议上\n"
            "云岭市望江区人民政府代区长  萨仁\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "政府工作报告",
            "date": "2019-03-04",
            "speaker": "萨仁",
            "office": "云岭市望江区人民政府代区长",
            "occasion": "云岭市望江区第十五届人民代表大会第三次会议",
            "place": "云岭市望江区",
            "level": "county",
            "salutation": "各位代表",
        },
    ),
    (
        "a town",
        (
            "政府工作报告\n"
            "——2024年1月8日在青石镇第三届人民代表大会第四次会议上\n"
            "青石镇人民政府镇长 陆川\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "政府工作报告",
            "date": "2024-01-08",
            "speaker": "陆川",
            "office": "青石镇人民政府镇长",
            "occasion": "青石镇第三届人民代表大会第四次会议",
            "place": "青石镇",
            "level": "township",
            "salutation": "各位代表",
        },
    ),
    (
        "the State Council",
        (
            "政府工作报告\n"
            "——2021年3月5日在第十三届全国人民代表大会第四次会议上\n"
            "国务院总理张三\n"
            "各位代表："
        ),
        "现在，我代表国务院，向大会报告政府工作。",
        {
            "title": "政府工作报告",
            "date": "2021-03-05",
            "speaker": "张三",
            "office": "国务院总理",
            "occasion": "第十三届全国人民代表大会第四次会议",
            "level": "national",
            "salutation": "各位代表",
        },
    ),
    (
        "title and occasion merged",
        (
            "1996年政府工作报告关于五年计划纲要的报告——１９"
            "９６年３月５日在第八届全国人民代表大会第四次会议上\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "1996年政府工作报告关于五年计划纲要的报告",
            "date": "1996-03-05",
            "occasion": "第八届全国人民代表大会第四次会议",
            "level": "national",
            "salutation": "各位代表",
        },
    ),
    (
        "date in Chinese numerals",
        (
            "2026年云岭省政府工作报告\n"
            "二〇二六年一月二十七日在云岭省十四届人民代表大会第四次会议上\n"
            "省长 王清\n"
            "各位代表："
        ),
        REPORT,
        {
            "title": "2026年云岭省政府工作报告",
            "date": "2026-01-27",
            "speaker": "王清",
            "office": "省长",
            "occasion": "云岭省十四届人民代表大会第四次会议",
            "place": "云岭省",
            "level": "province",
            "salutation": "各位代表",
        },
    ),
    (
        "no title, only the salutation",
        "各位代表：",
        "现在，我代表市人民政府，向大会报告工作，请予审议。",
        {"level": "prefecture", "salutation": "各位代表"},
    ),
    (
        "place in the first sentence",
        "各位代表：",
        "现在，我代表望江区人民政府，向大会报告工作，请予审议。",
        {"place": "望江区", "level": "county", "salutation": "各位代表"},
    ),
    (
        "salutation and body in one line",
        "",
        "各位代表：现在，我代表州人民政府，向大会报告工作，请予审议。",
        {"level": "prefecture", "salutation": "各位代表"},
    ),
    (
        "a prefecture's office",
        "各位主任、委员：",
        "下面，我代表行署报告工作。",
        {"level": "prefecture", "salutation": "各位主任、委员"},
    ),
    (
        "speech with date in brackets",
        "在全县防汛抗洪动员会上的讲话\n柳渡县委书记　岳青山\n（2023年5月22日）\n同志们：",
        BODY,
        {
            "title": "在全县防汛抗洪动员会上的讲话",
            "date": "2023-05-22",
            "speaker": "岳青山",
            "office": "柳渡县委书记",
            "occasion": "全县防汛抗洪动员会",
            "place": "柳渡县",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "中共 and a note on the recording",
        (
            "在全县防汛抗洪动员会上的讲话\n"
            "中共柳渡县委书记　岳青山\n"
            "（2023年5月22日，根据录音整理）\n"
            "\n"
            "同志们："
        ),
        BODY,
        {
            "title": "在全县防汛抗洪动员会上的讲话",
            "date": "2023-05-22",
            "speaker": "岳青山",
            "office": "柳渡县委书记",
            "occasion": "全县防汛抗洪动员会",
            "place": "柳渡县",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "two offices",
        "在全县重点工作推进会上的讲话\n砚湖县委副书记、县长　陶景行\n2024年7月16日\n同志们：",
        BODY,
        {
            "title": "在全县重点工作推进会上的讲话",
            "date": "2024-07-16",
            "speaker": "陶景行",
            "office": "砚湖县委副书记、县长",
            "occasion": "全县重点工作推进会",
            "place": "砚湖县",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "a park has no level",
        (
            "在2025年招商引资推进会上的讲话\n"
            "青岚高新技术产业开发区党工委书记　沈　卓\n"
            "（2025年2月12日）\n"
            "同志们："
        ),
        BODY,
        {
            "title": "在2025年招商引资推进会上的讲话",
            "date": "2025-02-12",
            "speaker": "沈卓",
            "office": "青岚高新技术产业开发区党工委书记",
            "occasion": "2025年招商引资推进会",
            "place": "青岚高新技术产业开发区",
            "salutation": "同志们",
        },
    ),
    (
        "name only, set apart",
        "在全市安全生产工作会议上的讲话\n（2023年2月16日）\n周　正\n同志们：",
        BODY,
        {
            "title": "在全市安全生产工作会议上的讲话",
            "date": "2023-02-16",
            "speaker": "周正",
            "occasion": "全市安全生产工作会议",
            "level": "prefecture",
            "salutation": "同志们",
        },
    ),
    (
        "name only, below the date",
        "在全市安全生产工作会议上的讲话\n（2023年2月16日）\n沈砚秋\n同志们：",
        BODY,
        {
            "title": "在全市安全生产工作会议上的讲话",
            "date": "2023-02-16",
            "speaker": "沈砚秋",
            "occasion": "全市安全生产工作会议",
            "level": "prefecture",
            "salutation": "同志们",
        },
    ),
    (
        "摘要 below the date is no name",
        "在全市安全生产工作会议上的讲话\n（2023年2月16日）\n摘要\n同志们：",
        BODY,
        {
            "title": "在全市安全生产工作会议上的讲话",
            "date": "2023-02-16",
            "occasion": "全市安全生产工作会议",
            "level": "prefecture",
            "salutation": "同志们",
        },
    ),
    (
        "masked name and date",
        "在全区重点项目建设会议上的讲话\n中共溪山区委书记　周X\n（2022年X月X日）\n同志们：",
        BODY,
        {
            "title": "在全区重点项目建设会议上的讲话",
            "office": "溪山区委书记",
            "occasion": "全区重点项目建设会议",
            "place": "溪山区",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "masked with ××",
        "在全县经济工作会议上的讲话\n县长 ××\n（2023年××月××日）\n同志们：",
        BODY,
        {
            "title": "在全县经济工作会议上的讲话",
            "office": "县长",
            "occasion": "全县经济工作会议",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "a name half given is given as it stands",
        "在全区教育工作会议上的讲话\n区委书记 张某\n同志们：",
        BODY,
        {
            "title": "在全区教育工作会议上的讲话",
            "speaker": "张某",
            "office": "区委书记",
            "occasion": "全区教育工作会议",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "only a month",
        "在全县经济工作会议上的讲话\n（2023年2月）\n同志们：",
        BODY,
        {
            "title": "在全县经济工作会议上的讲话",
            "occasion": "全县经济工作会议",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "an impossible day",
        "在全县经济工作会议上的讲话\n（2023年2月30日）\n同志们：",
        BODY,
        {
            "title": "在全县经济工作会议上的讲话",
            "occasion": "全县经济工作会议",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "date at the end of the title",
        "在全县经济工作会议上的讲话（2023年2月16日）\n县长 陶景行\n同志们：",
        BODY,
        {
            "title": "在全县经济工作会议上的讲话",
            "date": "2023-02-16",
            "speaker": "陶景行",
            "office": "县长",
            "occasion": "全县经济工作会议",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "all merged into one line",
        "",
        "在老干部迎春座谈会上的讲话（2023年1月16日）周正同志们：今天请大家来，就是想听听意见。",
        {
            "title": "在老干部迎春座谈会上的讲话",
            "date": "2023-01-16",
            "speaker": "周正",
            "occasion": "老干部迎春座谈会",
            "salutation": "同志们",
        },
    ),
    (
        "merged without a salutation: the name cannot be told",
        "",
        (
            "在老干部迎春座谈会上的讲话（2023年1月16日）周正今天请大家来，就是想听听大家的意见和建议，"
            "大家都是为这座城市出过力、流过汗的老同志，情况熟、感情深，说的话最有分量。"
        ),
        {
            "title": "在老干部迎春座谈会上的讲话",
            "date": "2023-01-16",
            "occasion": "老干部迎春座谈会",
        },
    ),
    (
        "title in two lines",
        (
            "守住绿水青山\n"
            "为建设美丽望江再立新功\n"
            "——在全区生态环境保护大会上的讲话\n"
            "（2023年9月1日）\n"
            "区委书记 顾怀安\n"
            "同志们："
        ),
        BODY,
        {
            "title": "守住绿水青山 为建设美丽望江再立新功",
            "date": "2023-09-01",
            "speaker": "顾怀安",
            "office": "区委书记",
            "occasion": "全区生态环境保护大会",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "title broken before its last word",
        "在全县乡村振兴现场推进会上的\n讲话\n县长 陶景行\n同志们：",
        BODY,
        {
            "title": "在全县乡村振兴现场推进会上的讲话",
            "speaker": "陶景行",
            "office": "县长",
            "occasion": "全县乡村振兴现场推进会",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "the title twice",
        "2025年云岭省政府工作报告\n政府工作报告\n省长 王清\n各位代表：",
        REPORT,
        {
            "title": "2025年云岭省政府工作报告",
            "speaker": "王清",
            "office": "省长",
            "place": "云岭省",
            "level": "province",
            "salutation": "各位代表",
        },
    ),
    (
        "on a visit",
        "在调研夏粮收购工作时的讲话\n（2024年6月3日）\n县长 陶景行\n同志们：",
        BODY,
        {
            "title": "在调研夏粮收购工作时的讲话",
            "date": "2024-06-03",
            "speaker": "陶景行",
            "office": "县长",
            "occasion": "调研夏粮收购工作",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "at a ceremony",
        "在望江港二期开工仪式上的致辞\n市长 林海\n各位来宾、朋友们：",
        "今天我们在这里见证开工。",
        {
            "title": "在望江港二期开工仪式上的致辞",
            "speaker": "林海",
            "office": "市长",
            "occasion": "望江港二期开工仪式",
            "level": "prefecture",
            "salutation": "各位来宾、朋友们",
        },
    ),
    (
        "salutation with an exclamation mark",
        "在全县劳模表彰大会上的讲话\n县委书记 岳青山\n同志们！",
        BODY,
        {
            "title": "在全县劳模表彰大会上的讲话",
            "speaker": "岳青山",
            "office": "县委书记",
            "occasion": "全县劳模表彰大会",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "long salutation",
        "在招商推介会上的致辞\n市长 林海\n尊敬的各位来宾、女士们、先生们：",
        "今天高朋满座。",
        {
            "title": "在招商推介会上的致辞",
            "speaker": "林海",
            "office": "市长",
            "occasion": "招商推介会",
            "level": "prefecture",
            "salutation": "尊敬的各位来宾、女士们、先生们",
        },
    ),
    (
        "teachers first",
        "在全区教育工作会议上的讲话\n云麓区委书记　顾怀安\n（2025年8月27日）\n老师们、同志们：",
        BODY,
        {
            "title": "在全区教育工作会议上的讲话",
            "date": "2025-08-27",
            "speaker": "顾怀安",
            "office": "云麓区委书记",
            "occasion": "全区教育工作会议",
            "place": "云麓区",
            "level": "county",
            "salutation": "老师们、同志们",
        },
    ),
    (
        "web furniture: the day of publication is not the day of the speech",
        (
            "来源：县政府办公室\n"
            "发布时间：2024-01-20 09:15\n"
            "浏览次数：312\n"
            "在全县经济工作会议上的讲话\n"
            "县长 陶景行\n"
            "同志们："
        ),
        BODY,
        {
            "title": "在全县经济工作会议上的讲话",
            "speaker": "陶景行",
            "office": "县长",
            "occasion": "全县经济工作会议",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "furniture between title and date",
        "在全县经济工作会议上的讲话\n字号：大 中 小\n（2024年1月8日）\n县长 陶景行\n同志们：",
        BODY,
        {
            "title": "在全县经济工作会议上的讲话",
            "date": "2024-01-08",
            "speaker": "陶景行",
            "office": "县长",
            "occasion": "全县经济工作会议",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "named as speaker",
        "在全县统战工作会议上的讲话\n讲话人：陶景行\n2024年3月1日\n同志们：",
        BODY,
        {
            "title": "在全县统战工作会议上的讲话",
            "date": "2024-03-01",
            "speaker": "陶景行",
            "occasion": "全县统战工作会议",
            "level": "county",
            "salutation": "同志们",
        },
    ),
    (
        "title and date without a salutation",
        "在全县防汛会议上的讲话\n（2023年5月22日）",
        BODY,
        {
            "title": "在全县防汛会议上的讲话",
            "date": "2023-05-22",
            "occasion": "全县防汛会议",
            "level": "county",
        },
    ),
    (
        "a name with a dot",
        "政府工作报告\n县长 阿依努尔·买买提\n各位代表：",
        REPORT,
        {
            "title": "政府工作报告",
            "speaker": "阿依努尔·买买提",
            "office": "县长",
            "level": "county",
            "salutation": "各位代表",
        },
    ),
    ("no head at all", "", BODY, {}),
    ("a heading of the body is no title", "一、2023年工作回顾", "全年工作任务圆满完成。", {}),
    ("an unnumbered heading neither", "2023年工作回顾", "全年工作任务圆满完成。", {}),
    (
        "the office in a sentence of the body is no head",
        "",
        "会前，县长 陶景行同志到各镇看了看。大家的干劲很足，办法也不少，关键是抓紧。",
        {},
    ),
    (
        "the speaker's own county",
        "",
        "我们县三面临水，防汛任务历来很重，大家心里都要绷紧这根弦，一刻也不能松。",
        {"level": "county"},
    ),
    (
        "a letter to cadres",
        "致全区干部的一封信\n亲爱的同志们：",
        BODY,
        {"title": "致全区干部的一封信", "salutation": "亲爱的同志们"},
    ),
    (
        "a fragment of the occasion is no title",
        "人民代表大会第二次会议上\n池阳市人民政府市长  朱浩\n各位代表：",
        REPORT,
        {
            "speaker": "朱浩",
            "office": "池阳市人民政府市长",
            "place": "池阳市",
            "level": "prefecture",
            "salutation": "各位代表",
        },
    ),
]


def completed(text: str, **known: str) -> Document:
    return complete_document(Document(text, **known), view_of(text), RULES)


@pytest.mark.parametrize(
    ("head", "body", "stated"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS]
)
def test_heads(head: str, body: str, stated: dict[str, str]) -> None:
    """Each field as the head states it; a field it does not state stays None."""
    document = completed(f"{head}\n{body}" if head else body)
    found = {field: getattr(document, field) for field in FIELDS}
    assert found == {field: stated.get(field) for field in FIELDS}


def test_what_is_known_already_stays() -> None:
    text = "在全县防汛会议上的讲话\n县长 陶景行\n同志们：\n" + BODY
    document = completed(text, title="防汛讲话", speaker="岳青山", place="柳渡县")
    assert (document.title, document.speaker, document.place) == ("防汛讲话", "岳青山", "柳渡县")
    assert document.office == "县长"


YEARS = [
    ("title names it", "2024年政府工作报告\n各位代表：\n" + REPORT, None, 2024),
    (
        "title beats the date of the file",
        "2024年政府工作报告\n各位代表：\n" + REPORT,
        "2023-12-28",
        2024,
    ),
    ("date alone", "同志们：\n" + BODY, "2023-05-22", 2023),
    ("date in the head", "在会议上的讲话\n（2023年5月22日）\n同志们：\n" + BODY, None, 2023),
    ("year reviewed", f"各位代表：\n{REPORT}\n一、2023年工作回顾\n成绩很好。", None, 2024),
    ("year in Chinese", f"各位代表：\n{REPORT}\n一、一九八九年的回顾\n成绩很好。", None, 1990),
    ("year planned", f"各位代表：\n{REPORT}\n二、2024年工作安排\n要抓紧。", None, 2024),
    (
        "date beats headings",
        f"各位代表：\n{REPORT}\n二、2024年工作安排\n要抓紧。",
        "2023-12-28",
        2023,
    ),
    (
        "headings at odds",
        f"各位代表：\n{REPORT}\n一、2022年工作回顾\n二、2024年工作安排",
        None,
        None,
    ),
    (
        "no report: December looks back on 今年",
        "同志们：\n一、2023年工作回顾\n成绩很好。",
        None,
        None,
    ),
    (
        "a plan may be given the year before",
        f"各位代表：\n{REPORT}\n二、1981年国民经济计划的任务",
        None,
        None,
    ),
    ("nothing stated", "同志们：\n" + BODY, None, None),
]


@pytest.mark.parametrize(
    ("text", "date", "year"), [row[1:] for row in YEARS], ids=[row[0] for row in YEARS]
)
def test_the_year_that_this_year_means(text: str, date: str | None, year: int | None) -> None:
    document = completed(text, **({"date": date} if date else {}))
    day = dt.date.fromisoformat(document.date) if document.date else None
    assert time_frame(document, RULES) == TimeFrame(day, year)


def test_lines_of_a_head_are_joined_and_parted() -> None:
    head = read_head("在全县大会上的\n讲话（2023年5月22日）\n首页 > 要闻\n同志们：\n开会。", RULES)
    assert head.lines == ("在全县大会上的讲话", "（2023年5月22日）")
    assert (head.salutation, head.start) == ("同志们", "开会。")


def test_the_result_shows_what_the_head_states() -> None:
    text = "在全县防汛会议上的讲话\n柳渡县委书记 岳青山\n（2023年5月22日）\n同志们：\n" + BODY
    result = speechmine.extract(text)
    document = result.to_dict()["document"]
    assert (document["office"], document["salutation"]) == ("柳渡县委书记", "同志们")
    assert document["occasion"] == "全县防汛会议"
    assert list(outline_lines(result))[1] == (
        "柳渡县委书记 岳青山  全县防汛会议  柳渡县 county  同志们  今年=2023"
    )


#: Where a text says its day when its head does not: text, day.
DAYS = [
    (
        "关于防汛的通知\n各镇：\n6月5日前报名单。\n青湖区防汛指挥部\n2024年5月28日",
        "2024-05-28",
    ),
    ("关于防汛的通知\n各镇：\n请排查。\n区防指办公室　二〇二四年五月二十八日", "2024-05-28"),
    ("关于防汛的紧急通知\n各镇：\n请排查。\n区防汛指挥部\n2024年7月8日11时", "2024-07-08"),
    ("督办函\n请整改。\n区政府办公室\n二○○三年六月二十日\n抄送：区纪委", "2003-06-20"),
    (
        "常务会议纪要\n2024年9月6日上午，区长主持召开常务会议。\n会议同意。",
        "2024-09-06",
    ),
    ("第四十一次常务会议纪要\n（2024年8月14日）\n8月14日上午，市长主持召开会议。", "2024-08-14"),
    (
        "供水办法\n（2019年5月20日第31次常务会议通过）\n第一条　制定本办法。",
        "2019-05-20",
    ),
    ("街道例会录音整理\n时间：2023年10月16日上午9点\n人齐了咱们就开始。", "2023-10-16"),
    ("办理规定\n第一条　制定本规定。\n（2021年3月26日印发）", "2021-03-26"),
    # a day in the text is that of something else
    ("整治方案\n2024年3月1日前完成排查。\n各镇要报送名单。", None),
    ("整治方案\n一、目标\n到2025年12月31日，全面完成。\n二、要求\n抓好落实。", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_stands_in_a_bracket_under_a_signature_or_is_that_of_the_meeting(
    text: str, day: str | None
) -> None:
    assert speechmine.extract(text).document.date == day


HEADS = [
    # a heading of the body ends the head
    ("北坡区水利工作报告\n一、总体要求\n各镇要抓好清淤。", ("北坡区水利工作报告",), None),
    # whom a sentence in the middle addresses opens nothing
    ("水渠修好了。各位代表：\n我报告工作。", (), None),
    ("北坡区水利工作报告\n各位代表：\n我报告工作。", ("北坡区水利工作报告",), "各位代表"),
]


@pytest.mark.parametrize(("text", "lines", "salutation"), HEADS)
def test_where_a_head_ends(text: str, lines: tuple[str, ...], salutation: str | None) -> None:
    head = read_head(text, RULES)
    assert (head.lines, head.salutation) == (lines, salutation)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("示例市水务局2024年工作安排", "示例市水务局2024年工作安排"),
        ("示例县人民政府专题会议纪要\n〔2024〕14号", "示例县人民政府专题会议纪要"),
        ("示例学区第一学期工作计划\n填报单位：学区办", "示例学区第一学期工作计划"),
        (
            "示例高新区招商周例会记录（第9次）\n时间：2024年3月2日",
            "示例高新区招商周例会记录（第9次）",
        ),
        ("示例县防汛抗旱指挥部调度令", "示例县防汛抗旱指挥部调度令"),
        ("县水利局要在月底前报送整改方案。", None),
    ],
)
def test_papers_have_titles_as_speeches_have(head: str, title: str | None) -> None:
    text = f"{head}\n一、工作目标\n县水利局要在6月底前修好水闸3座，确保安全度汛。"
    assert speechmine.extract(text).document.title == title


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("示例市水务局2024年工作安排", "../2024-06-30"),
        ("示例县2024年度十件民生实事分工", "../2024-06-30"),
        ("示例市水务局三年行动计划（2023—2025年）", None),
        ("示例市水务局工作安排", None),
    ],
)
def test_a_plan_without_a_day_is_for_the_year_in_its_title(title: str, value: str | None) -> None:
    text = f"{title}\n一、工作目标\n县水利局要在6月底前修好水闸3座。"
    (task,) = speechmine.extract(text).tasks
    assert task.deadline.edtf == value
