"""/remind: what is coming, what one has set, and how to set it."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from enum import StrEnum

from handlers.reminders.codes import PreferenceVerb
from handlers.reminders.texts_buttons import moment_text
from handlers.schedule.forecast import ForecastMessage
from handlers.services.clock import PLAN_ZONE
from handlers.texts.marks import bold, typeset
from handlers.texts.reminder_rules import NAMES
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text
from knowledge.language.dates.quiet_hours import NO_QUIET
from storage.schedule_items import StoredItem
from storage.subscriptions import Subscription

ABOUT_REMIND = "我会收到什么提醒、什么时候；设提前天数、免打扰、暂停"

SAME_DAY = "当天"
_LEAD = "提前几天"
DAYS_ON_A_PAGE = 4
_QUIET = ("20点到8点", "21点到8点", "22点到7点", "18点到9点", "不设")
_FOR = ("一周", "一个月", "年底")
_TASKS = 5
_BACK = Button("我的提醒", "/remind")


class NoneYet(StrEnum):
    """Why there is nothing to come, with what can be done."""

    NO_OWNER = "本单位还没有办公室确认主责的目标，所以没有按规则的提醒。主责确认后自动开始。"
    ALL_REPORTED = "没有要提醒的：应报的都报了，也没有快到期的目标。"
    HEAD = "单位负责人平时不收提醒；本单位报送迟了、督查室请您督促时才会收到。"
    LEADER = "机器人不给市领导发催报提醒。要看情况，问“我分管的”或“明天开会”。"
    QUIET_WEEKS = "没有要提醒的。"


def overview(
    lines: Sequence[str], *, none: NoneYet | None, weeks: int, settings: Sequence[str], single: bool, muted: bool
) -> Reply:
    head = f"以后 {weeks} 周最多收到 {len(lines)} 条提醒" if lines else f"以后 {weeks} 周没有提醒"
    return Reply(
        head=bold(head),
        blocks=tuple(map(typeset, (*([none.value] if none else lines), *settings))),
        foot="已经报了的不会再提醒；改设置对还没生成的提醒有效。自己设一个，直接说：提醒我下周三报送5G基站。",
        buttons=(
            Button(_LEAD, f"/remind {PreferenceVerb.DAYS}"),
            _manner(single=single),
            Button("免打扰", f"/remind {PreferenceVerb.QUIET}"),
            Button("恢复提醒", f"/remind {PreferenceVerb.LIFT}")
            if muted
            else Button("暂停一项任务", f"/remind {PreferenceVerb.MUTE}"),
            Button("自设的提醒", "/reminders"),
            Button("导出日历", "/ics"),
        ),
    )


def _manner(*, single: bool) -> Button:
    return (
        Button("合并成每天一条", f"/remind {PreferenceVerb.JOINED}")
        if single
        else Button("改成逐条发", f"/remind {PreferenceVerb.SINGLE}")
    )


def unread(said: str, *, single: bool) -> Reply:
    return Reply(
        head=bold(f"没有读懂“{said[:20]}”。"),
        blocks=("点一个，或者发：/remind 免打扰 22点到7点；/remind 暂停 5.2 一个月。",),
        buttons=(
            Button(_LEAD, f"/remind {PreferenceVerb.DAYS}"),
            _manner(single=single),
            Button("免打扰", f"/remind {PreferenceVerb.QUIET}"),
            Button("暂停一项任务", f"/remind {PreferenceVerb.MUTE}"),
            _BACK,
        ),
    )


def line(coming: ForecastMessage, words: Mapping[str, str], today: date) -> str:
    """3月20日（周一）9:00 报送开始：2 个目标；到期提醒：1 个目标."""
    by_rule: dict[str, list[StoredItem]] = {}
    for item in coming.items:
        by_rule.setdefault(item.rule, []).append(item)
    told = "；".join(_told(rule, items, words) for rule, items in by_rule.items())
    return f" {moment_text(coming.at.astimezone(PLAN_ZONE), today)} {told}"


def _told(rule: str, items: Sequence[StoredItem], words: Mapping[str, str]) -> str:
    if rule == "personal":
        return f"{NAMES[rule]}：{words.get(items[0].subject, '')}"
    counted = all("/" in item.subject for item in items)
    what = "项目" if rule == "projects_call" else "目标"
    return f"{NAMES[rule]}：{len(items)} 个{what}" if counted else NAMES[rule]


def settings(
    chosen: Sequence[int],
    days: Sequence[int],
    preferences: Subscription,
    quiet: tuple[time, time],
    plan: str,
    today: date,
) -> list[str]:
    manner = "每件事单独一条" if preferences.single else "同一天的合并成一条"
    found = [f"设置：到期前 {_days_text(chosen)}提醒；{manner}；{quiet_text(quiet)}"]
    if len(chosen) < len(days) and not chosen:
        found = [f"设置：到期前不提醒；{manner}；{quiet_text(quiet)}"]
    held = [
        f"{task} 到 {day_text(until, today)}"
        for (own, task), until in preferences.muted.items()
        if own == plan and until >= today
    ]
    return [*found, *([f"暂停：{'；'.join(held)}"] if held else [])]


def _days_text(days: Sequence[int]) -> str:
    before = "、".join(str(day) for day in days if day)
    parts = [f"{before} 天" if before else "", "当天" if 0 in days else ""]
    return "和".join(filter(None, parts))


def quiet_text(hours: tuple[time, time]) -> str:
    if hours == NO_QUIET:
        return "不设免打扰"
    start, end = hours
    return f"{_hour(start)} 到{'次日 ' if end <= start else ' '}{_hour(end)} 不打扰"


def _hour(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def days(rule: Sequence[int], chosen: Sequence[int], *, page: int, on: bool) -> Reply:
    """Each of the rule's days with a button that turns it."""
    pages = -(-len(rule) // DAYS_ON_A_PAGE)
    page = (page - 1) % pages + 1
    shown = rule[(page - 1) * DAYS_ON_A_PAGE : page * DAYS_ON_A_PAGE]
    buttons = [
        Button(f"关 {_day(day)}", f"/remind {PreferenceVerb.DAYS} {PreferenceVerb.OFF} {day}")
        if day in chosen
        else Button(f"开 {_day(day)}", f"/remind {PreferenceVerb.DAYS} {PreferenceVerb.ON} {day}")
        for day in shown
    ]
    if pages > 1:
        buttons.append(Button("其他天数", f"/remind {PreferenceVerb.DAYS} {PreferenceVerb.PAGE} {page + 1}"))
    said = f"到期前 {_days_text(chosen)}提醒" if chosen else "到期前不提醒"
    off = () if on else ("办公室已停用到期提醒，这里的选择等恢复后生效。",)
    return Reply(
        head=bold(said),
        blocks=(*off, f"规则的天数：{_days_text(rule)}。点按钮开关，或者直接发要的天数：30、7、1、当天。"),
        buttons=(*buttons, _BACK),
    )


def unread_days(rule: Sequence[int]) -> Reply:
    return Reply(
        head=bold("只能从规则的天数里选。"),
        blocks=(f"可选：{_days_text(rule)}。例如发：30、7、当天。",),
        buttons=(_BACK,),
    )


def _day(day: int) -> str:
    return f"{day} 天" if day else SAME_DAY


def set_single() -> Reply:
    return Reply(
        head=bold("好，以后每件事单独发一条。"),
        buttons=(Button("合并成每天一条", f"/remind {PreferenceVerb.JOINED}"), _BACK),
    )


def set_joined(urgent: int) -> Reply:
    return Reply(
        head=bold("好，以后同一天的合并成一条。"),
        blocks=(f"急的（三天内到期、报送截止、催报）当天另发，最多 {urgent} 条。",),
        buttons=(Button("改成逐条发", f"/remind {PreferenceVerb.SINGLE}"), _BACK),
    )


def ask_quiet(*, unread: bool = False) -> Reply:
    lead = "没有读懂。" if unread else ""
    return Reply(
        head=bold(f"{lead}每天几点到几点不打扰？"),
        blocks=("点一个，或者直接发：22点到7点。这段时间的提醒推到结束时发；自设的提醒不受影响。",),
        buttons=(
            *(Button(hours, f"/remind {PreferenceVerb.QUIET} {hours}") for hours in _QUIET),
            Button("按规则", f"/remind {PreferenceVerb.QUIET} {PreferenceVerb.AS_RULE}"),
        ),
    )


def set_quiet(hours: tuple[time, time]) -> Reply:
    return Reply(head=bold(f"好，{quiet_text(hours)}。"), buttons=(_BACK,))


def ask_task(tasks: Sequence[str], *, unread: bool = False) -> Reply:
    lead = "没有找到这项任务。" if unread else ""
    return Reply(
        head=bold(f"{lead}暂停哪项任务的提醒？"),
        blocks=("发任务号或目标名，可以带时间：5.2 一个月；5G基站 到3月31日。暂停的是提醒，报送照旧。",),
        buttons=(*(Button(task, f"/remind {PreferenceVerb.MUTE} {task}") for task in tasks[:_TASKS]), _BACK),
    )


def ask_until(task: str, title: str, *, unread: bool) -> Reply:
    lead = "没有读懂时间。" if unread else ""
    return Reply(
        head=bold(f"{lead}{task} {title}：暂停到什么时候？"),
        blocks=("点一个，或者直接发日期：3月31日。",),
        buttons=(*(Button(span, f"/remind {PreferenceVerb.MUTE} {task} {span}") for span in _FOR), _BACK),
    )


def is_muted(task: str, title: str, until: date, today: date) -> Reply:
    return Reply(
        head=bold(f"好，到 {day_text(until, today)}（含）不再提醒 {task} {title}。"),
        blocks=("报送要求不变；您自己设的提醒照发。",),
        buttons=(Button("恢复提醒", f"/remind {PreferenceVerb.LIFT} {task}"), _BACK),
    )


def mutes(held: Mapping[str, date], today: date) -> Reply:
    return Reply(
        head=bold(f"暂停提醒的任务：{len(held)} 项"),
        blocks=tuple(typeset(f" {task} 到 {day_text(until, today)}") for task, until in held.items()),
        foot="更多的发：/remind 恢复 5.2" if len(held) > _TASKS else "",
        buttons=(
            *(Button(f"恢复 {task}", f"/remind {PreferenceVerb.LIFT} {task}") for task in list(held)[:_TASKS]),
            _BACK,
        ),
    )


def nothing_muted() -> Reply:
    return Reply(
        head=bold("没有暂停的任务。"), buttons=(Button("暂停一项任务", f"/remind {PreferenceVerb.MUTE}"), _BACK)
    )


def lifted(task: str) -> Reply:
    return Reply(head=bold(f"好，恢复提醒 {task}。"), buttons=(_BACK,))
