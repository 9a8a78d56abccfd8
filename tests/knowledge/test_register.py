"""A register is read with all its mistakes at once, each with its line; nothing a file holds breaks the reading."""

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.check_plan import check_plan
from bot.texts.problems import problem_text
from knowledge.plan import yaml_file
from knowledge.plan.limits import MAX_CHARS
from knowledge.plan.model import Bound, NamedKind, Period, Plan, Rigidity
from knowledge.plan.problems import Code, Problem
from knowledge.plan.register import read_register
from knowledge.plan.shipped import DEFAULT, PlanError, find_plans, shipped

GOOD = """\
title: 某市行动方案
home: 某市
issued: 2021-12-31
facts: [{about: 文号, says: 无}]
sections:
  - {no: 1, title: 产业, place: 三(一)}
tasks:
  - id: 1.10
    title: 主攻产业
    place: 三(一)10
    units: [市科经局, 市财政局]
    targets:
      - {name: 粮食, value: 6.70, unit: 亿斤, period: maintain, deadline: 2023-12-31, card: {rigidity: 力争}}
    actions:
      - 发展“钙经济”
      - {phrase: 建园区, place: 三(一)10下, names: [园]}
    named: [{name: 产业园, kind: project, key: true}]
clauses:
  - {id: 二, title: 行动目标, place: 二, targets: [{name: GDP, value: 400, bound: at_least}],
     lists: [{of: 园区, beside: GDP, items: [东园, 西园]}]}
"""


def read(text: str) -> tuple[Plan | None, list[tuple[int, Code, str]]]:
    plan, problems = read_register(text, name="some", file="some.yaml")
    return plan, [(problem.line, problem.code, problem.key) for problem in problems]


def good() -> Plan:
    plan, problems = read(GOOD)
    assert plan, problems
    return plan


def changed(old: str, new: str) -> list[tuple[int, Code, str]]:
    """The problems of the good register after one change; none of them may leave a plan."""
    assert GOOD.count(old) == 1, old
    plan, problems = read(GOOD.replace(old, new))
    assert plan is None
    return problems


def test_a_register_becomes_a_plan() -> None:
    plan = good()
    (task,) = plan.tasks
    (target,) = task.targets
    assert (plan.name, plan.issued, plan.facts[0].about) == ("some", date(2021, 12, 31), "文号")
    assert (task.id, task.units, task.lead) == ("1.10", ("市科经局", "市财政局"), ())
    assert (target.value, str(target.value), target.bound) == (Decimal("6.7"), "6.70", Bound.EXACTLY)
    assert (target.period, target.deadline, target.card.rigidity) == (
        Period.MAINTAIN,
        date(2023, 12, 31),
        Rigidity.STRIVE,
    )
    assert (task.named[0].kind, task.named[0].key) == (NamedKind.PROJECT, True)


def test_evidence_is_voluntary_unless_the_card_says_otherwise() -> None:
    assert not good().tasks[0].targets[0].card.evidence
    plan, problems = read(GOOD.replace("rigidity: 力争", "evidence: true"))
    assert plan is not None, problems
    assert plan.tasks[0].targets[0].card.evidence
    assert read(GOOD.replace("rigidity: 力争", "evidence: 必须"))[0] is None


def test_what_the_parent_says_is_filled_in() -> None:
    plan = good()
    task = plan.tasks[0]
    assert (task.section, task.targets[0].task, task.targets[0].place) == (1, "1.10", "三(一)10")
    assert [(action.phrase, action.place) for action in task.actions] == [
        ("发展“钙经济”", "三(一)10"),
        ("建园区", "三(一)10下"),
    ]
    assert [(one.of, one.items, one.place) for one in plan.clauses[0].lists] == [("园区", ("东园", "西园"), "二")]
    assert (plan.clauses[0].targets[0].task, plan.clauses[0].targets[0].place) == ("二", "二")


