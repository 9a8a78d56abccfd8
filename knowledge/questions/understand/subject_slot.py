"""What a piece speaks of: the units it names or means, its topic, and the numbers of tasks."""

import re
from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.language.cues import CueTag
from knowledge.language.lattice import How, Match, Sense
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Target
from knowledge.questions.answer import Why
from knowledge.questions.answering.selection import select
from knowledge.questions.context import QuestionContext, Trouble
from knowledge.questions.dialogue.state import Turn
from knowledge.questions.parse.utterance import LOOSE_MINE, Cue, Mention, Piece
from knowledge.questions.query import Query, Term, Want
from knowledge.questions.understand.topic_linker import TopicLink, link_topic
from knowledge.questions.understand.unit_terms import role_of, terms_of


def mentions_of(piece: Piece, asked: QuestionContext) -> list[Mention] | Trouble:
    """The units of the piece, the asker's own and those spoken of before included."""
    mentions = list(piece.mentions)
    for mention in mentions:
        if len(mention.units) > 1:
            return Trouble(Why.WHICH_UNIT, {"name": mention.said}, units=mention.units)
    own = [cue for cue in piece.cues if CueTag.MINE in cue.tags]
    mine = next((cue for cue in own if cue.text not in LOOSE_MINE), next(iter(own), None))
    if mine and (not mentions or mine.text not in LOOSE_MINE or _is_joined(mine, piece)):
        if mentions and not asked.unit and _INTRODUCES.search(piece.text):
            pass  # 我是梅川镇的,我们镇有哪些任务
        elif asked.unit:
            mentions.append(Mention(mine.start, (asked.unit,), mine.text, asked.unit, How.EXACT))
        elif mine.text not in LOOSE_MINE:
            return Trouble(Why.NO_OWN_UNIT, {"name": mine.text})
    last = next(iter(asked.memory.spoken(names=False)), None)
    they = next((cue for cue in piece.cues if CueTag.THEY in cue.tags), None)
    if they and last and not mentions and not piece.topic and not _means_the_task(piece, last):
        units = last.units if last.query.want in {Want.UNITS, Want.TOP_UNITS} else last.query.units
        if len(units) == 1:
            mentions.append(Mention(they.start, units[:1], units[0], units[0], How.EXACT))
    if not mentions and (town := _asked_of_towns(piece, asked.library)):
        mentions = [Mention(town.start, (town.words[0].key,), town.text, town.words[0].key, How.SOUND)]
        piece.topic = tuple(filter(None, (run.replace(town.text, "") for run in piece.topic)))
        piece.groups = ()
    mentions += _named_by_field(piece, mentions, asked.library)
    if not mentions and last and last.query.terms:
        mentions = _likened_stems(piece)
    if not mentions and _speaks_of_stems(piece, asked.library):
        stems = [m for m in piece.cover if m.words[0].sense is Sense.STEM]
        mentions = [Mention(m.start, (m.words[0].key,), m.text, m.words[0].key, How.SOUND) for m in stems]
        piece.topic = ()
    return mentions


def _means_the_task(piece: Piece, last: Turn) -> bool:
    """那它由谁牵头, 它那条的目标, after a unit's one task: 它 is the task."""
    return bool(piece.tags & {CueTag.WHO, CueTag.WHOLE}) and last.query.want is Want.TASKS and len(last.tasks) == 1


_INTRODUCES = re.compile(r"(?:我|我们|咱|咱们|这里|这边)[是在]")


def _is_joined(mine: Cue, piece: Piece) -> bool:
    """我们和发改局, 我们牵头、发改局配合的: the asker's own is one of the two."""
    end = mine.start + len(mine.text)
    return any(cue.start == end and bool(cue.tags & {CueTag.AND, CueTag.LEAD, CueTag.ASSIST}) for cue in piece.cues)


