"""What is left undone when something else is said or tapped than the bot has asked for, by the command that asked."""

import re
from collections.abc import Mapping

from handlers.office.texts_cards import NAMES as CARD_FIELDS
from handlers.people.codes import ContactField
from handlers.texts.marks import bold, typeset
from handlers.texts.reminder_rules import NAMES as RULES
from handlers.texts.reply import Button, Reply
from knowledge.language.pattern import sign

RESUME, AS_ANSWER = "接着办", "这句就是要写的"

_OPEN_CARD = "上面的卡片还等确认"
_UNDONE = (
    (r"/return (?P<what>\d+)", "#{what} 没有退回"),
    (r"/pending return (?P<what>\d+)", "#{what} 没有退回"),
    (r"/report #\S+ number", f"数没有改，{_OPEN_CARD}"),
    (r"/report #\S+ day", f"日期没有改，{_OPEN_CARD}"),
    (r"/report #\S+ note", f"说明没有加，{_OPEN_CARD}"),
    (r"/report #\S+ anyway", "原因没有写，这一项没有记录"),
    (r"/report #\S+ move", f"没有换成别的项，{_OPEN_CARD}"),
    (r"/report figure", "刚才那一项还没有报"),
    (r"/behalf object (?P<what>\d+)", "#{what} 的异议没有提"),
    (r"/behalf fix (?P<what>\d+)", "#{what} 没有改"),
    (r"/behalf (?P<what>\S+)", "{what}的进展没有录"),
    (r"/sheet", "月报表还没有发"),
    (r"/fill", "提醒里的那一项还没有报"),
    (r"/evidence (?P<what>\d+)", "#{what} 的佐证还没有补"),
    (rf"/me (?P<contact>{'|'.join(ContactField)})", "{contact}没有改"),
    (r"/away", "请假没有登记"),
    (r"/invite", "邀请没有发出"),
    (r"/problems (?P<what>\d+)", "#{what} 的问题没有销号"),
    (r"/excuse (?P<what>\d+)", "#{what} 的认定没有登记"),
    (r"/announce", "通知没有发出"),
    (r"/bulletin \d+ title", "标题没有改"),
    (r"/bulletin \d+ remark", "补充的话没有改"),
    (r"/bulletin \d+ review", "核稿没有登记"),
    (r"/bulletin \d+ sign", "审定没有登记"),
    (r"/facts", "核对还没有答复"),
    (rf"/card (?P<what>.+?) (?P<field>{'|'.join(CARD_FIELDS)})\b", "{what} 的{field}没有改"),
    (r"/holidays", "放假调休没有改"),
    (r"/period", "方案的起止没有改"),
    (r"/meeting", "联席会议没有定"),
    (rf"/rules (?P<rule>{'|'.join(RULES)})", "{rule}没有改"),
    (r"/misses \d+ name", "别名没有加"),
    (r"/remind days", "提前几天没有再改"),
    (r"/remind quiet", "免打扰时段没有改"),
    (r"/remind mute", "暂停没有设"),
    (r"/reminders", "提醒没有设"),
    (r"/dislike", "没有再补充意见"),
)
"""A pattern of the command's beginning; what only chooses what to show next, like `/report`, leaves nothing undone."""
_COMPILED = tuple((re.compile(pattern), sentence) for pattern, sentence in _UNDONE)
_NAMES: dict[str, Mapping[str, str]] = {
    "contact": {ContactField.NAME: "姓名", ContactField.PHONE: "电话", ContactField.MOBILE: "手机"},
    "field": {field.value: name for field, name in CARD_FIELDS.items()},
    "rule": RULES,
}
_OF_CARD = re.compile(r"/report #")
_FREE = re.compile(
    r"/(?:return|pending return|problems|excuse|announce|bulletin|dislike|facts|behalf object|holidays|reminders)\b"
    r"|/report #\S+ (?:note|anyway)|/card .+ (?:definition|source|certifier)$"
)
_WITH_REASON = re.compile(r"/(?:return|pending return|excuse|problems|roster)\b")
ASKS_BACK = sign(
    r"""^(?:现在|目前|请问|问一下|那|还有|有|查一下|看看|这个?月|上个?月|,){0,3}(?:哪(?:些|几[个家]|个|家|一[个家])|谁)
      (?!让|说|要求|知道)
    | (?:行不行|行吗|可以吗|可不可以|好不好|能不能行)[?]?$""",
    "哪些单位老是迟报",
    "谁老是迟报",
    "每个月20号交数行不行",
    "上个月哪几家没报",
    others=("谁让你们这么报", "怎么比上个月还少", "数怎么对不上", "这个数从哪来的", "是不是报错了"),
)
"""What asks whom, which or whether one may, and is no reason: 怎么比上月还少 may be one."""
_VERSION = re.compile(r"(#\d+)\.\d+")


def is_free(command: str) -> bool:
    """Whether any words may be what is to be typed: a reason, a text, a remark."""
    return _FREE.match(command) is not None


def is_with_reason(command: str) -> bool:
    """Whether a reason or a list is to be typed, of which no order can be one."""
    return _WITH_REASON.match(command) is not None


def is_same_matter(command: str, line: str) -> bool:
    """Whether a line is about what the command asks for: the same card, report, person."""
    first, second = (_VERSION.sub(r"\1", one).split()[:2] for one in (command, line))
    return first == second


def undone(command: str) -> str:
    """In a few words; empty where nothing is."""
    for pattern, sentence in _COMPILED:
        if found := pattern.match(command):
            said = {key: _NAMES[key][value] if key in _NAMES else value for key, value in found.groupdict().items()}
            return typeset(sentence.format(**said))
    return ""


def left(command: str, *, text: str = "") -> Reply | None:
    """Under the reply to something else: what has not been done, and taking it up again. `text` is what was typed."""
    what = undone(command)
    if not what:
        return None
    resume = () if _OF_CARD.match(command) else (Button(RESUME, command),)
    meant = (Button(AS_ANSWER, f"{command} {text}"),) if text and is_free(command) else ()
    return Reply(head=f"（{what}。）", buttons=(*resume, *meant))


def called_off(command: str) -> Reply:
    what = undone(command)
    buttons = () if not what or _OF_CARD.match(command) else (Button(RESUME, command),)
    return Reply(head=bold(f"好，不办了，{what or '什么也没有改'}。"), buttons=buttons)
