"""A message's clauses, and which of them ask; the rest stands around the question and changes nothing of it.

A clause asks by its form. Any other may be left out: a greeting, a reason, a feeling, politeness, a pasted notice.
One that names something of the plan is left out silently only where it shows what it is: who asks, why, whose words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.language.lattice import Sense
from knowledge.language.lexicon import set_words
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import LOOSE_MINE, Piece
from knowledge.questions.understand.intents import ASKING

_STOPS = re.compile(r"[,:;。!?\n—…·|/\[\]]+|-{2,}|\.{2,}")
# What a speaker says before the question itself, or after it: a clause ends there, whether it is marked or not.
_ASKERS = re.compile(
    r"(?<=.)(?=(?:我|就|还|也|特)?(?:请问|想问|问一下|问下|请教|咨询|麻烦|劳驾|想了解|想知道|想核实|想确认|想查|帮忙|帮我))"
    r"|(?<=请问)|(?<=[^不]知道)(?=[^吗不].{3,})"
    r"|(?<=打扰一下)[哈啊了]?(?=.)|(?<=[你您]好)[呀啊](?=.{4,})"
    r"|(?<=.)(?=(?:先?谢谢|多谢|感谢|谢了|辛苦|拜托|在线等))"
)
_ASKS_POLITELY = re.compile(
    r"^(?:可不可以|能不能|能否|可否|可以)?(?:烦请|敬请|恳请|还请|请|麻烦|劳烦|劳驾|拜托)?(?:您|你|各位|老师|领导)?"
    r"(?:帮忙|帮我|协助|抽空|尽快|予以|给予)*(?:告知|告诉|明示|(?<=请)(?:明确|核[实对]|回答|查明|说明)|指教|赐教|查询|查一?下|查查|看一?下|答复|回复|示下|核实一下|确认一下|说明一下)(?=[^的了是].{2,})"
)
_MOST = 12
_LONGEST = 300

_INTRODUCES = re.compile(
    r"^.{0,4}?(?:我们?|咱们?|俺|这[里边]|本人)(?:这[里边])?(?:是|在|来自|刚到|刚调|代表)|^作为.{0,3}[一名个]|^在.{1,10}的.{0,4}人$|联络员|新来|新调|接手"
    r"|(?:员|干部|同志|村民|居民|老师|经办|工作人员|负责人|在职|退休)的?$"
)
_SIGNS = re.compile("[处办局委镇室会科]$")
"""市工商联秘书处: a body by its name alone, where it is no thing of the plan (油茶小镇)."""
_GIVES_REASON = re.compile(
    r"^(?:因为?|由于|为了?|鉴于|根据|按照?|遵照|对照|依据|经|拟|受|应|结合|围绕|考虑到|既然|听说|据说|刚|昨|今|明|后天|上周|下周|这周|本周|上午|下午|晚上|马上|等下|等会|待会"
    r"|要(?:写|报|用|开|交|做|填|汇报|迎检|上会))|要用$"
)
_OF_TALK = re.compile(
    r"^(?:我(?![们单局司市镇处办委会站所校院厂的])|俺|咱(?![们局的])|[你您](?![们的局])|本人|不急|别|祝)|我(?:就|好|也|都|才|再|先)|(?:我|你|您|吧)$"
)
"""Of who asks or is asked himself: 我手机没电了, 你慢慢查."""
_QUOTES = re.compile(
    r"^(?:\([^)]{2,12}\))?请?(?:各[镇市县区乡街单部]|于\d|在\d|按[照时要期]).{0,30}(?:学习|贯彻|落实|执行|报送|上报|报告|办理|参加|反馈|整改|情况|单位|部门)$|^逾期"
    r"|^(?:转|@|收到|通知|来文|发件人|事项|附|原文|文件|上面|群里|会上)|(?:说|讲|要求|提到|写着|指出|强调)$|^(?:咨询|请示|有关|相关|会议|温馨|重要|紧急)?(?:通知|提示|消息|留言|事项|问题|标题|正文|事由)\d*$|^.{0,8}(?:领导|书记|市长|县长|局长|主任|科长|镇长|老板|记者|同事).{0,6}(?:说|问|讲|要|让|催|叫)"
)


_POINTS_ON = re.compile(
    r"^(?:现|兹|需|拟|特|就).*(?:如下|以下.{0,4}|问题|情况|事项|事|请示|而言|来说)$"
    r"|^(?:以[上下]|如下)(?:为|是|就是|$)"
)
"""现就有关事项咨询如下, 需明确以下问题: that something is asked, and not what."""
_IS_POLITE = re.compile(
    r"^(?:可不可以|能不能|能否|可否|烦请|敬请|恳请|还请|请|麻烦|劳烦|劳驾|拜托).{0,6}$"
    r"|^.{0,6}(?:[你您]好|老师好|领导好|同志好|大家好|各位好|师傅好|早上好|上午好|中午好|下午好|晚上好|在线不在线|在线|在吗|在不在?|在么)[啊呀吗不嘛么哦咧]?$"
    r"|^(?:特别|十万|挺|很)?(?:不?急|火急|急用|不?急着用|快点?|盼复|此致|敬礼|thx|thanks|3q)[啊呀哦的]*$"
    r"|^(?:还没|还在|都)?(?:吃饭?|下班|休息|忙)(?:着|了|没|吗|吧|不忙)+[呢啊呀]?$"
)
_KNOWS_NOT = re.compile(
    "(?:[看听查翻找搞弄记][不没]|[不没未]太?[看听查翻找搞弄]?)(?:熟悉?|懂|清楚?|明白|了解|到|着)[的了]?$|没关系$|不要紧$"
)
"""好多情况不熟, 有个地方没看懂: how it is with the speaker."""
_NOUNS = {CueTag.SAY, CueTag.DETAIL, CueTag.TARGET}
_DENIES_ALL = re.compile(
    r"(?:什么|么子|么事|啥子|啥|谁|哪[个些里儿样]?)[^,谁哪什啥]{0,2}?[都也](?:还|很|是)?[不没](?!是)"
)
"""啥都不熟, 谁也不认识: what asks elsewhere denies here."""


def asks(piece: Piece) -> bool:
    """Whether a clause has the form of a question; 要求 and 目标 alone ask only of what is named (5.1要求)."""
    if _IS_POLITE.search(piece.text) or _tells_of_speaker(piece):
        return False
    tags = _tags_said(piece)
    of_them = CueTag.OF_THEM in tags or tags >= {CueTag.UNIT, CueTag.LEAD}  # 8.1,责任单位
    return of_them or bool(tags & (ASKING - _NOUNS)) or (bool(tags & _NOUNS) and names(piece))


def _tags_said(piece: Piece) -> frozenset[CueTag]:
    denied = _DENIES_ALL.search(piece.text)
    if denied is None:
        return piece.tags
    said = (cue.tags for cue in piece.cues if not denied.start() <= cue.start < denied.end())
    return frozenset[CueTag]().union(*said)


def _tells_of_speaker(piece: Piece) -> bool:
    return bool(_KNOWS_NOT.search(piece.text)) and not names(piece) and not piece.tags & {CueTag.WHO, CueTag.WHICH}


def names(piece: Piece) -> bool:
    """Whether a clause names a unit, a task, a figure, or something else of the plan."""
    heard = any(match.words[0].sense in _NAMES for match in piece.cover) or _means_a_body(piece)
    return bool(heard or piece.mentions or piece.ids or piece.sections or piece.figures or piece.missing_ids)


def _means_a_body(piece: Piece) -> bool:
    """自规和住建都有份的任务, 我们镇有份的: what has a part in it, by the name of its field or as the speaker's own."""
    mine = any(CueTag.MINE in cue.tags and cue.text not in LOOSE_MINE for cue in piece.cues)
    return CueTag.OWN in piece.tags and (mine or bool(piece.stems))


