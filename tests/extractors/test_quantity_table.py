"""Quantities with all their meaning, sentence by sentence.

A row shows: indicator, comparator, low..high and unit, kind; then, where the sentence says so,
change, direction, hardness, period, @scope, <baseline. ``none ..`` is a goal stated without a
number; an empty row measures nothing. Several metrics stand apart by `` ; ``. The year is 2024.
"""

from __future__ import annotations

import pytest

from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.quantities import find_quantities
from speechmine.model import Discourse, Metric, Segment, TimeFrame, Zone
from speechmine.rules.loader import default_rules
from speechmine.text import view_of

RULES = default_rules()

FRAME = TimeFrame(year=2024)
ZONES: dict[Discourse, Zone] = {"review": "review", "problem": "review", "opening": "opening"}

TARGETS = [
    # numerals of old reports
    ("工业总产值增长百分之七。", "工业总产值 = 7..7% target yoy up"),
    ("粮食总产量三千六百亿公斤。", "粮食总产量 = 3600..3600亿公斤 target"),
    ("全年物价涨幅控制在百分之八至九。", "物价涨幅 range 8..9% target yoy up"),
    ("全县财政收入增长百分之四点五左右。", "财政收入 ~ 4.5..4.5% target yoy up soft @全县"),
    ("社会总产值增长１２％。", "社会总产值 = 12..12% target yoy up"),
    ("乡镇企业产值增长1 5 ％或者更多一些。", "乡镇企业产值 >= 15..% target yoy up"),
    ("棉花产量达到八百五十万担。", "棉花产量 = 850..850万担 target"),
    ("全年造林一百二十万亩。", "造林 = 120..120万亩 target"),
    ("城镇登记失业率控制在４．２％以内。", "城镇登记失业率 <= ..4.2% target hard"),
    ("全县出生率控制在千分之九以内。", "出生率 <= ..9‰ target hard @全县"),
    ("投资二亿三千万元修建水库。", "投资 = 2.3..2.3亿元 plan"),
    ("全区工业总产值突破一万二千亿元。", "工业总产值 >= 12000..亿元 target @全区"),
    ("财政收入增长二倍。", "财政收入 = 2..2倍 target yoy up"),
    ("农业机械总动力达到三十万千瓦。", "农业机械总动力 = 30..30万千瓦 target"),
    # bounds
    ("规上工业增加值增长7%以上。", "规上工业增加值 >= 7..% target yoy up hard"),
    ("社会消费品零售总额增长不低于6%。", "社会消费品零售总额 >= 6..% target yoy up hard"),
    ("居民消费价格涨幅控制在3%以内。", "居民消费价格 <= ..3% target yoy up hard"),
    ("城镇调查失业率控制在5.5%左右。", "城镇调查失业率 ~ 5.5..5.5% target soft"),
    ("能源消费总量不超过800万吨标准煤。", "能源消费总量 <= ..800万吨标准煤 target hard"),
    ("新增市场主体至少3万户。", "市场主体 >= 3..万户 target new hard"),
    ("民间投资增速高于5%。", "民间投资 > 5..% target yoy up"),
    ("外贸进出口总额突破500亿元。", "外贸进出口总额 >= 500..亿元 target"),
    ("旅游收入超过200亿元。", "旅游收入 >= 200..亿元 target"),
    ("园区税收达到或超过20亿元。", "园区税收 >= 20..亿元 target"),
    ("培训新型职业农民5000人以上。", "新型职业农民 >= 5000..人 target hard"),
    ("每个乡镇至少新建2个养老服务站。", "养老服务站 >= 2..个 target new hard"),
    ("低保标准不低于全省平均水平的90%。", "低保标准 >= 90..% target hard"),
    ("审批事项最多跑1次。", "审批事项 <= ..1次 target"),
    ("完成棚改约3000套。", "棚改 ~ 3000..3000套 target soft"),
    ("惠及群众近40万人。", "群众 ~ 40..40万人 target"),
    ("筹措资金60多亿元。", "资金 >= 60..亿元 target"),
    ("引进人才1200余名。", "人才 >= 1200..名 target"),
    ("新增就业1.2万人上下。", "新增就业 ~ 1.2..1.2万人 target new soft"),
    ("储备项目100个左右。", "项目 ~ 100..100个 target soft"),
    ("投资强度大于300万元/亩。", "投资强度 > 300..万元/亩 target"),
    ("万元产值能耗小于0.3吨标准煤。", "万元产值能耗 < ..0.3吨标准煤 target"),
    ("新增产值500亿元之上。", "产值 >= 500..亿元 target new"),
    ("全县常住人口100万人以下。", "常住人口 <= ..100万人 target @全县"),
    ("净增高新技术企业逾80家。", "高新技术企业 >= 80..家 target new"),
    # ranges
    ("地区生产总值增长5%—5.5%。", "地区生产总值 range 5..5.5% target yoy up"),
    ("一般公共预算收入增长3-4%。", "一般公共预算收入 range 3..4% target yoy up"),
    ("粮食单产提高2至3个百分点。", "粮食单产 range 2..3个百分点 target ppt up"),
    ("发放贷款30亿至50亿元。", "贷款 range 30..50亿元 target"),
    ("新建泊位5到8个。", "泊位 range 5..8个 target new"),
    ("游客增长10%~15%。", "游客 range 10..15% target yoy up"),
    ("化肥使用量减少2%—3%。", "化肥使用量 range 2..3% target yoy down"),
    ("旅游收入年均增长6%到7%之间。", "旅游收入 range 6..7% target average up soft"),
    # values shared by several indicators
    (
        "城镇、农村居民收入分别增长5.5%、7%左右。",
        "城镇居民收入 ~ 5.5..5.5% target yoy up soft ; 农村居民收入 ~ 7..7% target yoy up soft",
    ),
    (
        "二氧化硫、氮氧化物排放量均下降3%。",
        "二氧化硫排放量 = 3..3% target yoy down ; 氮氧化物排放量 = 3..3% target yoy down",
    ),
    (
        "工业投资和技改投资分别增长12%和15%以上。",
        "工业投资 >= 12..% target yoy up hard ; 技改投资 >= 15..% target yoy up hard",
    ),
    (
        "铁路、公路货运量分别增长4%、6%。",
        "铁路货运量 = 4..4% target yoy up ; 公路货运量 = 6..6% target yoy up",
    ),
    (
        "甲市、乙市固定资产投资增速分别达到8%、9%。",
        "固定资产投资 = 8..8% target yoy up @甲市 ; 固定资产投资 = 9..9% target yoy up @乙市",
    ),
    (
        "小麦、玉米、大豆产量分别达到20万吨、30万吨、5万吨。",
        "小麦产量 = 20..20万吨 target ; 玉米产量 = 30..30万吨 target ; 大豆产量 = 5..5万吨 target",
    ),
    (
        "存款余额和贷款余额增长均为9%左右。",
        "存款余额 ~ 9..9% target yoy up soft ; 贷款余额 ~ 9..9% target yoy up soft",
    ),
    # what one clause lends to the next
    (
        "地区生产总值增长6%左右、总量突破900亿元。",
        "地区生产总值 ~ 6..6% target yoy up soft ; 地区生产总值 >= 900..亿元 target",
    ),
    (
        "新改建农村公路80公里，累计达到1200公里。",
        "农村公路 = 80..80公里 target new ; 农村公路 = 1200..1200公里 target cumulative",
    ),
    (
        "新增规上企业30家、限上企业50家。",
        "规上企业 = 30..30家 target new ; 限上企业 = 50..50家 target new",
    ),
    (
        "新签约项目60个，其中10亿元以上项目8个。",
        "项目 = 60..60个 target new ; 10亿元以上项目 = 8..8个 target new",
    ),
    (
        "地区生产总值增长7%以上，力争达到8%。",
        "地区生产总值 >= 7..% target yoy up hard ; 地区生产总值 = 8..8% target yoy up soft",
    ),
    (
        "新建公园5个，绿地面积达到300公顷。",
        "公园 = 5..5个 target new ; 绿地面积 = 300..300公顷 target",
    ),
    (
        "城镇新增就业2万人、失业人员再就业6000人。",
        "城镇新增就业 = 2..2万人 target new ; 失业人员再就业 = 6000..6000人 target",
    ),
    ("赤字率拟按2.8%安排，赤字规模3亿元。", "赤字率 = 2.8..2.8% plan ; 赤字规模 = 3..3亿元 plan"),
    (
        "完成造林12万亩，其中人工造林5万亩。",
        "造林 = 12..12万亩 target ; 人工造林 = 5..5万亩 target",
    ),
    (
        "新建充电桩2000个，完成投资3亿元。",
        "充电桩 = 2000..2000个 target new ; 投资 = 3..3亿元 target",
    ),
    # owed, planned, achieved
    ("新建学校12所。", "学校 = 12..12所 target new"),
    ("拟安排专项债券25亿元。", "专项债券 = 25..25亿元 plan"),
    ("安排补助资金3000万元。", "补助资金 = 3000..3000万元 plan"),
    ("2021年完成投资30亿元。", "投资 = 30..30亿元 achieved 2021"),
    (
        "去年全区出口增长9%，总额达到80亿元。",
        "出口 = 9..9% achieved yoy up 2023 @全区 ; 出口 = 80..80亿元 achieved 2023 @全区",
    ),
    ("开工率只有45%。", "开工率 = 45..45% achieved"),
    ("争取专项债券15亿元以上。", "专项债券 >= 15..亿元 target soft"),
    ("所需经费200万元由县财政解决。", "所需经费 = 200..200万元 plan"),
    ("年度计划投资40亿元。", "年度计划投资 = 40..40亿元 plan"),
    # how firm
    ("确保粮食产量80万吨。", "粮食产量 = 80..80万吨 target hard"),
    ("必须完成投资12亿元。", "投资 = 12..12亿元 target hard"),
    ("力争工业增加值增长9%。", "工业增加值 = 9..9% target yoy up soft"),
    ("努力把通胀控制在3%以内。", "通胀 <= ..3% target mixed"),
    ("争取引进外资2亿美元以上。", "外资 >= 2..亿美元 target soft"),
    ("财政收入增长6%。", "财政收入 = 6..6% target yoy up"),
    ("财政收入预期增长6%。", "财政收入 = 6..6% target yoy up soft"),
    ("失业率坚决控制在5%以下。", "失业率 <= ..5% target hard"),
    ("规模以上工业增加值增长6%。", "规模以上工业增加值 = 6..6% target yoy up"),
    ("力争确保产量稳定在50万吨。", "产量 = 50..50万吨 target mixed"),
    # when
    (
        "“十四五”期间，地区生产总值年均增长6%以上。",
        "地区生产总值 >= 6..% target average up hard 2021/2025",
    ),
    ("到2027年，高铁里程达到400公里。", "高铁里程 = 400..400公里 target 2027"),
    ("今年建成公园20个。", "公园 = 20..20个 target 2024"),
    ("今后五年新增就业30万人。", "新增就业 = 30..30万人 target new 2024/2028"),
    ("到2025年底，覆盖率达到95%。", "覆盖率 = 95..95% target 2025"),
    ("去年完成投资20亿元。", "投资 = 20..20亿元 achieved 2023"),
    ("平均每年培训职工5000人。", "职工 = 5000..5000人 target average"),
    ("“十四五”末，常住人口城镇化率达到65%。", "常住人口城镇化率 = 65..65% target 2025"),
    # where
    ("全省粮食产量稳定在300亿斤。", "粮食产量 = 300..300亿斤 target @全省"),
    ("全市固定资产投资增长5%。", "固定资产投资 = 5..5% target yoy up @全市"),
    ("青川县地区生产总值增长7%。", "地区生产总值 = 7..7% target yoy up @青川县"),
    ("滨江新区工业投资增长20%。", "工业投资 = 20..20% target yoy up @滨江新区"),
    ("东港集装箱吞吐量达到200万标箱。", "集装箱吞吐量 = 200..200万标箱 target @东港"),
    ("我区税收收入增长4%。", "税收收入 = 4..4% target yoy up @我区"),
    ("全国财政赤字2万亿元。", "财政赤字 = 2..2万亿元 plan @全国"),
    # what is measured
    ("县应急管理局要备足冲锋舟20艘。", "冲锋舟 = 20..20艘 target"),
    ("上级计划要求今年的工业总产值增长6%。", "工业总产值 = 6..6% target yoy up 2024"),
    ("把居民消费价格涨幅控制在3%左右。", "居民消费价格 ~ 3..3% target yoy up soft"),
    ("5月20日前完成12座水库除险加固。", "水库除险加固 = 12..12座 target"),
    ("县财政安排奖补资金600万元。", "奖补资金 = 600..600万元 plan"),
    ("主要农作物耕种收综合机械化率达到80%。", "主要农作物耕种收综合机械化率 = 80..80% target"),
    ("污水治理率提高到60%。", "污水治理率 = 60..60% target up"),
    ("为150户居民办理产权证。", "居民办理产权证 = 150..150户 target"),
    ("在新区设立便民服务点25个。", "便民服务点 = 25..25个 target"),
    ("每个村配备垃圾桶不少于40个。", "垃圾桶 >= 40..个 target hard"),
    ("人均预期寿命达到79.5岁。", "人均预期寿命 = 79.5..79.5岁 target"),
    ("居民平均受教育年限达到11.5年。", "居民平均受教育年限 = 11.5..11.5年 target"),
    ("群众满意度达到96分。", "群众满意度 = 96..96分 target"),
    ("加装电梯40部。", "电梯 = 40..40部 target"),
    ("接种疫苗5万剂次。", "接种疫苗 = 5..5万剂次 target"),
    ("新打机井30口。", "新打机井 = 30..30口 target"),
    ("发电量达到90亿千瓦时。", "发电量 = 90..90亿千瓦时 target"),
    ("单位工业增加值能耗下降2.5%。", "单位工业增加值能耗 = 2.5..2.5% target yoy down"),
    ("货物周转量达到300亿吨公里。", "货物周转量 = 300..300亿吨公里 target"),
    ("工业平均电价降低2分/千瓦时。", "工业平均电价 = 2..2分/千瓦时 target yoy down"),
    ("研发经费投入强度达到2.6%。", "研发经费投入强度 = 2.6..2.6% target"),
    ("每万人口高价值发明专利拥有量达到9件。", "每万人口高价值发明专利拥有量 = 9..9件 target"),
    # units
    ("总产值突破万亿元。", "总产值 >= 1..万亿元 target"),
    ("贷款余额超千亿元。", "贷款余额 >= 1000..亿元 target"),
    ("签约金额1.2亿欧元。", "签约金额 = 1.2..1.2亿欧元 target"),
    ("折合8000万元人民币。", "None = 8000..8000万元人民币 target"),
    ("建成高标准农田3.5万亩。", "高标准农田 = 3.5..3.5万亩 target"),
    ("装机规模达到45万千瓦。", "装机规模 = 45..45万千瓦 target"),
    ("供水能力达到1.2亿立方米。", "供水能力 = 1.2..1.2亿立方米 target"),
    ("节约用电3亿度。", "用电 = 3..3亿度 target"),
    ("粮食产量1.3万亿斤以上。", "粮食产量 >= 1.3..万亿斤 target hard"),
    ("新建绿道120公里。", "绿道 = 120..120公里 target new"),
    ("治理水土流失60平方公里。", "水土流失 = 60..60平方公里 target"),
    ("建成5G基站2600个。", "5G基站 = 2600..2600个 target"),
    ("年吞吐量200万标准箱。", "年吞吐量 = 200..200万标准箱 target"),
    ("改造老旧管网1.8万米。", "老旧管网 = 1.8..1.8万米 target"),
    # a number that defines a class
    ("引进10亿元以上项目12个。", "10亿元以上项目 = 12..12个 target"),
    ("培育超百亿元企业3家。", "超百亿元企业 = 3..3家 target"),
    ("65岁以上老人体检率达到80%。", "65岁以上老人体检率 = 80..80% target"),
    ("新增年产值5亿元以上企业6家。", "年产值5亿元以上企业 = 6..6家 target new"),
    ("建设3000吨级泊位4个。", "3000吨级泊位 = 4..4个 target"),
    ("500平方米以上商场达到30家。", "500平方米以上商场 = 30..30家 target"),
    # goals without a number
    ("牧民收入与经济增长同步。", "牧民收入 none .. target yoy"),
    ("今年没有提出经济增速具体目标。", "经济增速 none .. target yoy 2024"),
    ("不再设定投资增速目标。", "投资增速 none .. target yoy"),
    ("煤炭消费量继续下降。", "煤炭消费量 none .. target"),
    ("物价涨幅比上年低一些。", "物价涨幅 none .. target yoy"),
    ("空气质量持续改善。", "空气质量 none .. target"),
    ("财政支出只增不减。", "财政支出 none .. target"),
    ("用水总量完成上级下达任务。", "用水总量 none .. target"),
    ("出口实现正增长。", "出口 none .. target yoy"),
    ("就业保持总体稳定。", "就业 none .. target"),
]
REVIEWS = [
    # from one value to another
    (
        "赤字率从去年的2.3%提高到2.8%。",
        "赤字率 = 2.3..2.3% baseline ; 赤字率 = 2.8..2.8% achieved up 2023 <2.3%",
    ),
    (
        "审批时限由20天压缩到5天。",
        "审批时限 = 20..20天 baseline ; 审批时限 = 5..5天 achieved down 2023 <20天",
    ),
    (
        "城镇化率从2015年的48%提高到2020年的56%。",
        "城镇化率 = 48..48% baseline ; 城镇化率 = 56..56% achieved up 2020 <48%",
    ),
    (
        "PM10浓度由85微克降至62微克。",
        "PM10浓度 = 85..85微克 baseline ; PM10浓度 = 62..62微克 achieved down 2023 <85微克",
    ),
    (
        "贫困人口由12万人减少到8000人。",
        "贫困人口 = 12..12万人 baseline ; 贫困人口 = 8000..8000人 achieved down 2023 <12万人",
    ),
    ("森林覆盖率提高1.2个百分点。", "森林覆盖率 = 1.2..1.2个百分点 achieved ppt up 2023"),
    ("农产品加工产值翻一番。", "农产品加工产值 = 1..1番 achieved yoy up 2023"),
    ("进出口总额增长1.3倍。", "进出口总额 = 1.3..1.3倍 achieved yoy up 2023"),
    ("亩均税收增加2.1万元。", "亩均税收 = 2.1..2.1万元 achieved yoy up 2023"),
    ("万元GDP用水量下降4%。", "万元GDP用水量 = 4..4% achieved yoy down 2023"),
    ("财政收入同比增长8.1%。", "财政收入 = 8.1..8.1% achieved yoy up 2023"),
    (
        "工业投资增长9%，增速高于全省平均1.5个百分点。",
        "工业投资 = 9..9% achieved yoy up 2023 ; 工业投资 = 1.5..1.5个百分点 comparison ppt 2023",
    ),
    ("存款余额较年初增加120亿元。", "存款余额 = 120..120亿元 achieved yoy up 2023"),
    ("全员劳动生产率提升至15万元。", "全员劳动生产率 = 15..15万元 achieved up 2023"),
    ("企业综合成本降低一成以上。", "企业综合成本 >= 1..成 achieved yoy down hard 2023"),
    ("工业用地价格回落0.5%。", "工业用地价格 = 0.5..0.5% achieved yoy down 2023"),
    # achieved, estimated, compared
    ("新建学校12所。", "学校 = 12..12所 achieved new 2023"),
    (
        "预计全年地区生产总值310亿元，增长6.2%。",
        "地区生产总值 = 310..310亿元 estimate 2023 ; 地区生产总值 = 6.2..6.2% estimate yoy up 2023",
    ),
    (
        "出口增长8%，快于全市0.8个百分点。",
        "出口 = 8..8% achieved yoy up 2023 ; 出口 = 0.8..0.8个百分点 comparison ppt 2023",
    ),
    ("园区产值突破300亿元。", "园区产值 > 300..亿元 achieved 2023"),
    ("累计发放贷款55亿元。", "贷款 = 55..55亿元 achieved cumulative 2023"),
    # a review sets no goals
    ("煤炭消费量继续下降。", ""),
]
OTHERS = [
    ("directive", "新改建公厕30座。", "公厕 = 30..30座 target new"),
    ("directive", "上年建成管网40公里。", "管网 = 40..40公里 achieved 2023"),
    ("opening", "15个部门负责同志作了发言。", "部门负责同志作了发言 = 15..15个 count"),
    ("opening", "去年转移群众2.3万人。", "群众 = 2.3..2.3万人 achieved 2023"),
    ("rationale", "去年出口占全省的12%。", "出口占全省 = 12..12% achieved share 2023"),
    ("rationale", "我们没有提出今年的增速目标。", "增速 none .. target yoy 2024"),
]
TRAPS = [
    # when something applies, what a deed is worth, the time of day
    "积雪超过20厘米的，由交警封路。",
    "超过30万元的采购，须上会研究。",
    "水位达到26米的，转移群众。",
    "巡查记录完整，得6分。",
    "每低1个百分点扣2分。",
    "会议于16时40分结束。",
    "劝导点明天7:00起值守。",
    "提前24小时通知用户。",
    "逾期不报视为零。",
    "派出4个督导组分赴各镇。",
    "我讲三条。",
    "对接世界500强企业。",
    "一把手要亲自抓。",
    "落实中央八项规定精神。",
    "处理好五个关系。",
    "办好十件民生实事。",
    "办好10件民生实事。",
    "推进“1+N”政策体系。",
    "实施“三区带动”战略。",
    "依据国办发〔2021〕18号文件。",
    "拨打12345热线。",
    "会议于2024年3月5日召开。",
    "围绕6条产业链招商。",
    "争先进位，进入全省前10名。",
    "位列全市第3位。",
    "培育百亿级产业集群。",
    "做好60岁以上老人体检。",
    "建设5000吨级码头。",
    "引进一批优质企业。",
    "开展若干专项行动。",
    "打通最后一公里。",
    "甲县、乙县等8个县已经动员。",
    "全天24小时值班值守。",
    "推动第五代移动通信（5G）应用。",
    "治理PM2.5污染。",
    "实现7×24小时服务。",
    "组织七八个部门会商。",
    "涉及3个街道的拆迁。",
    "对停工的9个项目逐一会诊。",
    "安排几十万元慰问。",
    "吸引数千名游客。",
    "坚持以人民为中心，做到两个维护。",
    "迎来建县70周年。",
    "服务期3年。",
    "五年规划已经启动。",
    "到300公里以外采购。",
    "十五五规划开局。",
]


