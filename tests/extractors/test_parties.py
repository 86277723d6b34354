"""Who is named, and which of the named are parties of a clause in what role."""

from __future__ import annotations

import pytest

from speechmine.extractors.parties import clause_parties, find_party_groups
from speechmine.extractors.party_shapes import find_place_subjects
from speechmine.rules.loader import default_rules

RULES = default_rules()

# Sentence; every member of every group, groups parted by " | ".
GROUPS = [
    # Without a subject before it 联合 is a part of an office's name, else it asks somebody in.
    ("联合审批办公室汇总各科意见", "联合审批办公室"),
    ("由市水务局、联合抢修中心选派人员", "市水务局 联合抢修中心"),
    ("县交通局联合县交警大队设卡", "县交通局 | 县交警大队"),
    ("联合县交警大队设卡", "县交警大队"),
    ("区纪委、政法委、法院、检察院、司法等部门要联动", "区纪委 政法委 法院 检察院 司法"),
    ("人社局、民政局、财政局等部门要研究", "人社局 民政局 财政局"),
    ("财政、发改部门要抓紧对接", "财政 发改部门"),
    ("住建、城管、交通三部门联合执法", "住建 城管 交通三部门"),
    ("组织部门要建强支部", "组织部门"),
    ("各级宣传部门要讲好故事", "各级宣传部门"),
    ("县农、林、水等部门要下沉", "县农 林 水"),
    ("教育、妇联等部门要统筹", "教育 妇联"),
    ("“两办”督查室和相关部门要跟踪", "“两办”督查室 相关部门"),
    ("市委全面深化水价改革领导小组办公室要汇总", "市委全面深化水价改革领导小组办公室"),
    ("省政府河湖长制工作联席会议办公室要通报", "省政府河湖长制工作联席会议办公室"),
    ("省自由贸易港建设领导小组要研究", "省自由贸易港建设领导小组"),
    ("由区自然资源局会同区理工学院核实", "区自然资源局 | 区理工学院"),
    ("区委、区政府高度重视", "区委、区政府"),
    ("各级党委和政府要扛起责任", "各级党委和政府"),
    ("各地区各部门要主动作为", "各地区各部门"),
    ("请各单位、各部门抓好落实", "各单位 各部门"),
    ("各市、县（市、区）人民政府要兜底", "各市、县（市、区）人民政府"),
    ("区直各部门要带头", "区直各部门"),
    ("市政府各部门要带头", "市政府各部门"),
    ("全区上下要拧成一股绳", "全区上下"),
    ("我们要抢抓窗口期", "我们"),
    ("每一街道都要建台账", "每一街道"),
    ("由一名市级领导负责", "一名市级领导"),
    ("各乡镇主要负责同志要靠前", "各乡镇主要负责同志"),
    ("区委、区政府主要领导挂帅", "区委、区政府主要领导"),
    ("市委市政府信访局要接访", "市委市政府信访局"),
    ("区委组织部会同区财政局制定", "区委组织部 | 区财政局"),
    ("市民政局要兑付", "市民政局"),
    ("市市场监管局要抽检", "市市场监管局"),
    ("市监委要监督", "市监委"),
    ("县城管局要清理", "县城管局"),
    ("市政府办公室要汇总", "市政府办公室"),
    ("责成二七区住建局整改", "二七区住建局"),
    ("推动全市财政系统要过紧日子", "全市财政系统"),
    ("按照市委部署", "市委"),
    ("加强街道办事处建设", "街道办事处"),
    ("市发改委、国资委和团市委要配合", "市发改委 国资委 团市委"),
    ("中小学校和医院要演练", "中小学校 医院"),
    ("企业要落实主体责任", "企业"),
    ("文化和旅游局要办展", "文化和旅游局"),
    ("省级政府要下沉财力", "省级政府"),
    ("三个指挥部要倒排工期", "三个指挥部"),
    ("分管副区长要盯住现场", "分管副区长"),
    # Several portfolios in one name, whether the table knows it or not.
    ("财税金融局要核对账目", "财税金融局"),
    # One name, whatever stands inside it.
    ("中央和国家有关部门要支持示例新区", "中央和国家有关部门"),
    ("中央和国家机关各部委要下放事权", "中央和国家机关各部委"),
    ("中央和国家机关相关单位要腾退用房", "中央和国家机关相关单位"),
    ("国家有关部门要支持示例新区", "国家有关部门"),
    ("人民银行松河中心支行将修订细则", "人民银行松河中心支行"),
    ("工商银行柳湾支行要让利", "工商银行柳湾支行"),
    ("请人民银行示例分行牵头", "人民银行示例分行"),
    ("人民银行、松河中心支行要对账", "人民银行 松河中心支行"),
    # Whoever a letter is written to.
    ("请你区抓紧落实配套资金", "你区"),
    ("你局于月底前报送整改情况", "你局"),
    ("你县要加快开工", "你县"),
    ("你区请求给予补助", ""),
    ("由区工信商务局牵头", "区工信商务局"),
    ("文教卫生局印发通知", "文教卫生局"),
    ("产业发展局要拿出清单", "产业发展局"),
    ("请招商合作局对接客商", "招商合作局"),
    ("规划建设管理办要巡查", "规划建设管理办"),
    ("组织人事局要核定编制", "组织人事局"),
    ("生态环境分局和应急分局要联合检查", "生态环境分局 应急分局"),
    ("市生态环境局松河分局要取样", "市生态环境局松河分局"),
    ("县文化和旅游分局要验收", "县文化和旅游分局"),
    ("县气象局、县水文站要加密会商", "县气象局 县水文站"),
    ("把名单报县防汛办", "县防汛办"),
    ("组织财政局开展核查", "财政局"),
    ("新建县供水站", ""),
    ("服务经济发展大局", ""),
    ("优化科技创新布局", ""),
    ("作出经济发展部署", ""),
    ("出台科技创新办法", ""),
    # Places in a list that act; a shared tail makes places of bare names.
    ("青溪镇、白沙镇要腾出场地", "青溪镇 白沙镇"),
    ("松岭乡和东关、河西街道要抓紧签约", "松岭乡 东关 河西街道"),
    ("沿路的柳湾、桥头、石坪三个镇要清障", "柳湾 桥头 石坪"),
    ("区水利局、青溪镇要同步进场", "区水利局 青溪镇"),
    ("柳湾、桥头等乡镇要补种", "柳湾 桥头"),
    ("连通柳湾、桥头两个镇的公路", ""),
    ("改造青溪镇、白沙镇老街", ""),
    # Generic ones in a list are parties each; fixed pairs and shared words stay one.
    ("各街道、各社区要登记造册", "各街道 各社区"),
    ("各乡镇、街道和开发区管委会要上报", "各乡镇 街道 开发区管委会"),
    ("各镇党委、政府要扛起责任", "各镇党委、政府"),
    ("有关部门和单位要研究对策", "有关部门和单位"),
    ("区应急管理局、各在建工地要演练", "区应急管理局 各在建工地"),
    ("各保供企业要稳住货源", "各保供企业"),
    # Persons of a post.
    ("网格员要每日上门", "网格员"),
    ("驻村工作队和第一书记要走访到户", "驻村工作队 第一书记"),
    ("各河长要按月巡河", "各河长"),
    ("包联领导要到现场", "包联领导"),
    ("值守人员要记录水位", "值守人员"),
    ("镇党委书记要一线指挥", "镇党委书记"),
    ("各镇、各部门主要负责同志要到岗", "各镇、各部门主要负责同志"),
    ("由青溪镇、白沙镇负责", "青溪镇 白沙镇"),
    ("各省、自治区、直辖市要细化措施", "各省、自治区、直辖市"),
    ("深化河长制改革", ""),
    # A word of a portfolio is no body by itself.
    ("做好宣传报道", ""),
    ("精心组织开展活动", ""),
    ("优化财政支出", ""),
    ("作出建设部署", ""),
    ("打开教育局面", ""),
    ("修订考核办法", ""),
    ("加快信访办理", ""),
    ("统一指挥部署兵力", ""),
    ("健全工作组织体系", ""),
    ("分析就业局势", ""),
    ("教育、卫生等社会事业", ""),
    ("环保、节能产业", ""),
    ("市政工程提速", ""),
    ("打击电信诈骗", ""),
    ("发展移动互联网", ""),
    ("扩大政府采购", ""),
    ("市政府工作报告", ""),
    ("财政局长汇报", ""),
    ("住建局局长到会", ""),
    ("政法委XX书记讲话", ""),
    ("听取人大代表意见", ""),
    ("农民建房审批", ""),
    ("城区政府大楼", ""),
    ("安排开工会议", ""),
    ("完善《民政局管理办法》", ""),
    ("做实“支部建在财政局楼里”活动", ""),
    ("我们的事业兴旺", ""),
    ("全社会固定资产投资增长", ""),
    ("健全社会保障", ""),
    ("各项工作有序", ""),
]

