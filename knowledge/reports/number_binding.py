"""The numbers of a clause, each tied to the target (or work, or task) that it is of."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from knowledge.entities.name_index import Candidate, names_something
from knowledge.entities.topic_index import Entry
from knowledge.language.quantities.quantity import Quantity, in_unit, quantities
from knowledge.language.quantities.units import COUNTED
from knowledge.plan.key import EntryKind
from knowledge.plan.limits import MAX_PLACES
from knowledge.plan.model import Target
from knowledge.reports.clauses import MessageClause
from knowledge.reports.merge import PartialUpdate
from knowledge.reports.model import State, Unclear, UpdateKind
from knowledge.reports.number_candidates import NumberCandidate, figures_of
from knowledge.reports.number_fit import accepts, measured, own_tail, reading_of
from knowledge.reports.number_roles import is_growth
from knowledge.reports.reader_state import ReaderState, ReaderStep, each
from knowledge.reports.speech_acts import AGAIN, BY_NOW, CORRECTION, FINISHED, FRESH, HAVING, MISSING, REPORTING, TOTAL
from knowledge.reports.statements import one_of_many
from knowledge.reports.subject_linker import SubjectLink
from knowledge.reports.work_states import OF_A_PART

_REACH = 40
_GAP = 4  # 村庄规划编制通过评审88个 still counts plans; 美丽乡村示范村建设现场会参会单位30个 does not
_RIVALS = 0.8  # 祥云北扩完成投资3亿元 names a project much better than any target of investment
_PART_OF = re.compile(r"^(?:其中|包括|含)")
_JOINED = re.compile(r"[、和与]|以及|(?<!普)及")
# 祥云北扩已开工,完成投资3亿元: money without a name of its own is the work's that is spoken of.
_INVESTED = re.compile(r"(?:投资|投入)(?:额|资金)?(?:已|约|共|为|了|达到?|完成)*$")
_SHARED = re.compile(r"(?<![年人户平])均|都(?=[是为已达完有])|各(?=[是为已达完有建新\d])")
_SUMMED = re.compile(r"一共|总共|共计|合计|加起来|共(?=[有建新达\s]|$)")
_NOW = re.compile("现在|目前|如今|这会儿|现有|现为|现达|本[月周期]|本季度|这个?[月周]|今[天日年]")
_LAST_YEAR = re.compile(r"[比较](?:去年|上年|前年|年初|同期)")
_UP_TO = re.compile("[到至达]")
_DIGITS = re.compile(r"[\d.%]")


def count(clause: MessageClause, text: str, sofar: ReaderState) -> ReaderStep:
    """Report the numbers of `text` that are progress; placed if any was (or must be asked about)."""
    figures = figures_of(text, sofar.subjects)
    if _LAST_YEAR.search(clause.text):
        figures = tuple(f for f in figures if not is_growth(f.quantity, f.before))
    if not figures:
        return ReaderStep(sofar, placed=False)
    if "分别" in text:
        figures = _apiece(figures)
    if len(figures) == 1 and (several := _listed(figures[0], sofar)):
        if _SUMMED.search(figures[0].before):
            return sofar.doubt(clause, several, figure=figures[0])
        return each(sofar, (partial(_report, clause, text, figures[0], entry) for entry in several))
    behind = _names_stand_behind(figures[0], sofar)
    return each(sofar, (partial(_count_one, clause, text, figure, behind=behind) for figure in figures))


def _apiece(figures: tuple[NumberCandidate, ...]) -> tuple[NumberCandidate, ...]:
    """甲、乙分别达到x、y: the names stand first, each figure gets its own."""
    listed, _, verb = figures[0].before.partition("分别")
    names = [name for name in _JOINED.split(listed) if name]
    if len(names) != len(figures):
        return figures
    return tuple(NumberCandidate(f.quantity, name + verb, "") for f, name in zip(figures, names, strict=True))


def _listed(figure: NumberCandidate, sofar: ReaderState) -> tuple[Entry, ...]:
    """甲、乙均达到x has x of each; 甲和乙一共x is of neither alone. Empty unless each name is a subject of its own."""
    said = _SHARED.search(figure.before) or _SUMMED.search(figure.before)
    if said is None:
        return ()
    names = [name for name in _JOINED.split(figure.before[: said.start()]) if name]
    links = [_target_in(figure, name + figure.before[said.end() :], sofar).one for name in names]
    entries = tuple(dict.fromkeys(one.entry for one in links if one))
    return entries if 1 < len(entries) == len(names) else ()


def _names_stand_behind(first: NumberCandidate, sofar: ReaderState) -> bool:
    """Whether the subject follows its number, as in 新增30家高新技术企业."""
    before, after = _target_in(first, first.before, sofar), _target_in(first, first.after, sofar)
    named = any(c.full and len(c.surface) > 2 for c in sofar.subjects.names.find(first.before))
    if named or before.one or (before.open and not after.one):
        return False
    return bool(after.one or after.open)


def _target_in(figure: NumberCandidate, words: str, sofar: ReaderState) -> SubjectLink:
    """What a figure is of; of 产业园完成70% it is open of which one."""
    link = sofar.subjects.link(words, sofar.context(), fits=lambda e: accepts(e, figure, words), rivals=_RIVALS)
    if link.one and link.one.entry.kind is EntryKind.TASK:  # 规上企业培育完成目标八成 names a target, too
        only = sofar.subjects.link(
            words, sofar.context(), fits=lambda e: isinstance(e.thing, Target) and accepts(e, figure, words)
        )
        link = only if only.one and only.one.full and only.one.surface in words else link
    return one_of_many(link, words, sofar)


def _count_one(
    clause: MessageClause, text: str, figure: NumberCandidate, sofar: ReaderState, *, behind: bool
) -> ReaderStep:
    words = figure.after if behind else figure.before
    link = _target_in(figure, words, sofar)
    if not (link.one or link.open or behind or sofar.subjects.residue(words)):
        link = _target_in(
            figure, earlier := text[: figure.quantity.start][-_REACH:], sofar
        )  # 5G基站投资3000万元建成620个
        words = earlier if link.one else words
    part = bool(_PART_OF.match(text))
    if link.one is not None:
        other = not part or (link.one.full and link.one.entry != sofar.current)
        if not other or _strays(words, link.one, sofar, behind=behind):
            return ReaderStep(sofar, placed=False)
        if _is_its_money(words, link.one.entry, sofar):
            return ReaderStep(sofar.noted(clause.said), placed=True)
        return _report(clause, text, figure, link.one.entry, sofar)
    if part:
        return ReaderStep(sofar, placed=False)
    if link.open:
        return sofar.doubt(clause, tuple(c.entry for c in link.open), figure=figure)
    if (goal := _may_be_goal(figure, clause, text, sofar)) is not None:
        return _report_beside_goal(clause, text, figure, goal, sofar)
    entry = _work_in(figure, words, sofar)
    if entry is None and not _names_another(words + ("" if behind else _counted(figure)), figure, clause, sofar):
        entry, sofar = _spoken_of(figure, clause, text, sofar)
    if entry is not None:
        return _report(clause, text, figure, entry, sofar)
    return _ask(clause, text, figure, sofar)


def _strays(words: str, named: Candidate, sofar: ReaderState, *, behind: bool) -> bool:
    """Whether so much stands between a name and its number that the number counts something else."""
    between = words[: named.places[0]] if behind else words[named.places[-1] + 1 :]
    return len(_DIGITS.sub("", sofar.subjects.residue(between))) > _GAP


def _is_its_money(words: str, entry: Entry, sofar: ReaderState) -> bool:
    """Whether money that is named in no other way belongs to a subject of another task that is spoken of."""
    if sofar.current is None or sofar.current.owner == entry.owner or not (said := _INVESTED.search(words)):
        return False
    return not sofar.subjects.residue(words[: said.start()].replace("总", ""))


def _work_in(figure: NumberCandidate, words: str, sofar: ReaderState) -> Entry | None:
    """A project, action or task of which a share is done (祥云北扩完成工程量的65%)."""
    link = sofar.subjects.link(words, sofar.context(), fits=lambda e: not isinstance(e.thing, Target))
    return link.one.entry if link.one and accepts(link.one.entry, figure, words) else None


def _spoken_of(
    figure: NumberCandidate, clause: MessageClause, text: str, sofar: ReaderState
) -> tuple[Entry | None, ReaderState]:
    """What the message speaks of, if the number fits it and it has none yet, an older one, or is corrected."""
    current = sofar.current
    if current is None or not accepts(current, figure, text):
        return None, sofar
    held = [d for d in sofar.drafts if d.entry == current and d.kind in {UpdateKind.READING, UpdateKind.INCREMENT}]
    if not held or sofar.correcting or _is_share(figure, current):
        return current, sofar
    day = held[-1].as_of
    if held[-1].kind is UpdateKind.INCREMENT and AGAIN.shows(clause.text):
        return current, sofar  # 一季度新增5家,4月又添3家
    if (
        held[-1].bare
        and _repeats_the_goal(held[-1])
        and (figure.missing or FINISHED.shows(figure.before + figure.after))
    ):
        return current, sofar  # 家庭农场5个,完成3个
    if held[-1].approx and not figure.quantity.approx and not figure.before.strip():
        return current, sofar  # 过半了,53.2%
    older = day is not None or held[-1].kind is UpdateKind.INCREMENT or not figure.before.strip()
    if older and _NOW.search(clause.text):  # 去年底70家,现在89家: the day was of the first
        return current, replace(sofar, as_of=sofar.as_of if sofar.as_of != day else None)
    later = day is not None and sofar.as_of is not None and sofar.as_of > day
    return (current if later or TOTAL.shows(figure.before) else None), sofar


def _may_be_goal(figure: NumberCandidate, clause: MessageClause, text: str, sofar: ReaderState) -> PartialUpdate | None:
    """The report of a bare number that may only be the goal, as this figure tells what there is (15个,已落地9个)."""
    held = next(_bare_of_current(sofar), None)
    if (
        held is None
        or held.as_of
        or figure.missing
        or not BY_NOW.shows(clause.text)
        or not accepts(held.entry, figure, text)
    ):
        return None
    if _is_share(figure, held.entry) or _verbless(_counted(figure), sofar):
        return None
    return held if len(_verbless(figure.before, sofar)) <= (_GAP if _is_goal(held) else 0) else None


def doubt_goal(clause: MessageClause, text: str, sofar: ReaderState) -> ReaderStep:
    """Ask about a bare number that may be the goal only, where a smaller one follows unread (700个,目前签约620个)."""
    held = next(filter(_is_goal, _bare_of_current(sofar)), None)
    if held is None or held.value is None or _PART_OF.match(text):
        return ReaderStep(sofar, placed=False)
    for quantity in quantities(text):
        value = _in_its_unit(quantity, held)
        if value is not None and quantity.is_certain and value < held.value:
            return _ask_which(clause, NumberCandidate(quantity, "", ""), (value, held.value), held, sofar)
    return ReaderStep(sofar, placed=False)


def _bare_of_current(sofar: ReaderState) -> Iterator[PartialUpdate]:
    """The reports of what is spoken of whose number merely stood beside the name, the last one first."""
    return (d for d in reversed(sofar.drafts) if d.entry == sofar.current and d.bare)


def _in_its_unit(quantity: Quantity, held: PartialUpdate) -> Decimal | None:
    """A quantity's value in the unit of the target that a report is of."""
    return in_unit(quantity, held.entry.thing.unit) if isinstance(held.entry.thing, Target) else None


