"""What to offer where a question cannot be answered as it stands: few choices, each of which, asked, is answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from knowledge.entities.choice import Choice
from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKind
from knowledge.questions.answer import About, Answer, Outcome, Why
from knowledge.questions.answering.phrasing import question_of
from knowledge.questions.answering.plan_answers import answer_query
from knowledge.questions.context import QuestionContext, Reading, Trouble
from knowledge.questions.dialogue.state import Memory
from knowledge.questions.query import Query, Term, UnitRole, Want
from knowledge.questions.understand.pipeline import read
from knowledge.questions.understand.topic_linker import NEAR
from knowledge.questions.understand.unit_terms import role_of

_MOST = 6
_OTHERS = 2
_LOOKED_AT = 12
_ALIKE = 50  # rapidfuzz ratio of names worth offering: 市体育局 and 市教育局 are 75, 市审计局 and 市教育局 50
_ASKS_BACK = {Why.WHICH_UNIT, Why.WHICH_TOPIC, Why.ONLY_MENTIONED, Why.WHICH_PLAN, Why.WHAT_ABOUT, Why.NO_SUCH_DAY}
_WITHOUT_CHOICES = {Why.WHAT_ABOUT, Why.WHICH_UNIT, Why.NO_SUCH_DAY}


@dataclass(frozen=True, slots=True)
class _Offer:
    label: str
    question: str
    meant: tuple[Query, ...] = ()
    """What it is to ask; empty: what its words mean after what was asked before."""
    otherwise: str = ""
    """The question where that can be said in no complete one."""


def choose(reading: Reading, question: str, asked: QuestionContext) -> Answer:
    """The clarifying or declining answer to a reading in trouble."""
    trouble = reading.meant
    assert isinstance(trouble, Trouble)  # noqa: S101 - the only caller has checked
    choices = tuple(_answerable(_offers(trouble, reading, asked), asked))[:_MOST]
    if trouble.why is Why.WHICH_UNIT and not choices:
        trouble = _of_no_question(trouble, asked)
        choices = tuple(_answerable(_duties(trouble.units), asked))
    clarify = trouble.why in _ASKS_BACK and (len(choices) > 1 or trouble.why in _WITHOUT_CHOICES)
    return Answer(
        question=question,
        outcome=Outcome.CLARIFY if clarify else Outcome.DECLINED,
        about=About(units=trouble.units),
        choices=choices,
        why=trouble.why,
        heard=reading.heard,
        query=trouble.query or (Query(want=reading.rule.want) if reading.rule else None),
        detail={**trouble.detail, "near": trouble.open},
    )


def choose_plan(question: str, library: Library) -> Answer:
    """Ask which of several plans is meant; where they are too many to offer, the person must say the place."""
    few = library.shelves if len(library.shelves) <= _MOST else ()
    choices = tuple(Choice(gazetteer.home, f"{gazetteer.home}{question}") for _, gazetteer in few)
    return Answer(question=question, outcome=Outcome.CLARIFY, choices=choices, why=Why.WHICH_PLAN)


def alternatives(reading: Reading, asked: QuestionContext) -> tuple[Choice, ...]:
    """Other readings of a question that was not taken literally, nearest first."""
    if not reading.heard or not isinstance(reading.meant, Query):
        return ()
    return tuple(_answerable(_other_readings(reading, reading.meant, asked), asked))[:_OTHERS]


def plain_question(entry: Entry, query: Query, asked: QuestionContext, *, year: str = "") -> Choice | None:
    """What `query` wants, asked of an entry of the plan in words that are read so; None where that is no answer."""
    said = (f"{year}年" if year else "") + _about(entry, query).question
    meant = _meant(said, replace(asked, memory=Memory()))
    named = entry.kind is EntryKind.TARGET and query.want in _OF_FIGURES
    same = {"topic": (entry.key,)} if named else {"ids": (entry.owner.id,)}
    held = len(meant) == 1 and meant[0].want is query.want and all(getattr(meant[0], k) == v for k, v in same.items())
    return Choice(said, said) if held else None


def duties_question(unit: str, role: UnitRole, asked: QuestionContext) -> Choice | None:
    """Which tasks a unit has, in words that are read so; None where that is no answer."""
    query = Query(want=Want.TASKS, terms=(Term((unit,), role),))
    question = question_of(query)
    return Choice(question, question) if _meant(question, replace(asked, memory=Memory())) == (query,) else None


def _other_readings(reading: Reading, query: Query, asked: QuestionContext) -> Iterator[_Offer]:
    for heard in reading.heard:
        if heard.meant in query.units:
            for unit in _nearest_units(heard.said, asked):
                if unit != heard.meant:
                    meant = _of_unit(query, heard.meant, unit)
                    yield _Offer(unit, _instead(reading.text, heard.said, unit), (meant,))
    if reading.link is not None and reading.piece is not None:
        taken = {entry.owner for entry in reading.link.entries}
        for hit in asked.library.index.search(reading.piece.topic, most=_LOOKED_AT):
            if hit.entry.owner not in taken and hit.said >= NEAR and hit.entry.owner.id:
                yield _about(hit.entry, query)


def _of_unit(query: Query, heard: str, unit: str) -> Query:
    """The same of another unit."""

    def other(term: Term) -> Term:
        return replace(term, units=tuple(unit if one == heard else one for one in term.units))

    return replace(query, terms=tuple(map(other, query.terms)))


def _of_no_question(trouble: Trouble, asked: QuestionContext) -> Trouble:
    """项目中心老韩 is nothing that a unit so called can be asked: of one or none it is not even open which is meant."""
    units = trouble.units or _meanings(trouble.detail["name"], asked)
    return replace(trouble, units=units, why=trouble.why if len(units) > 1 else Why.NO_SUCH_UNIT)


def _duties(units: Iterable[str]) -> Iterator[_Offer]:
    return (_Offer(f"{unit}的任务", _tasks_of(unit)) for unit in units)


def _answerable(offers: Iterable[_Offer], asked: QuestionContext) -> Iterator[Choice]:
    """Only what is answered if it is asked, whatever was asked before it; each label once."""
    seen: set[str] = set()
    for offer in offers:
        if offer.label in seen or len(seen) == _MOST:
            continue
        if question := _complete(offer, asked):
            seen.add(offer.label)
            yield Choice(offer.label, question)


def _complete(offer: _Offer, asked: QuestionContext) -> str:
    """The offer's question in words that mean the same without a memory; empty where it would not be answered."""
    meant = offer.meant or _meant(offer.question, asked)
    if not meant:
        return ""
    if not asked.memory.turns and not offer.meant:
        return offer.question  # it was read without a memory just now
    alone = replace(asked, memory=Memory())
    plain = question_of(meant[0]) if len(meant) == 1 else ""
    candidates = (plain, offer.question) if asked.memory.turns else (offer.question, plain)
    return next((one for one in candidates if one and _meant(one, alone) == meant), offer.otherwise)


