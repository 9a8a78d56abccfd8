"""Sentences that work and stand in no menu, as the sentences of tests/handlers/orders are labelled with them, or that
mean more than their line in the menu."""

from knowledge.language.pattern import sign

UNIT_REPORTED, WHO_REPORTED = "单位报了没有", "谁报了"
WRONG, HELD, CHECK_ALL, SETTLED = "刚才报错了", "审签退回", "全部核实", "问题已解决"
URGE, URGE_ALL, URGE_PROJECT = "催单位", "没报的都催一下", "催项目"
PROGRESS_OF, DRAFT, MOVES, HALF_YEAR = "进展怎么样", "起草月度情况", "比上月怎样", "双过半"
REMIND_ME, BACK = "提醒我", "销假"
UNBOUND, SIGNER, CITY_LEADER = "哪些单位没绑定", "定审签人", "兼任市领导"
GAPS, OWNER_OPEN, PROPOSE, CONSULT = "责任缺口", "主责没定的", "拟定主责", "发各单位征求意见"
SET_OWNER, DROP_OWNER, WHO_OWNS = "定主责", "撤销主责", "主责是谁"
FREQUENCY, DEADLINE = "改报送频次", "改报送截止日"
CALENDAR, WITHDRAW, NO_CHANGE = "提醒日历", "撤回刚才那条", "都没变化"
HOME = "首页"

PRESSES = sign(
    "[催崔]|督促|敦促", "催一下没报的", others=("没报的都提醒一下", "催一下水产局"), unless="[局镇委院处]|公司|中心"
)
"""Of those who owe figures, all; a unit that is not known by its name is none of them."""

COMPLAINT, OWN_MATTER, GREETING, REPORT = "投诉", "自己的事", "问候", "报一条进展"
"""What is no order, and is told by the same weights."""