# Clause; text/role of each party.
ROLES = [
    # P1: the subject of the clause.
    (
        "区纪委、法院、司法等部门要成立工作组",
        "区纪委/responsible 法院/responsible 司法/responsible",
    ),
    ("会后，各镇要立即排查", "各镇/responsible"),
    ("今年市政府将办好十件实事", "市政府/responsible"),
    ("财政局按季度拨付资金", "财政局/responsible"),
    ("二是区教育局抓紧编制规划", "区教育局/responsible"),
    ("民政局等部门除执行现行政策外，还要研究办法", "民政局/responsible"),
    ("各地区各部门要多出实招", "各地区各部门/responsible"),
    ("同时，区直部门必须带头压减", "区直部门/responsible"),
    ("每一街道都要成立专班", "每一街道/responsible"),
    ("请区城管局三天内拿出方案", "区城管局/responsible"),
    ("责成区住建局限期整改", "区住建局/responsible"),
    ("督促各镇建立台账", "各镇/responsible"),
    ("近期常委会将听取汇报", "常委会/responsible"),
    ("龙头企业要发挥作用", "龙头企业/responsible"),
    ("有条件的地区可以先行", "有条件的地区/responsible"),
    ("各县区、乡镇要压实责任", "各县区/responsible 乡镇/responsible"),
    # P2: marker words
    ("由区住建局牵头，区城管局配合", "区住建局/lead 区城管局/cooperate"),
    ("区教育局负责牵头，各镇具体落实", "区教育局/lead 各镇/responsible"),
    ("区发改局为牵头单位", "区发改局/lead"),
    ("区工信局会同区财政局制定办法", "区工信局/responsible 区财政局/cooperate"),
    ("市商务局联合市税务局开展服务", "市商务局/responsible 市税务局/cooperate"),
    ("各村积极协助做好统计", "各村/cooperate"),
    ("由区政府督查室跟踪督办", "区政府督查室/supervise"),
    ("由考核办负责考核", "考核办/supervise"),
    ("由区财政局承担", "区财政局/responsible"),
    ("区委常委会研究决定", "区委常委会/decider"),
    ("及时向区委、区政府通报情况", "区委、区政府/report_to"),
    ("每月底前报区政府督查室", "区政府督查室/report_to"),
    ("汇总后报送市发改委", "市发改委/report_to"),
    ("重要情况随时报告区委", "区委/report_to"),
    ("组建由一名市级领导负责的指挥部", "一名市级领导/leader"),
    ("坚持市领导挂帅", "市领导/leader"),
    ("分管领导要靠前指挥", "分管领导/leader"),
    ("各镇主要负责同志要亲自抓", "各镇主要负责同志/responsible"),
    ("由分管副区长牵头", "分管副区长/leader"),
    ("督查室和相关部门要把督导抓实", "督查室/responsible 相关部门/responsible"),
    # Portfolios before a generic tail, and lists where each acts.
    (
        "农业、林业、水利等行业主管部门近期要开展自查",
        "农业/responsible 林业/responsible 水利/responsible",
    ),
    ("公安、消防、住建等有关单位要联合执法", "公安/responsible 消防/responsible 住建/responsible"),
    ("区电视台、各运营商要配合做好宣传", "区电视台/cooperate 各运营商/cooperate"),
    ("各学校、各医院要每月演练一次", "各学校/responsible 各医院/responsible"),
    # Who is asked in cooperates, whoever it is.
    ("区林业局要会同区公安局开展清查", "区林业局/responsible 区公安局/cooperate"),
    (
        "规划分局要会同三个街道、区城管局清理违建",
        "规划分局/responsible 三个街道/cooperate 区城管局/cooperate",
    ),
    ("区科技局会同示例理工学院建设基地", "区科技局/responsible 示例理工学院/cooperate"),
    (
        "县交通局联合青溪镇、白沙镇排查桥梁",
        "县交通局/responsible 青溪镇/cooperate 白沙镇/cooperate",
    ),
    # Time between subject and verb.
    ("区财政局本周内下达资金", "区财政局/responsible"),
    ("区城管局3月底前更换路灯", "区城管局/responsible"),
    ("市住建局要在汛期前加固护坡", "市住建局/responsible"),
    # Persons of a post act as bodies do; leaders keep their role.
    ("巡护人员发现火情立即上报", "巡护人员/responsible"),
    ("网格员要逐户登记", "网格员/responsible"),
    ("驻村第一书记每周入户走访", "驻村第一书记/responsible"),
    ("各链长要每季度调度一次", "各链长/responsible"),
    ("各包联领导要到现场解决问题", "各包联领导/leader"),
    ("镇党委书记是第一责任人", "镇党委书记/person"),
    ("险情要向区委书记、区长报告", "区委书记、区长/report_to"),
    ("提请区政府分管副区长裁定", "区政府分管副区长/decider"),
    ("每旬向区委、区政府主要领导专报一次", "区委、区政府主要领导/report_to"),
    # P6: none of these is a party.
    ("推动政府机关从审批向服务转变", ""),
    ("推动各级部门由管理转向服务", ""),
    ("支持区城投公司发行债券", ""),
    ("支持乡土企业自办网店", ""),
    ("建设校地联合研究院", ""),
    ("实行区领导包干制", ""),
    ("省政府办公厅印发了实施意见", ""),
    ("市教育局已经出台办法", ""),
    ("区财政局拨付了三笔资金", ""),
    ("落实区委、区政府提出的思路", ""),
    ("听取各常委牵头调研的课题", ""),
    ("区委确定的项目要开工", ""),
    ("获得省发改委批准", ""),
    ("经市自然资源局审批", ""),
    ("提请市人大审议", "市人大/report_to"),
    ("帮助责任单位解决困难", ""),
    ("加强街道办事处、社区干部教育", ""),
    ("贯彻落实区委、区政府的部署", ""),
    ("在区委的坚强领导下", ""),
    ("按照市委要求", ""),
    ("对住建局的批评", ""),
    ("成立区委、区政府联合督查室", ""),
    ("支持企业牵头组建联合体", ""),
    ("宣传部门要求居民配合", ""),
    ("向宣传部门要授权", ""),
    ("强化纪委监委监督、审计监督", ""),
    ("推进矛调中心规范化建设", ""),
    ("自觉接受人大监督", ""),
    ("深化部门协同机制", ""),
]

