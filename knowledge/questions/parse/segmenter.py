"""A message cut into the pieces that each ask something, with what a speaker puts right within one."""

import re
from collections.abc import Callable, Iterator

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.questions.parse.clauses import asks
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.understand.intents import ASKING

_SHORT = 12  # characters of 那市重点项目服务中心呢
LONGEST_SENTENCE = 300  # no question is so long; a pasted paragraph is not read word by word
_MOST_CLAUSES = 12
_MOST_READ = 1500  # characters of a message that are read word by word; what stands behind them is a pasted text

_SENTENCE = re.compile(r"(?P<said>[^?!。;\n]+)(?P<stop>[?!。;\n]*)")

# 强镇建几个、家庭农场几个 are two questions; 交通局、商务局 is one
_SOFT_STOP = re.compile(r"[,:]+|(?<=几个|多少|几家|几项|几条|牵头|负责|什么|哪些)、")


def pieces_of(text: str, library: Library, is_whole: Callable[[Piece], bool]) -> Iterator[Piece]:
    """Cut where both sides ask something: a preface or a tail without a question belongs to its neighbour.

    A sentence that `is_whole` is one question, whatever its clauses ask.
    """
    group: list[Piece] = []
    asking = False  # whether the group asks something
    closed = False  # whether it ended with a question mark
    framed = False  # whether it says of which tasks the next clause asks
    for clause, marked in _clauses(text, library, is_whole):
        another = _asks(clause)
        frame = another and _FRAME.fullmatch(clause.text) is not None
        if group and ((another and (asking or (frame and framed))) or (closed and marked)):
            yield _together(group, library)
            group, asking, framed = [], False, False
        group.append(clause)
        asking, framed = asking or (another and not frame), framed or frame
        closed = marked
    if group:
        yield _together(group, library)


_FRAME = re.compile(
    r"(?:(?![谁哪几啥]|多少|什么|是否|有没有)\w)+的(?:[那这][几些]?[个条项]?)?(?:任务|工作|条款)(?:里面?|中|当中)?"
)
"""提到5G的任务,谁牵头: the one clause is what the other is asked of."""


def _asks(clause: Piece) -> bool:
    return (asks(clause) and not _is_tag(clause)) or _is_another(clause)


def _goes_on(clauses: list[Piece]) -> bool:
    """哪些任务财政局参与,商务局牵头呢: what is asked for stands first, and each clause says something of it."""
    first = clauses[0]
    asked = min((cue.start for cue in first.cues if cue.tags & _ASKS_FOR), default=len(first.text))
    named = [mention.start for mention in first.mentions]
    return bool(named) and asked < min(named) and all(clause.tags & _SAYS_OF for clause in clauses)


_ASKS_FOR = {CueTag.WHICH, CueTag.WHO, CueTag.HOW_MANY}
_SAYS_OF = {CueTag.LEAD, CueTag.ASSIST, CueTag.OWN, CueTag.NOT}


def _is_tag(clause: Piece) -> bool:
    """…,对不对 asks nothing of its own."""
    return clause.tags <= {CueTag.YES_NO} and not names_something(clause)


def _is_another(clause: Piece) -> bool:
    """商务局呢, after 交通局有哪些任务: the same question again, of something else."""
    return (
        clause.text.endswith("呢")
        and CueTag.SWITCH in clause.tags
        and names_something(clause)
        and len(clause.text) <= _SHORT
    )


_IS_NOUN = re.compile("的(?:责任|牵头|配合|量化)?(?:任务|单位|部门|目标|指标)$")  # 只牵头一项的单位? asks which


def _clauses(text: str, library: Library, is_whole: Callable[[Piece], bool]) -> Iterator[tuple[Piece, bool]]:
    """The parts between stops and commas; with each, whether its sentence ends with a question mark."""
    for found in _SENTENCE.finditer(text):
        sentence, marked = found["said"].strip(), found["stop"].startswith("?")
        clauses = [
            part for clause in _SOFT_STOP.split(sentence) if clause.strip() for part in _at_joint(clause, library)
        ]
        if len(sentence) > LONGEST_SENTENCE or len(clauses) > _MOST_CLAUSES or found.end() > _MOST_READ:
            yield Piece(sentence), marked
            continue
        pieces = [take_apart(clause, library) for clause in clauses]
        if sum(map(_asks, pieces)) > 1 and (not any(map(_is_another, pieces)) or _goes_on(pieces)):
            whole = take_apart(sentence, library)
            if is_whole(whole):
                yield whole, marked
                continue
        for number, piece in enumerate(pieces, start=1):
            closing = marked and number == len(clauses)
            if closing and piece.figures and not piece.tags & ASKING and not _IS_NOUN.search(piece.text):
                yield take_apart(f"{piece.text}吗", library), closing  # 园区新增规上企业20家?
            else:
                yield piece, closing


_JOINT = re.compile(
    r"(?<=..)(?:然后|再就是|另外|顺便|还有就是|还有(?!多|几|没|什么差))(?:再|还|也)?(?:请问|问一?下|想问)?(?=...)"
)


def _at_joint(clause: str, library: Library) -> tuple[str, ...]:
    """新增多少家然后增加值是多少: two questions where both sides ask, and the second of something that it names."""
    for joint in _JOINT.finditer(clause[:LONGEST_SENTENCE]):
        before, after = clause[: joint.start()], clause[joint.end() :]
        other = take_apart(after, library)
        if asks(other) and names_something(other) and asks(take_apart(before, library)):
            return before, after
    return (clause,)