def test_a_target_may_be_written_for_each_of_several_years() -> None:
    line = next(one for one in GOOD.splitlines(keepends=True) if "粮食" in one)
    plan, problems = read(GOOD.replace(line, line + line.replace("2023", "2025").replace("6.70", "7")))
    assert plan, problems
    assert [(target.name, target.names) for target in plan.tasks[0].targets] == [
        ("2023年粮食", ("粮食",)),
        ("2025年粮食", ("粮食",)),
    ]
    for again in (line, line.replace(" deadline: 2023-12-31,", "")):
        assert read(GOOD.replace(line, line + again))[1] == [(14, Code.DUPLICATE, "tasks[0].targets[1].name")]


def test_a_flat_plan_has_no_sections() -> None:
    plan, _ = read("title: 方案\nhome: 某市\ntasks: [{id: 3, title: 甲, place: 三, units: [乙]}]")
    assert plan
    assert (plan.tasks[0].id, plan.tasks[0].section) == ("3", 0)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("home: 某市\n", "", (1, Code.MISSING_KEY, "home")),
        ("home: 某市", "home: 某市\nhome: 他市", (3, Code.DUPLICATE_KEY, "home")),
        ("home: 某市", "home: ' '", (2, Code.EMPTY, "home")),
        ("home: 某市", "home: [某市]", (2, Code.NOT_TEXT, "home")),
        ("home: 某市", "home: 某市\nname: x", (3, Code.FILLED_IN, "name")),
        ("issued: 2021", "isued: 2021", (3, Code.UNKNOWN_KEY, "isued")),
        ("issued: 2021-12-31", "issued: 2021-12-32", (3, Code.BAD_DATE, "issued")),
        ("issued: 2021-12-31", "issued: 1640908800", (3, Code.BAD_DATE, "issued")),
        ("issued: 2021-12-31", "issued: 2021-12-31T00:00:00", (3, Code.BAD_DATE, "issued")),
        ("issued: 2021-12-31", "issued: 2021-12-31\npublished: 2021-12-30", (4, Code.TOO_EARLY, "published")),
        ("issued: 2021-12-31", "issued: 2024-01-01", (13, Code.TOO_EARLY, "tasks[0].targets[0].deadline")),
        ("{no: 1,", "{no: 一,", (6, Code.BAD_INTEGER, "sections[0].no")),
        ("id: 1.10", "id: 2.1", (8, Code.UNKNOWN_NAME, "tasks[0].id")),
        ("id: 1.10", "id: 一", (8, Code.BAD_ID, "tasks[0].id")),
        ("units: [市科经局, 市财政局]", "units: 市科经局", (11, Code.NOT_LIST, "tasks[0].units")),
        ("units: [市科经局, 市财政局]", "units: []", (11, Code.EMPTY, "tasks[0].units")),
        ("市科经局, 市财政局", "市科经局, 市科经局", (11, Code.DUPLICATE, "tasks[0].units[1]")),
        ("市科经局, 市财政局", "市科经局, 市财政局、市商务局", (11, Code.JOINED, "tasks[0].units[1]")),
        ("    place: 三(一)10\n    units", "    units", (8, Code.MISSING_KEY, "tasks[0].place")),
        ("    targets:", "    lead: [市商务局]\n    targets:", (12, Code.UNKNOWN_NAME, "tasks[0].lead[0]")),
        ("value: 6.70", "value: 很多", (13, Code.BAD_NUMBER, "tasks[0].targets[0].value")),
        ("value: 6.70", "value: .nan", (13, Code.BAD_NUMBER, "tasks[0].targets[0].value")),
        ("value: 6.70", "value: Infinity", (13, Code.BAD_NUMBER, "tasks[0].targets[0].value")),
        ("period: maintain", "period: 每年", (13, Code.BAD_CHOICE, "tasks[0].targets[0].period")),
        ("card: {rigidity: 力争}", "card: 力争", (13, Code.NOT_MAPPING, "tasks[0].targets[0].card")),
        ("{name: 粮食,", "{name: 粮食, task: 1.1,", (13, Code.FILLED_IN, "tasks[0].targets[0].task")),
        (
            "    actions:",
            "      - {name: 小麦, value: 1, names: [粮食]}\n    actions:",
            (14, Code.DUPLICATE, "tasks[0].targets[1].names[0]"),
        ),
        ("{phrase: 建园区", "{phrase: 发展“钙经济”", (16, Code.DUPLICATE, "tasks[0].actions[1].phrase")),
        ("key: true", "key: 也许", (17, Code.BAD_BOOLEAN, "tasks[0].named[0].key")),
        # what nobody sees, and what only looks like another
        ("市科经局, 市财政局", "市科经局, 市\u200b财政局", (11, Code.HIDDEN, "tasks[0].units[1]")),
        ("home: 某市", "home: \u202e某市", (2, Code.HIDDEN, "home")),
        ("title: 产业", "title: 产\u00ad业", (6, Code.HIDDEN, "sections[0].title")),
        ("title: 产业", "title: 产\u3164业", (6, Code.HIDDEN, "sections[0].title")),
        ("names: [园]", "names: [园\ufe0f]", (16, Code.HIDDEN, "tasks[0].actions[1].names[0]")),
        ("市科经局, 市财政局", "市科经局(5G), 市科经局（５Ｇ）", (11, Code.TWIN, "tasks[0].units[1]")),
        ("{phrase: 建园区", "{phrase: 发展 钙经济", (16, Code.TWIN, "tasks[0].actions[1].phrase")),
        (
            "    actions:",
            "      - {name: 糧食, value: 1}\n    actions:",
            (14, Code.TWIN, "tasks[0].targets[1].name"),
        ),
        # what no plan holds
        ("deadline: 2023", "deadline: 9999", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].deadline")),
        ("deadline: 2023", "deadline: 1000", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].deadline")),
        ("issued: 2021", "issued: 9999", (3, Code.OUT_OF_RANGE, "issued")),
        ("value: 6.70", "value: 1e30", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].value")),
        ("value: 6.70", f"value: {'9' * 5000}", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].value")),
        ("value: 6.70", "value: -6.7", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].value")),
        ("6.70, unit: 亿斤", "1001, unit: '%'", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].value")),
        ("value: 6.70", "value: 0.0000001", (13, Code.TOO_FINE, "tasks[0].targets[0].value")),
        ("[东园, 西园]", "[]", (20, Code.EMPTY, "clauses[0].lists[0].items")),
        ("[东园, 西园]", "[东园, 东园]", (20, Code.DUPLICATE, "clauses[0].lists[0].items[1]")),
        ("beside: GDP", "beside: 修路", (20, Code.UNKNOWN_NAME, "clauses[0].lists[0].beside")),
        ("rigidity: 力争", "base: -1e13", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].card.base")),
        ("rigidity: 力争", "lag: -1", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].card.lag")),
        ("rigidity: 力争", "lag: 99999", (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].card.lag")),
        (
            "rigidity: 力争",
            "yearly: [{day: 9999-12-31, value: 1}]",
            (13, Code.OUT_OF_RANGE, "tasks[0].targets[0].card.yearly[0].day"),
        ),
        ("title: 主攻产业", f"title: {'长' * 10_000}", (9, Code.TOO_LONG, "tasks[0].title")),
        ("发展“钙经济”", "长" * 10_000, (15, Code.TOO_LONG, "tasks[0].actions[0]")),
        ("id: 1.10", "id: 1.9999", (8, Code.BAD_ID, "tasks[0].id")),
        ("{id: 二", "{id: 9.1", (19, Code.BAD_ID, "clauses[0].id")),
    ],
)
def test_a_mistake_is_named_with_its_line_and_place(old: str, new: str, problem: tuple[int, Code, str]) -> None:
    assert changed(old, new) == [problem]


