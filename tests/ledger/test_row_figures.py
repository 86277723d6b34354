"""The cell of targets: all the numbers that a row asks for, whole, and none that only describes."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger

FIGURES = [
    # numbers in words
    ("每个站点水温每天记录三次。", "每天记录三次"),
    ("养护站每天巡查两遍。", "每天巡查两遍"),
    ("各村汛前至少演练一次。", "至少演练一次"),
    ("县法院在三个镇各增设一处巡回点。", "三个镇各增设一处巡回点"),
    ("年内在纠纷多发的四个乡镇各设立一处调解室。", "四个乡镇各设立一处调解室"),
    ("县应急局每年至少组织一次综合演练。", "每年至少组织一次综合演练"),
    ("各牵头单位每季度通报一次。", ""),
    ("区金融办组织一次对接会。", ""),
    # households and things that all of it is owed to
    ("清源镇要在10月18日前同涉及的27户签好补偿协议。", "涉及的27户"),
    ("剩余的7个停工项目，区领导一人包一个，6月底前全部复工。", "剩余的7个停工项目"),
    ("沿线四个村的旱厕还剩316座没改，年内清零。", "还剩316座没改，年内清零"),
    # a sum with what it is for; things that share a number; what data hold
    ("按每亩800元给予补偿。", "按每亩800元"),
    ("对新建公厕，按每座15万元给予补助。", "按每座15万元"),
    ("县住建局按每户2万元给予补助。", "按每户2万元"),
    ("推进城区28座旱厕、老厕所改造。", "28座旱厕、老厕所"),
    ("县水利局完成12座水闸、泵站改造。", "12座水闸、泵站"),
    (
        "采集不少于100万条包含语音、图像、文本等多模态数据。",
        "不少于100万条包含语音、图像、文本等多模态数据",
    ),
    ("每年征集80项企业需求向社会公布。", "80项企业需求"),
    # what is aimed at goes with its order
    ("区金融办组织一次对接会，新增授信争取达到4亿元。", "授信争取达到4亿元"),
    ("县城管局研究建立经费调整机制，拟从明年起每座每年提高到2.6万元。", "每座每年提高到2.6万元"),
    ("区财政局研究制定奖补办法，奖励标准拟提高到5万元。", "奖励标准拟提高到5万元"),
    ("县住建局：4月底前老旧小区完工率达到60%以上，8月底前全部完工。", "老旧小区完工率达到60%以上"),
    ("县农业局对全县测产，测产结果全县通报。", ""),
    # a length of what is damaged is no target, one of what is built is
    ("北坡那条2公里的便道塌了一截，交通局马上抢通。", ""),
    ("南岭3公里长的水渠漏水，水利站抓紧修补。", ""),
    ("水利局年内加固河堤400米。", "加固河堤400米"),
    ("县民政局对260户高龄独居家庭实施适老化改造。", "260户高龄独居家庭"),
]


@pytest.mark.parametrize(("text", "figures"), FIGURES)
def test_the_figures_of_a_row(text: str, figures: str) -> None:
    cells = make_ledger([speechmine.extract(text, date="2025-03-10")]).rows[0].cells
    assert cells["metrics"] == figures
