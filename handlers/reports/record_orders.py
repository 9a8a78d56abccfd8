"""核实5G基站, 退回12 口径不对: what a supervisor does with a report, said in plain words."""

import re

from knowledge.reports.speech_acts import QUESTION

_CHECK = (
    re.compile(r"(?:请|帮我|麻烦)?核实(?:一下|一遍|通过)?[\s:：,，]*(?P<what>\S.*)"),
    re.compile(r"(?:请|帮我|麻烦)?核一(?:下|遍)[\s:：,，]*(?P<what>\S.*)"),
    re.compile(r"(?:请|帮我|麻烦)?[把将](?P<what>.{2,40}?)(?:的数|的填报)?核实?(?:一下|了|掉|通过)"),
    re.compile(r"(?:请|帮我|麻烦)?[把将]?(?P<what>.{2,40}?)(?:的数|的填报)?核实(?:一下|掉|通过)?吧?"),
)
_RETURN = (
    re.compile(r"(?:请|帮我|麻烦)?(?:退回|打回|驳回)(?:去|来)?[\s:：,，]*(?P<what>.*)", re.DOTALL),
    re.compile(
        r"(?:请|帮我|麻烦)?[把将]?(?P<what>.{2,40}?)(?:给我)?(?:退回|打回|驳回)(?:去|给他们|给单位)?(?P<reason>[\s:：,，].*)?",
        re.DOTALL,
    ),
)
_BACK = re.compile("上一|刚才|前面")
"""退回上一个 goes back in the chat."""
_WHY = re.compile("为什么|为啥|怎么|因为什么|原因|理由")
"""为什么退回 asks."""
_PLAIN = re.compile(r"/check|/(?:return|check) #?[0-9].*", re.DOTALL)

CHECKS = ("核实 #12", "核实5G基站", "把5G基站的数核实了", "核实科经局的5G基站", "5G基站核实一下", "核一下5G基站")
RETURNS = (
    "退回 #12 口径不对",
    "退回12 口径不对",
    "退回科经局5G基站的数，口径不对",
    "把5G基站退回，口径不对",
    "退回5G基站",
    "打回5G基站，口径不对",
    "5G基站退回，口径不对",
)


def record_order(text: str, cleaned: str) -> str | None:
    """The command that says the same; None where the words are no such order."""
    words, cleaned = text.strip().rstrip("。.!！"), cleaned.rstrip("。.!！")
    if not QUESTION.shows(cleaned) and (found := _first(_CHECK, words)):
        return f"/check {_plain(found['what'])}"
    if not _BACK.search(words) and (found := _first(_RETURN, words)) and not _WHY.match(found["what"]):
        reason = (found.groupdict().get("reason") or "").strip(" :：,，")
        return f"/return {_plain(found['what'])}{f'，{reason}' if reason else ''}".strip()
    return None


def is_plain(line: str | None) -> bool:
    """Whether the order is for the list, or names a report by its number: meant even while a reason is asked for."""
    return line is not None and _PLAIN.fullmatch(line) is not None


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for one in patterns if (found := one.fullmatch(text))), None)


def _plain(what: str) -> str:
    return what.strip().removesuffix("的数").removesuffix("的填报")