def _named_by_field(piece: Piece, mentions: list[Mention], library: Library) -> list[Mention]:
    """住建 of 住建跟城管一起的: with a unit it is one, too; so is 卫健 of 卫健的任务, which no topic is called."""
    found: list[Mention] = []
    for match in piece.cover:
        stem = next((word.key for word in match.words if word.sense is Sense.STEM), None)
        if stem is None or match.text not in piece.topic:
            continue
        start, end = piece.cells[match.start].start, piece.cells[match.end - 1].start + 1
        joints = {(cue.start, cue.start + len(cue.text)) for cue in piece.cues if CueTag.AND in cue.tags}
        owns = piece.text.startswith(_OWNED, end) and not library.index.speaks_of(match.text)
        if owns or any(
            (end, mention.start) in joints or (mention.start + len(mention.said), start) in joints
            for mention in mentions
        ):
            found.append(Mention(start, (stem,), match.text, stem, How.SOUND))
            piece.topic = tuple(run for run in piece.topic if run != match.text)
            piece.groups = ()
    return found


_OWNED = ("的任务", "的活")


def _likened_stems(piece: Piece) -> list[Mention]:
    """税务也是这两条吗, 里面住建打头的是哪个, after the tasks of a unit: another one."""
    for match in piece.cover:
        stem = next((word.key for word in match.words if word.sense is Sense.STEM), None)
        if stem is None or piece.topic != (match.text,):
            continue
        start, end = piece.cells[match.start].start, piece.cells[match.end - 1].start + 1
        acts = any(cue.start == end and cue.tags & {CueTag.LEAD, CueTag.ASSIST, CueTag.OWN} for cue in piece.cues)
        if piece.text.startswith("也", end) or (acts and CueTag.AMONG in piece.tags):
            piece.topic, piece.groups = (), ()
            return [Mention(start, (stem,), match.text, stem, How.SOUND)]
    return []


def _asked_of_towns(piece: Piece, library: Library) -> Match | None:
    """镇里 of 垃圾分类镇里要不要干: the towns, where it is asked whether they have a part in something else."""
    found = [m for m in piece.cover if m.words[0].sense is Sense.STEM and m.words[0].key in library.collectives]
    other = "".join(piece.topic) not in {m.text for m in found}
    return (
        found[0]
        if len(found) == 1 and other and piece.tags >= {CueTag.YES_NO, CueTag.OWN} and CueTag.WHO not in piece.tags
        else None
    )


def _speaks_of_stems(piece: Piece, library: Library) -> bool:
    """Whether 交通 in 交通牵头哪些任务 is the bureau: nothing else is named, and its tasks are asked for."""
    found = [m for m in piece.cover if m.words[0].sense is Sense.STEM]
    stems = "".join(m.text for m in found)
    # 镇上有哪些任务, 民政任务: no topic of the plan is called so
    bodies = all(m.words[0].key in library.collectives or not library.index.speaks_of(m.text) for m in found)
    here = any(piece.text[m.start + len(m.text) :].startswith(("这边", "那边")) for m in found)  # 商务这边有啥活
    role = (
        bool(bodies or here or piece.tags & {CueTag.LEAD, CueTag.ASSIST, CueTag.OWN, CueTag.BOTH})
        and CueTag.WHO not in piece.tags
    )
    rest = "".join(piece.topic).removeprefix(stems)
    listed = rest in _LISTS  # 民政任务清单给我: the clause on lists is not meant
    return (
        bool(stems)
        and (listed or "".join(piece.topic) == stems)
        and role
        and bool(
            listed
            or piece.tags & {CueTag.TASK, CueTag.WHICH, CueTag.WHAT}
            or piece.tags <= {CueTag.LEAD, CueTag.ASSIST}
        )
    )


_LISTS = {"任务清单", "责任清单", "工作清单"}


def subject_of(
    piece: Piece, mentions: list[Mention], want: Want, asked: QuestionContext
) -> tuple[Query | Trouble, TopicLink | None]:
    """The units, topic and numbers of a piece, as a query that wants nothing special yet."""
    query = Query(want=want, terms=terms_of(piece, mentions), sections=tuple(piece.sections))
    query = replace(query, ids=tuple(piece.ids))
    link: TopicLink | None = None
    if piece.topic or piece.with_figures:
        link = _link(piece, want, asked, query.ids)
        with_topic = _with_topic(piece, mentions, query, link, spoken=bool(asked.memory.turns))
        if isinstance(with_topic, Trouble):
            return with_topic, link
        query = with_topic
    if piece.ordinal is not None:
        if query.terms:  # 财政局的第二项谁牵头: what follows speaks of that task
            said = replace(piece, cues=[cue for cue in piece.cues if cue.start < piece.ordinal_at])
            query = replace(query, terms=terms_of(said, mentions))
        return _ordinal(piece, piece.ordinal, query, asked), link
    return query, link


