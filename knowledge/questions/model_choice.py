"""What a language model may choose from for a question that was declined, and the question that its choice stands for.

The model only points: at what is asked for, and of which entry or unit, each from a closed list. The words are made
here, and they count only where the reader reads them as what was chosen; so no figure, name or sentence is the model's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from knowledge.entities.choice import Choice
from knowledge.entities.topic_index import Entry
from knowledge.language.content_words import runs
from knowledge.plan.key import EntryKind
from knowledge.questions.answering.suggestions import duties_question, plain_question
from knowledge.questions.context import QuestionContext
from knowledge.questions.query import Query, UnitRole, Want

NONE = "none"
"""What stands for no choice in every list."""
_PLACES = 8
_TARGETS = 8
_UNITS = 4
"""In all twenty names at most."""
_ALIKE = 60  # rapidfuzz ratio of a part of the question and a unit's name
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")


class AskedFor(StrEnum):
    """What may be asked for: the first five of an entry, the others of a unit."""

    WHO = "who"
    LEAD = "lead"
    FIGURE = "figure"
    DEADLINE = "deadline"
    CONTENT = "content"
    DUTIES = "duties"
    LED_TASKS = "led_tasks"


_OF_ENTRY = {
    AskedFor.WHO: Query(want=Want.UNITS),
    AskedFor.LEAD: Query(want=Want.UNITS, role=UnitRole.LEAD),
    AskedFor.FIGURE: Query(want=Want.TARGETS),
    AskedFor.DEADLINE: Query(want=Want.DEADLINE),
    AskedFor.CONTENT: Query(want=Want.SAYS),
}
_OF_UNIT = {AskedFor.DUTIES: UnitRole.ANY, AskedFor.LED_TASKS: UnitRole.LEAD}


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """The names that a model may choose from for one question, as they are shown to it."""

    question: str
    entries: Mapping[str, Entry]
    units: tuple[str, ...]
    years: tuple[str, ...]
    """That the question says: one that it does not say cannot be chosen."""

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """By the key of the answer, what it may be."""
        return {
            "act": (*AskedFor, NONE),
            "entry": (*self.entries, NONE),
            "unit": (*self.units, NONE),
            "year": (*self.years, NONE),
        }

    def schema(self) -> dict[str, object]:
        """The answer as JSON schema."""
        return {
            "type": "object",
            "properties": {key: {"type": "string", "enum": list(names)} for key, names in self.lists.items()},
            "required": list(self.lists),
            "additionalProperties": False,
        }

    def keeps_to(self, answer: object) -> bool:
        """Whether an answer has just these keys, each with a name of its list."""
        return (
            isinstance(answer, dict)
            and answer.keys() == self.lists.keys()
            and all(isinstance(answer[key], str) and answer[key] in names for key, names in self.lists.items())
        )


def choices_for(said: str, asked: QuestionContext) -> ChoiceList:
    """The nearest entries and units of the plan; `said` is the question as it is cleaned and may be told."""
    library = asked.library
    words = tuple(runs(said))
    places = [ranked.owner for ranked in library.ranking.nearest(words)[:_PLACES]]
    whole = {entry.owner: entry for entry in library.index.entries if entry.kind in {EntryKind.TASK, EntryKind.CLAUSE}}
    counted = [entry for owner in places for entry in library.targets_of.get(owner, ())]
    shares = {one.key: library.ranking.share(words, one.surfaces, library.everyday_of[one.key]) for one in counted}
    nearest = sorted((one for one in counted if shares[one.key]), key=lambda one: -shares[one.key])[:_TARGETS]
    entries = [*(whole[owner] for owner in places), *nearest]
    alike = process.extract(said, library.units, scorer=fuzz.partial_ratio, limit=_UNITS, score_cutoff=_ALIKE)
    return ChoiceList(
        question=said,
        entries={f"{one.owner.id} {one.name}": one for one in entries},
        units=tuple(unit for unit, _, _ in alike),
        years=tuple(dict.fromkeys(_YEAR.findall(said))),
    )


def question_for(answer: Mapping[str, str], choices: ChoiceList, asked: QuestionContext) -> Choice | None:
    """The complete question that an answer of these lists stands for; None where it stands for none that is answered.

    A unit beside an entry is two things chosen, and what they are to each other is not: None too.
    """
    act, entry, unit = answer["act"], answer["entry"], answer["unit"]
    year = "" if answer["year"] == NONE else answer["year"]
    if act == NONE:
        return None
    if (query := _OF_ENTRY.get(AskedFor(act))) and entry != NONE and unit == NONE:
        return plain_question(choices.entries[entry], query, asked, year=year)
    if (role := _OF_UNIT.get(AskedFor(act))) and unit != NONE and entry == NONE and not year:
        return duties_question(unit, role, asked)
    return None
