"""Which numbers measure something, and what they say."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.extractors.quantities import find_quantities
from speechmine.model import Quantity


def shown(quantity: Quantity) -> str:
    """text low high unit comparator; - for None."""
    parts = [quantity.text, quantity.low, quantity.high, quantity.unit, quantity.comparator]
    return " ".join("-" if p is None else f"{p:g}" if isinstance(p, float) else p for p in parts)


MEASURED = [
    ("粮食总产量1.2万亿斤以上", "1.2万亿斤以上 1.2 - 万亿斤 >="),
    ("带动就业300万人以上", "300万人以上 300 - 万人 >="),
    ("增长4.5-5%", "4.5-5% 4.5 5 % range"),
    ("增长6%－6.5%", "6%－6.5% 6 6.5 % range"),
    ("增长百分之八至九", "百分之八至九 8 9 % range"),
    ("培育3至5个集群", "3至5个 3 5 个 range"),
    ("投资10亿至20亿元", "10亿至20亿元 10 20 亿元 range"),
    ("奖励8000万-1亿元", "8000万-1亿元 0.8 1 亿元 range"),
    ("增长5.5%左右", "5.5%左右 5.5 5.5 % ~"),
    ("约100公里", "约100公里 100 100 公里 ~"),
    ("惠及近15万人", "近15万人 15 15 万人 ~"),
    ("筹资8000多亿元", "8000多亿元 8000 - 亿元 >="),
    ("引进30余个", "30余个 30 - 个 >="),
    ("覆盖三十多家", "三十多家 30 - 家 >="),
    ("不低于400家", "不低于400家 400 - 家 >="),
    ("突破9000亿元", "突破9000亿元 9000 - 亿元 >"),
    ("控制在5%以内", "5%以内 - 5 % <="),
    ("不超过3%", "不超过3% - 3 % <="),
    ("低于4.6%", "低于4.6% - 4.6 % <"),
    ("约5万亿元左右", "约5万亿元左右 5 5 万亿元 ~"),
    ("产量三千一百六十亿公斤", "三千一百六十亿公斤 3160 3160 亿公斤 ="),
    ("投资1亿2300万元", "1亿2300万元 12300 12300 万元 ="),
    ("一亿两千三百万人", "一亿两千三百万人 12300 12300 万人 ="),
    ("共1,200.5万元", "1,200.5万元 1200.5 1200.5 万元 ="),
    ("装机三十万千瓦", "三十万千瓦 30 30 万千瓦 ="),
    ("五百千瓦", "五百千瓦 500 500 千瓦 ="),
    ("年均浓度26.3微克/立方米", "26.3微克/立方米 26.3 26.3 微克/立方米 ="),
    ("提高2.5个百分点", "2.5个百分点 2.5 2.5 个百分点 ="),
    ("提高两个百分点", "两个百分点 2 2 个百分点 ="),
    ("翻一番", "一番 1 1 番 ="),
    ("七成以上", "七成以上 7 - 成 >="),
    ("达到百分之百", "百分之百 100 100 % ="),
    ("下降-0.3%", "-0.3% -0.3 -0.3 % ="),
    ("减少1109万。", "1109万 1109 1109 万 ="),
    ("时限压缩至3个工作日", "3个工作日 3 3 个工作日 ="),
    ("受教育年限达到11.3年", "11.3年 11.3 11.3 年 ="),
    ("建设5G基站3000个", "3000个 3000 3000 个 ="),
    ("10亿元以上项目47个", "47个 47 47 个 ="),
    ("超10亿元企业5家", "5家 5 5 家 ="),
    ("百亿级企业3家", "3家 3 3 家 ="),
    ("甲线、乙线等6条铁路", "6条 6 6 条 ="),
    ("年底前50户完成搬迁", "50户 50 50 户 ="),
    ("节约5亿元", "5亿元 5 5 亿元 ="),
]
#: Numerals as office talk and old papers write them.
SPOKEN = [
    ("招工3万二千人", "3万二千人 32000 32000 人 ="),
    ("铺路2千3百公里", "2千3百公里 2300 2300 公里 ="),
    ("化肥1万2千吨", "1万2千吨 12000 12000 吨 ="),
    ("投资2亿3千万元", "2亿3千万元 23000 23000 万元 ="),
    ("拨款叁佰万元", "叁佰万元 300 300 万元 ="),
    ("亩均用水3元6角5分", "3元6角5分 3.65 3.65 元 ="),
    ("比例达到四成五", "四成五 4.5 4.5 成 ="),
    ("帮扶农户五六十家", "五六十家 50 60 家 range"),
    ("挖塘三四个。", "三四个 3 4 个 range"),
    ("积水十七八公分", "十七八公分 17 18 公分 range"),
    ("流转百余万亩", "百余万亩 100 - 万亩 >="),
    ("参加千余人", "千余人 1000 - 人 >="),
    ("还有七十来户", "七十来户 70 70 户 ~"),
    ("入住率七成多", "七成多 7 - 成 >="),
    ("逾期交付一年有余", "一年有余 1 - 年 >="),
    ("开工率过半", "过半 0.5 - - >"),
    ("完成不到一半", "不到一半 - 0.5 - <"),
    ("占一半以上", "一半以上 0.5 - - >="),
    ("上半年欠的0.3个点", "0.3个点 0.3 0.3 个点 ="),
    ("每人不超过30块钱", "不超过30块钱 - 30 块钱 <="),
    ("下泄流量20立方米每秒", "20立方米每秒 20 20 立方米每秒 ="),
    ("水温烧到60度以上", "60度以上 60 - 度 >="),
    ("每人每天不少于15升", "不少于15升 15 - 升 >="),
    ("坏了 5 台", "5 台 5 5 台 ="),
    ("每样不少于 125 克", "不少于 125 克 125 - 克 >="),
    ("合格率≥98%", "≥98% 98 - % >="),
    ("漏损率≤9%", "≤9% - 9 % <="),
    ("增长＞7%", "＞7% 7 - % >"),
    ("涨幅<3%", "<3% - 3 % <"),
    ("误差±2%", "±2% -2 2 % range"),
    ("保持20±3摄氏度", "20±3摄氏度 17 23 摄氏度 range"),
    ("冲毁涵闸三座，", "三座 3 3 座 ="),
    ("每村先领两吨，", "两吨 2 2 吨 ="),
    ("组织两到三次小分队", "两到三次 2 3 次 range"),
    ("每个镇至少走两遍", "两遍 2 - 遍 >="),
    ("每餐留样48小时", "48小时 48 48 小时 ="),
    ("留观满30分钟", "满30分钟 30 - 分钟 >="),
    ("比去年同期快5天", "5天 5 5 天 ="),
    ("压到十分钟以内", "十分钟以内 - 10 分钟 <="),
    ("实现零事故", "零 0 0 - ="),
    ("60件事项已办结41件", "41件 41 41 件 ="),
    ("其中10亿元以上6个", "6个 6 6 个 ="),
]
NOTHING = [
    "对接世界500强企业",
    "一把手负总责",
    "统筹PM2.5治理",
    "2024年3月5日",
    "〔2020〕6号文件",
    "2021-2025年",
    "连续16年",
    "全天24小时开放",
    "建设5000吨级码头",
    "培育千亿级集群",
    "做好65岁以上老人体检",
    "我讲四个方面",
    "我讲4个方面的意见",
    "抓好两个区域建设",
    "三家企业",
    "十件民生实事",
    "引进一批项目，建设若干园区",
    "实施“1+2”行动和“三清一改”",
    "落实《30条措施》",
    "居全省第3位，进入前10名",
    "每100户一名网格员",
    "五成立方案",
    "洛川等10个县",
    "围绕8条产业链招商",
    "派出几十万人",
    "打通最后一公里",
    "X月上旬到X县",
    "12345热线",
    "由3组、5组组长召集",
    "水位超过20厘米就封路",
    "满意率低于80%的乡镇，",
    "断水超过24小时的村，",
    "新建110千伏变电站",
    "把12家企业逐一过一遍",
    "对27个工地和4家搅拌站逐一检查",
    "全县30个乡镇一律上线",
    "向全县60万群众交账",
    "未开工的13个项目",
    "比前年退了6位",
    "组织六七个部门会商",
    "前后跑了五趟，",
    "这两个，",
    "服务零距离",
    "任职满3年的干部",
    "5G升级",
    "2.6个重大专项",
]
MASKED = [
    ("完成投资X亿元", "亿元"),
    ("同比增长X%", "%"),
    ("新开工项目XX个", "个"),
    ("新增×家企业", "家"),
]
NORMALISED = [
    ("1.2万亿元", (12000.0, "亿元")),
    ("1.3万亿斤", (65000.0, "万吨")),
    ("30亿公斤", (300.0, "万吨")),
    ("5000亩", (0.5, "万亩")),
    ("2.5万家", (25000.0, "家")),
    ("3000人", (0.3, "万人")),
    ("七成", (70.0, "%")),
    ("6%", (6.0, "%")),
    ("20微克/立方米", (None, None)),
]


@pytest.mark.parametrize(("text", "expected"), [*MEASURED, *SPOKEN])
def test_measures(text: str, expected: str) -> None:
    assert [shown(q) for q in find_quantities(text)] == [expected]


@pytest.mark.parametrize("text", NOTHING)
def test_measures_nothing(text: str) -> None:
    assert [shown(q) for q in find_quantities(text)] == []


@pytest.mark.parametrize(("text", "unit"), MASKED)
def test_masked_digits_keep_their_unit(text: str, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (found.masked, found.low, found.high, found.unit) == (True, None, None, unit)


@pytest.mark.parametrize(("text", "norm"), NORMALISED)
def test_normalised(text: str, norm: tuple[float | None, str | None]) -> None:
    (found,) = find_quantities(text)
    assert (found.norm_low, found.norm_unit) == norm


def test_old_form_means_the_same_as_new() -> None:
    old, new = find_quantities("增长百分之四点五")[0], find_quantities("增长4.5%")[0]
    assert (old.low, old.high, old.unit) == (new.low, new.high, new.unit)


def test_digits_begin_behind_the_comparator() -> None:
    (found,) = find_quantities("新增企业不少于20家")
    assert (found.start, found.number_start, found.end) == (4, 7, 10)


@given(
    st.text(alphabet="增长约近超一二十百万亿0123.,-%个元家年月至到以上X分之点多“”。", max_size=60)
)
def test_quotes_itself_and_never_overlaps(text: str) -> None:
    found = find_quantities(text)
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_time_grows_with_length_alone() -> None:
    text = "一" * 3000 + "1" * 3000 + "亿万" * 2000 + "一千零" * 2000
    began = time.perf_counter()
    find_quantities(text)
    assert time.perf_counter() - began < 2