BODIES = [
    ("区财政局要兑付", "2024-01-05", "finance", "财政局"),
    ("环保局要查处", "2009-03-01", "environment_protection", "环境保护局"),
    ("环保局要查处", "2022-03-01", "ecology_environment", "生态环境局"),
    ("环保、水利等部门要查处", "2009-03-01", "environment_protection", "环境保护局"),
    ("环保、水利等部门要查处", "2022-03-01", "ecology_environment", "生态环境局"),
    ("国土局要供地", "2018-10-01", "land_resources", "国土资源局"),
    ("国土局要供地", "2020-10-01", "natural_resources", "自然资源局"),
    ("组织部门要建强支部", "2021-12-01", "organization_dept", "组织部"),
    ("财政部印发办法", "2024-01-05", "finance", "财政部"),
    ("“两办”督查室要跟踪", None, "supervision_office", "督查室"),
    ("相关部门要跟踪", "2024-01-05", None, None),
    ("生态环境分局要取样", "2024-01-05", "ecology_environment", "生态环境局"),
    ("科技创新局要梳理", "2024-01-05", None, None),
]

PLACES = [
    ("翠湖新区聚焦创新", "翠湖新区"),
    ("示范片外，青山镇要抓好复垦", "青山镇"),
    ("推动小河镇创建省级园区、大河镇创建市级园区", "小河镇 大河镇"),
    ("临港集团要攻坚", "临港集团"),
    ("青山镇、绿水镇抓紧完成复垦", "青山镇 绿水镇"),
    ("全市上下同心", ""),
    ("城区道路改造", ""),
    ("棚户区改造提速", ""),
    ("推动青山新区建设", ""),
]