def test_a_repeated_task_is_named_by_id_and_title() -> None:
    again = "  - {id: 1.10, title: 主攻产业, place: 三, units: [甲]}\nclauses:"
    assert changed("clauses:", again) == [
        (18, Code.DUPLICATE, "tasks[1].id"),
        (18, Code.DUPLICATE, "tasks[1].title"),
    ]


def test_a_unit_is_written_the_same_in_every_task() -> None:
    again = "  - {id: 1.11, title: 副, place: 三(一)11, units: [市科经局, '市 财政局']}\nclauses:"
    assert changed("clauses:", again) == [(18, Code.TWIN, "tasks[1].units[1]")]


def test_a_share_may_be_below_nothing_and_a_card_may_begin_there() -> None:
    assert read(GOOD.replace("6.70, unit: 亿斤", "-2, unit: '%'"))[1] == []
    assert read(GOOD.replace("rigidity: 力争", "base: -3.5"))[1] == []


def test_all_mistakes_are_told_at_once() -> None:
    text = GOOD.replace("value: 6.70", "value: x").replace("id: 1.10", "id: 5.1").replace("kind: project", "kind: 大")
    _, problems = read(text.replace("title: 某市行动方案\n", ""))
    assert [code for _, code, _ in problems] == [
        Code.MISSING_KEY,
        Code.UNKNOWN_NAME,
        Code.BAD_NUMBER,
        Code.BAD_CHOICE,
    ]