def shown(metric: Metric) -> str:
    """One metric as a row of the tables shows it."""
    low, high = ("" if v is None else f"{v:g}" for v in (metric.low, metric.high))
    firm = None if metric.hardness == "neutral" else metric.hardness
    scope = metric.scope and f"@{metric.scope}"
    baseline = metric.baseline and f"<{metric.baseline}"
    value = f"{metric.indicator} {metric.comparator} {low}..{high}{metric.unit or ''} {metric.kind}"
    more = (metric.change, metric.direction, firm, metric.period, scope, baseline)
    return " ".join([value, *filter(None, more)])


def read(sentence: str, discourse: Discourse) -> str:
    """All metrics of a sentence that stands in a segment of its own."""
    text = view_of(sentence).text
    zone = ZONES.get(discourse, "plan")
    segment = Segment(0, len(text), text, None, None, discourse, zone)
    found = find_metrics(
        text, segment, frame=FRAME, quantities=find_quantities(text, RULES), rules=RULES
    )
    return " ; ".join(map(shown, found))


@pytest.mark.parametrize(("sentence", "expected"), TARGETS)
def test_in_a_segment_that_sets_goals(sentence: str, expected: str) -> None:
    assert read(sentence, "target") == expected


@pytest.mark.parametrize(("sentence", "expected"), REVIEWS)
def test_in_a_review(sentence: str, expected: str) -> None:
    assert read(sentence, "review") == expected


@pytest.mark.parametrize(("discourse", "sentence", "expected"), OTHERS)
def test_in_other_segments(discourse: Discourse, sentence: str, expected: str) -> None:
    assert read(sentence, discourse) == expected


@pytest.mark.parametrize("sentence", TRAPS)
def test_measures_nothing(sentence: str) -> None:
    assert read(sentence, "target") == ""