def _with_topic(
    piece: Piece, mentions: list[Mention], query: Query, link: TopicLink, *, spoken: bool
) -> Query | Trouble:
    """Add what the topic was linked to; where it was not, say what stands in the way."""
    inside = [e for e in (*link.entries, *link.open) if e.owner.id in query.ids]
    if inside:
        return replace(query, topic=tuple(entry.key for entry in inside), ids=())
    if link.entries:
        away = _elsewhere(piece, link.entries)
        if away:
            return Trouble(Why.OTHER_PLACE, {"name": away})
        return replace(query, topic=tuple(entry.key for entry in link.entries))
    if not piece.topic or _is_a_list(piece.tags) or (piece.figures and len(link.said) == 1):
        return query  # 50个村是什么指标: the figure is what is asked about
    if link.open and _means_all(piece, link):
        return replace(query, topic=tuple(entry.key for entry in link.every))
    if link.open:
        return Trouble(Why.WHICH_TOPIC, {"name": link.said}, open=link.open, query=query)
    if _negligible(piece, mentions, link, spoken=spoken):
        return query
    why = Why.NO_SUCH_FIGURE if link.another else Why.NOT_IN_PLAN
    return Trouble(why, {"name": piece.named_as or link.said}, open=link.near)


def _means_all(piece: Piece, link: TopicLink) -> bool:
    """100亿以下的产值目标, 产值最高的目标, 低于全省平均水平的目标: all that are called so, or measured against it."""
    if (piece.figures and piece.tags & {CueTag.MORE, CueTag.LESS}) or {CueTag.LARGEST, CueTag.TARGET} <= piece.tags:
        return True
    targets = [entry.thing for entry in link.every if isinstance(entry.thing, Target)]
    beside = all(target.relative_to and clean(target.relative_to) in link.said for target in targets)
    listed = piece.tags >= {CueTag.TARGET, CueTag.LIST}
    return len(targets) == len(link.every) > 0 and (beside or listed)


def _link(piece: Piece, want: Want, asked: QuestionContext, ids: tuple[str, ...]) -> TopicLink:
    """Link the topic, with its numbers where they are part of a name (过20亿元的), else without."""
    context = _context(asked, ids)
    plain = link_topic(piece, asked.library, want=want, context=context)
    if not piece.with_figures:
        return plain
    whole = link_topic(replace(piece, topic=piece.with_figures, groups=()), asked.library, want=want, context=context)
    numbers = [piece.text[a.start : a.end].rstrip("个家元项") for a in piece.figures]
    in_name = any(_stands_in(n, surface) for e in whole.entries for surface in e.surfaces for n in numbers)
    if whole.entries and in_name and whole.score >= plain.score - 0.1:
        piece.figures = []
        return whole
    return plain


