"""The calendar of coming messages, and previews of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from handlers.office.texts_holidays import not_known, with_weekday
from handlers.people.codes import ref
from handlers.schedule.forecast import ForecastMessage
from handlers.schedule.texts import reader
from handlers.texts.heading import reply_of
from handlers.texts.marks import bold, typeset
from handlers.texts.reminder_rules import EXAMPLES, IN_ORDER, NAMES
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text
from storage.outbox import OutboxKind
from storage.rich_text import Text

ABOUT_CALENDAR = "今后几周要发的提醒"
ABOUT_PREVIEW = "预览一条提醒，只发给自己看"

KINDS = {OutboxKind.DIGEST: "汇总", OutboxKind.REMINDER: "另发", OutboxKind.PERSONAL: "自设"}
_HOLDS = "按现在的人员、指标卡和数据推算，变了就跟着变。"
_HOW = "请发“/calendar 8周”，或“/calendar 3月24日”看某一天。"
_DAYS, _PEOPLE = 4, 5
"""Buttons."""


def weeks(found: Sequence[ForecastMessage], since: date, until: date, *, weeks: int, doubtful: Sequence[int]) -> Reply:
    """Day by day; the first days as buttons, the others are typed."""
    by_day: dict[date, list[ForecastMessage]] = defaultdict(list)
    for one in found:
        by_day[one.day].append(one)
    span = f"{day_text(since, since)}至{day_text(until, since)}"
    head = f"{span}：{len(by_day)} 天有消息,共 {len(found)} 条" if found else f"{span}：没有要发的消息"
    lines = [*map(_doubt, doubtful), *(_day_line(day, own, since) for day, own in by_day.items())]
    after = until + timedelta(days=1)
    buttons = [(day_text(day, since), f"/calendar {day.isoformat()}") for day in list(by_day)[:_DAYS]]
    buttons.append((f"后 {weeks} 周", f"/calendar {weeks}周 自{after.isoformat()}"))
    buttons.append(("预览", "/preview"))
    example = day_text(max(by_day, default=until), since)
    return reply_of(head, lines, f"{_HOLDS}看某一天发“/calendar {example}”。", buttons)


def _doubt(year: int) -> str:
    return f"注意:{not_known(year)};公布后请用 /holidays 录入。"


def _day_line(day: date, own: Sequence[ForecastMessage], today: date) -> str:
    """3月24日（周五） 5 条，4 人：报送截止 4（原定3月25日）、到期提醒 1."""
    people = len({one.member.id for one in own})
    return f"{with_weekday(day, today)} {len(own)} 条,{people} 人：{_of_rules(own, today)}"


def _of_rules(own: Iterable[ForecastMessage], today: date) -> str:
    """Each rule with its number of messages, and the days that its occasions were for where they were moved."""
    counted: Counter[str] = Counter()
    moved: dict[str, set[date]] = defaultdict(set)
    for one in own:
        counted.update(one.rules)
        for item in one.items:
            if item.id in one.moved:
                moved[item.rule].add(one.moved[item.id])
    return "、".join(f"{NAMES[rule]} {counted[rule]}{_moved(moved[rule], today)}" for rule in _ordered(counted))


def _moved(days: Iterable[date], today: date) -> str:
    planned = "、".join(day_text(day, today) for day in sorted(days))
    return f"(原定{planned})" if planned else ""


def _ordered(rules: Iterable[str]) -> list[str]:
    return sorted(rules, key=IN_ORDER.index)


def one_day(found: Sequence[ForecastMessage], day: date, today: date) -> Reply:
    """Who gets what."""
    back = ("看日历", "/calendar")
    if not found:
        return reply_of(f"{with_weekday(day, today)}没有要发的消息。", [], _HOLDS, [back])
    people = {one.member.id: one for one in found}
    head = f"{with_weekday(day, today)}：{len(found)} 条,发给 {len(people)} 人"
    buttons = [
        (f"预览 {_who(one)}", f"/preview {day.isoformat()} {ref(number)}")
        for number, one in list(people.items())[:_PEOPLE]
    ]
    example = f"看别人的内容发“/preview {day.isoformat()} 人员{max(people)}”。" if len(people) > _PEOPLE else ""
    return reply_of(head, [_message_line(one, today) for one in found], f"{_HOLDS}{example}", [*buttons, back])


def _message_line(one: ForecastMessage, today: date) -> str:
    """9:00 汇总 市科经局 张三（人员3）：报送截止 2 项."""
    counted = Counter(item.rule for item in one.items)
    moved: dict[str, set[date]] = defaultdict(set)
    for item in one.items:
        if item.id in one.moved:
            moved[item.rule].add(one.moved[item.id])
    told = "、".join(f"{NAMES[rule]} {counted[rule]} 项{_moved(moved[rule], today)}" for rule in _ordered(counted))
    return f"{one.at.hour}:{one.at.minute:02} {KINDS[one.kind]} {_whom(one)}：{told}"


def _whom(one: ForecastMessage) -> str:
    name = one.member.name or ""
    return f"{_who(one)} {name}（人员{one.member.id}）" if name != _who(one) else f"{name}（人员{one.member.id}）"


def _who(one: ForecastMessage) -> str:
    return reader(one.snapshots[one.items[0].plan], one.member.id)


def previewed(told: Sequence[tuple[ForecastMessage, Reply | None]]) -> Reply:
    """The words as they will arrive, under a head that says that they have not been sent; None: not to be shown."""
    first = told[0][0]
    head = f"预览(没有发出):发给{_whom(first)},{with_weekday(first.day, first.day)}"
    blocks: list[Text] = []
    for one, reply in told:
        kind = f"—— {one.at.hour}:{one.at.minute:02},{KINDS[one.kind]}"
        if reply is None:
            blocks.append(typeset(f"{kind}:内容由本人写,只给本人看"))
            continue
        labels = "、".join(button.label for button in reply.buttons)
        blocks += [
            typeset(kind),
            reply.head,
            *reply.blocks,
            *([reply.foot] if reply.foot else []),
            typeset(f"按钮:{labels}"),
        ]
    back = (Button("这一天", f"/calendar {first.day.isoformat()}"), Button("看日历", "/calendar"))
    return Reply(head=bold(head), blocks=tuple(blocks), foot=_HOLDS, buttons=back, whole=True)


def which(soon: Sequence[str]) -> Reply:
    """Of the rules under which anything is coming."""
    buttons = [(NAMES[rule], f"/preview {rule}") for rule in _ordered(soon)[:6]]
    if not soon:
        return reply_of("近期没有要发的消息,没有可以预览的。", [], "", [("提醒规则", "/rules")])
    return reply_of(
        "要预览哪一条规则的消息?", [f"近期要发的:{'、'.join(NAMES[one] for one in _ordered(soon))}"], "", buttons
    )


def none_of(rule: str, until: date) -> Reply:
    """What it would look like."""
    name = NAMES[rule]
    example = "\n".join(["消息样例:", *EXAMPLES[rule].split("\n")])
    why = "内容由本人写,只给本人看。" if rule == "personal" else f"到{until.isoformat()}没有“{name}”要发。"
    return reply_of(why, [example], "", [("看规则", f"/rules {rule}"), ("看日历", "/calendar")])


def nothing_on(day: date) -> Reply:
    return reply_of(f"{day.isoformat()}没有发给这个人的消息。", [], "", [("看日历", "/calendar")])


def unread(said: str) -> Reply:
    return reply_of(f"没有读懂“{said[:24]}”。", [_HOW], "", [("看日历", "/calendar")])


def unread_preview(said: str) -> Reply:
    lines = ["请写规则名,例如:/preview 到期提醒。", "看某一天某个人的,例如:/preview 3月24日 人员7。"]
    return reply_of(f"没有读懂“{said[:24]}”。", lines, "", [("看日历", "/calendar")])


def too_far(most: int, last: date) -> Reply:
    return reply_of(f"只看得到今天到 {last.isoformat()},一次最多 {most} 周。", [_HOW], "", [("看日历", "/calendar")])
