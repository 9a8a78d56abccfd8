"""What a sentence says that its reading does not explain: words that nothing known covers."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from knowledge.entities.topic_index import Entry, pairs
from knowledge.language.cues import CueTag
from knowledge.language.lattice import Sense
from knowledge.language.lexicon import doing_words, set_words, vague_nouns
from knowledge.language.normalize import is_han
from knowledge.questions.parse.utterance import Piece

_PARTICLES = frozenset("的了呀啊哦噢嘞呗哈嗯呃额吗呢嘛吧么和与跟及是有在就也都还又再才要把被给让我你您他她它这那谁哪几")


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A run of characters that nothing explains; `asked` where a question word stands right beside it."""

    text: str
    asked: bool


def unknown_words(piece: Piece, entries: Iterable[Entry], *, of_set: bool = False) -> tuple[UnknownWord, ...]:
    """The words of a piece that neither the vocabulary nor the linked entries explain; `of_set`, nor those of sets."""
    known = _explained(piece, entries)
    found: list[UnknownWord] = []
    for start, end in _runs(known):
        word = "".join(cell.text for cell in piece.cells[start:end])
        asked = _is_asked(piece, start, end)
        which = piece.text[: piece.cells[start].start].endswith(_WHICH)  # 哪个村: there it is they that are asked for
        light = doing_words() if which and not of_set else doing_words() | vague_nouns()
        if not _is_made_of(word, light | set_words().keys() if of_set else light):
            found.append(UnknownWord(word, asked))
    return tuple(found)


def _explained(piece: Piece, entries: Iterable[Entry]) -> list[bool | None]:
    """For each cell whether it is explained; None where only a filler of one character covers it."""
    cells = piece.cells
    known: list[bool | None] = [not is_han(cell.text) for cell in cells]
    for match in piece.cover:
        alone = match.end - match.start == 1 and match.words[0].sense is Sense.FILLER
        small = alone and cells[match.start].text not in _PARTICLES
        known[match.start : match.end] = [None if small else True] * (match.end - match.start)
    held = {pair for entry in entries for surface in entry.surfaces for pair in pairs(surface)}
    for at in range(len(cells) - 1):
        if cells[at].text + cells[at + 1].text in held:
            known[at] = known[at + 1] = True
    spans = [(amount.start, amount.end) for amount in piece.figures]
    spans += [(one.start, one.end) for one in piece.numbered]
    spans += [(mention.start, mention.start + len(mention.said)) for mention in piece.mentions]
    for at, cell in enumerate(cells):
        if any(start <= cell.start < end for start, end in spans):
            known[at] = True
    return known


def _runs(known: list[bool | None]) -> Iterator[tuple[int, int]]:
    """Stretches that are not explained, with the fillers of one character inside and beside them."""
    at = 0
    while at < len(known):
        end = at
        while end < len(known) and not known[end]:
            end += 1
        if False in known[at:end]:
            yield at, end
        at = max(end, at + 1)


def _is_made_of(word: str, light: Set[str]) -> bool:
    """Whether a run is made of words that name nothing: 培育出来, 冲到."""
    reach = [True] + [False] * len(word)
    for at in range(len(word)):
        if reach[at]:
            for end in range(at + 1, len(word) + 1):
                reach[end] = reach[end] or word[at:end] in light or (end == at + 1 and word[at] in _PARTICLES)
    return reach[-1]


_LINKS = frozenset(["", "是", "有", "要", "的", "到", "达"])
"""What may stand between a noun and the question word that governs it: 罚款是多少."""
_BEFORE = {CueTag.AMOUNT, CueTag.HOW_MANY, CueTag.WHAT}
_BEHIND = {CueTag.AMOUNT, CueTag.HOW_MANY, CueTag.WHICH, CueTag.WHAT}
_WHICH = ("哪个", "哪", "哪条")
_ROLE = re.compile("^.?[牵领]|[牵]|^.头$")
_PAYS = re.compile("[奖补罚赔花缴付扣投]$")
"""奖多少, 补多少: money, where no name of the plan says so."""
_MODAL = re.compile("[要得会能将应该须备算划]$")
_DOING = 4
"""Characters of a verb between 要 and 多少: 要培养资助多少名 asks for no 培养资助."""
_MONEY = re.compile("(?:价|算|经费|费用|资金|款|补贴|补助|薪|行情|走势|前景)$")
"""What a thing costs, brings or will be worth: no name of a plan holds it, however it is asked (过江通道造价)."""
_HOW = re.compile("(?:怎么|如何|咋|怎样|在哪里?|[到去]哪里?)[挂开办上去做打]?$")
"""怎么挂号: the verb is asked for, also where its first character is known as one that says nothing."""
_WHICH_ONE = ("怎么", "如何", "咋", "怎样", "哪个", "哪", "哪条")
_DOES = re.compile(r".[完掉到好成出起过住开光齐够]$|^[一二两三四五六七八九十]+.$")
"""画完: a verb and no noun; 五个 counts what is named."""


def _is_asked(piece: Piece, start: int, end: int) -> bool:
    """Whether a question word governs a noun: 罚款多少, 多少员工, 哪个路口, 老板是谁; but not 大会谁来开."""
    cells = piece.cells
    word = "".join(cell.text for cell in cells[start:end])
    if _ROLE.search(word):
        return True  # 归举头部门: a damaged word of a role changes the question
    pays = bool(_PAYS.search(word))
    first, last = cells[start].start, cells[end - 1].start + len(cells[end - 1].text)
    if _MONEY.search(word) or _is_how(piece, first):
        return True
    if _DOES.search(word) and not pays:
        return False
    done = len(word) <= _DOING and not pays and bool(_MODAL.search(piece.text[:first]))
    for cue in piece.cues:
        if done and cue.tags & {CueTag.AMOUNT, CueTag.HOW_MANY} and piece.text[last : cue.start] in _LINKS:
            continue
        behind = cue.start + len(cue.text)
        who = cue.tags <= {CueTag.WHO, CueTag.OF_THEM} and behind == len(piece.text)
        if (
            (cue.tags & _BEFORE or who)
            and (len(word) > 1 or pays)
            and cue.start >= last
            and piece.text[last : cue.start] in _LINKS
        ):
            return True
        if first == behind and (cue.text.endswith(_WHICH_ONE) or (cue.tags & _BEHIND and len(word) > 1)):
            return True
    return False


def _is_how(piece: Piece, start: int) -> bool:
    """Whether an unknown word is the verb of a how or a where."""
    return bool(_HOW.search(piece.text[:start]))