def members(text: str) -> str:
    groups = find_party_groups(text, RULES)
    return " | ".join(" ".join(party.text for party in group.parties) for group in groups)


@pytest.mark.parametrize(("text", "expected"), GROUPS, ids=[text for text, _ in GROUPS])
def test_groups(text: str, expected: str) -> None:
    """Names with their level and shared tails; portfolio words, titles and persons are none."""
    assert members(text) == expected


@pytest.mark.parametrize(("text", "expected"), ROLES, ids=[text for text, _ in ROLES])
def test_roles(text: str, expected: str) -> None:
    """Subjects and marked groups are parties; approvers, helped and quoted ones are not."""
    found = clause_parties(text, 0, len(text), find_party_groups(text, RULES), rules=RULES)
    assert " ".join(f"{party.text}/{party.role}" for party in found) == expected


@pytest.mark.parametrize(("text", "date", "body", "name"), BODIES)
def test_identity(text: str, date: str | None, body: str | None, name: str | None) -> None:
    """The body and the name that it had at the date, never one of another time."""
    party = find_party_groups(text, RULES, level="county", date=date)[0].parties[0]
    assert (party.body, party.name) == (body, name)


@pytest.mark.parametrize(("text", "expected"), PLACES, ids=[text for text, _ in PLACES])
def test_places_that_act(text: str, expected: str) -> None:
    found = find_place_subjects(text, RULES)
    assert " ".join(party.text for group in found for party in group.parties) == expected


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("财政局、民政局等部门要抓紧", "open"),
        ("财政、民政两局要抓紧", ""),
        ("各部门要抓紧", "generic"),
        ("每个乡镇都要抓紧", "distributive"),
        ("省级政府要抓紧", ""),
    ],
)
def test_flags(text: str, flags: str) -> None:
    party = find_party_groups(text, RULES)[0].parties[0]
    found = {"open": party.open_list, "generic": party.generic, "distributive": party.distributive}
    assert " ".join(flag for flag, holds in found.items() if holds) == flags


