"""Words that hold for every plan: bodies that exist, other places, everyday sayings, characters that look alike."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from knowledge.language.lexicon.patterns import Patterns
from knowledge.language.normalize import clean


class LexiconError(Exception):
    """What a file of the lexicon says cannot be used; the message begins with its name and the line."""


_LEVELS = ("省", "市", "县", "区")


@cache
def _read(name: str) -> Any:
    with (files(__name__) / name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders


@cache
def general_bodies() -> frozenset[str]:
    """Names of bodies that exist in counties and cities, without a place."""
    return frozenset(
        clean(n) for body in _read("bodies.yaml")["bodies"] for n in (body["name"], *body.get("short", ()))
    )


@dataclass(frozen=True, slots=True)
class OneBody:
    """The names of one and the same body, without its place."""

    names: frozenset[str]
    committee: frozenset[str]
    """The same body where it is a committee (发改委 of 发改局), as people go on to call the bureau."""
    also: tuple[str, ...]
    former: tuple[str, ...]
    before: str
    """What stands before its place in the full name: 国家税务总局武穴市税务局."""


@cache
def one_bodies() -> tuple[OneBody, ...]:
    """Bodies that go by several names everywhere; at each level a body is another one."""
    return tuple(body for row in _read("one_body.yaml") for body in _bodies_of(row))


@cache
def bodies_called() -> Mapping[str, tuple[OneBody, ...]]:
    """Each of their names → the bodies that it is a name of."""
    held: dict[str, tuple[OneBody, ...]] = {}
    for body in one_bodies():
        for name in body.names:
            held[name] = (*held.get(name, ()), body)
    return held


def _bodies_of(row: Mapping[str, str]) -> Iterator[OneBody]:
    also, former = (tuple(row.get(key, "").split()) for key in ("also", "former"))
    before = row.get("before", "")
    if "whole" in row:
        yield OneBody(frozenset(row["whole"].split()), frozenset(), also, former, before)
        return
    levels = [ends.split() for ends in row["ends"].split("|")]
    sets = [frozenset(stem + end for stem in row["stems"].split() for end in ends) for ends in levels]
    committee = next((names for names, ends in zip(sets, levels, strict=True) if _COMMITTEE in ends), frozenset[str]())
    for names, ends in zip(sets, levels, strict=True):
        yield OneBody(names, committee if _BUREAU in ends else frozenset(), also, former, before)


_BUREAU, _COMMITTEE = "局", "委"


@dataclass(frozen=True, slots=True)
class BodyDuty:
    """What one body is in charge of everywhere; `bodies` are its names, without a place."""

    bodies: frozenset[str]
    words: tuple[str, ...]


@cache
def duties() -> Mapping[str, tuple[BodyDuty, ...]]:
    """The words for what bodies are in charge of → whose duty that is."""
    held: dict[str, tuple[BodyDuty, ...]] = {}
    for row in _read("duties.yaml"):
        duty = BodyDuty(frozenset(row["bodies"].split()), tuple(map(clean, row["duties"].split())))
        for word in duty.words:
            held[word] = (*held.get(word, ()), duty)
    return held


@cache
def body_endings() -> tuple[str, ...]:
    """Endings that surely make a body (局, 委员会)."""
    return tuple(_read("bodies.yaml")["endings"]["strong"])


@cache
def not_bodies() -> tuple[str, ...]:
    """Common words that end like a body (布局)."""
    return tuple(_read("bodies.yaml")["not_bodies"])


@cache
def general_places() -> frozenset[str]:
    """Provinces, cities and counties, in full and short."""
    groups = _read("places.yaml")
    common = set(groups["common_words"])
    places = [place for name, held in groups.items() if name != "common_words" for place in held]
    short = (place[:-1] for place in places if place.endswith(_LEVELS) and len(place) > 2 and place[:-1] not in common)
    return frozenset(map(clean, (*places, *short)))


@cache
def sayings() -> tuple[tuple[str, str], ...]:
    """Everyday wording with the formal words it means."""
    return tuple(
        (clean(said).replace(" ", ""), clean(entry["formal"]))
        for entry in _read("synonyms.yaml")
        for said in entry["said"]
    )


def everyday_words() -> Iterator[tuple[str, tuple[str, ...]]]:
    """What plans write, with how people speak of it: no names of it, but what tells that it may be meant."""
    for field in _read("everyday.yaml").values():
        for terms, said in field.items():
            words = tuple(map(clean, said.split()))
            yield from ((clean(term), words) for term in terms.split())


@cache
def one_things() -> tuple[tuple[str, ...], ...]:
    """Words for one and the same thing, each row another thing."""
    return tuple(tuple(map(clean, row)) for row in _read("one_thing.yaml"))


@cache
def thing_words() -> dict[str, dict[str, Any]]:
    """What lists of named things are asked for by, each with what answers to it."""
    return {clean(word): row for row in _read("things.yaml") for word in row["words"]}


def plan_joints() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that stand between what a plan speaks of, and the words inside which they do not."""
    held = _read("plan_words.yaml")
    return tuple(held["joints"].split()), tuple(held["whole"].split())