def _together(group: list[Piece], library: Library) -> Piece:
    joined = ",".join(one.text for one in group)
    if len(group) == 1 or len(joined) > LONGEST_SENTENCE:
        return group[0] if len(group) == 1 else Piece(joined)
    return take_apart(joined, library)


def names_something(piece: Piece | None) -> bool:
    return piece is not None and bool(piece.topic or piece.ids or piece.sections or piece.mentions or piece.figures)


_CORRECTION = re.compile(
    r"(?:.*?(?:我说的是|我问的是|我要?问的?是|我想问的是|我要说的是|我指的是|我是说|我是问|应该是|应为)|(?:.*(?<!是))?不是(?!说).+?[,]?(?:而)?是"
    r"|不[是问要]问?(?!说)[^,]+,我?(?:就|只)?(?:要|问|想问)的?是?)(?P<right>.+)"
)

_CONTRAST = re.compile(
    r"(?:.*不是.+?而是|.+(?:呃|额|哦|啊|嗯|哎|唉)(?:不是|不对|说错了)(?:不是)?,?(?:是)?)(?P<right>.{3,})"
)

_NOT_A_CORRECTION = re.compile(r"吗|么|谁|哪|几|多少")


# 交通局啊就是搞交通的那个局, 自规局就是以前那个国土他牵头什么, 网信办就是市委的那个
_ASIDE = re.compile(
    r"(?:是吧|[啊呀哦嘛,])*就是(?:那个)?(?:[^,]{0,8}?(?:那个|这个|的)(?:局|单位|部门|机构|中心)"
    r"|(?:以前|原来|过去|原先)的?(?:那个)?[\u4e00-\u9fff]{2,3}?(?:局|委|办)?(?=他|它|的|,|啊|呀|吧|有|负责|牵头|$)"
    r"|[\u4e00-\u9fff]{2,4}的那个$),?"
)


_ALMOST = re.compile(
    r"(?:好像|似乎|大概|感觉)?(?:几乎|差不多|基本上?)(?:条条|项项|样样|每[条项个样]|所有|全部)[^,没不]{0,6},?"
    r"(?=(?:就|只|单单)?(?:唯独|唯一|偏偏|只有?|就)[^,]{0,4}[没不未缺])"
)
"""发改局几乎条条都有,唯独没进的是哪条: what is asked is said behind it."""
_OF_DUTY = re.compile("(?:还要|要|归|由|让|该|轮到)(?:他们?|它们?|人家)(?:来|去)?(?:做|管|干|办|负责|操心)的?$")
_KNOWN = re.compile(
    r"[,啊呀吧]*我?(?:就|只|光|只是)(?:记得|知道|晓得|认得|听说)(?:里面)?(?:有|是)?[^,]{2,14}?[,]*"
    r"(?:都|那)?(?:还有(?:谁|哪[些几]?[个家]?)|其[他余它]的?|别的|剩下的?|另外)(?:单位|部门)?(?:是谁|有哪些|呢|呀|啊)*$"
)
"""…有哪些单位,我只记得有自规局,还有谁: all of them are asked for."""
_CALLED_BY = re.compile("(?:就是)?[那这]个[^,哪几谁]{1,6}的$")


def _without_aside(piece: Piece, library: Library) -> Piece:
    """A unit that was named needs no explaining."""
    if piece.mentions:
        first = min(mention.start for mention in piece.mentions)
        called = _CALLED_BY.search(piece.text, 0, first)  # 那个管船的港航局
        text = piece.text[: called.start()] + piece.text[first:] if called else piece.text
        text = _OF_DUTY.sub("", _ALMOST.sub("", text))
        known = _KNOWN.search(text)
        text = text[: known.start()] if known and known.start() else text
        if text != piece.text:
            return take_apart(text, library)
    aside = _ASIDE.search(piece.text)
    if aside is None or all(aside.start() <= mention.start < aside.end() for mention in piece.mentions):
        return piece
    return take_apart(piece.text[: aside.start()] + piece.text[aside.end() :], library)


_TWO = 2
_MUCH = "(?:负责)?的?(?:任务|活|事)?[更要]?多[些点]?"
_WHICH_MORE = re.compile(
    rf"是?(?P<one>.+?)(?:(?:牵头|参与|配合)?{_MUCH},?)?还是(?P<two>.+?)(?P<role>(?:牵头|参与|配合)?){_MUCH}[呢啊呀]*"
)
"""财政局任务多还是商务局多."""


def put_right(piece: Piece, library: Library) -> Piece:
    """What is meant of what was said: without an aside, and 不是交通局是商务局 is the second."""
    if len(piece.text) > LONGEST_SENTENCE:
        return piece
    piece = _without_aside(piece, library)
    if len(piece.mentions) == _TWO and (more := _WHICH_MORE.fullmatch(piece.text)):
        return take_apart(more.expand(r"\g<one>和\g<two>谁\g<role>的任务多"), library)
    contrast = _CONTRAST.fullmatch(piece.text)
    if contrast:
        return take_apart(contrast["right"], library)
    correction = _CORRECTION.fullmatch(piece.text)
    if correction and not _NOT_A_CORRECTION.search(piece.text):
        return take_apart(correction["right"] + "呢", library)
    return piece