HOSTILE = {
    "nothing": ("", Code.EMPTY_FILE),
    "only a comment": ("# 方案\n", Code.EMPTY_FILE),
    "an empty mapping": ("{}", Code.EMPTY_FILE),
    "a list": ("- 1\n- 2", Code.NOT_MAPPING),
    "a text": ("方案", Code.NOT_MAPPING),
    "aliases that multiply": ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", Code.NOT_PLAIN),
    "a mapping inside itself": ("&a {a: *a}", Code.NOT_PLAIN),
    "a Python object": ("a: !!python/object/apply:os.system [ls]", Code.NOT_PLAIN),
    "a second document": ("a: 1\n---\na: 2", Code.NOT_PLAIN),
    "lists in lists": ("[" * 100_000, Code.TOO_DEEP),
    "mappings in mappings": ("".join(" " * n + "a:\n" for n in range(100)), Code.TOO_DEEP),
    "a list for a key": ("? [a]\n: b", Code.BAD_YAML),
    "a tab": ("a:\n\tb: 1", Code.BAD_YAML),
    "an open quote": ('title: "方案', Code.BAD_YAML),
    "a NUL": ("title: 方\0案", Code.BAD_YAML),
    "half a character": ("title: \ud800", Code.NOT_UTF8),
    "a book": ("#" * (MAX_CHARS + 1), Code.TOO_LARGE),
}


