"""The rules of reminding in words: their names, whom, when, about what, and what they say; docs/rules.md."""

from collections.abc import Mapping, Sequence

from knowledge.reminders.rules import (
    Audience,
    Before,
    BeforeMeeting,
    Late,
    Monthly,
    OnRequest,
    Opening,
    Overdue,
    ReminderRule,
    Weekly,
)

NAMES = {
    "personal": "自设提醒",
    "deadline": "到期提醒",
    "overdue": "逾期提醒",
    "given_up": "逾期转督查室",
    "opens": "报送开始",
    "due": "报送截止",
    "late": "报送催报",
    "late_unit": "报送再催",
    "late_head": "报送转督查室",
    "pressed": "请负责人督促",
    "signing": "审签提醒",
    "closes": "报送期结束",
    "projects_call": "重点项目收集",
    "projects_list": "重点项目清单",
    "unowned": "待确认主责清单",
    "no_meeting": "月调度会期未定",
    "snapshot": "会前数据快照",
    "draft": "季度通报、半年和年度小结草稿",
}
ABOUT = {
    "personal": "本人要提醒的事，到时候单独发给本人。",
    "deadline": "目标快到期还没有完成的，提醒主责单位。",
    "overdue": "目标过期没有完成的，每周提醒主责单位一次。",
    "given_up": "逾期提醒期满仍没有完成的，不再提醒单位，列给督查室。",
    "opens": "报送期开始，提醒还没有报本期数的主责单位。",
    "due": "报送截止当天，提醒还没有报的主责单位。",
    "late": "截止后还没有报的，再提醒一次。",
    "late_unit": "还没有报的，提醒这个单位的全部联络员，请假的也提醒。",
    "late_head": "还没有报的列给督查室，由督查员决定要不要请单位负责人督促。",
    "pressed": "督查员点了按钮，没有报的单位的负责人各收一条，一期一次；不发市领导。",
    "signing": "截止后，这一期报了、还没有审签的数，请单位一次审签；都审签了的不发，一期一次。",
    "closes": "报送期结束，没有报的列入督查室清单。",
    "projects_call": "重点项目有变化或有卡点的当天报，没有就不用报。",
    "projects_list": "重点项目近一周的变化和卡点，列给督查室、办公室和重点项目中心。",
    "unowned": "主责还没有确认的目标列给办公室；这些目标不提醒任何单位。",
    "no_meeting": "本月调度会还没有定会期的，提醒办公室。",
    "snapshot": "月调度会前固化数据、起草月度进展情况，请人送单位核对；1、2 月合并，2 月开会的不起草。",
    "draft": "季度、半年、年度的报送期结束后起草季度通报、半年和年度小结，请人送单位核对。",
}
WHOM = {
    Audience.LIAISONS: "主责单位的联络员，请假的由代办人收",
    Audience.UNIT: "主责单位的全部联络员，请假的也收",
    Audience.HEADS: "没有报的单位的负责人",
    Audience.SIGNERS: "单位审签人，没有定审签人的由单位负责人收；不发市领导",
    Audience.SUPERVISORS: "督查室",
    Audience.OFFICE: "办公室",
    Audience.RELEASERS: "督查室、办公室",
    Audience.PROJECTS: "督查室、办公室、重点项目中心",
    Audience.SELF: "本人",
}
SHORT = {
    Audience.LIAISONS: "联络员",
    Audience.UNIT: "全部联络员",
    Audience.HEADS: "单位负责人",
    Audience.SIGNERS: "单位审签人",
    Audience.SUPERVISORS: "督查室",
    Audience.OFFICE: "办公室",
    Audience.RELEASERS: "督查室、办公室",
    Audience.PROJECTS: "督查室、办公室、重点项目中心",
    Audience.SELF: "本人",
}
"""In a list."""
_CALLED = {"projects_call": "报过重点项目进展的单位的联络员；项目有联络人的由联络人收，请假的由代办人收"}
"""Where it is others than the audience's name says."""
GROUPS = {
    "deadlines": ("deadline", "overdue", "given_up"),
    "figures": ("opens", "due", "late", "late_unit", "late_head", "closes"),
    "lists": ("projects_call", "projects_list", "unowned", "no_meeting"),
    "meetings": ("signing", "snapshot", "draft"),
}
"""By the codes that stand in lines."""
GROUP_NAMES = {"deadlines": "期限", "figures": "报送", "lists": "项目和清单", "meetings": "会议和通报"}
WEEKDAYS = "一二三四五六日"
IN_ORDER = (*(rule for rules in GROUPS.values() for rule in rules), "pressed", "personal")
"""As one reads of them."""

