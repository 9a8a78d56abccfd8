"""提醒我…: where a message asks to be reminded, and what it asks for besides, so that neither swallows the other."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Tense
from knowledge.language.normalize import clean
from knowledge.language.pattern import sign

ONCE = "(?:一声|一下下?|一次|一句|下(?![周个月下午半星礼]))?"
ME = "我(?!们|局|市|县|镇|办|处|委|院|方|单位)"
POLITE = (
    "(?:请|麻烦|劳烦|拜托|帮忙|[帮给替为]我?|我想|我要|想|要|你|您|能不能|能否|可不可以|可以|可否|记得|记着|别忘了|不要忘了"
    "|千万|一定|务必|到时候?|届时|小助手|督办助手|助手|那就|那|再|就|也|还|都|先|在|于|于是|,|:|的?时候|到点|准时)*"
)
REMINDS = sign(
    rf"提醒{ONCE}{ME}{ONCE}|(?:设|建|加|定|订|来|新建|新增|设置|添加)(?:个|一个|条|一条)?(?:提醒|闹钟)",
    "提醒我下周三报送5G基站",
    "给我设个提醒明天9点交表",
    others=("提醒我们局报数", "叫我小王", "报送提醒"),
)
_PART = re.compile(r"(?:^|[,，。;；!！?？\n])[^,，。;；!！?？\n]*")
_BESIDES = re.compile(r"^[,，。;；!！?？\n\s]*(?:另外|还有|顺便|顺带|对了|此外|同时|再就是|还想|再问|再帮)")
_TAIL = re.compile(r"(?:好吗|好不好|行吗|可以吗|谢谢你?您?|吧|啊|哦|呀|哈|吗|[,，。!！?？;；~\s])+$")


@dataclass(frozen=True, slots=True)
class Request:
    """A part of a message, as it was typed; `reminds`: it asks to be reminded."""

    said: str
    reminds: bool


def requests(text: str, cleaned: str, today: date) -> tuple[Request, ...]:
    """A message in parts, each wholly a request to be reminded or wholly something else; most messages are one.

    `cleaned` is the whole text as `clean` leaves it.
    """
    if not REMINDS.shows(cleaned):
        return (Request(text, reminds=False),)
    found: list[Request] = []
    for part in _PART.findall(text):
        last = found[-1] if found else None
        besides = bool(_BESIDES.match(part))
        if REMINDS.shows(clean(part)):
            joins = last is not None and not besides and not last.reminds and _belongs(last.said, part, today)
            found = (
                [*found[:-1], Request(last.said + part, reminds=True)]
                if joins and last
                else [*found, Request(part, reminds=True)]
            )
        elif last is not None and not (last.reminds and besides):
            found[-1] = Request(last.said + part, last.reminds)
        else:
            found.append(Request(part, reminds=False))
    if len(found) > 1:
        found = [Request(_BESIDES.sub("", one.said, count=1).strip(" ,，。;；\n"), one.reminds) for one in found]
    return tuple(one for one in found if any(char.isalnum() for char in one.said))


def without_reminders(text: str, today: date) -> str:
    """What a message says besides 提醒我…; nothing of that is a report."""
    parts = requests(text, clean(text), today)
    return "\n".join(one.said for one in parts if not one.reminds) if any(one.reminds for one in parts) else text


def _belongs(before: str, part: str, today: date) -> bool:
    """下周三开会,提醒我一下: what stands before is what to be reminded of, or only the time and politeness."""
    said = clean(part)
    asks = REMINDS.find(said)
    if asks is not None and not _TAIL.sub("", said[asks.end() :]):
        return True
    return bool(re.fullmatch(POLITE, without_days(clean(before), today)))


def without_days(text: str, today: date) -> str:
    """What a text says besides when it is to be."""
    for span in reversed(find(text, today, Tense.FUTURE).spans):
        text = text[: span.start] + text[span.end :]
    return text