@pytest.mark.parametrize("loader", [yaml.CBaseLoader, yaml.BaseLoader], ids=["libyaml", "python"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_a_problem(name: str, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_file, "_Loader", loader)
    text, code = HOSTILE[name]
    _, problems = read(text)
    assert [found for _, found, _ in problems] == [code]


def whole(plan: Plan | None, problems: tuple[Problem, ...], lines: int) -> None:
    """What must hold of any reading at all."""
    assert (plan is None) == bool(problems)
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem_text(problem).isprintable()


pieces = st.sampled_from(
    [*"abn:-[]{}#&*!|>'\"%@,?\n \t", "\n  ", ": ", "- ", "tasks:", "targets:", "id: 1.1", "&a", "*a"]
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
def test_no_text_breaks_the_reading(text: str) -> None:
    whole(*read_register(text, name="some", file="f"), lines=len(text.splitlines()))


odd_numbers = ["1e999999", "-1e-999999", "9" * 100, "sNaN", "1_0", "٣", "0x1", "9999-12-31", "0000-00-00"]
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(odd_numbers)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_no_value_in_a_wrong_place_breaks_the_reading(data: st.DataObject) -> None:
    """Any one value of a good register is replaced by anything that YAML can hold."""
    root = yaml.load(GOOD, Loader=yaml.BaseLoader)  # noqa: S506 - reads text only, builds nothing
    into, step = root, data.draw(st.sampled_from(sorted(root)))
    while isinstance(into[step], dict | list) and into[step] and data.draw(st.booleans()):
        into = into[step]
        step = data.draw(st.sampled_from(sorted(into) if isinstance(into, dict) else range(len(into))))
    into[step] = data.draw(values)
    text = yaml.safe_dump(root, allow_unicode=True)
    whole(*read_register(text, name="some", file="f"), lines=len(text.splitlines()))


@pytest.mark.parametrize("code", Code)
def test_every_mistake_has_its_sentence(code: Code) -> None:
    line = problem_text(
        Problem(file="任务清单.yaml", line=37, code=code, key="tasks[3]", detail="甲", accepted=("乙",))
    )
    assert line.startswith("任务清单.yaml 第37行 tasks[3]：")
    assert not re.search(r"[{}]", line)


def test_a_problem_says_what_is_accepted() -> None:
    _, problems = read_register(GOOD.replace("bound: at_least", "bound: 以上"), name="some", file="some.yaml")
    assert [problem_text(problem) for problem in problems] == [
        "some.yaml 第19行 clauses[0].targets[0].bound：“以上”应为以下之一：at_least、at_most、about、exactly"
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("﻿" + GOOD, encoding="utf-8")
    (tmp_path / "b.gazetteer.yaml").write_text("home: 某市\nhome_names: [旧县]\n", encoding="utf-8")
    return tmp_path


def test_a_plan_is_found_by_its_name_its_file_or_its_folder(folder: Path) -> None:
    def names(choice: str | None) -> list[str]:
        return [plan.name for plan, _ in find_plans(choice)]

    assert names(None) == names(DEFAULT) == [DEFAULT]
    assert names("all") == list(shipped())
    assert names(str(folder / "a.yaml")) == ["a"]
    assert names(str(folder)) == ["a", "b"]


def test_the_gazetteer_beside_a_register_comes_with_it(folder: Path) -> None:
    (_, bare), (_, full) = find_plans(str(folder))
    assert (bare.home, bare.home_names, full.home_names) == ("某市", (), ("旧县",))


def spoil_nothing(_: Path) -> str:
    return "no-such-plan"


def spoil_encoding(folder: Path) -> str:
    (folder / "a.yaml").write_bytes(GOOD.encode("gb18030"))
    return str(folder)


def spoil_both(folder: Path) -> str:
    (folder / "a.yaml").write_text("- 甲", encoding="utf-8")
    (folder / "b.gazetteer.yaml").write_text("home: 某市\nunits: []", encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (spoil_nothing, [Code.NO_FILE]),
        (spoil_encoding, [Code.NOT_UTF8]),
        (spoil_both, [Code.NOT_MAPPING, Code.UNKNOWN_KEY]),
    ],
)
def test_plans_that_cannot_be_used_say_why(folder: Path, spoil: Callable[[Path], str], codes: list[Code]) -> None:
    with pytest.raises(PlanError) as caught:
        find_plans(spoil(folder))
    assert [problem.code for problem in caught.value.problems] == codes


def test_check_plan_counts_what_a_good_register_holds() -> None:
    out = io.StringIO()
    assert check_plan(DEFAULT, out=out) == 0
    assert "部分 8、任务 22、条款 5、责任单位 51" in out.getvalue()


def test_check_plan_tells_of_names_that_several_tasks_share(tmp_path: Path) -> None:
    again = "  - {id: 1.11, title: 副, place: 三(一)11, units: [市财政局], named: [{name: 园, kind: brand}]}\nclauses:"
    file = tmp_path / "some.yaml"
    file.write_text(GOOD.replace("clauses:", again), encoding="utf-8")
    out = io.StringIO()
    assert check_plan(str(file), out=out) == 0
    assert "园（1.10、1.11）" in out.getvalue()


def test_check_plan_prints_every_mistake_and_fails(folder: Path) -> None:
    out = io.StringIO()
    assert check_plan(spoil_both(folder), out=out) == 1
    assert out.getvalue().count("共 1 处需要修改") == 2
    assert f"{folder / 'b.gazetteer.yaml'} 第2行 units：不认识“units”" in out.getvalue()


def test_the_guide_s_own_example_is_a_good_task() -> None:
    guide = (ROOT / "docs" / "register.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    plan, problems = read("title: 方案\nhome: 某市\n" + example)
    assert problems == []
    assert plan
    assert plan.tasks[0].targets[0].value == 700
