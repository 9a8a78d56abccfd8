"""What the office reads and types about the rules of reminding: /rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.office.codes import RuleVerb
from handlers.texts.heading import reply_of
from handlers.texts.reminder_rules import ABOUT, EXAMPLES, GROUP_NAMES, NAMES, SHORT, WEEKDAYS, when, whom
from handlers.texts.reply import Reply
from knowledge.reminders.rule_bounds import NumberFault, allowed
from knowledge.reminders.rules import Before, BeforeMeeting, Late, Monthly, Opening, Overdue, ReminderRule, Weekly

ABOUT_RULES = "提醒规则：谁、什么时候、开关"

_WHEN_ASKED = {
    Before: "请发到期前多少天提醒，0 是当天，例如：{name} 60 30 7 1 0",
    Overdue: "请发过期后第几周提醒，例如：{name} {example}",
    Opening: "请发截止前多少天提醒，0 是当天，例如：{name} {example}",
    Late: "请发截止后第几个工作日提醒，例如：{name} {example}",
    Monthly: "请发每月几日提醒，例如：{name} 1 15",
    Weekly: "请发每周几提醒，1 是周一，例如：{name} 周一 周四",
    BeforeMeeting: "请发会前几个工作日，例如：{name} 2",
}
_MEASURES = {
    Before: "天",
    Overdue: "周",
    Opening: "天",
    Late: "个工作日",
    Monthly: "日",
    Weekly: "(周一是 1)",
    BeforeMeeting: "个工作日",
}
_OFFERED: dict[type, tuple[str, ...]] = {
    Before: ("90 30 14 7 3 1 0", "60 30 7 1 0", "30 7 1 0", "14 3 0"),
    Overdue: ("1 2 3 4", "1 2 3 4 5 6 7 8", "1 3 5 7"),
    Opening: ("3", "5", "7", "10"),
    Late: ("1", "2", "3", "5"),
    Monthly: ("1", "5", "10", "15"),
    Weekly: ("周一", "周二", "周三", "周四", "周五"),
    BeforeMeeting: ("1", "2", "3", "5"),
}
_OFFERED_ONCE: dict[type, tuple[str, ...]] = {Overdue: ("5", "9", "13"), Late: ("3", "5", "7", "10")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule as it stands: with its numbers in force, whether it is on, and what is configured."""

    rule: ReminderRule
    on: bool
    configured: ReminderRule

    @property
    def differs(self) -> bool:
        return not self.on or self.rule != self.configured


def written(numbers: Sequence[int], rule: ReminderRule) -> str:
    """As a person types them: 60 30 7, 周一 周四."""
    if isinstance(rule.when, Weekly):
        return " ".join(f"周{WEEKDAYS[number - 1]}" for number in numbers)
    return " ".join(map(str, numbers))


def line(shown: Shown) -> str:
    """到期提醒：到期前 30、7 天，发联络员（改过）."""
    note = "(已关)" if not shown.on else "(改过)" if shown.differs else ""
    return f"{NAMES[shown.rule.key]}:{when(shown.rule)},发{SHORT[shown.rule.audience]}{note}"


def all_rules(shown: Sequence[Shown]) -> Reply:
    off, changed = sum(not one.on for one in shown), sum(one.on and one.differs for one in shown)
    rest = [f"关了 {off} 条"] if off else []
    rest += [f"改过 {changed} 条"] if changed else []
    head = f"提醒规则 {len(shown)} 条,{','.join(rest) if rest else '都按默认'}"
    buttons = [*((name, f"/rules {group}") for group, name in GROUP_NAMES.items()), ("看日历", "/calendar")]
    return reply_of(head, list(map(line, shown)), "看一条发规则名,改一条连数一起发,如“到期提醒 60 30 7 1”", buttons)


def group(code: str, shown: Sequence[Shown]) -> Reply:
    return reply_of(
        f"提醒规则:{GROUP_NAMES[code]}",
        list(map(line, shown)),
        "要看哪一条?",
        [(NAMES[one.rule.key], f"/rules {one.rule.key}") for one in shown],
    )


def unknown(said: str) -> Reply:
    names = "、".join(NAMES.values())
    return reply_of(f"没有规则“{said[:24]}”。", ["规则名:" + names], "", [("全部规则", "/rules")])


