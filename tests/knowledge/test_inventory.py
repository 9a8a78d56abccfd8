"""Nothing of the document is missing from the shipped register, and nothing in it is invented.

The inventory lists what the document holds (titles, units, numbers, names; no sentences). The register is compared
with it always; the inventory itself is proved against the document where DUBAN_ORIGINAL names the document's text.
"""

import json
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.plan.model import Clause, Target, Task
from knowledge.plan.shipped import find_plans

Entry = dict[str, Any]

INVENTORY: dict[str, dict[str, Entry]] = json.loads(
    (Path(__file__).parent / "inventory" / "wuxue-2021-26.json").read_text(encoding="utf-8")
)
ENTRIES = INVENTORY["tasks"] | INVENTORY["clauses"]
((PLAN, _),) = find_plans("wuxue-2021-26")
PARTS: dict[str, Task | Clause] = {task.id: task for task in PLAN.tasks} | {one.id: one for one in PLAN.clauses}

NUMERAL = re.compile(r"\d+(?:\.\d+)?(?::\d+)?", re.ASCII)

each_part = pytest.mark.parametrize("part", ENTRIES)
each_task = pytest.mark.parametrize("part", INVENTORY["tasks"])


def bare(text: str) -> str:
    """A name without the marks that only some ways of writing it have."""
    return re.sub(r"[“”《》、()（） ]", "", text)


def words_of(part: Task | Clause) -> list[str]:
    """Every text by which the register knows something of this part."""
    found = [part.title, *part.names]
    for target in part.targets:
        found += [target.name, *target.names]
    if isinstance(part, Task):
        for action in part.actions:
            found += [action.phrase, *action.names]
        for named in part.named:
            found += [named.name, *named.names]
    else:
        for fact in part.facts:
            found += [fact.about, fact.says, *fact.names]
    return [bare(word) for word in found]


def targets_listed(entry: Entry) -> list[tuple[Entry, str]]:
    """Each target that the inventory counts: a number set for several things is one of each."""
    return [(number, of) for number in entry["numbers"] if number["is"] == "target" for of in number["of"]]


def matches(target: Target, number: Entry, of: str) -> bool:
    return (
        target.value == Decimal(number["value"].split(":")[0])
        and target.unit == number["unit"]
        and target.bound == number["bound"]
        and target.period == number["period"]
        and target.relative_to == number.get("relative_to")
        and (target.deadline is not None) == number["dated"]
        and bare(of) in bare(target.name)
    )


def test_the_register_has_exactly_the_document_s_tasks_and_clauses() -> None:
    assert [task.id for task in PLAN.tasks] == list(INVENTORY["tasks"])
    assert [clause.id for clause in PLAN.clauses] == list(INVENTORY["clauses"])


@each_part
def test_titles_are_the_document_s(part: str) -> None:
    assert PARTS[part].title == ENTRIES[part]["title"]


@each_task
def test_units_are_the_document_s_in_its_order(part: str) -> None:
    task = PARTS[part]
    assert isinstance(task, Task)
    assert list(task.units) == ENTRIES[part]["units"]
    assert not task.lead, "no list of units in the document names a lead"


@each_part
def test_targets_are_the_document_s_numbers(part: str) -> None:
    left = list(PARTS[part].targets)
    missing = []
    for number, of in targets_listed(ENTRIES[part]):
        found = next((target for target in left if matches(target, number, of)), None)
        if found:
            left.remove(found)
        else:
            missing.append((of, number))
    assert (missing, left) == ([], [])


@each_part
def test_numbers_inside_names_are_kept(part: str) -> None:
    said = " ".join(words_of(PARTS[part]))
    inside = [number for number in ENTRIES[part]["numbers"] if number["is"] == "part of a name"]
    assert [n for n in inside if n["value"] + (n["unit"] or "")[:1] not in said] == []


@each_part
def test_every_name_of_the_document_is_known(part: str) -> None:
    words = words_of(PARTS[part])
    assert [name for name in ENTRIES[part]["names"] if not any(bare(name) in word for word in words)] == []


@each_task
def test_no_named_thing_is_invented(part: str) -> None:
    task = PARTS[part]
    assert isinstance(task, Task)
    known = {bare(name) for name in ENTRIES[part]["names"]}
    assert [named.name for named in task.named if bare(named.name) not in known] == []