_NAMES = {Sense.UNIT, Sense.TOPIC, Sense.SAYING, Sense.OUTSIDER, Sense.ELSEWHERE, Sense.ASK_BACK}


@dataclass(frozen=True, slots=True)
class SpokenClause:
    """A part of a message between stops."""

    text: str
    piece: Piece

    @property
    def asks(self) -> bool:
        return asks(self.piece)

    @property
    def names(self) -> bool:
        return names(self.piece)

    @property
    def is_aside(self) -> bool:
        """Whether it shows that it only stands around a question."""
        signs = (_IS_POLITE, _INTRODUCES, _GIVES_REASON, _QUOTES, _POINTS_ON)
        shown = any(sign.search(self.text) for sign in signs) or self._is_signed
        return shown or (not self.names and bool(_OF_TALK.search(self.text)))

    @property
    def _is_signed(self) -> bool:
        things = (match for match in self.piece.cover if match.words[0].sense is Sense.TOPIC)
        return bool(_SIGNS.search(self.text)) and not any(things)

    @property
    def own_unit(self) -> str | None:
        """Whose words they are, where it says so: 市工商联秘书处, 我是教育局的."""
        units = self.piece.units
        return (
            units[0]
            if len(units) == 1 and not self.asks and (_INTRODUCES.search(self.text) or self._is_signed)
            else None
        )


