"""Which entries of the plan a piece's topic means: resolved, left open between a few, or not in the plan."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge.entities.library import Library, is_task
from knowledge.entities.topic_index import Entry, Hit
from knowledge.language.measures import is_measured, measure_named, units_asked
from knowledge.language.quantities.amounts import Amount
from knowledge.language.quantities.units import same_quantity
from knowledge.plan.key import UNCOUNTED, EntryKey, EntryKind, TaskKey
from knowledge.plan.model import Target
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Want

# Set by benchmarks/thresholds.py on the corpus. 垃圾分类这个事 must link, 幼儿园招聘 must not.
LINKED = 0.74
NAMED = 0.58  # beside a name of the plan to the letter the rest weighs less: 村庄规划什么时候编完
_WHOLE = 0.7
_SURE = 0.85
_EXACT = 0.99
_NAME = 4
NEAR = 0.42
MARGIN = 0.05

_TARGETS = {Want.TARGETS, Want.DEADLINE, Want.DAYS, Want.FIGURE}
_IN_ITS_UNIT = 0.05  # 上幼儿园的要占多少 asks for a share, as the target on kindergartens is one
_DATED = {Want.DEADLINE, Want.DAYS, Want.FIGURE}
_CONTEXT = 0.06  # what a tie gains by standing in the task just spoken of, and again by having been spoken of itself


@dataclass(frozen=True, slots=True)
class TopicLink:
    """What a topic means: `entries` (all of them meant), or `open` readings to choose from, or only `near` hits."""

    entries: tuple[Entry, ...] = ()
    open: tuple[Entry, ...] = ()
    """One of each task or clause."""
    every: tuple[Entry, ...] = ()
    """All that are as good as those of `open`."""
    near: tuple[Entry, ...] = ()
    another: bool = False
    """Whether the nearest is named, but another measure of it is asked after (GDP增长多少)."""
    said: str = ""
    score: float = 0.0
    second: float = 0.0


def link_topic(
    piece: Piece, library: Library, *, want: Want, context: frozenset[tuple[str, ...]] = frozenset()
) -> TopicLink:
    """Resolve the topic of a piece; `context` are the tasks, and the things in them, that the chat speaks of."""
    said = "".join(piece.topic)
    if len(piece.groups) > 1:
        several = _several(piece, library, want, context)
        if several:
            return several
    return _link(piece, library, want, context, said)


def _several(piece: Piece, library: Library, want: Want, context: frozenset[tuple[str, ...]]) -> TopicLink | None:
    """Topics joined by 和 or 、, unless together they are the name of one thing."""
    whole = _link(piece, library, want, context, "".join(piece.topic))
    links = []
    for group in piece.groups:
        one = Piece(piece.text, topic=group, sayings=piece.sayings, named=piece.named, figures=piece.figures)
        links.append(_link(one, library, want, context, "".join(group)))
    hits = library.index.search(piece.topic)
    one_name = bool(hits) and hits[0].said >= _ONE_NAME
    each_named = all(any(link.said in entry.surfaces for entry in link.entries) for link in links)
    if whole.entries and whole.score >= _ONE_NAME and (one_name or not each_named):
        return whole
    if not all(link.entries for link in links):
        return None
    entries = tuple(dict.fromkeys(entry for link in links for entry in link.entries))
    return TopicLink(entries=entries, said=whole.said, score=min(link.score for link in links))


# 失业率 is a measure of its own: an action on 就业 is no target for it.

# 工业增加值增速 is not its share, and 人均GDP not GDP: what a target must speak of where such a word is said.
_CHANGING = (
    (
        re.compile(r"增速|增幅|增长率|涨幅|增长$|(?:增长|提高|涨)(?:了|到)?(?:多少|几|百分之)"),
        re.compile(r"增长|增速|增幅|倍|翻"),
    ),
    (re.compile(r"人均|户均|亩均"), re.compile(r"人均|户均|亩均|收入")),
)
_ONE_NAME = 0.97
_WITHIN = re.compile("[这那]一?[条项](?:里|中)|^里[面头]|^其中")
"""那条里规上企业加多少: of the task that was spoken of, though another one's name may be nearer."""
_LONGEST = 80  # no name is so long; a pasted notice need not be searched


