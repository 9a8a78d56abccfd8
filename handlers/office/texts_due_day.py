"""The day of the month on which figures are due: asked, shown with what it changes, set."""

from datetime import date

from handlers.office.codes import RuleVerb
from handlers.office.texts_reminder_rules import Effect, effect_lines
from handlers.texts.marks import bold, typeset
from handlers.texts.periods import period_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text
from knowledge.standing.periods import ReportingPeriod

_COMMAND = f"/rules due {RuleVerb.DAY}"
_RULE = Button("报送截止", "/rules due")
_EXAMPLE = "可以是每月 1 日到 28 日，例如：20。"


def ask(held: int) -> Reply:
    return Reply(head=bold(f"月报现在每月 {held} 日截止，改到几日？"), blocks=(_EXAMPLE,), buttons=(_RULE,))


def unread(held: int) -> Reply:
    return Reply(
        head=bold(f"没有读懂是几日，没有改；月报仍是每月 {held} 日截止。"), blocks=(_EXAMPLE,), buttons=(_RULE,)
    )


def same(held: int) -> Reply:
    return Reply(head=bold(f"月报已经是每月 {held} 日截止，不用改。"), buttons=(_RULE, Button("看日历", "/calendar")))


def propose(held: int, day: int, period: ReportingPeriod, effect: Effect, *, later: int, today: date) -> Reply:
    """`period` is the monthly one that is asked for now, `later` the day on which others are due."""
    moved = period.due.replace(day=day)
    over = [f"{day_text(moved, today)}已经过了，这一期还没有报的马上算未报。"] if moved < today <= period.due else []
    return Reply(
        head=bold(f"确认修改吗？月报截止日：每月 {held} 日 → {day} 日"),
        blocks=(
            typeset(f"{period_text(period, today)}：{day_text(period.due, today)} → {day_text(moved, today)}截止"),
            *over,
            *map(typeset, effect_lines(effect, "报送截止")),
            f"季报、半年报、年报仍是期后 {later} 日截止。",
        ),
        foot="按现在的人员、指标卡和数据推算。",
        buttons=(Button("确认", f"{_COMMAND} {RuleVerb.CONFIRM} {day}"), Button("不改了", "/keep")),
    )


def was_set(day: int, before: int) -> Reply:
    return Reply(
        head=bold(f"已改。月报每月 {day} 日截止"),
        blocks=("以后的提醒、未报、催报都按这一天算；已经发出的不变。",),
        buttons=(Button(f"改回 {before} 日", f"{_COMMAND} {before}"), Button("看日历", "/calendar"), _RULE),
    )