def _ask_which(
    clause: MessageClause,
    figure: NumberCandidate,
    either: tuple[Decimal, Decimal],
    held: PartialUpdate,
    sofar: ReaderState,
) -> ReaderStep:
    """Ask which of two numbers is the reading, of which one was taken for it."""
    unit = held.entry.thing.unit if isinstance(held.entry.thing, Target) else None
    both = replace(figure.quantity, ends=either, measure=unit or "", scaled=False)
    return sofar.without(held).doubt(clause, (held.entry,), figure=replace(figure, quantity=both), why=Unclear.RANGE)


def _verbless(words: str, sofar: ReaderState) -> str:
    """What stands beside a number besides its verb and what says that it is so by now."""
    for one in (BY_NOW, FINISHED, HAVING):
        words = one.pattern.sub("", words)
    return sofar.subjects.residue(words)


def _report_beside_goal(
    clause: MessageClause, text: str, figure: NumberCandidate, held: PartialUpdate, sofar: ReaderState
) -> ReaderStep:
    """The figure is the reading where the number before it is the target's own or more, else one of the two is."""
    now = _in_its_unit(figure.quantity, held)
    certain = _is_goal(held) and not _verbless(figure.before, sofar)
    if certain or now is None or held.value is None or now >= held.value:
        return _report(clause, text, figure, held.entry, sofar.without(held))
    return _ask_which(clause, figure, (now, held.value), held, sofar)


