"""Tasks, clauses and sections named by number or place: 5.1, 第五部分第一条, 三(五)1, 第二个, 开放那部分."""

import re

from knowledge.entities.library import Library
from knowledge.language.quantities.numerals import read_number
from knowledge.questions.parse.utterance import NumberedSpan, Piece

_CN = "一二三四五六七八九十0-9"

_DOTTED = re.compile(
    r"(?<![\d.])第?(\d{1,2})[.．·\-](\d{1,2})(?:\.(\d{1,2}))?(?![\d.]|[亿万%个家斤元倍座])(?:[项条](?!任务|工作))?"
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


def take_numbers(piece: Piece, library: Library) -> list[bool]:
    """Find tasks, clauses and sections named by number; marks the characters they took."""
    taken = [False] * len(piece.text)
    known = 0, 0

    def take(start: int, end: int) -> None:
        nonlocal known
        taken[start:end] = [True] * (end - start)
        ids, sections = tuple(piece.ids[known[0] :]), tuple(piece.sections[known[1] :])
        if ids or sections:
            piece.numbered.append(NumberedSpan(start, end, ids, sections))
        known = len(piece.ids), len(piece.sections)

    def task(start: int, *numbers: str | None) -> None:
        id_ = ".".join(str(_int(n)) for n in numbers if n)
        there = any(task_id == id_ for _, task_id in library.tasks)
        (piece.ids if there else piece.missing_ids).append(id_)
        piece.id_at[id_] = start

    for found in _DOTTED.finditer(piece.text):
        task(found.start(), *found.groups())
        take(*found.span())
    for found in _RANGE.finditer(piece.text):  # 6.1到6.3 is 6.2 too
        every = [task_id for _, task_id in library.tasks]
        if found[1] in every and found[2] in every:
            between = every[every.index(found[1]) + 1 : every.index(found[2])]
            piece.ids.extend(id_ for id_ in between if id_ not in piece.ids)
            piece.id_at.update(dict.fromkeys(between, found.start()))
            ends = [place for place in piece.numbered if found.start() <= place.start < found.end()]
            piece.numbered = [one for one in piece.numbered if one not in ends]
            piece.numbered.append(NumberedSpan(*found.span(), (found[1], *between, found[2])))
            known = len(piece.ids), len(piece.sections)
    for found in _SPOKEN_DOT.finditer(piece.text):
        task(found.start(), found[1], found[2])
        take(*found.span())
    for found in _PARENTHESES.finditer(piece.text):
        if any(taken[found.start() : found.end()]):
            continue
        whole = found[0].replace(" ", "")
        kind, id_ = _standing_at(whole, library)
        if kind == "section":
            piece.sections.append(int(id_))
        elif kind:
            piece.ids.append(id_)
            piece.id_at[id_] = found.start()
        elif found[1] or found[3]:
            piece.missing_ids.append(whole)
        else:
            continue
        take(*found.span())
    clause = _CLAUSE.match(piece.text)
    if clause and any(id_ == clause[1] for _, id_ in library.clauses):
        piece.ids.append(clause[1])
        piece.id_at[clause[1]] = clause.start(1)
        take(*clause.span())
    flat = _FLAT.match(piece.text)
    if flat and any(task_id == flat[1] for _, task_id in library.tasks):
        task(flat.start(1), flat[1])
        take(*flat.span())
    for found in _PARTS.finditer(piece.text):  # 第二、三部分
        for number in re.findall(f"[{_CN}]+", found[0]):
            is_there = any(no == _int(number) for _, no in library.sections)
            (piece.sections.append(_int(number)) if is_there else piece.missing_ids.append(found[0]))
        take(*found.span())
    for found in _CALLED.finditer(piece.text):
        called = _called(piece.text, found.start(), library)
        if called and not any(taken[called[0] : found.end()]):
            piece.sections.append(called[1])
            take(called[0], found.end())
    for found in _PART.finditer(piece.text):
        if any(taken[found.start() : found.end()]):
            continue
        section = _int(found[1])
        article = library.articles.get(_int(found[2]), "") if found[2] else ""
        if article.startswith(f"{section}."):  # 第三部分第十五条, where articles are counted through
            piece.ids.append(article)
            piece.id_at[article] = found.start()
        elif found[2]:
            task(found.start(), found[1], found[2])
        elif any(no == section for _, no in library.sections):
            piece.sections.append(section)
        else:
            piece.missing_ids.append(found[0])
        take(*found.span())
    for found in _NTH.finditer(piece.text):
        if not any(taken[found.start() : found.end()]):
            piece.ordinal_at = found.start()
            last = found[2] in {"最后", "后"} or found[4] == "后"
            nth = found[1] or found["place"]
            piece.ordinal = -1 if last else -_int(found["last"]) if found["last"] else _int(nth) if nth else 1
            take(*found.span())
    return taken


def _called(text: str, end: int, library: Library) -> tuple[int, int] | None:
    """Where the name before 那部分 starts, and the one section that is called so or whose names say what it is of.

    开放那部分 is 开放发展; 环境这块 may be more than 发展环境, of which it is no kind.
    """
    for start in range(max(0, end - _LONGEST_NAME), end - 1):
        name = text[start:end]
        sections = library.sections.values()
        found = {one.no for one in sections if any(_is_of(name, said) for said in (one.title, *one.names))}
        if len(found) == 1:
            return start, found.pop()
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
