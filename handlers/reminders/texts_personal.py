"""Reminders of one's own: kept, asked back, listed, called off."""

from collections.abc import Sequence
from datetime import date, datetime, time

from handlers.reminders.codes import PersonalVerb, PreferenceVerb
from handlers.reminders.texts_buttons import moment_text
from handlers.schedule.texts import WEEKDAYS
from handlers.services.clock import PLAN_ZONE
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text
from knowledge.language.pattern import sign
from storage.personal_reminders import Personal

ABOUT_REMINDERS = "自设的提醒；设一个：提醒我下周三报送5G基站"

REMIND_ME = "提醒我"
NO_WORDS = "时间到了"
ONE_TIME = "一条提醒只能定一个时间。"
UNREAD = "没有读懂时间。"
NO_HOUR = "还不知道是几点，算不出提前到几点。"
TOO_FAR = "这个时间太远了。"
_EXAMPLE = "提醒我下周三报送5G基站"
_CHOICES = ("明天", "后天", "下周一", "一周后")
_WIDTH = 30

SETTING = sign(
    r"""^(?: (?:以后|请)?(?:不要|别|不用|不想)(?:再)?(?:给我)?(?:发)?(?:提醒我?|通知我).{0,12}
    | (?:你)?(?:会|能)(?:不会|不能)?提醒我.{0,6}[吗么?]+
    | (?:怎么|如何|在哪里?|怎样)(?:设置?|取消|关掉?|改|看)?(?:我的)?提醒(?:我)?.{0,4}
    | (?:什么|啥)时候(?:会)?提醒我.{0,8} | 提醒(?:怎么|在哪里?|如何)设置?.{0,4}
    | (?:设置|取消|关闭|关掉|暂停)提醒 )[?。!]*$""",
    "不要提醒我",
    "别再提醒我5.2了",
    "以后别提醒我",
    "你会提醒我吗",
    "怎么设置提醒",
    "什么时候提醒我报数",
    "提醒怎么设置",
    "关闭提醒",
    others=("提醒我报数", "明天提醒我交表", "不要忘了报5G基站", "暂停5G基站建设", "什么时候到期"),
)


def where_it_is_set() -> Reply:
    return Reply(
        head=bold("提醒在“我的提醒”里看和设。"),
        blocks=("提前几天、免打扰、暂停一项任务都能设；自己设一个，直接说：提醒我下周三报送5G基站。",),
        buttons=(
            Button("我的提醒", "/remind"),
            Button("暂停一项任务", f"/remind {PreferenceVerb.MUTE}"),
            Button("自设的提醒", "/reminders"),
        ),
    )


def once_only(repeats: str) -> str:
    return f"目前只能提醒一次，不能按“{repeats}”重复；按期的报送本来就会提醒。"


def kept(number: int, words: str, at: datetime, today: date, told: str) -> Reply:
    """One line: the exact day, weekday and time; `told` is what it was counted from."""
    return Reply(
        head=bold(f"好，{moment_text(at, today)}提醒您：{words}"),
        blocks=(typeset(told),) if told else (),
        buttons=(Button("取消", f"/reminders {PersonalVerb.CANCEL} {number}"), Button("我的提醒", "/reminders")),
    )


def of_the_meeting(day: date, at: time, today: date) -> str:
    return f"按登记的会期算：{moment_text(datetime.combine(day, at), today)}开会。"


def when(words: str, lead: str) -> Reply:
    """Ask for the time; `lead` says why it is asked (again)."""
    about = f"：{words}" if words else ""
    return Reply(
        head=bold(f"{lead}什么时候提醒您{about}？"),
        blocks=("点一个，或者直接发，例如：3月22日下午三点；只说哪天的，上午提醒。",),
        buttons=tuple(Button(choice, f"/reminders {PersonalVerb.WHEN} {words}\n{choice}") for choice in _CHOICES),
    )


def unreal(said: str) -> str:
    """Under what was asked: there is no such day or hour."""
    return f"没有“{said}”这个时间。"


def of_what() -> Reply:
    return Reply(head=bold("提醒您什么事，什么时候？"), blocks=(f"直接发，例如：{_EXAMPLE.removeprefix('提醒我')}。",))


def past(at: datetime, today: date) -> str:
    return f"{moment_text(at, today)}已经过了。"


def other_weekday(at: datetime, today: date) -> str:
    return f"{day_text(at.date(), today)}是周{WEEKDAYS[at.weekday()]}，和您写的星期对不上。"


def too_long(most: int) -> Reply:
    return Reply(head=bold(f"提醒的内容最多 {most} 个字，请说短一些。"))


def too_many() -> Reply:
    return Reply(
        head=bold("您还没到时间的自设提醒已有 50 条，先取消几条再设。"), buttons=(Button("我的提醒", "/reminders"),)
    )


def none() -> Reply:
    return Reply(
        head=bold("您没有自设的提醒。"),
        blocks=(f"直接发一句话就能设，例如：{_EXAMPLE}。",),
        buttons=(Button("按规则的提醒", "/remind"),),
    )


def listed(shown: Sequence[Personal], *, total: int, now: datetime, page: int, pages: int) -> Reply:
    """The next first; those told and not done yet last."""
    if not shown:
        return none()
    count = f"（第 {page}/{pages} 页）" if pages > 1 else ""
    buttons = [Button(f"取消：{_short(one.words)}", f"/reminders {PersonalVerb.CANCEL} {one.id}") for one in shown]
    if pages > 1:
        buttons.append(Button("更多", f"/reminders {PersonalVerb.PAGE} {page % pages + 1}"))
    return Reply(
        head=bold(f"自设的提醒：{total} 条") + count,
        blocks=tuple(typeset(_line(one, now)) for one in shown),
        foot="再设一个，直接发一句话：提醒我明天下午三点开调度会。",
        buttons=(*buttons, Button("按规则的提醒", "/remind")),
    )


def _line(one: Personal, now: datetime) -> str:
    at = one.at.astimezone(PLAN_ZONE)
    again = "再次提醒：" if one.item else ""
    return f" {moment_text(at, now.date())} {again}{_cut(one.words)}{'' if one.at > now else '（已提醒）'}"


def called_off(words: str | None) -> Reply:
    if words is None:
        return Reply(head=bold("这条提醒之前已经完成或取消了。"), buttons=(Button("我的提醒", "/reminders"),))
    return Reply(head=bold(f"已取消：{words}"), buttons=(Button("我的提醒", "/reminders"),))


def _cut(words: str) -> str:
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"


def _short(words: str) -> str:
    return words if len(words) <= 10 else f"{words[:9]}…"