@dataclass(frozen=True, slots=True)
class Core:
    """Clauses of a message that may be its question, and what is left out for it."""

    text: str
    unit: str | None
    """Whose words the message says that they are."""
    unused: tuple[str, ...]
    """Clauses of it that do not surely only stand around the question."""


def clauses_of(text: str, library: Library) -> tuple[SpokenClause, ...]:
    parts = (part.strip() for stop in _STOPS.split(text) for part in _ASKERS.split(stop))
    opened = (half for part in parts for half in _opened(part))
    return tuple(SpokenClause(part, take_apart(part, library)) for part in opened if part)


def _opened(part: str) -> tuple[str, ...]:
    """烦请告知去掉发改局: what it is asked with, and what is asked."""
    opener = _ASKS_POLITELY.match(part)
    return (part[: opener.end()], part[opener.end() :]) if opener else (part,)


def surest_core(text: str, library: Library) -> Core | None:
    """The question of `text` without what surely only stands around it; None where there is nothing of the kind."""
    clauses = _few_clauses(text, library)
    asking = [at for at, one in enumerate(clauses) if one.asks]
    asking = asking or [at for at, one in enumerate(clauses) if one.names and not one.is_aside]
    if not asking:
        return None
    if len(asking) == 1 and _is_afterthought(clauses, asking[0]):
        return Core(",".join(one.text for one in (*clauses[1:], clauses[0])), None, ())
    kept = slice(asking[0], asking[-1] + 1)
    left_out = (*clauses[: kept.start], *clauses[kept.stop :])
    if not left_out or not all(_surely_aside(one, library) for one in left_out):
        return None
    return _core(clauses, kept, library)


def _is_afterthought(clauses: tuple[SpokenClause, ...], asking: int) -> bool:
    """哪个局牵头呢,职业教育这个事: what it is asked of comes behind."""
    return asking == 0 and not clauses[0].names and len(clauses) == _PAIR and clauses[1].names


_PAIR = 2


_OPERATORS = {
    CueTag.LEAD,
    CueTag.ASSIST,
    CueTag.HELPERS,
    CueTag.EXCEPT,
    CueTag.BESIDES,
    CueTag.ONLY,
    CueTag.BUT,
    CueTag.BOTH,
    CueTag.AMONG,
    CueTag.TASK,
    CueTag.TARGET,
    CueTag.QUANTIFIED,
    CueTag.UNQUANTIFIED,
    CueTag.MORE,
    CueTag.LESS,
    CueTag.DATED,
    CueTag.UNDATED,
    CueTag.YEARLY,
    CueTag.YEAR_END,
    CueTag.OUTSIDE,
}
"""What may narrow the question in the next clause: 牵头的活儿,财政局摊上哪几项."""
_LIGHT = {CueTag.TASK, CueTag.MORE, CueTag.LESS, CueTag.BOTH, CueTag.BESIDES, CueTag.OUTSIDE, CueTag.ONLY}
"""What narrows nothing where a clause says who asks, why or of what: 根据工作需要, 我是外地来的, 需明确以下问题."""
_HALF = 0.5


@cache
def _excluding() -> tuple[str, ...]:
    """Words that leave something out or let only something in (撇开, 不计)."""
    return tuple(word for word, sign in set_words().items() if sign in _EXCLUDE and len(word) > 1)