def _link(piece: Piece, library: Library, want: Want, context: frozenset[tuple[str, ...]], said: str) -> TopicLink:
    if len(said) > _LONGEST:
        return TopicLink(said=said)
    ranked: list[Hit] = []
    wording = piece.topic
    for runs in (*_wordings(piece), *(_without_verbs(piece) if want in _TARGETS else ())):
        hits = library.index.search(runs)
        if hits and (not ranked or hits[0].score > ranked[0].score):
            ranked = list(hits)
            wording = runs
    if len(said) == 1:  # 多少个村: one character is no name but of what is called so
        ranked = [hit for hit in ranked if hit.surface == said]
    if _WITHIN.search(piece.text) and any(hit.entry.owner in context for hit in ranked):
        ranked = [hit for hit in ranked if hit.entry.owner in context]
    if not ranked:
        return TopicLink(said=said)
    units = units_asked(piece.text) if want in _TARGETS else frozenset()
    worth = {id(hit): _worth(hit, piece, want, context, units) for hit in ranked}
    ranked.sort(key=lambda hit: -worth[id(hit)])
    measured = [h for h in ranked if isinstance(h.entry.thing, Target) and h.entry.thing.unit in units]
    if measured and measured[0].said >= LINKED and ranked[0].entry.kind in UNCOUNTED:
        ranked = [*measured, *(h for h in ranked if h not in measured)]  # 上幼儿园定到百分之几 is after a share
    best = ranked[0]
    top = worth[id(best)]
    enough = NAMED if best.own >= _WHOLE and _holds_names(best.entry, piece) else LINKED
    if best.said < enough:
        owners = library.index.owners_of(wording)
        whole = max(owners.values(), default=0.0)
        owner = [key for key, share in owners.items() if share >= whole - 0.02]
        if whole >= LINKED + 0.08 and len(owner) == 1 and owner[0].id:
            return _by_owner(owner[0], ranked, library, said, want)
        near = [h for h in ranked if h.said >= NEAR]
        return TopicLink(near=_entries(near[:3]), said=said, score=best.said)
    if _is_another(best, piece, said, want):
        return TopicLink(near=_entries(ranked[:3]), said=said, score=best.said, another=True)
    close = [hit for hit in ranked if worth[id(hit)] >= top - MARGIN and hit.said >= enough]
    close = [hit for hit in close if hit is best or not _is_another(hit, piece, said, want)]
    return _with_its_figure(_decide(close, said, want, top, ranked), library, units)


_OF_FIGURE = 0.15
"""Of an action's name: so much a target must hold, and so much more of it than any other."""


def _with_its_figure(link: TopicLink, library: Library, units: frozenset[str]) -> TopicLink:
    """The target that says in the unit asked for how far an action goes, where that was not named to the letter.

    茅厕改造要达到几成 is linked to 厕所革命, which has no figure; 卫生厕所普及率 is in per cent.
    """
    entry = link.entries[0] if len(link.entries) == 1 else None
    if not units or entry is None or entry.kind not in UNCOUNTED:
        return link
    name = entry.surfaces[0]
    if name in link.said or link.said in name:
        return link
    targets = library.targets_of.get(entry.owner, ())
    fitting = [e for e in targets if isinstance(e.thing, Target) and e.thing.unit in units]
    shares = sorted(((library.ranking.share((name,), e.surfaces), e) for e in fitting), key=lambda one: -one[0])
    second = shares[1][0] if len(shares) > 1 else 0.0
    return replace(link, entries=(shares[0][1],)) if shares and shares[0][0] >= second + _OF_FIGURE else link


def _holds_names(entry: Entry, piece: Piece) -> bool:
    """Whether names that stand in the piece to the letter, and what its sayings mean, are all this entry's own.

    百亿企业要培育多少家 holds a name, but not one of 培育壮大骨干企业.
    """
    names = [(name,) for name in piece.named] + [(said, *formals) for said, formals in piece.sayings.items()]
    telling = bool(piece.sayings) or any(len(name) >= _NAME for name in piece.named)
    return telling and all(
        any(name in surface or surface in name for surface in entry.surfaces for name in ways) for ways in names
    )


def _is_another_measure(said: str, entry: Entry, text: str = "") -> bool:
    return any(
        (word.search(said) or word.search(text)) and not any(spoken_of.search(name) for name in entry.surfaces)
        for word, spoken_of in _CHANGING
    )


