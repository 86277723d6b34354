"""Who does what: hard sentences, each with every party that it names and the part it has."""

from __future__ import annotations

import pytest

from speechmine.extractors.parties import clause_parties, find_party_groups

# Sentence; text/role of each party, clause by clause. Empty where nobody owes anything.
TABLE = [
    # A level is written once and holds for the list.
    (
        "市经信局、商务局、统计局要联审数据",
        "市经信局/responsible 商务局/responsible 统计局/responsible",
    ),
    (
        "由县发改委、财政局、水利局分头落实",
        "县发改委/responsible 财政局/responsible 水利局/responsible",
    ),
    ("省科技厅、教育厅要联合发布榜单", "省科技厅/responsible 教育厅/responsible"),
    (
        "区委宣传部、统战部、网信办要会商",
        "区委宣传部/responsible 统战部/responsible 网信办/responsible",
    ),
    # A tail makes bodies of bare words, and of all of them.
    ("教育、民政、残联等部门要摸清底数", "教育/responsible 民政/responsible 残联/responsible"),
    (
        "公安、市监、城管三家单位要联合执法",
        "公安/responsible 市监/responsible 城管/responsible",
    ),
    ("农业、林业部门要统一发布预报", "农业/responsible 林业部门/responsible"),
    ("区纪委、组织、人社等部门要核查编制", "区纪委/responsible 组织/responsible 人社/responsible"),
    (
        "县农、水、林、牧等部门要分片包干",
        "县农/responsible 水/responsible 林/responsible 牧/responsible",
    ),
    ("宣传、统战、政法三条战线要各负其责", ""),
    ("政法系统要开展集中整训", "政法系统/responsible"),
    ("财政口要守住底线", "财政口/responsible"),
    # A word of a portfolio is a matter, not a body.
    ("要抓好宣传报道、政策解读", ""),
    ("要组织开展应急演练", ""),
    ("统筹教育、医疗、养老等公共服务", ""),
    ("提升交通、能源、水利等基础设施水平", ""),
    ("加大财政投入，优化支出结构", ""),
    ("完善统计监测和审计监督", ""),
    ("培育文化旅游、体育健身新业态", ""),
    ("深化司法体制和工作机制改革", ""),
    # Subjects: with a time, an adverb, a preposition or an exception before the deed.
    ("区住建局本月底前要拿出清单", "区住建局/responsible"),
    ("县水利局在主汛期前加固堤防", "县水利局/responsible"),
    ("区民政局除发放救助金外，还要上门走访", "区民政局/responsible"),
    ("各镇街道对照清单逐项销号", "各镇街道/responsible"),
    ("区卫健委会后立即部署疫苗接种", "区卫健委/responsible"),
    ("特别是区应急局要盯住矿山", "区应急局/responsible"),
    ("下一步，区文旅局要策划精品线路", "区文旅局/responsible"),
    ("其中，区供销社要备足化肥", "区供销社/responsible"),
    ("三是区商务局要用好消费券", "区商务局/responsible"),
    ("（二）区投促局要盯住在谈客商", "区投促局/responsible"),
    # Marker words.
    (
        "由区发改局牵头，区工信局、区商务局配合",
        "区发改局/lead 区工信局/cooperate 区商务局/cooperate",
    ),
    ("区司法局牵头负责，各街道具体实施", "区司法局/lead 各街道/responsible"),
    ("由区水务集团承建，区财政局保障资金", "区水务集团/responsible 区财政局/responsible"),
    (
        "区林业局会同区公安局、森林消防大队清查",
        "区林业局/responsible 区公安局/cooperate 森林消防大队/cooperate",
    ),
    ("区妇联联合团区委举办联谊活动", "区妇联/responsible 团区委/cooperate"),
    ("各村要协助镇农技站登记造册", "各村/cooperate 镇农技站/lead"),
    ("区市场监管局要积极配合区卫健委做好抽检", "区市场监管局/cooperate 区卫健委/lead"),
    ("区交通局商请区财政局提出补贴标准", "区交通局/responsible 区财政局/cooperate"),
    ("由区委督查室全程督办", "区委督查室/supervise"),
    ("由区考核办负责督查，结果报区委", "区考核办/supervise 区委/report_to"),
    ("区国资委作为牵头单位，要倒排工期", "区国资委/lead"),
    ("区数据局要发挥牵头作用", "区数据局/lead"),
    ("区人社局是第一责任单位", "区人社局/responsible"),
    ("由一名区级领导负责，一个专班跟进", "一名区级领导/leader"),
    ("请李副县长牵头协调", "李副县长/leader"),
    ("由区委书记、区长挂帅", "区委书记、区长/leader"),
    ("各分管领导要每周调度一次", "各分管领导/leader"),
    ("各河长要带头巡河", "各河长/responsible"),
    ("县级领导包镇、镇干部包村", "县级领导/leader 镇干部/leader"),
    ("村党支部书记是第一责任人", "村党支部书记/person"),
    # Decider, and to whom a report goes.
    ("经县委常委会研究，决定成立工作专班", "县委常委会/decider"),
    ("区政府决定开展百日攻坚", "区政府/decider"),
    ("议而不决的，提请区政府常务会议裁定", "区政府常务会议/decider"),
    ("提请区长裁定", ""),
    ("每周五向区政府办报送进度", "区政府办/report_to"),
    ("遇有险情立即报告县应急局", "县应急局/report_to"),
    ("清单汇总后报市财政局", "市财政局/report_to"),
    ("各镇每月向区委、区政府书面汇报", "各镇/responsible 区委、区政府/report_to"),
    ("结果抄送区纪委监委", "区纪委监委/report_to"),
    # Asked, told, urged.
    ("责成区城管局三日内清运", "区城管局/responsible"),
    ("请各部门会后抓紧落实", "各部门/responsible"),
    ("督促各平台公司压降债务", "各平台公司/responsible"),
    ("推动区产投集团设立基金", "区产投集团/responsible"),
    ("委托区疾控中心开展监测", "区疾控中心/responsible"),
    ("要求各学校建立晨检制度", "各学校/responsible"),
    ("由各镇自行组织验收", "各镇/responsible"),
    # P5: addressees by kind.
    ("各级各部门要勇于担当", "各级各部门/responsible"),
    ("区直各单位、各镇街要对标对表", "区直各单位/responsible 各镇街/responsible"),
    ("有关部门和单位要拿出方案", "有关部门和单位/responsible"),
    (
        "各县区、各园区、市直各部门必须守住红线",
        "各县区/responsible 各园区/responsible 市直各部门/responsible",
    ),
    ("每个社区都要配备专职网格员", "每个社区/responsible"),
    ("任何单位和个人不得截留资金", "任何单位和个人/responsible"),
    ("责任单位要每月更新台账", "责任单位/responsible"),
    ("窗口工作人员要一次告知", "窗口工作人员/responsible"),
    ("居民代表参与验收", "居民代表/cooperate"),
    ("物业企业要落实巡查", "物业企业/responsible"),
    # Places that act.
    ("青溪镇、白沙镇要腾退鱼塘", "青溪镇/responsible 白沙镇/responsible"),
    ("柳湾、桥头等乡镇要补种树苗", "柳湾/responsible 桥头/responsible"),
    ("连通青溪镇、白沙镇两地的公路要通车", ""),
    # P6: approvers, objects, relative clauses, examples, models.
    ("争取省交通厅批复立项", ""),
    ("经区自然资源局审查同意后实施", ""),
    ("报请市政府批准后组织实施", "市政府/decider"),
    ("落实区委、区政府关于招商引资的部署", ""),
    ("在县委领导下推进改革", ""),
    ("区委提出的目标要完成", ""),
    ("帮助区属国企化解债务", ""),
    ("支持龙头企业牵头组建联合体", ""),
    ("鼓励学校、企业、医院共建实训基地", ""),
    ("依托园区、镇街、社区建设驿站", ""),
    ("支持青溪镇、白沙镇创建景区", ""),
    ("学习借鉴邻区城管局做法", ""),
    ("对区住建局进行通报", ""),
    ("离不开市水利局支持", ""),
    ("像区行政审批局这样主动上门", ""),
    ("成立区政府督查专班", ""),
    ("整合市场监管、城管执法力量", ""),
    ("区教育局已经出台细则", ""),
    ("区财政局拨付了首批资金", ""),
    ("去年区城管局拆除违建三百处", ""),
    ("办好“财政局长走流程”活动", ""),
    ("修订《区水利局议事规则》", ""),
    ("区法院院长到会指导", ""),
    ("加快建设区人民医院新院区", ""),
    ("打造区委党校新校区", ""),
    ("宣传部门要求居民减少外出", ""),
    ("推动区平台公司改革转型", ""),
    ("推动区供销社高质量发展", ""),
    ("支持甲校优化升级、青溪镇冲刺百强镇", ""),
    ("推广由群众公开推荐人选的办法", ""),
    ("及时反映群众诉求", ""),
    ("支持职校联合设置专业学院", ""),
    ("同邻省集团建立联系机制", ""),
    ("报区政府批准后实施", "区政府/decider"),
    ("重点支持示例公司、甲乙公司等企业扩大产能", ""),
    ("完成省政府挂牌督办项目、区政府交办事项整改", ""),
    ("支持和协助企业开拓市场", ""),
    ("用好自治区支持政策", ""),
    ("用好商会、商协会资源", ""),
    ("要配合相关部门做好核验", "相关部门/lead"),
    ("积极配合市委巡察", ""),
    ("配合市税务局，推动减税落地", ""),
    ("业委会组建率提高到八成", ""),
    ("城乡客运一体化改造比例提高到九成", ""),
    ("借助示例市做强冬季旅游的契机", ""),
    ("推动翠湖新城加速崛起", ""),
    ("坚持实行县领导领衔攻坚、月度观摩等机制", ""),
    ("由分管领导牵头建立协调机制", "分管领导/leader"),
    # Several subjects in one sentence, each with its own deed.
    ("区教育局要改建校舍，区财政局要拨付资金", "区教育局/responsible 区财政局/responsible"),
    ("民政局发放津贴，各村张榜公示", "民政局/responsible 各村/responsible"),
    ("区工信局牵头编制清单，各园区认真填报", "区工信局/lead 各园区/responsible"),
    ("区水利局要排查水库，并向区政府报告", "区水利局/responsible 区政府/report_to"),
    (
        "由区住建局牵头，会同区应急局、各街道，对老旧小区全面体检",
        "区住建局/lead 区应急局/cooperate 各街道/cooperate",
    ),
    (
        "区纪委监委要跟踪监督，区审计局要提前介入，区委巡察办要适时回访",
        "区纪委监委/responsible 区审计局/responsible 区委巡察办/responsible",
    ),
    # Offices that no table has, by the shape of their names and what they do.
    ("总务科后天之前把水管修好", "总务科/responsible"),
    ("教务处、保卫科连夜清点试卷", "教务处/responsible 保卫科/responsible"),
    ("审计部要复核台账", "审计部/responsible"),
    ("招商二局先去拜访客商", "招商二局/responsible"),
    ("第三车间明天停机检修", "第三车间/responsible"),
    ("国网青溪供电公司要抢修线路", "国网青溪供电公司/responsible"),
    ("中国联通青溪分公司要补建基站", "中国联通青溪分公司/responsible"),
    ("县二中要加固围墙", "县二中/responsible"),
    ("楼长、社区干部都得上门", "楼长/responsible 社区干部/responsible"),
    ("成立防汛专班", ""),
    ("召开办公会议研究方案", ""),
    ("建设省级场景实验室", ""),
    ("会议室设备老化", ""),
    ("东站安置房要竣工", ""),
    ("教室门口道路硬化", ""),
    # A named body acts, whatever its verb is and whenever.
    ("区水务局今晚把泵换掉", "区水务局/responsible"),
    ("区供热办每天下午5点报一次数", "区供热办/responsible"),
    ("区人社局于4月底前与32户企业签约", "区人社局/responsible"),
    ("农技站的同志要下田", "农技站/responsible"),
    ("财务部——牵头清收欠款", "财务部/lead"),
    ("区财政局的账户要清理", ""),
    ("区财政局门口道路改造", ""),
    # To whom it is done acts not; who heads each of a kind does.
    ("对没有整改的企业要坚决停产", ""),
    ("对口帮扶的企业要签订协议", "企业/responsible"),
    ("各乡镇的书记、乡镇长连夜赶回去", "各乡镇的书记/responsible 乡镇长/responsible"),
    ("各镇的主要负责同志今晚到场", "各镇的主要负责同志/responsible"),
    ("成立由常务副区长任组长的工作专班", ""),
    ("体会文章每支部不少于一篇", ""),
    ("县文旅投把民宿线路配好", "县文旅投/responsible"),
    ("各村理事会议一议、定下来", "各村理事会/responsible"),
    ("供销社储备化肥1.2万吨", "供销社/responsible"),
    # The mark of a list is no part of a name.
    ("①区司法局要选派律师", "区司法局/responsible"),
    ("●县气象局滚动发布预报", "县气象局/responsible"),
    ("3．沙洲镇于月底前清障", "沙洲镇/responsible"),
    ("一是临湖街道要新建食堂", "临湖街道/responsible"),
    # Brackets in and behind a name.
    ("市城管局（执法局）要拆除违建", "市城管局（执法局）/responsible"),
    ("名单月底前报市水利（水务）局备案", "市水利（水务）局/report_to"),
    # Persons by name and office.
    ("由赖县长亲自调度", "赖县长/leader"),
    ("请罗副区长去跑批文", "罗副区长/responsible"),
    ("教务处刘主任负责", "教务处刘主任/responsible"),
    ("请总务科小韩联系厂家", "总务科小韩/responsible"),
    ("县委书记张全同志要牵头编制方案", "县委书记张全同志/lead"),
    ("由我来约谈", "我/responsible"),
    ("单位主要负责人要到场说明", "主要负责人/responsible"),
    ("学习李大山同志的事迹", ""),
    # Each of them.
    ("各位班主任今晚开好班会", "各位班主任/responsible"),
    ("各镇村5月20日前完成摸底", "各镇村/responsible"),
    ("白塔社区本周内清零", "白塔社区/responsible"),
    ("物业公司抓紧修电梯", "物业公司/responsible"),
    ("每位辅导员要建一份档案", "每位辅导员/responsible"),
    ("每个项目都要建立台账", ""),
    # Whom a paper is handed to; a kind behind the verb is what the paper is about.
    ("台账报县政府批准", "县政府/report_to"),
    ("方案提交董事会审议", "董事会/decider"),
    ("名单交保卫科存档", "保卫科/report_to"),
    # Who votes or consents decides.
    ("方案提交职代会审议", "职代会/decider"),
    ("请假要经镇党委同意", "镇党委/decider"),
    ("未经区信访局同意不得撤件", ""),
    # Portfolio words stand for their offices where no noun can follow.
    ("人社牵头、住建配合", "人社/lead 住建/cooperate"),
    ("财政、住建每半个月对一次账", "财政/responsible 住建/responsible"),
    ("教育改革要深入推进", ""),
    ("供水、供电、燃气接入年内完成", ""),
    # Kinds of bodies and of people, each of them, and those a level's homely word names.
    ("供水单位应当公布服务电话", "供水单位/responsible"),
    ("各校把课程表贴出来", "各校/responsible"),
    ("各科室、各支部要传达", "各科室/responsible 各支部/responsible"),
    ("由镇里统一清运", "镇里/responsible"),
    ("镇里每月打一次分", "镇里/responsible"),
    ("镇里的水库", ""),
    # Numbers of articles stand before a subject.
    ("第九条　区财政局每年安排资金200万元", "区财政局/responsible"),
    ("6.2　区应急管理局每年演练一次", "区应急管理局/responsible"),
    # Persons behind a label, or by a name alone where only somebody can do what follows.
    ("责任人民政所长吴全，9月底前完成", "民政所长吴全/person"),
    ("由吴全贵牵头", "吴全贵/lead"),
    ("与区供电公司对接用电方案", "区供电公司/cooperate"),
    ("加强与区供电公司的对接", ""),
    ("每两周向业主代表公布进度", "业主代表/report_to"),
    ("上报企业技改清单", ""),
    ("包案领导鲍副县长每周到场一次", "鲍副县长/leader"),
    ("责任人交通所闫成，9月底前通车", "交通所闫成/person"),
    # Whoever heads a body and is to answer himself.
    (
        "责成示例县人民政府县长向市政府作出检查",
        "示例县人民政府县长/responsible 市政府/report_to",
    ),
    ("责令示例矿业公司法定代表人限期整改", "示例矿业公司法定代表人/responsible"),
    ("责成示例县人民政府限期整改", "示例县人民政府/responsible"),
    # Two kinds that do a thing together.
    ("各煤矿企业与承包队伍于5月底前签订协议", "各煤矿企业/responsible 承包队伍/responsible"),
    ("各驾校与教练员要签订承诺书", "各驾校/responsible 教练员/responsible"),
    ("各渔业公司与船主重新签订协议", "各渔业公司/responsible 船主/responsible"),
    ("各矿山业主要落实巡查", "各矿山业主/responsible"),
    ("加强学校和家长沟通", ""),
    # Every government of a kind acts where an adverb says how; its website is a noun.
    (
        "各有关市（县）人民政府依法管理本地区水源",
        "各有关市（县）人民政府/responsible",
    ),
    ("各县人民政府网站改版", ""),
    # A place that is to be manned, and a kind inside a name, owe nothing.
    ("每个卡点必须有人", ""),
    ("对认定为省级企业技术中心的企业给予奖励", ""),
    # To whom it is done acts not; who heads each of a kind does.
    ("对没有整改的企业要坚决停产", ""),
    ("对口帮扶的企业要签订协议", "企业/responsible"),
    ("各乡镇的书记、乡镇长连夜赶回去", "各乡镇的书记/responsible 乡镇长/responsible"),
    ("各镇的主要负责同志今晚到场", "各镇的主要负责同志/responsible"),
    ("成立由常务副区长任组长的工作专班", ""),
    ("体会文章每支部不少于一篇", ""),
    ("县文旅投把民宿线路配好", "县文旅投/responsible"),
    ("各村理事会议一议、定下来", "各村理事会/responsible"),
    ("供销社储备化肥1.2万吨", "供销社/responsible"),
    # The mark of a list is no part of a name.
    ("④云岭镇要修复水闸", "云岭镇/responsible"),
    ("●云岭镇要修复水闸", "云岭镇/responsible"),
    # Helpers.
    ("由区文旅局牵头、体育、教育配合", "区文旅局/lead 体育/cooperate 教育/cooperate"),
    ("与审计部共同建立制度", "审计部/cooperate"),
    ("请财政部门支持", "财政部门/cooperate"),
    ("县纪委派驻组全程参加", "县纪委派驻组/cooperate"),
    ("公安、卫健、交通三家抽人", "公安/responsible 卫健/responsible 交通/responsible"),
    ("责令示例化工公司限期整改", "示例化工公司/responsible"),
    ("原则同意市城投集团以自有资金垫付", "市城投集团/responsible"),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_who_does_what(text: str, expected: str) -> None:
    """Every party with its part, and nobody else."""
    found = clause_parties(text, 0, len(text), find_party_groups(text))
    assert " ".join(f"{party.text}/{party.role}" for party in found) == expected


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len({text for text, _ in TABLE}) >= 100
