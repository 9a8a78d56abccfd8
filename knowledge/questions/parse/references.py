"""Tasks, clauses and sections named by number or place: 5.1, 第五部分第一条, 三(五)1, 第二个, 开放那部分."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.entities.library import Library
from knowledge.language.quantities.numerals import read_number
from knowledge.questions.parse.utterance import NumberedSpan, Piece

_CN = "一二三四五六七八九十0-9"

_DOTTED = re.compile(
    r"(?<![\d.a-z\-])第?(\d{1,2})(?:[.．·]|-(?!\d{1,2}-?[a-z]))(\d{1,2})(?:\.(\d{1,2}))?(?![\d.]|[亿万%个家斤元倍座])(?:[项条](?!任务|工作))?"
)

_RANGE = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2})\s*(?:到|至|~|—)\s*(\d{1,2}\.\d{1,2})(?![\d.])")

_SPOKEN_DOT = re.compile(
    r"(?<!百分之)(?<![一二三四五六七八九十\d])([一二三四五六七八九]|\d)点([一二三四五六七八九]|\d)(?![一二三四五六七八九十\d亿万%个家斤元倍])"
)

_PARENTHESES = re.compile(rf"([一二三四五六七八九十]{{1,2}})?\(([{_CN}]{{1,3}})\)\s*(\d{{1,2}})?")

_PART = re.compile(
    rf"第([{_CN}]{{1,3}})(?:个)?(?:大)?(?:部分|大块|大项|大任务|大条|块|板块|章|大类|方面)(?:里|中)?的?(?:第([{_CN}]{{1,3}})(?:个|条|项|款|点|件|个任务|项任务)?)?"
)

_SECTION = "(?:部分|大块|块|板块|章|大类)"
_PARTS = re.compile(rf"第[{_CN}]{{1,3}}(?:[、,和与及跟同]第?[{_CN}]{{1,3}})+个?{_SECTION}")
_CALLED = re.compile(rf"(?:工作|方面|领域)?(?:[那这]一?个?大?{_SECTION}|部分|板块)")

# 二讲什么, 条款二: a clause whose id is one numeral, at the start and not the beginning of a word (一共, 二级)
_CLAUSE = re.compile(r"^(?:条款|方案|条款的)?([一二三四五六七八九十])(?=、|讲|说的?什|是什么|的内容|里|部分|写)")

# 3讲什么, 任务3的目标: of a plan without sections, whose tasks are 1, 2, 3
_FLAT = re.compile(r"^(?:任务)?(\d{1,3})(?:号任务)?(?=讲|说的?什|谁|的|有哪些|有几|目标|责任|什么时候|还有|是什么)")

_MEASURE = "(?:个|条|项|款|件|点|者)(?:(?:任务|工作)(?!是哪))?"
_NTH = re.compile(
    # 排在第一个 is a place in a list of units, asked for
    rf"(?<![排列]在)(?<![排列])(?<!倒数)(?<!单位)第([{_CN}]{{1,3}})一?{_MEASURE}(?!(?:责任)?单位(?!里|有|中|是))(?!(?:是谁|是哪家)(?![牵负管主抓配参办]))"
    rf"|(?<![排列]在)(?<![排列牵打领带挑])(最后|后|头|首)面?(?:那?一|那){_MEASURE}|(首)个|(前|后)者"
    rf"|第(?P<place>[{_CN}]{{1,3}})名(?=[^,]{{0,3}}(?:牵头|负责|参与|配合|的?任务))"
    rf"|倒数第(?P<last>[{_CN}]{{1,3}}){_MEASURE}"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """What is named by number at a place that starts where it was found, or at `start`."""

    ids: tuple[str, ...] = ()
    sections: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    """Numbers that nothing in the plan has."""
    start: int | None = None


def take_numbers(piece: Piece, library: Library) -> list[bool]:
    """Find tasks, clauses and sections named by number; marks the characters they took."""
    taken = [False] * len(piece.text)
    for pattern, named_by in _FORMS:
        for found in pattern.finditer(piece.text):
            named = None if any(taken[found.start() : found.end()]) else named_by(found, library)
            if named is None:
                continue
            start = found.start() if named.start is None else named.start
            taken[start : found.end()] = [True] * (found.end() - start)
            piece.ids.extend(named.ids)
            piece.sections.extend(named.sections)
            piece.missing_ids.extend(named.missing)
            if named.ids or named.sections:
                piece.numbered.append(NumberedSpan(start, found.end(), named.ids, named.sections))
    for found in _NTH.finditer(piece.text):
        if not any(taken[found.start() : found.end()]):
            piece.ordinal_at = found.start()
            last = found[2] in {"最后", "后"} or found[4] == "后"
            nth = found[1] or found["place"]
            piece.ordinal = -1 if last else -_int(found["last"]) if found["last"] else _int(nth) if nth else 1
            taken[found.start() : found.end()] = [True] * len(found[0])
    return taken


def _numbered(library: Library, *numbers: str | None) -> _Named:
    id_ = ".".join(str(_int(n)) for n in numbers if n)
    return _Named(ids=(id_,)) if any(task_id == id_ for _, task_id in library.tasks) else _Named(missing=(id_,))


def _dotted(found: re.Match[str], library: Library) -> _Named | None:
    """A number that the plan does not have, or that stands where figures do, is a task's only where it is called so."""
    named = _numbered(library, *found.groups())
    before, after = found.string[: found.start()], found.string[found.end() :]
    called = found[0].startswith("第") or found[0].endswith(("项", "条")) or _CALLED_BEFORE.search(before)
    if called or _CALLED_AFTER.match(after) or not (before or after):
        return named
    return named if named.ids and not _FIGURE_BEFORE.search(before) else None