def test_group_covers_its_tail() -> None:
    text = "会后财政局、民政局等部门要抓紧"
    (group,) = find_party_groups(text, RULES)
    assert text[group.start : group.end] == "财政局、民政局等部门"


def test_spans_hold_their_text() -> None:
    text = "\n".join(text for text, _ in [*GROUPS, *ROLES])
    parties = [p for group in find_party_groups(text, RULES) for p in group.parties]
    assert parties
    assert all(text[p.start : p.end] == p.text for p in parties)


def test_only_the_clause_itself() -> None:
    text = "区教育局要建校，区卫健委要建院"
    groups = find_party_groups(text, RULES)
    assert [p.text for p in clause_parties(text, 8, len(text), groups, rules=RULES)] == ["区卫健委"]


def test_nothing_in_nothing() -> None:
    assert find_party_groups("", RULES) == ()
    assert clause_parties("", 0, 0, (), rules=RULES) == ()


# Sentence, level of the text; level of each party.
LEVELS = [
    ("市经贸委、国土房管局要核查", None, "prefecture prefecture"),
    ("省科技厅、工业和信息化厅要会商", None, "province province"),
    ("区纪委、政法委、司法等部门要联动", "county", "county county county"),
    ("财政局、民政局要对账", "prefecture", "prefecture prefecture"),
    ("财政局、民政局要对账", None, "None None"),
    ("国家发改委、财政局要对接", "county", "national county"),
    ("市住建局、城管局要巡查", "county", "None None"),
    ("翠湖新区财政局、税务局要入库", "county", "None None"),
    ("青溪镇、河西街道办事处要登记", "county", "township township"),
    ("郑州市二七区教育局要选址", None, "county"),
    ("浙江金融监管局要核验", None, "province"),
    ("自治区党委宣传部、网信办要发声", None, "province province"),
    ("县委组织部、宣传部要联合培训", None, "county county"),
    ("各部门、区财政局要压减支出", "county", "None county"),
    ("市科技创新局要列清单", "prefecture", "prefecture"),
]


@pytest.mark.parametrize(("text", "level", "expected"), LEVELS)
def test_a_level_is_written_once_for_its_list(text, level, expected) -> None:
    found = [p.level for g in find_party_groups(text, RULES, level=level) for p in g.parties]
    assert " ".join(map(str, found)) == expected


def test_an_unknown_body_keeps_its_wording() -> None:
    (group,) = find_party_groups("市科技创新局要列清单", RULES, date="2024-01-01")
    assert [(p.text, p.body, p.name) for p in group.parties] == [("市科技创新局", None, None)]