def card(shown: Shown) -> Reply:
    """One rule: whom, when, about what, and its words."""
    rule, name = shown.rule, NAMES[shown.rule.key]
    state = ("开着" if shown.on else "已关,不发") + (",与默认相同" if not shown.differs else "")
    lines = [
        ABOUT[rule.key],
        f"发给:{whom(rule)}",
        f"时间:{when(rule)}",
        f"状态:{state}",
        f"默认:{when(shown.configured)}" if shown.differs else "",
    ]
    example = "\n".join(["消息样例:", *EXAMPLES[rule.key].split("\n")])
    if allowed(rule) is None:
        return reply_of(name, [*lines, "由人定,这里不能改。", example], "", [("全部规则", "/rules")])
    switch = ("关掉", RuleVerb.OFF) if shown.on else ("打开", RuleVerb.ON)
    buttons = [("改时间", f"/rules {rule.key} {RuleVerb.CHANGE}"), (switch[0], f"/rules {rule.key} {switch[1]}")]
    if shown.differs:
        buttons.append(("恢复默认", f"/rules {rule.key} {RuleVerb.DEFAULT}"))
    if rule.key == "due":
        buttons.append(("改截止日", f"/rules due {RuleVerb.DAY}"))
    buttons += [("预览", f"/preview {rule.key}"), ("全部规则", "/rules")]
    return reply_of(name, [*lines, example], "", buttons)


def ask_numbers(shown: Shown) -> Reply:
    rule, name, limits = shown.rule, NAMES[shown.rule.key], allowed(shown.rule)
    if limits is None:
        return card(shown)
    offered = _OFFERED_ONCE.get(type(rule.when), ()) if limits.count == 1 else ()
    return reply_of(
        f"{name}:现在是{when(rule)}",
        [_how(rule)],
        _limits(rule),
        [(one, f"/rules {rule.key} {one}") for one in offered or _OFFERED[type(rule.when)]]
        + [("返回", f"/rules {rule.key}")],
    )


def bad_numbers(shown: Shown, fault: NumberFault) -> Reply:
    """What was wrong and what to write."""
    limits = allowed(shown.rule)
    heads = {
        NumberFault.UNREAD: "没有读懂这些数。",
        NumberFault.OUT_OF_RANGE: "有的数不合适。",
        NumberFault.TOO_MANY: f"这条规则最多写 {limits.count if limits else 0} 个数。",
    }
    return reply_of(heads[fault], [_how(shown.rule)], _limits(shown.rule), [("返回", f"/rules {shown.rule.key}")])


def _how(rule: ReminderRule) -> str:
    numbers = rule.when.numbers[:1] if (limits := allowed(rule)) and limits.count == 1 else rule.when.numbers
    example = written(numbers, rule)
    return _WHEN_ASKED[type(rule.when)].format(name=NAMES[rule.key], example=example) + "。"


def _limits(rule: ReminderRule) -> str:
    limits = allowed(rule)
    if limits is None:
        return ""
    several = "只写 1 个数" if limits.count == 1 else f"最多 {limits.count} 个数,用空格隔开"
    return f"可以写 {limits.least} 到 {limits.most} {_MEASURES[type(rule.when)]},{several}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How the messages of the next weeks change: all of them, and those under the rule."""

    weeks: int
    all: tuple[int, int]
    own: tuple[int, int]
    changed: int
    """Messages that come, go or say something else."""


def effect_lines(effect: Effect, name: str) -> list[str]:
    (before, after), (own_before, own_after) = effect.all, effect.own
    if not effect.changed:
        return [f"未来 {effect.weeks} 周的消息不受影响(共 {before} 条)。"]
    return [
        f"未来 {effect.weeks} 周:{before} 条 → {after} 条,有变化的 {effect.changed} 条",
        f"其中有“{name}”的:{own_before} 条 → {own_after} 条",
    ]


def propose(before: Shown, after: Shown, effect: Effect) -> Reply:
    key, name = before.rule.key, NAMES[before.rule.key]
    verb = f"改成{when(after.rule)}" if after.on and before.on else "打开" if after.on else "关掉"
    lines = [f"现在:{_state(before)}", f"改后:{_state(after)}", *effect_lines(effect, name)]
    said = (
        RuleVerb.OFF
        if not after.on
        else RuleVerb.DEFAULT
        if not after.differs
        else written(after.rule.when.numbers, after.rule)
    )
    return reply_of(
        f"{name}:{verb}?",
        lines,
        "按现在的人员、指标卡和数据推算",
        [("确认", f"/rules {key} {RuleVerb.CONFIRM} {said}"), ("取消", f"/rules {key}")],
    )


def _state(shown: Shown) -> str:
    return when(shown.rule) if shown.on else f"已关({when(shown.rule)})"


def same(shown: Shown) -> Reply:
    key = shown.rule.key
    return reply_of(
        f"{NAMES[key]}没有变化:{_state(shown)}", [], "", [("看规则", f"/rules {key}"), ("全部规则", "/rules")]
    )


def was_set(shown: Shown) -> Reply:
    key = shown.rule.key
    return reply_of(
        f"已改。{NAMES[key]}:{_state(shown)}",
        ["以后的提醒从现在起按新的规则;已经发出的不变。"],
        "",
        [("看规则", f"/rules {key}"), ("看日历", "/calendar"), ("全部规则", "/rules")],
    )
