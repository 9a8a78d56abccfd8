"""A plan's period and its monthly meetings, as the office sets them: /period and /meeting."""

from collections.abc import Sequence
from datetime import date, time

from handlers.office.codes import MeetingVerb, PeriodVerb
from handlers.office.input_error import Amiss
from handlers.office.texts_holidays import not_known, with_weekday
from handlers.texts.heading import reply_of
from handlers.texts.reply import Reply
from storage.plan_settings import Meeting, MeetingTime, PlanPeriod

ABOUT_PERIOD = "方案期：没有写期限的目标按它算"
ABOUT_MEETING = "月调度会会期，例如 /meeting 4月14日"

_PERIOD_EXAMPLE = "例如：2021-12-31 至 2024-12-31；只发一个日期的，当作结束日。"
_MEETING_EXAMPLE = "例如：4月14日下午3点，三楼会议室。时间和地点可以不写。"


# The plan's period


def period_words(period: PlanPeriod | None) -> str:
    """As a button says it, and as it is read again."""
    return f"{period.start}至{period.end}" if period else PeriodVerb.CLEAR


def period_noted(period: PlanPeriod | None) -> str:
    """For the audit."""
    return period_words(period) if period else "清除"


def period(held: PlanPeriod | None, own: PlanPeriod, undated: int) -> Reply:
    """`own` is the document's time; `undated` how many targets have no written deadline."""
    set_so = held is not None
    if held:
        head = f"方案期：{held.start} 至 {held.end}（办公室设定）"
        lines = [f"方案没有写期限的 {undated} 个目标按 {held.end} 评灯和提醒，标“默认”。"]
    else:
        head = f"方案期：没有设定，评灯暂按 {own.start} 至 {own.end}"
        lines = [f"方案没有写期限的 {undated} 个目标按 {own.end} 评灯，标“默认”；设了方案期以后才发到期提醒。"]
    buttons = [
        ("设方案期", f"/period {PeriodVerb.SET}"),
        *([("清除", f"/period {PeriodVerb.CLEAR}")] if set_so else []),
    ]
    return reply_of(head, [*lines, "方案写明的期限不受影响。"], "", buttons)


def ask_period() -> Reply:
    return reply_of("请发方案期的开始日和结束日。", [_PERIOD_EXAMPLE])


def confirm_period(new: PlanPeriod | None, now: PlanPeriod, then: PlanPeriod, undated: int) -> Reply:
    """From `now` to `then`, which is the document's own time where `new` is None."""
    lines = [f"现在：{now.start} 至 {now.end}"]
    if now.end != then.end:
        lines.append(f"方案没有写期限的 {undated} 个目标改按 {then.end}，标“默认”。")
    if now.start != then.start:
        lines.append(f"序时进度改从 {then.start} 算起，累计目标的灯会变。")
    head = f"请确认方案期：{then.start} 至 {then.end}" if new else "请确认：清除办公室设的方案期"
    lines.append("方案写明的期限不变。" if new else "清除以后，没有写期限的目标不再发到期提醒。")
    buttons = [("确认", f"/period {PeriodVerb.CONFIRM} {period_words(new)}"), ("不改", f"/period {PeriodVerb.KEEP}")]
    return reply_of(head, lines, "", buttons)


def period_set(new: PlanPeriod | None, before: PlanPeriod | None) -> Reply:
    head = f"方案期已设为 {new.start} 至 {new.end}。" if new else "办公室设的方案期已清除。"
    undo = f"/period {PeriodVerb.UNDO} {period_words(new)} {period_words(before)}"
    return reply_of(head, ["灯和提醒按新的方案期重算。"], "", [("撤销", undo), ("看方案期", "/period")])


def period_unread(why: Amiss, deadline: date | None = None) -> Reply:
    heads = {
        Amiss.BACKWARDS: "开始日要早于结束日，没有改动。",
        Amiss.AFTER_A_DEADLINE: f"开始日要早于方案写明的最早期限 {deadline}，没有改动。",
        Amiss.TOO_LONG: "方案期超过 15 年，没有改动。",
    }
    return reply_of(heads.get(why, "没有读懂日期，没有改动。"), [_PERIOD_EXAMPLE])


def kept(command: str) -> Reply:
    return reply_of("没有改动。", [], "", [("再看看", command)])


def changed_since(command: str) -> Reply:
    return reply_of("之后又有人改过，不能撤销。", ["请看现在的，再发要改的。"], "", [("再看看", command)])


# Meetings


def meeting_words(when: MeetingTime) -> str:
    """As a button says it, and as it is read again."""
    return " ".join(filter(None, (when.day.isoformat(), clock(when.at) if when.at else "", when.place)))


def when_text(when: MeetingTime, today: date) -> str:
    """4月14日（周五）15:00，三楼会议室."""
    at = clock(when.at) if when.at else ""
    return with_weekday(when.day, today) + at + (f"，{when.place}" if when.place else "")


def clock(at: time) -> str:
    return f"{at:%H:%M}"


