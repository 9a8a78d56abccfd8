"""Times of day as they are said: 下午三点半, 9:00, 晚上; and the small numbers that days and hours are counted with."""

import re
from datetime import time

_DIGITS = "一二两三四五六七八九"
NUMBER = f"(?:\\d{{1,2}}|[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}])"
_TENS = re.compile(rf"([{_DIGITS}]?)十([{_DIGITS}]?)|[零〇]?(\d|[零{_DIGITS}])")

_MORNING = "凌晨|清晨|清早|早上|早晨|上午"
_NOON = "中午|正午"
_AFTERNOON = "下午|午后|傍晚"
_NIGHT = "晚上|晚间|夜里|夜间|半夜"
PARTS = f"(?:{_MORNING}|{_NOON}|{_AFTERNOON}|{_NIGHT}|早(?![日已就些期点一])|晚(?![于些期点一]))"
_TENS_OF_MINUTES = f"[二三四五]?十[{_DIGITS}]?"
_MINUTES = (
    r"整|(?P<half>半)|(?P<quarter>[一三13])刻"
    rf"|(?P<minute>\d{{1,2}}|{_TENS_OF_MINUTES}|[零〇]?(?:\d|[{_DIGITS}]))分"
    rf"|(?P<bare>\d{{2}}|{_TENS_OF_MINUTES}|[零〇][{_DIGITS}])"
)
CLOCK = (
    rf"(?P<hour>{NUMBER}|零)(?::(?P<sharp>\d{{2}})(?![\d:])|(?:点钟?|时(?![间候段期限常代]))(?:{_MINUTES})?)"
    r"(?![\d.%个家万亿成]|建议|意见|要求|问题|体会|说明|原因|内容|措施|希望|想法|一线|[多都也儿])"
)
"""An hour with its minutes. 三点意见 and 3点5亿 are none."""
NOT_AFTER = rf"(?<![\d.:第百十{_DIGITS}])"
"""What a number that stands alone may not follow."""
_STARTS = {_MORNING: time(9), _NOON: time(12), "下午|午后": time(15), "傍晚": time(18), _NIGHT: time(19)}


def small_number(said: str) -> int:
    """Below 100, in digits or Chinese; 三五 (three or five) and anything else is a ValueError."""
    if said.isascii() and said.isdecimal():
        return int(said)
    found = _TENS.fullmatch(said)
    if found is None:
        raise ValueError(said)
    tens, ones, alone = found.groups()
    if alone:
        return _digit(alone)
    return 10 * (_digit(tens) if tens else 1) + (_digit(ones) if ones else 0)


def _digit(said: str) -> int:
    return int(said) if said.isascii() else 2 if said == "两" else "零一二三四五六七八九".index(said)


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
    return 0 if part == "凌晨" and hour == 12 else hour
