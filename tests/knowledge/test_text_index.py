"""The index of a plan's own words: made from a document, written and read, and held against the original."""

import os
import random
import re
from pathlib import Path

import pytest
import yaml
from folders import ROOT

from handlers.services.document_text import text_of
from knowledge.language.content_words import content_words, runs, without_tails
from knowledge.plan.document_parts import HeadingsError, parts_of
from knowledge.plan.model import Plan
from knowledge.plan.problems import Code
from knowledge.plan.register import read_register
from knowledge.plan.shipped import find_plans, find_texts, read_plans
from knowledge.plan.text_index import RegisterText, TextIndex, TextKind, TextPlace, build_index
from knowledge.plan.text_index_file import dump_index, read_index

REGISTER = """\
title: 某县行动方案
home: 某县
sections: [{no: 1, title: 大力发展产业, place: 二(一)}]
tasks:
  - id: "1.1"
    title: 主攻光伏产业
    place: 二(一)1
    units: [县科经局, 县发改局]
    actions: [建设光伏园]
  - {id: "1.2", title: 发展文旅, place: 二(一)2, units: [县文旅局], actions: [推广5G导览]}
clauses: [{id: 三, title: 组织保障, place: 三}]
"""
DOCUMENT = """\
某县行动方案
一、总体要求
坚持产业立县。
二、重点任务
(一)大力发展产业
1.主攻光伏产业。加快建设光伏园,引进5G装备企业10家。(责任单位:县科经局、县发改局)
2.发展文旅。推进碳中和示范。
(县文旅局负责)
三、组织保障
加强督办。
相关解读
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    plan, problems = read_register(REGISTER, name="some", file="some.yaml")
    assert plan, problems
    return plan


@pytest.fixture(scope="module")
def index(plan: Plan) -> TextIndex:
    return build_index(parts_of(DOCUMENT, plan))


@pytest.mark.parametrize(
    ("phrase", "places"),
    [
        ("光伏", "task 1.1"),
        ("5g装备", "task 1.1"),
        ("５Ｇ装备", "task 1.1"),
        ("引进5g装备企业10家", "task 1.1"),
        ("g", ""),
        ("5", ""),
        ("0家", ""),
        ("县发改局", "units 1.1"),
        ("县文旅局", "units 1.2"),
        ("发展产业", "section 1"),
        ("产业立县", "document"),
        ("重点任务", "document"),
        ("督办", "clause 三"),
        ("相关解读", "document"),
        ("加快建设光伏园,引进", "task 1.1"),
        ("加快建设光伏园引进", ""),
        ("建设光伏园区", ""),
        ("", ""),
    ],
)
def test_a_string_is_found_where_it_stands(index: TextIndex, phrase: str, places: str) -> None:
    found = {f"{place.kind} {place.id}".strip() for place in index.places_of(phrase)}
    assert (found - {"document"} or found) == ({places} if places else set())


@pytest.mark.parametrize("phrase", ["总体要求坚持", "10家。(责任单位", "文旅局负责)三"])
def test_what_stands_at_the_edge_of_two_parts_belongs_to_the_document(index: TextIndex, phrase: str) -> None:
    assert index.places_of(phrase) == {TextPlace(TextKind.DOCUMENT)}


def test_content_words_are_cut_at_what_every_plan_is_made_of() -> None:
    text = "加快农村电网建设,推进碳达峰、碳中和,建设5G基站700个以上。"
    assert content_words(text) == {"农村电网", "碳达峰", "碳中和", "5G基站700个以上"}


def test_a_phrase_is_shortened_by_what_names_nothing() -> None:
    assert [without_tails(one) for one in ("农村电网改造", "马口的项目", "养老服务体系建设", "建设")] == [
        "农村电网",
        "马口",
        "养老",
        "建设",
    ]


def test_an_index_is_read_as_it_was_written(index: TextIndex, plan: Plan) -> None:
    words, strings = dump_index(index)
    assert read_index(words, strings, file="some.words.yaml", plan=plan) == (index, ())


@pytest.mark.parametrize(
    ("words", "strings", "code"),
    [
        ("places: [{kind: task, id: '9.9'}]", b"", Code.UNKNOWN_NAME),
        ("places: [{kind: page}]", b"", Code.BAD_CHOICE),
        ("places: [{kind: document}]", b"123", Code.NOT_TOGETHER),
        ("places: [{kind: document}]", b"\x01" + bytes(7), Code.NOT_TOGETHER),
    ],
    ids=["unknown place", "unknown kind", "half a number", "unknown number"],
)
def test_what_is_wrong_with_an_index_is_told(words: str, strings: bytes, code: Code, plan: Plan) -> None:
    index, problems = read_index(words, strings, file="some.words.yaml", plan=plan)
    assert index is None
    assert [problem.code for problem in problems] == [code]


def test_a_title_that_heads_nothing_is_told(plan: Plan) -> None:
    with pytest.raises(HeadingsError) as error:
        parts_of(DOCUMENT.replace("发展文旅", "发展旅游"), plan)
    assert error.value.titles == ("发展文旅",)


def test_without_a_document_the_register_says_what_it_holds(plan: Plan) -> None:
    text = RegisterText(plan)
    assert text.places_of("光伏园") == {TextPlace(TextKind.TASK, "1.1")}
    assert text.places_of("装备") == frozenset()
    assert text.places_of("5g") == {TextPlace(TextKind.TASK, "1.2")}
    assert text.places_of("g") == frozenset()
    assert not text.whole


def test_the_shipped_index_is_of_the_shipped_plan() -> None:
    (reading,) = read_plans()
    assert (reading.problems, reading.text is not None) == ((), True)


# ---- against the original ----------------------------------------------------------------------------------------

ORIGINAL = os.environ.get("DUBAN_ORIGINAL")
needs_original = pytest.mark.skipif(not ORIGINAL, reason="DUBAN_ORIGINAL names no document")


@pytest.fixture(scope="module")
def original() -> str:
    file = Path(str(ORIGINAL))
    return text_of(file.read_bytes(), file.suffix.removeprefix(".").lower())


@needs_original
def test_every_string_of_the_original_is_found(original: str) -> None:
    (index,) = find_texts().values()
    starts = [at for at in range(len(original)) if not _is_inside(original, at)]
    strings = {original[at : at + n] for at in starts for n in range(1, 9) if not _is_inside(original, at + n)}
    assert [one for one in strings if any(map(str.isalnum, one)) and not index.places_of(one)] == []


def _is_inside(text: str, at: int) -> bool:
    """Whether a word of Latin letters and digits is cut there."""
    return re.match(r"[A-Za-z\d.]{2}", text[at - 1 : at + 1]) is not None if at else False


@needs_original
def test_ten_thousand_strings_that_the_original_does_not_hold_are_not_found(original: str) -> None:
    (index,) = find_texts().values()
    text, dice = "".join(runs(original)), random.Random(20211231)  # noqa: S311 - no secret
    absent = set[str]()
    while len(absent) < 10_000:
        one = "".join(dice.choices(text, k=dice.randint(2, 8)))
        if one not in text and list(runs(one)) == [one]:
            absent.add(one)
    assert [one for one in absent if index.places_of(one)] == []


@needs_original
def test_the_shipped_index_is_made_from_the_original(original: str) -> None:
    ((plan, _),) = find_plans()
    words, strings = dump_index(build_index(parts_of(original, plan)))
    folder = ROOT / "knowledge" / "plan" / "shipped"
    assert yaml.safe_load((folder / f"{plan.name}.words.yaml").read_text(encoding="utf-8")) == yaml.safe_load(words)
    assert (folder / f"{plan.name}.strings").read_bytes() == strings
