"""A message's clauses, and which of them ask; the rest stands around the question and changes nothing of it.

A clause asks by its form. Any other may be left out: a greeting, a reason, a feeling, politeness, a pasted notice.
One that names something of the plan is left out silently only where it shows what it is: who asks, why, whose words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.entities.library import Library
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.understand.intents import ASKING

_STOPS = re.compile(r"[,:;。!?\n—…·|/]+|-{2,}|\.{2,}|\s+")
# What a speaker says before the question itself, or after it: a clause ends there, whether it is marked or not.
_ASKERS = re.compile(
    r"(?<=.)(?=(?:我|就|还|也|特)?(?:请问|想问|问一下|问下|请教|咨询|麻烦|劳驾|想了解|想知道|想核实|想确认|想查|帮忙|帮我))"
    r"|(?<=请问)|(?<=[^不]知道)(?=[^吗不].{3,})"
    r"|(?<=.)(?=(?:先?谢谢|多谢|感谢|谢了|辛苦|拜托|在线等))"
)
_MOST = 12
_LONGEST = 300

_INTRODUCES = re.compile(
    r"^.{0,4}?(?:我们?|咱们?|俺|这[里边]|本人)(?:这[里边])?(?:是|在|来自|刚到|刚调|代表)|[处办局委镇室会科]$|联络员|新来|新调|接手"
)
_GIVES_REASON = re.compile(
    r"^(?:因为?|由于|为了?|鉴于|根据|按照?|遵照|依据|经|拟|受|应|结合|围绕|考虑到|既然|听说|据说|刚|昨|今|明|后天|上周|下周|这周|本周|上午|下午|晚上|马上|等下|等会|待会|要)"
)
_QUOTES = re.compile(
    r"^(?:转|@|收到|通知|来文|发件人|事项|附|原文|文件|上面|群里|会上)|(?:说|讲|要求|提到|写着|指出|强调)$|^.{0,8}(?:领导|书记|市长|县长|局长|主任|科长|镇长|老板|记者|同事).{0,6}(?:说|问|讲|要|让|催|叫)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message between stops."""

    text: str
    piece: Piece

    @property
    def asks(self) -> bool:
        return bool(self.piece.tags & ASKING)

    @property
    def names(self) -> bool:
        """Whether it names what the plan has: a unit, a task, a figure, or something to the letter."""
        piece = self.piece
        return bool(piece.mentions or piece.ids or piece.sections or piece.figures or piece.named)

    @property
    def is_aside(self) -> bool:
        """Whether it shows that it only stands around a question."""
        return any(sign.search(self.text) for sign in (_INTRODUCES, _GIVES_REASON, _QUOTES))

    @property
    def own_unit(self) -> str | None:
        """Whose words they are, where it says so: 市工商联秘书处, 我是教育局的."""
        units = self.piece.units
        return units[0] if len(units) == 1 and not self.asks and _INTRODUCES.search(self.text) else None


@dataclass(frozen=True, slots=True)
class Core:
    """Clauses of a message that may be its question, and what is left out for it."""

    text: str
    unit: str | None
    """Whose words the message says that they are."""
    left_out: int
    """How many clauses."""
    unused: tuple[str, ...]
    """Clauses that name something and do not show that they only stand around the question."""


def clauses_of(text: str, library: Library) -> tuple[Clause, ...]:
    parts = (part.strip() for stop in _STOPS.split(text) for part in _ASKERS.split(stop))
    return tuple(Clause(part, take_apart(part, library)) for part in parts if part)


def cores_of(text: str, library: Library) -> Iterator[Core]:
    """The runs of clauses that may be the question of `text`, longest first, of equally long ones the later first."""
    if len(text) > _LONGEST:
        return
    clauses = clauses_of(text, library)
    if not 1 < len(clauses) <= _MOST:
        return
    asking = [at for at, one in enumerate(clauses) if one.asks and (one.names or one.piece.topic)]
    asking = (
        asking
        or [at for at, one in enumerate(clauses) if one.asks]
        or [at for at, one in enumerate(clauses) if one.names][-1:]
    )
    if not asking:
        return
    first, last = asking[0], asking[-1]
    unit = next((own for one in clauses[:first] if (own := one.own_unit)), None)
    runs = [
        (start, end)
        for start in range(first + 1)
        for end in range(last, len(clauses))
        if end - start + 1 < len(clauses)
    ]
    runs.sort(key=lambda run: (run[0] - run[1], -run[0]))
    for start, end in runs:
        left_out = (*clauses[:start], *clauses[end + 1 :])
        unused = tuple(one.text for one in left_out if one.names and not one.is_aside and one.own_unit is None)
        yield Core(",".join(one.text for one in clauses[start : end + 1]), unit, len(left_out), unused)