def _meant(question: str, asked: QuestionContext) -> tuple[Query, ...]:
    """What the question is read as; nothing where a part of it would not be answered."""
    meant = tuple(reading.meant for reading in read(question, asked))
    answered = all(
        isinstance(one, Query)
        and answer_query(one, asked.library, question="", today=asked.today).outcome is Outcome.ANSWERED
        for one in meant
    )
    return tuple(one for one in meant if isinstance(one, Query)) if answered else ()


def _offers(trouble: Trouble, reading: Reading, asked: QuestionContext) -> Iterator[_Offer]:
    if trouble.why is Why.WHICH_UNIT:
        name = trouble.detail["name"]
        for unit in trouble.units or _meanings(name, asked):
            yield _Offer(unit, _instead(reading.text, name, unit), otherwise=_tasks_of(unit))
    elif trouble.why in {Why.NO_SUCH_UNIT, Why.OTHER_PLACE}:
        yield from _duties(_nearest_units(trouble.detail["name"], asked))
    elif trouble.why is Why.UNUSED and trouble.query is not None:
        plain = question_of(trouble.query)
        if plain:
            yield _Offer(plain, plain)
    elif trouble.open:
        for entry in trouble.open:
            yield _about(entry, trouble.query or _wanted(reading))
    elif trouble.query is not None and trouble.query.topic:
        for key in trouble.query.topic:
            known = asked.library.entry_of.get(key)
            if known is not None:
                yield _about(known, Query(want=Want.TARGETS))


def _wanted(reading: Reading) -> Query | None:
    """What was asked, of whatever it was: an offer keeps it."""
    if reading.rule is None or reading.piece is None:
        return None
    return Query(want=reading.rule.want, role=role_of(reading.piece.tags))


def _instead(text: str, name: str, unit: str) -> str:
    heard = clean(name)
    return text.replace(heard, unit, 1) if heard in text else _tasks_of(unit)


def _tasks_of(unit: str) -> str:
    return question_of(Query(want=Want.TASKS, terms=(Term((unit,)),)))


def _meanings(name: str, asked: QuestionContext) -> tuple[str, ...]:
    return next((a.choices for _, gazetteer in asked.library.shelves for a in gazetteer.ask_back if a.name == name), ())


def _nearest_units(name: str, asked: QuestionContext) -> tuple[str, ...]:
    """Units of the plan to offer instead: what the gazetteer suggests, else those whose names are alike."""
    suggested = [
        unit
        for _, gazetteer in asked.library.shelves
        for outsider in gazetteer.outsiders
        if clean(outsider.name) in clean(name)
        for unit in outsider.perhaps
    ]
    if suggested:
        return tuple(dict.fromkeys(suggested))
    alike = process.extract(clean(name), asked.library.units, scorer=fuzz.ratio, limit=2, score_cutoff=_ALIKE)
    return tuple(unit for unit, _, _ in alike)


_ENDINGS = {
    Want.UNITS: "谁负责",
    Want.COUNT_UNITS: "有几家责任单位",
    Want.TARGETS: "目标是多少",
    Want.DEADLINE: "什么时候完成",
    Want.DAYS: "还有多少天",
}
_BY_ROLE = {UnitRole.LEAD: "谁牵头", UnitRole.ASSIST: "谁配合"}
_OF_FIGURES = {Want.TARGETS, Want.DEADLINE, Want.DAYS}
"""What is asked of a target itself; the rest is asked of its task."""


def _about(entry: Entry, query: Query | None) -> _Offer:
    """The same question about one entry of the plan."""
    id_ = entry.owner.id
    want = query.want if query else Want.SAYS
    ending = _ENDINGS.get(want, "讲什么")
    if want is Want.UNITS and query:
        ending = _BY_ROLE.get(query.role, ending)
    if want in _OF_FIGURES and entry.kind is EntryKind.TARGET:
        return _Offer(f"{id_} {entry.name}", f"{id_}的{entry.name}{ending}")
    label = f"{id_} {entry.name}" if id_ else entry.name
    return _Offer(label, f"{id_}{ending}" if id_ else f"{entry.name}{ending}")
