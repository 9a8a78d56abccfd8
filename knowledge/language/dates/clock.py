"""Times of day as they are said: 下午三点半, 9:00, 晚上, 今晚凌晨1点."""

import re
from datetime import time

from knowledge.language.dates.numerals import DIGITS, NUMBER, small_number

_EARLY = "清晨|清早|晨"
_MORNING = "早上|早晨|上午"
_NOON = "中午|正午"
_AFTERNOON = "下午|午后|傍晚"
_NIGHT = "晚上|晚间|夜里|夜间|半夜"
_PAST_MIDNIGHT = "晚上凌晨|晚凌晨"
_SHORT = "早(?![日已就些期点一])|晚(?![于些期点一])"
PARTS = rf"(?:(?:{_PAST_MIDNIGHT})(?=[\d零{DIGITS}十])|凌晨|{_EARLY}|{_MORNING}|{_NOON}|{_AFTERNOON}|{_NIGHT}|{_SHORT})"
_TENS_OF_MINUTES = f"[二三四五]?十[{DIGITS}]?"
_ROOM = r"号?(?:楼|层|会议室|室)"
"""下午3点3楼会议室: the second number is where, not when."""
_MINUTES = (
    r"整|(?P<half>半)|(?P<quarter>[一三13])刻"
    rf"|(?P<minute>\d{{1,2}}|{_TENS_OF_MINUTES}|[零〇]?(?:\d|[{DIGITS}]))分"
    rf"|(?P<bare>\d{{2}}(?!\d|{_ROOM})|{_TENS_OF_MINUTES}|[零〇][{DIGITS}])"
)
CLOCK = (
    rf"(?P<hour>{NUMBER}|零)(?::(?P<sharp>\d{{2}})(?![\d:])|(?:点钟?|时(?![间候段期限常代]))(?:{_MINUTES})?)"
    rf"(?![.%个家万亿成]|\d(?!\d?[a-z]|\d{{0,3}}{_ROOM})|建议|意见|要求|问题|体会|说明|原因|内容|措施|希望|想法|一线|[多都也儿])"
)
"""An hour with its minutes. 三点意见 and 3点5亿 are none."""
NOT_AFTER = rf"(?<![\d.:第百十{DIGITS}])"
"""What a number that stands alone may not follow."""
_STARTS = {
    "凌晨": time(1),
    _EARLY: time(7),
    _MORNING: time(9),
    _NOON: time(12),
    "下午|午后": time(15),
    "傍晚": time(18),
    _NIGHT: time(19),
}


def part_time(part: str) -> time:
    """When a part of the day is, where no hour is said."""
    said = {"早": "早上", "晚": "晚上"}.get(part, part)
    return next(at for names, at in _STARTS.items() if said in names.split("|"))


def time_said(found: re.Match[str]) -> tuple[int, time] | None:
    """From a match of an optional `part` and CLOCK: how many days later (24:00 is the next day's), and when.

    None where there is no such time.
    """
    part, hour = found["part"] or "", small_number(found["hour"])
    minutes = found["sharp"] or found["minute"] or found["bare"]
    minute = 30 if found["half"] else 15 * small_number(found["quarter"]) if found["quarter"] else 0
    minute = small_number(minutes) if minutes else minute
    if hour > 24 or minute > 59:
        return None
    days, hour = divmod(_hour(part, hour, written=bool(found["sharp"])), 24)
    return days, time(hour, minute)


def _hour(part: str, hour: int, *, written: bool) -> int:
    """On the clock of 24 hours, and beyond it where it is the next day's."""
    if part in _AFTERNOON.split("|") or (part in _NOON.split("|") and hour < 4) or (not part and not written):
        return hour + 12 if 1 <= hour <= (6 if not part else 11) else hour
    if part == "晚" or part in _NIGHT.split("|"):
        return hour + 12 if 5 <= hour <= 12 else hour + 24 if hour < 5 else hour
    if part in _PAST_MIDNIGHT.split("|"):
        return 24 + hour % 12
    return 0 if part == "凌晨" and hour == 12 else hour
