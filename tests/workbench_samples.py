"""A speech of an invented county that workbenches are tried with."""

SPEECH = (
    "同志们：\n"
    "一、抓好防汛\n"
    "请县水利局在6月底前修复2.7公里水毁堤防，备足抢险物资。县应急局要每月开展一次演练。\n"
    "大家要提高认识。道理前面都讲过了。\n"
    "二、抓好教育\n"
    "县教育局牵头制定新增学位方案，县财政局配合，9月10日前完成。全年新增学位1200个。\n"
)
