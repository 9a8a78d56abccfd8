"""科经局电话报:5G基站640: a unit's word that somebody else writes down, parted into whose, how it came, when and what.

Whether the unit is one, and what it says, is read elsewhere.
"""

from dataclasses import dataclass

from knowledge.language.pattern import sign
from knowledge.reports.model import AnswerSource


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """The parts as they were typed; what was not said is empty."""

    unit: str
    source: AnswerSource | None
    day: str
    """When it came: 昨天, 3月20日."""
    words: str
    """What the unit says."""


_UNIT = r"(?P<unit>[\u4e00-\u9fff]{2,24}?)"
_DAY = r"(?P<day>今[天日] | 昨[天日] | 前[天日] | (?:\d{4}年)? \d{1,2}月\d{1,2}[日号])?"
_HOUR = "(?: 刚才 | 刚刚 | 刚 | 上午 | 下午 | 早上 | 中午 | 晚上 )?"
_OF_SOURCE = {
    AnswerSource.PHONE: r"(?:打|来|致|接)?(?:了|过)?(?:个)?(?:来|到)?(?:的)?电话[里中]? | 来电 | 致电 | 电告 | 口头",
    AnswerSource.PAPER: r"书面(?:材料|报告)? | 纸质(?:件|材料|版|报表)? | 纸面 | 传真"
    r" | 送(?:了|来)(?:纸质)?(?:材料|报表) | 发函 | 来函",
    AnswerSource.OA: r"(?: 在 | 从 | 通过 | 走 )? \s* [oO][aA] (?:系统|附件|上|里)?",
}
_SOURCE = "|".join(f"(?P<{source}> {words} )" for source, words in _OF_SOURCE.items())
_SAYS = r"""(?:
    上报 | 报告 | 报来 | 报送 | 报的 | 报了 | 报 | 说的 | 说 | 讲 | 反映 | 告知 | 告诉 | 答复 | 回复
    | 来的 | 来 | 发来 | 送来 | 的 )"""
_MARK = r"[:：,，;；\s]"
_TOLD = rf"(?: {_SAYS} {{1,2}} (?:是|一下)? {_MARK}* | {_MARK}+ )"
_WORDS = r"(?P<words>\S(?s:.*))"

CAME = sign(
    rf"^ {_UNIT} (?: 的 )? \s* {_DAY} \s* {_HOUR} (?: 用 | 以 )? \s* (?: {_SOURCE} ) {_TOLD} {_WORDS} $",
    "科经局电话报:5G基站640",
    "市交通局书面报 4.3 外贸增长6.2%",
    "科经局OA来的，5G基站640个，3月20日",
    "科经局昨天来电说5G基站640个",
    "科经局电话说都没变化",
    "农业农村局纸质报来：高标准农田2万亩",
    others=("科经局电话多少", "科经局的电话", "5G基站建成640个", "打电话说一声"),
)
"""A unit's word, with how it came."""

FOR = sign(
    rf"^ (?: 请 | 帮我 )? (?: 代 (?!录) | 替 | 帮 ) {_UNIT} (?: {_SOURCE} )?"
    rf" (?: 录入 | 录 | 填报 | 填 | 上报 | 报 | 记 ) (?: 一下 | 一条 | 个数 )? {_MARK}* (?P<words>(?s:.*)) $",
    "代梅川镇录 5G基站3个",
    "替科经局报一下:5G基站640个",
    "帮科经局录入 5G基站640",
    "代科经局录",
    others=("代录", "帮我报5G基站"),
)
"""For a unit, without or with how its word came."""

TAKE_DOWN = sign(
    rf"^ 代(?:录|报) {_MARK}* {_UNIT} (?: {_SOURCE} )? (?: {_SAYS}? {_MARK}+ (?P<words>(?s:.*)) )? $",
    "代录科经局 5G基站640",
    "代录：科经局，5G基站640个",
    "代录科经局",
    others=("代录", "谁代录的"),
)
"""代录 before the unit."""

SAYS = sign(
    rf"^ {_UNIT} (?: 上报 | 报告 | 报来 | 报 ) 了? {_MARK}* (?! [了的] | [0-9]+ [项条个家次遍份] )"
    rf" (?= [^?？\n]* [0-9] ) (?! [^\n]* (?: [?？吗呢几哪] | 多少 | 对不对 | 没有? ) ) (?P<words> \S (?s:.*) ) $",
    "商务局报外贸增长7%",
    "科经局报5G基站640个",
    others=(
        "科经局报了3项",
        "科经局报的5G基站640个核实了",
        "科经局报5G基站640个了吗",
        "科经局报了几项",
        "科经局报数了没有",
    ),
)
"""A unit's figure, without how its word came: that is asked."""

WISHED = sign(
    r"^ (?: 我要 | 我想 | 要 )? (?: 代录 | 代报 | 代填 | [替帮]单位[报录] ) (?: 一条 | 一下 | 进展 | 填报 )? $",
    "代录",
    "我要代录",
    "代录一条",
    others=("代录科经局", "谁代录的"),
)
"""To write something down, without saying for whom."""


ALL_SAME = sign(
    r"""^ (?: 他们 | 我们 | 本?单位 | [本这][个]?月 | 上个?月 | [本这]期 | 全部 | 全都 | 都 | 所有
      | 各项 | [这几]项 | 数据 | 情况 )*
    (?: 没有?(?:什么|任何|新的?)?(?:变化|变动|进展|新增) | 无(?:变化|变动|新增|新进展)
      | 没变 | 没有变 | 不变 | 照旧 | 没动 | [和与同]上[期月]一样 | 同上期 | 维持不变 ) [了的]? [。.!]* $""",
    "都没变化",
    "没有变化",
    "本月都无变化",
    "本期无变化",
    "全部没变",
    "和上期一样",
    others=("5G基站没变化", "都变了", "没有变化的有3项", "5G基站本期无变化"),
)
"""Nothing has changed of all that a unit reports."""


def written_down(text: str) -> WrittenDown | None:
    """What somebody writes down for a unit; None where the words are nothing of that kind."""
    said = text.strip()
    if WISHED.shows(said):
        return None
    found = next((found for one in (CAME, FOR, TAKE_DOWN, SAYS) if (found := one.find(said))), None)
    if found is None:
        return None
    parts = found.groupdict()
    source = next((one for one in AnswerSource if parts.get(one)), None)
    return WrittenDown(parts["unit"], source, parts.get("day") or "", (parts["words"] or "").strip())