_CALLED_BEFORE = re.compile("(?:任务|举措|编号|序号|条款|章节)(?:是|为|号)?$")
_CALLED_AFTER = re.compile(
    "(?:这|那)?一?(?:项|条|款|节|任务|部分|讲|说的?什|谁|写|由|归|的(?:任务|目标|内容|责任|主责|牵头|期限|进展|指标)"
    "|是(?:什么|啥|谁|哪)|有(?:哪|几|什|多)|牵头|负责|目标|内容|责任|主责|期限|进展|指标|什么时候|还有)"
)
_FIGURE_BEFORE = re.compile("(?:率|占比|比重|增[长速幅]|[达建完]到?成?|从|超|一个说)(?:了|为|是|约|到)?$")


def _range(found: re.Match[str], library: Library) -> _Named | None:
    """6.1到6.3 is 6.2 too."""
    every = [task_id for _, task_id in library.tasks]
    known = found[1] in every and found[2] in every
    return _Named(ids=tuple(every[every.index(found[1]) : every.index(found[2]) + 1])) if known else None


def _at_place(found: re.Match[str], library: Library) -> _Named | None:
    whole = found[0].replace(" ", "")
    kind, id_ = _standing_at(whole, library)
    if kind:
        return _Named(sections=(int(id_),)) if kind == "section" else _Named(ids=(id_,))
    return _Named(missing=(whole,)) if found[1] or found[3] else None


def _clause(found: re.Match[str], library: Library) -> _Named | None:
    return _Named(ids=(found[1],)) if any(id_ == found[1] for _, id_ in library.clauses) else None


def _flat(found: re.Match[str], library: Library) -> _Named | None:
    return _Named(ids=(found[1],)) if any(id_ == found[1] for _, id_ in library.tasks) else None


def _sections(found: re.Match[str], library: Library) -> _Named:
    """第二、三部分."""
    return _known(found[0], [_int(number) for number in re.findall(f"[{_CN}]+", found[0])], library)


def _section(found: re.Match[str], library: Library) -> _Named:
    """第三部分, 第三部分第一条; 第三部分第十五条 where articles are counted through."""
    article = library.articles.get(_int(found[2]), "")
    if article.startswith(f"{_int(found[1])}."):
        return _Named(ids=(article,))
    return _numbered(library, found[1], found[2]) if found[2] else _known(found[0], [_int(found[1])], library)


def _known(said: str, numbers: list[int], library: Library) -> _Named:
    known = tuple(one for one in numbers if any(no == one for _, no in library.sections))
    return _Named(sections=known, missing=(said,) * (len(numbers) - len(known)))


def _called(found: re.Match[str], library: Library) -> _Named | None:
    """The one section that is called so before 那部分, or whose names say what it is of.

    开放那部分 is 开放发展; 环境这块 may be more than 发展环境, of which it is no kind.
    """
    end = found.start()
    for start in range(max(0, end - _LONGEST_NAME), end - 1):
        name = found.string[start:end]
        sections = library.sections.values()
        numbers = {one.no for one in sections if any(_is_of(name, said) for said in (one.title, *one.names))}
        if len(numbers) == 1:
            return _Named(sections=tuple(numbers), start=start)
    return None


def _is_of(name: str, said: str) -> bool:
    return name == said or (name in said and not said.endswith(name))


_LONGEST_NAME = 12


def _standing_at(said: str, library: Library) -> tuple[str, str]:
    """What stands at a place, or where only one place ends so: (五)1 is 三(五)1, （九） the ninth article of all."""
    if said in library.places:
        return library.places[said]
    article = _ONLY_NUMBER.fullmatch(said)
    if article and (id_ := library.articles.get(_int(article[1]))):
        return "task", id_
    if not said.startswith("("):
        return "", ""
    ends = [place for place in library.places if place.endswith(said)]
    # （一） may be a section and a clause: the part in which all tasks stand is meant
    return library.places.get(ends[0] if len(ends) == 1 else f"{library.part}{said}", ("", ""))


_ONLY_NUMBER = re.compile(r"\((\w+)\)")


def _int(text: str | None) -> int:
    value = read_number(text) if text else None
    return int(value) if value is not None else 0


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Library], _Named | None]], ...] = (
    (_RANGE, _range),
    (_DOTTED, _dotted),
    (_SPOKEN_DOT, _dotted),
    (_PARENTHESES, _at_place),
    (_CLAUSE, _clause),
    (_FLAT, _flat),
    (_PARTS, _sections),
    (_CALLED, _called),
    (_PART, _section),
)