def _stands_in(number: str, surface: str) -> bool:
    """Whether a name holds the number as a number of its own: 22 is no part of G220."""
    return len(number) > 1 and bool(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", surface))


def _elsewhere(piece: Piece, entries: tuple[Entry, ...]) -> str:
    """A place of the sentence that has no part in what was linked: 武汉市外贸增长目标 is not our target."""
    surfaces = [surface for entry in entries for surface in entry.surfaces]
    for place in piece.places_of_plan:
        if not any(place.rstrip("省市县区") in surface for surface in surfaces):
            return place
    return ""


def _is_a_list(tags: frozenset[CueTag]) -> bool:
    """按年均增长考核的指标是哪些 asks for targets by their period, whatever else it says."""
    return (
        bool(tags & {CueTag.AVERAGE, CueTag.YEARLY, CueTag.MAINTAIN, CueTag.DATED, CueTag.UNDATED})
        and CueTag.TARGET in tags
        and bool(tags & {CueTag.LIST, CueTag.WHICH})
    )


_SHORT = 2


def _negligible(piece: Piece, mentions: list[Mention], link: TopicLink, *, spoken: bool) -> bool:
    """Whether the unlinked rest is too little to matter beside what was understood."""
    anchored = bool(mentions or piece.ids or piece.sections)
    particle = spoken and len(link.said) == 1 and not piece.text.startswith(link.said)
    return (anchored or particle) and len(link.said) <= _SHORT and not link.near


def _context(asked: QuestionContext, ids: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The tasks that the piece, or else the chat, speaks of, and the things in them (plan, task, name)."""
    plans = [plan.name for plan in asked.library.plans]
    if ids or not asked.memory.turns:
        return frozenset((plan, id_) for id_ in ids for plan in plans)
    last = asked.memory.spoken(names=False)[0].query
    spoken = {key.owner for key in last.topic}
    things = {(*key.owner, key.name) for key in last.topic}
    return frozenset(spoken | things | {(plan, id_) for id_ in last.ids for plan in plans})


_ENDS = (1, -1)

_List = tuple[str, ...] | tuple[EntryKey, ...]


def _list_of(asked: QuestionContext, nth: int, *, of_targets: bool) -> tuple[Turn, _List] | None:
    """The last turn that showed so long a list, else the last list, and what it listed.

    第二个 among a task's targets is one of them, unless tasks were listed before; 第二个目标 always is.
    """
    turns, library = asked.memory.turns, asked.library
    tasks = any(len(turn.tasks) > 1 for turn in turns)
    if of_targets and turns and not turns[0].targets and len(turns[0].tasks) == 1:  # 3.2, then 第一个指标
        (id_,) = turns[0].tasks
        own = tuple(EntryKey(EntryKind.TARGET, t.name, plan, t.task) for plan, t in library.targets if t.task == id_)
        if own:
            return turns[0], own
    lists: list[tuple[Turn, _List]] = []
    for turn in turns:
        one_task = len({key.owner for key in turn.targets}) == 1 and not tasks
        targets = turn.targets if of_targets or one_task or not (turn.tasks or tasks) else ()
        listed = targets or turn.tasks or turn.units
        if listed:
            lists.append((turn, listed))
    long = (one for one in lists if len(one[1]) >= abs(nth))
    return next(long, lists[0] if lists else None)


_ARTICLE = re.compile("第[^个项]{1,3}条")


def _ordinal(piece: Piece, nth: int, query: Query, asked: QuestionContext) -> Query | Trouble:
    sections = query.sections or tuple(int(key.task) for key in query.topic if key.kind is EntryKind.SECTION)
    if sections:
        id_ = f"{sections[0]}.{nth}"
        if any(task_id == id_ for _, task_id in asked.library.tasks):
            return replace(query, ids=(id_,), sections=(), topic=())
        return Trouble(Why.NO_SUCH_TASK, {"name": id_})
    shown = _list_of(asked, nth, of_targets=CueTag.TARGET in piece.tags)
    first = min((mention.start for mention in piece.mentions), default=-1)
    checks = shown is not None and CueTag.YES_NO in piece.tags and first > piece.ordinal_at  # 第二项有没有城发集团
    if query.terms and not query.topic and not checks and (shown is None or shown[0].query.units != query.units):
        shown = Turn(query), tuple(id_ for _, id_ in select(query, asked.library).tasks)
        query = replace(query, terms=())
    if shown is None and nth in _ENDS and "任务" in piece.text and not query.has_subject:
        return replace(query, ids=(list(asked.library.tasks)[min(nth, 0)][1],))  # 最后一项任务: of the whole plan
    article = asked.library.articles.get(nth) if _ARTICLE.match(piece.text, piece.ordinal_at) else None
    if article and not query.topic and (shown is None or len(shown[1]) < nth):
        return replace(query, ids=(article,))
    if shown is None or query.topic:
        return query if query.topic or query.terms else Trouble(Why.NOTHING_BEFORE)
    turn, listed = shown
    if not listed or abs(nth) > len(listed):
        why = Why.BEYOND_LIST if listed else Why.NOTHING_BEFORE
        return Trouble(why, {"name": str(abs(nth)), "of": len(listed)})
    one = listed[nth - 1 if nth > 0 else nth]
    if isinstance(one, EntryKey):
        return replace(query, topic=(one,))
    if listed != turn.units:
        return replace(query, ids=(one,))
    return replace(query, terms=(Term((one,), role_of(piece.tags)),), want=Want.TASKS)