def _is_another(hit: Hit, piece: Piece, said: str, want: Want) -> bool:
    other = isinstance(hit.entry.thing, Target) and _is_another_measure(said, hit.entry, piece.text)
    return other or _asks_otherwise(hit, piece.text, want)


def _asks_otherwise(hit: Hit, text: str, want: Want) -> bool:
    """Whether the question is after another measure than what the hit names in part: 医院床位数, 常住人口多少万."""
    named = measure_named(text)
    if not isinstance(hit.entry.thing, Target):
        unheard = bool(named) and not any(named in surface for surface in hit.entry.surfaces)
        return unheard and hit.own < _SURE and hit.said < _EXACT
    if want not in _TARGETS or (named and hit.surface.endswith(named) and hit.own >= _WHOLE):
        return False
    units = units_asked(text)
    return bool(units) and hit.entry.thing.unit not in units and is_measured(hit.entry.thing.unit)


def same_amount(target: Target, said: Amount) -> bool:
    """Whether an amount that was said is the target's own (300亿 for 300 亿元)."""
    return bool(said.unit) and same_quantity((target.value, target.unit or ""), (said.value, said.unit))


def _worth(hit: Hit, piece: Piece, want: Want, context: frozenset[tuple[str, ...]], units: frozenset[str]) -> float:
    worth = hit.score
    kind = hit.entry.kind
    if isinstance(hit.entry.thing, Target) and any(same_amount(hit.entry.thing, a) for a in piece.figures):
        worth += 0.15
    if want in _TARGETS and kind is EntryKind.TARGET:
        worth += 0.10 if hit.own >= _SURE else 0.05 * hit.own
        worth += _IN_ITS_UNIT if isinstance(hit.entry.thing, Target) and hit.entry.thing.unit in units else 0.0
    if want in _TARGETS and kind in {EntryKind.PLAN, EntryKind.SECTION}:
        worth -= 0.05
    if want in _TARGETS and kind in UNCOUNTED and (hit.own < _EXACT or len(hit.surface) < _NAME):
        worth -= 0.06
    if kind is EntryKind.TASK:
        worth += 0.03
    if hit.own >= _EXACT and len(hit.surface) >= _NAME and want not in _TARGETS:
        worth += 0.05
    if kind is EntryKind.FACT and want in _DATED:
        worth += 0.05 if hit.entry.name.endswith("日期") else -0.05  # 什么时间印发的 is not 谁印发的
    if kind is EntryKind.PLAN:
        worth -= 0.10
    worth += _CONTEXT if hit.entry.owner in context else 0.0
    return worth + (_CONTEXT if (*hit.entry.owner, hit.entry.name) in context else 0.0)


def _decide(close: list[Hit], said: str, want: Want, top: float, ranked: list[Hit]) -> TopicLink:
    """Among equally good entries: one owner is no ambiguity; several owners are, unless one kind outranks the rest."""
    second = next((hit.score for hit in ranked if hit.entry.owner != close[0].entry.owner), 0.0)
    if close[0].entry.kind is EntryKind.TASK and close[0].own >= _EXACT:
        close = close[:1]  # 招商引资目标: all of that task's
    if want in _TARGETS and any(hit.entry.kind is EntryKind.TARGET for hit in close):
        targets = [hit for hit in close if hit.entry.kind is EntryKind.TARGET]
        if {h.entry.owner for h in targets} == {h.entry.owner for h in close} or close[
            0
        ].entry.kind is EntryKind.TARGET:
            close = targets
    owners = list(dict.fromkeys(hit.entry.owner for hit in close))
    if len(owners) == 1:
        if close[0].entry.kind is not EntryKind.TARGET or close[0].own >= _EXACT:
            close = close[:1] if want not in _TARGETS or close[0].entry.kind is not EntryKind.TARGET else close
        if close[0].entry.kind is EntryKind.TARGET and close[0].own < _EXACT <= close[0].said:
            alike = (h for h in ranked if h.entry.owner == owners[0] and h.entry.kind is EntryKind.TARGET)
            close = [h for h in alike if h in close or _is_in_name(said, h)]
        return TopicLink(entries=_entries(close), said=said, score=top, second=second)
    exact = [hit for hit in close if hit.own >= 0.99 and hit.said >= 0.99]
    exact_owners = list(dict.fromkeys(hit.entry.owner for hit in exact))
    if len(exact_owners) == 1:
        return TopicLink(
            entries=_entries([h for h in exact if h.entry.owner == exact_owners[0]][:1]),
            said=said,
            score=top,
            second=second,
        )
    if want is Want.TASKS and all(hit.said >= 0.97 for hit in close):
        return TopicLink(entries=_entries(close), said=said, score=top, second=top)
    if exact and (all(hit.entry.kind is EntryKind.CLAUSE for hit in exact)):
        return TopicLink(entries=_entries(exact), said=said, score=top, second=top)
    open_ = tuple({hit.entry.owner: hit.entry for hit in reversed(exact or close)}.values())[::-1]
    return TopicLink(open=open_, every=_entries(exact or close), said=said, score=top, second=top)