def covers(day: date) -> str:
    """Which figures a meeting is about: those of the month before it, of January and February in March together."""
    match day.month:
        case 1:
            return "调度上年12月情况"
        case 2:
            return "1、2月合并调度，会一般开在3月，请核对"
        case 3:
            return "调度1、2月情况（合并）"
    return f"调度{day.month - 1}月情况"


def meetings(coming: Sequence[tuple[Meeting, date]], today: date) -> Reply:
    """The coming ones, each with the day of its snapshot."""
    lines = []
    for one, snapshot in coming:
        lines += [when_text(one.when, today), f" {covers(one.day)}；数据快照{with_weekday(snapshot, today)}"]
    head = f"月调度会：已定 {len(coming)} 次" if coming else "月调度会：还没有定会期"
    buttons = [("定会期", f"/meeting {MeetingVerb.SET}")]
    buttons += [
        (f"取消{one.day.month}月{one.day.day}日", f"/meeting {MeetingVerb.CANCEL} {one.id}") for one, _ in coming[:5]
    ]
    return reply_of(head, lines or ["一般在数据发布以后、次月10日至20日；1、2月合并。"], "", buttons)


def only_when(coming: Sequence[tuple[Meeting, date]], today: date) -> Reply:
    """To those who do not set them."""
    head = f"月调度会：已定 {len(coming)} 次" if coming else "月调度会：还没有定会期"
    return reply_of(head, [when_text(one.when, today) for one, _ in coming])


def ask_meeting() -> Reply:
    return reply_of("请发会期。", [_MEETING_EXAMPLE])


def confirm_meeting(
    when: MeetingTime,
    moved: Meeting | None,
    snapshot: date,
    today: date,
    *,
    working: bool,
    doubtful: Sequence[int],
    vague: bool,
) -> Reply:
    """`moved` is the meeting of the same month that it takes the place of; `vague` where no hour was said."""
    lines = [f"{covers(when.day)}；数据快照{with_weekday(snapshot, today)}"]
    if moved:
        lines.append(f"{when.day.month}月已定{when_text(moved.when, today)}，确认后改成这次。")
    if vague and when.at:
        lines.append(f"没说几点，暂记 {clock(when.at)}；要改请说“会期定在…下午3点”。")
    if not working:
        lines.append("注意：这天不是工作日。")
    lines += [f"注意：{not_known(year)}。" for year in doubtful]
    buttons = [
        ("确认", f"/meeting {MeetingVerb.CONFIRM} {meeting_words(when)}"),
        ("重写", f"/meeting {MeetingVerb.SET}"),
        ("不改", f"/meeting {MeetingVerb.KEEP}"),
    ]
    return reply_of(f"请确认调度会：{when_text(when, today)}", lines, "", buttons)


def meeting_set(meeting: Meeting, before: MeetingTime | None, today: date) -> Reply:
    """`before` is when it would have been."""
    said = (
        f"调度会改到{when_text(meeting.when, today)}。" if before else f"调度会已定：{when_text(meeting.when, today)}。"
    )
    undo = f"/meeting {MeetingVerb.UNDO} {meeting.id} {meeting.day} {meeting_words(before) if before else ''}".strip()
    return reply_of(said, ["会前的提醒和快照按它排。"], "", [("撤销", undo), ("看会期", "/meeting")])


def already(when: MeetingTime, today: date) -> Reply:
    return reply_of(f"已经定在{when_text(when, today)}，没有改动。", [], "", [("看会期", "/meeting")])


def which_meeting(coming: Sequence[Meeting], today: date) -> Reply:
    if not coming:
        return reply_of("没有可取消的会期。", [], "", [("定会期", f"/meeting {MeetingVerb.SET}")])
    buttons = [(with_weekday(one.day, today), f"/meeting {MeetingVerb.CANCEL} {one.id}") for one in coming[:6]]
    return reply_of("取消哪一次？", [when_text(one.when, today) for one in coming], "", buttons)


def to_call_off(meeting: Meeting, today: date) -> Reply:
    return reply_of(f"取消{when_text(meeting.when, today)}的调度会?", ["它的提醒和快照不再排;随时可以恢复。"])


def called_off(meeting: Meeting, today: date) -> Reply:
    buttons = [("恢复", f"/meeting {MeetingVerb.HOLD} {meeting.id}"), ("看会期", "/meeting")]
    return reply_of(f"已取消：{when_text(meeting.when, today)}的调度会。", ["它的提醒和快照不再排。"], "", buttons)


def meeting_unread(why: Amiss, day: date | None, today: date) -> Reply:
    said = with_weekday(day, today) if day else ""
    heads = {
        Amiss.TOO_MANY: "一次定一次会，请只发一个日期。没有改动。",
        Amiss.PAST: f"{said}已经过去，没有改动。",
        Amiss.WEEKDAY: f"这天是{said}，和写的不一样，没有改动。",
    }
    return reply_of(heads.get(why, "没有读懂日期，没有改动。"), [_MEETING_EXAMPLE], "", [("看会期", "/meeting")])