def _names_another(words: str, figure: NumberCandidate, clause: MessageClause, sofar: ReaderState) -> bool:
    """Whether what stands around a number is more than its verb."""
    words = CORRECTION.pattern.sub("", words)
    if not figure.missing and BY_NOW.shows(clause.text):
        return any(_verbless(part, sofar) for part in (figure.before, words.replace(figure.before, "")))
    verb = MISSING if figure.missing else FINISHED
    return bool(sofar.subjects.residue(verb.pattern.sub("", words)))


def _is_goal(held: PartialUpdate) -> bool:
    """Whether a bare number is as much as the target, or more."""
    return isinstance(held.entry.thing, Target) and held.value is not None and held.value >= held.entry.thing.value


def _repeats_the_goal(held: PartialUpdate) -> bool:
    return isinstance(held.entry.thing, Target) and held.value == held.entry.thing.value


def _is_share(figure: NumberCandidate, entry: Entry) -> bool:
    """Whether a figure can only be a share of the entry that is done, which stands beside a total of it."""
    own = entry.thing.unit if isinstance(entry.thing, Target) else None
    return figure.quantity.share or (figure.quantity.measure == "%" and own != "%")


def _report(clause: MessageClause, text: str, figure: NumberCandidate, entry: Entry, sofar: ReaderState) -> ReaderStep:
    if figure.whole is not None and not _is_the_target(figure.whole, entry):
        figure = replace(figure, quantity=_part(figure.whole, figure.quantity))
    if figure.missing:
        return _report_missing(clause, figure, entry, sofar)
    if not isinstance(entry.thing, Target) and OF_A_PART.shows(sofar.without_name(text)):
        return sofar.report(entry, UpdateKind.STATE, clause, state=State.IN_PROGRESS)
    if not figure.quantity.is_certain or _cannot_be(figure, entry):
        return replace(sofar, current=entry).doubt(clause, (entry,), figure=figure, why=Unclear.RANGE)
    read = measured(entry, figure, clause.lead + text[: figure.quantity.end] + own_tail(figure), period=sofar.period)
    if read is None:
        return ReaderStep(replace(sofar, current=entry), placed=False)
    kind, value, unit = read
    bare = kind is UpdateKind.READING and _is_bare(figure, entry, sofar)
    return sofar.report(entry, kind, clause, value=value, unit=unit, approx=figure.quantity.approx, bare=bare)