def _is_in_name(said: str, hit: Hit) -> bool:
    """产业总产值 is said of each of three targets."""
    return len(said) >= _NAME and said in hit.surface


def _by_owner(owner: TaskKey, ranked: list[Hit], library: Library, said: str, want: Want) -> TopicLink:
    """Words that no single entry explains but one task as a whole does."""
    score = ranked[0].said  # of an entry: GDP和固投 are two targets, however well their clause explains both
    inside = [hit for hit in ranked if hit.entry.owner == owner]
    kinds = [h for h in inside if h.entry.kind is EntryKind.TARGET] if want in _TARGETS else []
    if kinds and kinds[0].said >= NAMED and not _is_another_measure(said, kinds[0].entry):
        return TopicLink(entries=_entries(h for h in kinds if h.said >= kinds[0].said - 0.02), said=said, score=score)
    if want in _TARGETS:
        return TopicLink(near=_entries(inside[:3]), said=said, score=score)
    whole = next(
        (e for e in library.index.entries if e.owner == owner and e.kind in {EntryKind.TASK, EntryKind.CLAUSE}), None
    )
    named = bool(inside) and (inside[0].said >= NEAR or inside[0].entry.kind is not EntryKind.TARGET)
    best = inside[0].entry if named else whole  # words all over a task do not mean one of its targets
    return TopicLink(entries=(best,) if best else (), said=said, score=score)


def _wordings(piece: Piece) -> Iterable[tuple[str, ...]]:
    """The topic as it was said, then with everyday wording replaced by the formal words it may mean."""
    yield piece.topic
    variants: list[tuple[str, ...]] = [piece.topic]
    for said, formals in piece.sayings.items():
        variants = [
            tuple(run.replace(said, f" {formal} ") for run in variant) for variant in variants for formal in formals[:4]
        ]
        if len(variants) > 16:
            break
    for variant in variants:
        if variant != piece.topic:
            yield tuple(word for run in variant for word in run.split())


_VERBS = re.compile(r"^(?:培育|打造|创建|引进|建成)|(?:要)?(?:培育|打造|创建|引进|建成)$")


def _without_verbs(piece: Piece) -> Iterable[tuple[str, ...]]:
    """市域品牌 of 市域品牌要培育几个: how many are to be there, whatever is to be done."""
    runs = tuple(filter(None, (_VERBS.sub("", run) for run in piece.topic)))
    if runs and runs != piece.topic:
        yield runs


def _entries(hits: Iterable[Hit]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(hit.entry for hit in hits))


def resolve(keys: Iterable[EntryKey], library: Library) -> tuple[Entry, ...]:
    """The entries that remembered keys stand for, as far as they still exist."""
    return tuple(library.entry_of[key] for key in keys if key in library.entry_of)


def tasks_of(entries: Iterable[Entry], library: Library) -> tuple[TaskKey, ...]:
    """The tasks that entries stand in; a section is all of its tasks."""
    found: dict[TaskKey, None] = {}
    for entry in entries:
        if entry.kind is EntryKind.SECTION:
            found.update(
                (key, None)
                for key, task in library.tasks.items()
                if key.plan == entry.owner.plan and str(task.section) == entry.owner.id
            )
        elif is_task(entry) and entry.owner in library.tasks:
            found[entry.owner] = None
    return tuple(found)