EXAMPLES = {
    "personal": """\
您要的提醒：周三前报送5G基站
 5.2 5G基站 · 上次 590 个""",
    "deadline": """\
1 个目标还有 94 天到期（2023-12-31）
 5.2 5G基站 · 目标 700个以上，现 590 个，完成 84.3%""",
    "overdue": """\
1 个目标已逾期 8 天（2023-12-31 到期）
 5.2 5G基站 · 目标 700个以上，现 590 个，完成 84.3%""",
    "given_up": """\
1 个目标已逾期 64 天（2023-12-31 到期），不再提醒单位，请督查室掌握
 5.2 5G基站 · 目标 700个以上，现 590 个，完成 84.3%""",
    "due": """\
3月报送3月25日截止，还有 2 个目标未报
 1.1 新增高新技术企业 · 上次 21 家
 5.2 5G基站 · 上次 590 个""",
    "opens": """\
3月报送3月25日截止，还有 2 个目标未报
 1.1 新增高新技术企业 · 上次 21 家
 5.2 5G基站 · 上次 590 个""",
    "late": """\
3月报送已过截止日（3月25日），还有 2 个目标未报
 1.1 新增高新技术企业 · 上次 21 家
 5.2 5G基站 · 上次 590 个""",
    "late_unit": """\
3月报送已过截止日（3月25日），还有 2 个目标未报
 1.1 新增高新技术企业 · 上次 21 家
 5.2 5G基站 · 上次 590 个""",
    "late_head": """\
3月报送：未报 2 项，可请单位负责人督促
 市科经局：1.1 新增高新技术企业、5.2 5G基站""",
    "pressed": """\
督查室请您督促：3月报送已过截止日（3月25日），还有 2 个目标未报
 1.1 新增高新技术企业 · 上次 21 家
 5.2 5G基站 · 上次 590 个""",
    "signing": """\
1—2月报送的 2 个数等您审签
 1.1 新增高新技术企业 · 21 家
 5.2 5G基站 · 590 个""",
    "closes": """\
3月报送期结束：未报 2 项，列入督查室清单
 市科经局：1.1 新增高新技术企业、5.2 5G基站""",
    "projects_call": """\
重点项目有变化或有卡点的，请今天下班前报；没有就不用报，视为无变化
 5.3 湖北省智能化新能源船舶产业园""",
    "projects_list": """\
重点项目近一周有 1 条变化或卡点
 湖北省智能化新能源船舶产业园：困难问题，征地受阻，需市自规局协调（市科经局，3月3日）""",
    "unowned": """\
待确认主责：53 个目标还没有主责单位，这些目标不提醒任何单位
 二 地区生产总值
 二 工业增加值占地区生产总值比重
 二 累计完成固定资产投资
 1.1 技改项目
 1.1 技改投资占工业投资比重
 1.1 制造业增加值占地区生产总值比重
 1.1 医药化工产业总产值
 1.1 新型建材产业总产值
 另有 45 项""",
    "no_meeting": """\
3月调度会还没有定会期；定了会期，会前自动固化数据、起草月度进展情况""",
    "snapshot": """\
4月12日开月调度会：数据已固化，月度进展情况已起草，待核对""",
    "draft": """\
一季度进展情况通报已起草，待核对""",
}
"""What each says; a test holds them to the code."""


def whom(rule: ReminderRule) -> str:
    return _CALLED.get(rule.key, WHOM[rule.audience])


def when(rule: ReminderRule) -> str:
    """到期前 30、7 天和当天; 截止后第 1 个工作日; 每周一."""
    numbers = rule.when.numbers
    match rule.when:
        case Before():
            return _days_before("到期", numbers)
        case Opening():
            return _days_before("截止", numbers)
        case Overdue():
            return f"到期后第 {_run(numbers)} 周"
        case Late():
            return f"截止后第 {_listed(numbers)} 个工作日"
        case Monthly():
            return f"每月 {_listed(numbers)} 日"
        case Weekly():
            return f"每周{'、'.join(WEEKDAYS[number - 1] for number in numbers)}"
        case BeforeMeeting():
            return f"会前第 {_listed(numbers)} 个工作日"
        case OnRequest():
            return "督查员点发时" if rule.key == "pressed" else "本人定的时间"


def _days_before(what: str, numbers: Sequence[int]) -> str:
    days = [number for number in numbers if number]
    parts = [f"{what}前 {_listed(days)} 天"] if days else []
    if 0 in numbers:
        parts.append("当天" if days else f"{what}当天")
    return "和".join(parts)


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))


def _run(numbers: Sequence[int]) -> str:
    """1 至 8, where none is left out."""
    whole = len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1))
    return f"{numbers[0]} 至 {numbers[-1]}" if whole else _listed(numbers)


def page(rules: Mapping[str, ReminderRule]) -> str:
    """docs/rules.md."""
    rows = [
        "# 提醒规则",
        "",
        "本页由规则生成，不要手改：`python -m bot.commands.list_rules > docs/rules.md`。",
        "",
        "- 时间是默认值，在 `config.toml` 的 `[remind]` 里改；办公室也可以在聊天里用 `/rules` 改，只对本方案有效。",
        "- 期限前和当天的提醒遇放假提前到前一个工作日，期限后的推到后一个工作日；期限本身不变。免打扰时段不发。",
        "- 一个人一天只收一条汇总，急的另发，最多两条；自设提醒单独发。",
        "- 主责还没有确认的目标不提醒任何单位；已经报了、已经完成的不再提醒。群里不发提醒。",
        "",
        "| 规则 | 发给谁 | 什么时候 |",
        "| --- | --- | --- |",
        *(f"| {NAMES[key]} | {whom(rules[key])} | {when(rules[key])} |" for key in IN_ORDER),
    ]
    for key in IN_ORDER:
        rows += ["", f"## {NAMES[key]}", "", ABOUT[key], "", "```text", EXAMPLES[key], "```"]
    return "\n".join(rows) + "\n"
