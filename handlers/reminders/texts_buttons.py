"""What is said to the buttons of a reminder: 收到, 现在填报, 本期无变化, 稍后提醒, 已完成."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.reminders.codes import PAGE, PersonalVerb
from handlers.schedule.texts import WEEKDAYS
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import NO_CHANGE_SAID, day_text
from knowledge.plan.key import EntryKey

HOUR, NEXT_DAY, MONDAY, TOMORROW = "一小时后", "下个工作日", "下周一", "明天"
DONE_SAID = "已完成"
SHOWN = 5
"""Targets on a page of those still to be reported: the sixth button turns it."""
NAMED = 8
"""Targets that are named where more were recorded as unchanged."""
_WIDTH = 16


def not_yours() -> Reply:
    return Reply(head=bold("这条提醒不是发给您的，或者已经没有了。"))


def nothing_left() -> Reply:
    return Reply(
        head=bold("这条提醒里的事都办了，不用再管。"),
        buttons=(Button("本单位填报", "/report"), Button("我的提醒", "/remind")),
    )


def nothing_asked() -> Reply:
    return Reply(head=bold("这条提醒里没有要您填报的目标。"), buttons=(Button("本单位填报", "/report"),))


def choose(number: int, left: Sequence[tuple[int, EntryKey]], *, page: int, pages: int) -> Reply:
    """`left` are the targets of the page, each with the item that names it."""
    count = f"（第 {page}/{pages} 页）" if pages > 1 else ""
    buttons = [Button(_short(f"{one.task} {one.name}"), f"/fill {number} {item}") for item, one in left]
    if pages > 1:
        buttons.append(Button("更多", f"/fill {number} {PAGE} {page % pages + 1}"))
    return Reply(
        head=bold("这条提醒里还没报的，先报哪个？") + count,
        blocks=("\n".join(typeset(f" {one.task} {one.name}") for _, one in left),),
        buttons=tuple(buttons),
    )


def reported_already(subject: EntryKey, number: int, left: int) -> Reply:
    more = (Button("报下一项", f"/fill {number}"),) if left else ()
    return Reply(
        head=bold(f"{subject.task} {subject.name} 已经报了。"),
        blocks=((f"这条提醒里还有 {left} 个没报。",) if left else ("这条提醒里的都报了。",)),
        buttons=more,
    )


def unchanged(number: int, stored: Sequence[EntryKey], left: int) -> Reply:
    """What was recorded as unchanged, and how many of the message are still to be reported."""
    if not stored:
        return (
            nothing_left() if not left else Reply(head=bold("没有需要记“无变化”的目标。"), buttons=_fill(number, left))
        )
    more = f"等 {len(stored)} 个目标" if len(stored) > NAMED else ""
    names = "、".join(f"{one.task} {one.name}" for one in stored[:NAMED]) + more
    count = "" if len(stored) == 1 or more else f"共 {len(stored)} 项，"
    rest = f"这条提醒里还有 {left} 个没报。" if left else "这条提醒里的都报了。"
    return Reply(
        head=bold(f"已记录：{NO_CHANGE_SAID}。"),
        blocks=(typeset(f"{count}与进展分开统计：{names}"), rest),
        buttons=_fill(number, left),
    )


def _fill(number: int, left: int) -> tuple[Button, ...]:
    return (Button("现在填报", f"/fill {number}"),) if left else ()


def when_again(number: int, offers: Sequence[tuple[str, str, datetime]], *, today: date) -> Reply:
    """`offers` are (label, what the command says, the time meant)."""
    return Reply(
        head=bold("什么时候再提醒？"),
        blocks=("\n".join(typeset(f" {label}：{moment_text(at, today)}") for label, _, at in offers),),
        buttons=tuple(Button(label, f"/later {number} {said}") for label, said, _ in offers),
    )


def again_at(reminder: int, at: datetime, count: int, *, moved: bool, today: date) -> Reply:
    """One sentence with the exact time."""
    change = "改为" if moved else ""
    return Reply(
        head=bold(f"好，{change}{moment_text(at, today)}再提醒还没办的 {count} 件事。"),
        blocks=("到时候已经报了的不再提。",),
        buttons=(Button("取消", f"/reminders {PersonalVerb.CANCEL} {reminder}"), Button("我的提醒", "/reminders")),
    )


def again_title(day: datetime, count: int) -> str:
    """How a reminder told again is listed."""
    return f"{day.month}月{day.day}日的提醒，{count} 件事"


def ended(words: str) -> Reply:
    return Reply(head=bold(f"已完成：{words}。不再提醒。"), buttons=(Button("我的提醒", "/reminders"),))


def ended_before() -> Reply:
    return Reply(head=bold("这条提醒之前已经完成或取消了。"), buttons=(Button("我的提醒", "/reminders"),))


def moment_text(at: datetime, today: date) -> str:
    """3月22日（周三）9:00; `at` is plan time in the plan's zone."""
    return f"{day_text(at.date(), today)}（周{WEEKDAYS[at.weekday()]}）{at.hour}:{at.minute:02}"


def _short(name: str) -> str:
    return name if len(name) <= _WIDTH else f"{name[: _WIDTH - 1]}…"