# The inventory against the document itself. The numbers before it (百强, 三甲) are words, not numerals.

ORIGINAL = os.environ.get("DUBAN_ORIGINAL")
with_the_original = pytest.mark.skipif(not ORIGINAL, reason="DUBAN_ORIGINAL does not name the document's text")


@pytest.fixture(scope="module")
def document() -> dict[str, str]:
    """The document's text cut at its own headings: ids to paragraphs, lists of units included."""
    assert ORIGINAL
    return dict(cut(Path(ORIGINAL).read_text(encoding="utf-8")))


def cut(text: str) -> Iterator[tuple[str, str]]:
    chapter, section, found = "", 0, ("", "")
    for line in filter(None, map(str.strip, text.splitlines())):
        if heading := re.match(r"([一二三四])、", line):
            chapter, section, key = heading[1], 0, heading[1]
        elif heading := re.match(r"\(([一二三四五六七八])\)", line):
            section += 1
            key = f"{chapter}({heading[1]})"
        elif chapter == "三" and (heading := re.match(r"(\d)\.", line)):
            key = f"{section}.{heading[1]}"
        else:
            found = (found[0], found[1] + line)
            continue
        yield found
        found = (key, line)
    yield found


def text_of(paragraph: str) -> str:
    """What a task says, without its number and its units."""
    return re.sub(r"^(\d\.|[一二四]、|\(.\))", "", paragraph).split("(责任单位")[0]


@with_the_original
def test_the_inventory_has_every_part_of_the_document(document: dict[str, str]) -> None:
    numbered = {key for key in document if re.fullmatch(r"\d\.\d|[一二]|四\(.\)", key)}
    assert numbered == set(ENTRIES)


@with_the_original
@each_part
def test_the_inventory_s_titles_stand_in_the_document(part: str, document: dict[str, str]) -> None:
    assert text_of(document[part]).startswith(ENTRIES[part]["title"])


@with_the_original
@each_task
def test_the_inventory_s_units_are_the_document_s(part: str, document: dict[str, str]) -> None:
    written = re.search(r"\(责任单位:([^)]*)\)", document[part])
    assert written
    units: list[str] = []
    for unit in re.split("[、,]", written[1]):
        units.append(units[-1][:-1] + unit if unit == "街道" else unit)
    assert ENTRIES[part]["units"] == list(dict.fromkeys(units))


@with_the_original
@each_part
def test_the_inventory_s_numbers_are_the_document_s_in_its_order(part: str, document: dict[str, str]) -> None:
    text = text_of(document[part])
    listed = [number for number in ENTRIES[part]["numbers"] if "written" not in number]
    assert [number["value"] for number in listed] == NUMERAL.findall(text)
    assert all(number["value"] + (number["unit"] or "") in text for number in listed)
    assert all(n["written"] in text for n in ENTRIES[part]["numbers"] if "written" in n)


@with_the_original
@each_part
def test_the_inventory_s_names_stand_in_the_document(part: str, document: dict[str, str]) -> None:
    text = bare(text_of(document[part]))
    counted = [of for number in ENTRIES[part]["numbers"] for of in number.get("of", ())]
    assert [name for name in [*ENTRIES[part]["names"], *counted] if bare(name) not in text] == []


@with_the_original
@each_part
def test_actions_and_facts_are_made_of_the_document_s_words(part: str, document: dict[str, str]) -> None:
    """A short phrase leaves words out and joins what is left; a count (五链) or a connecting word is its own."""
    said = PARTS[part]
    phrases = [one.phrase for one in said.actions] if isinstance(said, Task) else [one.says for one in said.facts]
    phrases = [phrase.removesuffix("(未展开)") for phrase in phrases]  # the register's word for what is only named
    text = bare(text_of(document[part]))
    assert [phrase for phrase in phrases if grounded(bare(phrase), text) < 0.7] == []


def grounded(phrase: str, text: str) -> float:
    """The share of the phrase's characters that stand in the text beside at least one same neighbour."""
    pairs = [phrase[at : at + 2] in text for at in range(len(phrase) - 1)]
    held = [any(pairs[max(at - 1, 0) : at + 1]) for at in range(len(phrase))]
    return sum(held) / len(held)