def _is_bare(figure: NumberCandidate, entry: Entry, sofar: ReaderState) -> bool:
    """Whether no verb tells that a number was reached; the 新增 or 达标 of a target's own name is none."""
    words = sofar.without_name(figure.before)
    for own in (FRESH, FINISHED):
        words = own.pattern.sub("", words) if own.shows(entry.name) else words
    return not any(s.shows(words) for s in (FINISHED, TOTAL, BY_NOW)) and not FINISHED.shows(own_tail(figure))


def _report_missing(clause: MessageClause, figure: NumberCandidate, entry: Entry, sofar: ReaderState) -> ReaderStep:
    """离150亿还差8亿 is 142亿: the goal less what is missing, unless the message tells the reading itself."""
    told = (d for d in sofar.drafts if d.entry == entry and d.value is not None)
    if not isinstance(entry.thing, Target) or not all(map(_repeats_the_goal, told)):
        return ReaderStep(sofar, placed=False)
    unit, quantity = entry.thing.unit, figure.quantity
    goal = in_unit(figure.goal, unit) if figure.goal else entry.thing.value
    if quantity.ends and _UP_TO.search(quantity.said):  # 还差11家到100家
        least, most = quantity.ends
        quantity, goal = replace(quantity, value=least, ends=()), in_unit(replace(quantity, value=most), unit)
    missing = in_unit(quantity, unit) if quantity.is_certain else None
    if goal is None or missing is None or not 0 < missing <= goal:
        return replace(sofar, current=entry).doubt(clause, (entry,), figure=figure, why=Unclear.RANGE)
    value = (goal - missing).normalize()
    return sofar.report(entry, UpdateKind.READING, clause, value=value, unit=unit, approx=quantity.approx)