def plan_tails() -> tuple[str, ...]:
    """Words that close a phrase and name nothing."""
    return tuple(_read("plan_words.yaml")["tails"].split())


@cache
def doing_words() -> frozenset[str]:
    """Words for what is done and how it goes on, which name nothing; joints and tails of plans among them."""
    held = _read("plan_words.yaml")
    return frozenset(word for key in ("doing", "joints", "tails") for word in held[key].split())


@cache
def often_misspelt() -> tuple[str, ...]:
    """Words of two characters by which plans name their figures, as they are written."""
    return tuple(_read("plan_words.yaml")["misspelt"].split())


@cache
def vague_nouns() -> frozenset[str]:
    """Nouns that add nothing to a name that they stand beside."""
    return frozenset(_read("plan_words.yaml")["vague"].split())


@cache
def _patterns() -> Patterns:
    return Patterns(_read("cues.yaml")["classes"])


@cache
def cue_groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Tags, and the words that carry them; those of roles stand with the operators of sets.

    A word that stands in full in some group is made by no other's pattern.
    """
    groups = (*_read("cues.yaml")["cues"], *_role_rows())
    rows = [(group["tags"], group["words"].split()) for group in groups]
    written = {word for _, words in rows for word in words}
    return tuple(
        (tags, tuple(w for w in _patterns().words(words) if w in words or w not in written)) for tags, words in rows
    )


def _role_rows() -> Iterator[dict[str, str]]:
    return (row for row in set_rows() if row.get("tags") in {"lead", "assist"})


@cache
def set_rows() -> tuple[dict[str, str], ...]:
    """The rows of operators, each with a sample sentence."""
    return tuple(_read("set_words.yaml")["signs"])


def line_of_cues(number: int) -> str:
    """Where the tags of a group of cues stand, as `cues.yaml:7`."""
    root: Any = yaml.compose((files(__name__) / "cues.yaml").read_text(encoding="utf-8"), yaml.SafeLoader)
    groups = next(value for key, value in root.value if key.value == "cues")
    tags = next(value for key, value in groups.value[number].value if key.value == "tags")
    return f"cues.yaml:{tags.start_mark.line + 1}"


def heard_cues() -> frozenset[str]:
    """Cues that are also known by their sound."""
    return frozenset(_read("cues.yaml")["heard"].split())


@cache
def fillers() -> tuple[str, ...]:
    """Words that mean nothing here."""
    return _patterns().words([_read("cues.yaml")["fillers"]])


@cache
def document_nouns() -> tuple[str, ...]:
    """What documents are called by their kind, the longest first."""
    return tuple(sorted(_patterns().words([_read("cues.yaml")["documents"]]), key=len, reverse=True))


def document_pointers() -> tuple[str, ...]:
    """What stands before such a noun where the document at hand is meant."""
    return _patterns().words(["{this}"])


def social_words() -> Iterator[str]:
    """Greetings and thanks."""
    return (word for tags, words in cue_groups() if tags in {"hello", "thanks"} for word in words)


@cache
def set_words() -> dict[str, str]:
    """The operators of questions for sets, each with its signs; none where it only fills.

    A row's own words go before those of the cues that carry its tags; of these, only what holds none of the others is
    one sign (任务目标 is two).
    """
    rows = set_rows()
    signs = {clean(word): row["sign"].replace(" ", "") for row in rows for word in row["words"].split()}
    for row in rows:
        tagged = (words for tags, words in cue_groups() if tags == row.get("tags"))
        more = (clean(word) for words in tagged for word in words)
        signs |= {word: row["sign"] for word in more if len(word) > 1 and not _holds_any(word, signs)}
    return signs


def _holds_any(word: str, others: Collection[str]) -> bool:
    """Whether a word begins or ends with another one."""
    return any(word[:at] in others or word[at:] in others for at in range(1, len(word))) or word in others


def measures() -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Units that measure the same, the ends of questions that ask in them, and the nouns that are measured so."""
    for group in _read("measures.yaml"):
        yield tuple(group["units"]), tuple(group["asked"].split()), tuple(group.get("nouns", "").split())


@cache
def syllables() -> frozenset[str]:
    """Every syllable of standard Chinese, without tone; ü is v."""
    return frozenset((files(__name__) / "syllables.txt").read_text(encoding="utf-8").split())


def readings(char: str) -> tuple[str, ...]:
    """The syllables of a Chinese character, without tone, the usual one first; one that nobody knows is its own."""
    table = _readings()
    at = table.find(char)
    if at < 0:
        return (char,)
    said, _, _ = table[table.rfind("\n", 0, at) + 1 : at].partition(" ")
    return tuple(said.split("/"))


@cache
def _readings() -> str:
    """A line for each syllable, with all its characters. It stays text: few of its 27,000 are ever looked up."""
    return (files(__name__) / "sounds.txt").read_text(encoding="utf-8")


def look_alikes() -> tuple[str, ...]:
    """Groups of characters that are taken for each other."""
    return tuple((files(__name__) / "shapes.txt").read_text(encoding="utf-8").split())