_EXCLUDE = {"x", "z", "o"}


def is_polite(text: str) -> bool:
    """Whether some words are a greeting, haste or thanks by their form alone."""
    return bool(_IS_POLITE.search(text))


def is_aside(text: str, library: Library) -> bool:
    """Whether some words surely only stand around a question."""
    return _surely_aside(SpokenClause(text, take_apart(text, library)), library)


def _surely_aside(clause: SpokenClause, library: Library) -> bool:
    """Whether a clause asks nothing, narrows nothing, and names nothing or shows what it is."""
    if _IS_POLITE.search(clause.text) or _tells_of_speaker(clause.piece):
        return True
    if clause.asks or _says_what_not(clause) or any(word in clause.text for word in _excluding()):
        return False
    if _tags_said(clause.piece) & _OPERATORS - (_LIGHT if clause.is_aside else frozenset()):
        return False
    if clause.names:
        return clause.is_aside
    if _OF_TALK.search(clause.text):
        return True
    hits = library.index.search(clause.piece.topic) if clause.piece.topic else ()
    return clause.is_aside or not hits or hits[0].said < _HALF


def cores_of(text: str, library: Library) -> Iterator[Core]:
    """The runs of clauses that may be the question of `text`, longest first, of equally long ones the later first."""
    clauses = _few_clauses(text, library)
    signs: tuple[Callable[[SpokenClause], bool], ...] = (
        lambda one: one.asks and (one.names or bool(one.piece.topic)),
        lambda one: one.asks,
        lambda one: one.names,
    )
    asking = next((found for sign in signs if (found := [n for n, one in enumerate(clauses) if sign(one)])), [])
    if not asking:
        return
    first, last = (asking[0] if clauses[asking[0]].asks else asking[-1]), asking[-1]
    runs = [slice(start, end) for start in range(first + 1) for end in range(last + 1, len(clauses) + 1)]
    runs.sort(key=lambda run: (run.start - run.stop, -run.start))
    yield from (_core(clauses, run, library) for run in runs[1:] if _keeps_who(clauses, run))


def _keeps_who(clauses: tuple[SpokenClause, ...], kept: slice) -> bool:
    """Whether no unit, place, number or bare name is left out, but of those that only say who asks, or why."""
    left_out = (*clauses[: kept.start], *clauses[kept.stop :])
    return all(one.is_aside or not (_says_who(one.piece) or _is_name(one) or _says_what_not(one)) for one in left_out)


def _says_what_not(clause: SpokenClause) -> bool:
    """没有的, 它没参加的: what is wanted, by what it has not."""
    piece, end = clause.piece, len(clause.text) - 1
    ends = any(CueTag.NOT in cue.tags and cue.start + len(cue.text) == end for cue in piece.cues)
    said = ends or (CueTag.NOT in piece.tags and bool(piece.tags & {CueTag.LEAD, CueTag.ASSIST, CueTag.OWN}))
    return said and clause.text.endswith("的")


def _is_name(clause: SpokenClause) -> bool:
    """Whether a clause is a name of the plan and no more: in 油茶小镇,总投资多少亿 it is what the next one asks of."""
    return any(match.words[0].sense is Sense.TOPIC and match.text == clause.text for match in clause.piece.cover)


def _says_who(piece: Piece) -> bool:
    found = (piece.mentions, piece.strangers, piece.foreign, piece.places, piece.ask_back, piece.ids, piece.missing_ids)
    return any(found) or bool(piece.sections or piece.figures) or _means_a_body(piece)


def _few_clauses(text: str, library: Library) -> tuple[SpokenClause, ...]:
    """The clauses of a text of some, but not very many; else none."""
    clauses = clauses_of(text, library) if len(text) <= _LONGEST else ()
    return clauses if 1 < len(clauses) <= _MOST else ()


def _core(clauses: tuple[SpokenClause, ...], kept: slice, library: Library) -> Core:
    left_out = (*clauses[: kept.start], *clauses[kept.stop :])
    unit = next((own for one in clauses[: kept.start] if (own := one.own_unit)), None)
    unused = tuple(one.text for one in left_out if not _surely_aside(one, library))
    return Core(",".join(one.text for one in clauses[kept]), unit, unused)