def _is_the_target(whole: Quantity, entry: Entry) -> bool:
    """完成700个的80% says how much of the target is done; 6.8亿公斤的一半 is a share of something else."""
    return not isinstance(entry.thing, Target) or in_unit(whole, entry.thing.unit) in {None, entry.thing.value}


def _part(whole: Quantity, share: Quantity) -> Quantity:
    """The two numbers that a share of a number may mean, to be asked about."""
    ends = (whole.value * share.value / 100, whole.value)
    return replace(whole, start=whole.start, end=share.end, ends=ends, said=f"{whole.said}的{share.said}")


def _cannot_be(figure: NumberCandidate, entry: Entry) -> bool:
    """What no target comes to: 负20个, 15.5个, 620/800, a bare 0.57 of a %, a thousand times the target."""
    if not isinstance(entry.thing, Target):
        return figure.quantity.value < 0
    unit, quantity = entry.thing.unit, figure.quantity
    value, measure = reading_of(quantity, entry.thing) or (None, unit)
    if measure != unit:
        return quantity.value < 0
    if quantity.of is not None and unit != "%":
        return not quantity.share and quantity.of != entry.thing.value
    if unit == "%":
        bare = not quantity.measure and quantity.of is None and abs(quantity.value) < 1
        return bare or (value is not None and _is_out_of_bounds(value, entry.thing))
    if quantity.value < 0 or (value is not None and _is_out_of_bounds(value, entry.thing)):
        return True
    return bool(unit and COUNTED.fullmatch(unit)) and value is not None and value != value.to_integral_value()


def _is_out_of_bounds(value: Decimal, target: Target) -> bool:
    """Whether a value is no likely one, or has more places than the records hold."""
    return value > target.value * _BEYOND or value != round(value, MAX_PLACES)


_BEYOND = 1000


def _ask(clause: MessageClause, text: str, figure: NumberCandidate, sofar: ReaderState) -> ReaderStep:
    """A number of no target is asked about only where it surely reports something."""
    if (misfit := _of_another_kind(figure, sofar)) is not None:
        return ReaderStep(sofar.doubt(clause, (misfit,), figure=figure, why=Unclear.UNIT).sofar, placed=False)
    around = names_something(text[: figure.quantity.start] + _counted(figure))
    rest = text.replace(figure.quantity.said, "")
    alone = bool(figure.quantity.measure) and not (names_something(rest) if _NOW.search(clause.text) else rest.strip())
    if not around and (alone or sofar.correcting or REPORTING.shows(text)):
        sofar, _ = sofar.doubt(clause, figure=figure)
    return ReaderStep(sofar, placed=False)


def _of_another_kind(figure: NumberCandidate, sofar: ReaderState) -> Entry | None:
    """The target that a number of a wrong unit was said of outright (5G基站620万元)."""
    named = next((c for c in sofar.subjects.names.find(figure.before) if c.full), None)
    target = named.entry.thing if named else None
    if named is None or not isinstance(target, Target) or figure.quantity.measure in {"", "%"}:
        return None
    rest = "".join(c for at, c in enumerate(figure.before) if at not in named.places)
    odd = target.unit not in {None, "%", "倍"} and in_unit(figure.quantity, target.unit) is None
    return named.entry if odd and not sofar.subjects.residue(rest + _counted(figure)) else None


def _counted(figure: NumberCandidate) -> str:
    """What follows a number directly: the noun that it counts."""
    return _DIGITS.sub("", re.split(r"[,:()]", figure.after)[0])
