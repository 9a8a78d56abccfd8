"""Progress messages are read as they are meant: all of tests/knowledge/reports/, and what holds for any message."""

import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.parse_update import parse_update_jsonl
from handlers.services.question_service import QuestionService
from knowledge.entities.library import Library
from knowledge.language.pattern import Sign
from knowledge.language.quantities.quantity import in_unit, quantities
from knowledge.language.quantities.units import convert
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Named, NamedKind, Plan, Section, Target, Task
from knowledge.reports import speech_acts, work_states
from knowledge.reports.days import stated_days
from knowledge.reports.merge import subject_of
from knowledge.reports.model import Understanding, Update, UpdateKind, UpdateOutcome
from knowledge.reports.reader import UpdateReader

TODAY = date(2023, 5, 12)
CORPUS = sorted((Path(__file__).parent / "reports").glob("*.yaml"))


@pytest.fixture(scope="module")
def reader(question_service: QuestionService) -> UpdateReader:
    return UpdateReader(question_service.library)


def _cases() -> Iterator[Any]:
    for file in CORPUS:
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(case, id=f"{file.stem}: {' '.join(case['text'].split())[:60]}")


def _told(update: Update) -> dict[str, str]:
    """An update in the corpus's own words: what it is (`5.2 reading 620`), its day, and whether it is about so much."""
    words = [update.subject.task, update.kind.value]
    if update.value is not None:
        words.append(f"{update.value.normalize():f}")
    elif update.kind is UpdateKind.STATE and update.state:
        words.append(update.state.value)
    return {"is": " ".join(words), "on": str(update.as_of), "about": "about" if update.approx else ""}


def _tells(told: dict[str, str], wanted: str) -> bool:
    """Whether an update is the wanted one (`5.2 reading 620 on 2023-03-31 about`); day and about count where wanted."""
    what, _, rest = wanted.partition(" on ")
    day = rest.split()[0] if rest else None
    about = wanted.endswith(" about")
    return (
        told["is"] == what.removesuffix(" about")
        and told["on"] == (day or told["on"])
        and (not about or bool(told["about"]))
    )


def _is(understood: Understanding, wanted: str | list[Any]) -> bool:
    if isinstance(wanted, str):
        return understood.outcome.value == wanted
    left = [_told(update) for update in understood.updates]
    if understood.outcome is not UpdateOutcome.UNDERSTOOD or len(left) != len(wanted):
        return False
    for one in wanted:
        found = next((told for told in left if _tells(told, str(one))), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _last(reader: UpdateReader, words: str | None) -> EntryKey | None:
    if words is None:
        return None
    id_, _, name = words.partition(" ")
    return next(subject_of(e.key) for e in reader.subjects.names.entries if e.owner.id == id_ and e.name == name)


@pytest.mark.parametrize("case", list(_cases()))
def test_message_is_read_as_it_is_meant(case: dict[str, Any], reader: UpdateReader) -> None:
    understood = reader.read(
        case["text"], today=TODAY, unit=case.get("unit"), last=lambda: _last(reader, case.get("last"))
    )
    readings = [case.get("outcome") or case["reads"], *case.get("or", [])]
    got = (understood.outcome.value, *map(_told, understood.updates))
    assert any(_is(understood, wanted) for wanted in readings), f"want {readings[0]}, got {got}"


@pytest.mark.parametrize("case", [p for p in _cases() if p.values[0].get("outcome") == "clarify"])
def test_every_choice_sent_is_understood(case: dict[str, Any], reader: UpdateReader) -> None:
    for choice in reader.read(case["text"], today=TODAY, unit=case.get("unit")).choices:
        again = reader.read(choice.message, today=TODAY, unit=case.get("unit"))
        assert again.outcome is UpdateOutcome.UNDERSTOOD, choice


@pytest.mark.parametrize(
    ("text", "unit", "first"),
    [
        ("说错了,是602个", "市科经局", ["5.2 5G基站", "1.1 新增高新技术企业", "1.1 技改项目"]),
        ("本期无变化", "市科经局", ["1.1 主攻优势主导产业", "5.2 加强新型基础设施建设", "8.3 培育壮大骨干企业"]),
        ("本期无变化", "梅川镇", ["1.3 突破性发展现代服务业", "2.2 规范建设特色小镇和小城镇"]),
        ("粮食综合生产能力6.8亿公斤的一半", None, ["3.4亿公斤", "6.8亿公斤"]),
        ("5G基站620万元", None, ["620个"]),
        ("农业总产值5个", None, []),
    ],
)
def test_choices_begin_with_what_the_sender_leads_and_the_number_fits(
    text: str, unit: str | None, first: list[str], reader: UpdateReader
) -> None:
    labels = [choice.label for choice in reader.read(text, today=TODAY, unit=unit).choices]
    assert labels[: len(first) or None] == first


def _signs() -> Iterator[Any]:
    for name, sign in (vars(speech_acts) | vars(work_states)).items():
        if isinstance(sign, Sign):
            for sentence in sign.examples:
                yield pytest.param(sign, sentence.lower(), True, id=f"{name} {sentence}")
            for sentence in sign.others:
                yield pytest.param(sign, sentence.lower(), False, id=f"{name} not {sentence}")


@pytest.mark.parametrize(("sign", "sentence", "shows"), list(_signs()))
def test_sign_shows_in_its_examples_only(sign: Sign, sentence: str, *, shows: bool) -> None:
    assert sign.shows(sentence) is shows


def _questions() -> set[str]:
    """Everything that the questions' own corpus expects an answer to."""
    asked = set()
    for file in (Path(__file__).parent / "corpus").glob("*.yaml"):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")).get("cases", []):
            for turn in case.get("turns", [case]):
                if turn.get("outcome", "answered") == "answered" and "ask" in turn:
                    asked.add(turn["ask"])
    return asked


def test_no_question_is_taken_for_a_report(reader: UpdateReader) -> None:
    questions = _questions()
    taken = [q for q in questions if reader.read(q, today=TODAY).outcome is not UpdateOutcome.NOT_UPDATE]
    assert len(questions) > 500
    assert taken == []


@pytest.mark.parametrize("unit", [None, "市科经局", "市妇联", "没有这个局"])
@pytest.mark.parametrize("text", ["5G基站建成620个", "牛关矶综合码头停工了", "过江通道资金缺口8000万元，请市政府支持"])
def test_message_is_understood_the_same_whoever_sends_it(text: str, unit: str | None, reader: UpdateReader) -> None:
    assert reader.read(text, today=TODAY, unit=unit) == reader.read(text, today=TODAY)


def test_what_is_left_over_stands_in_the_note(reader: UpdateReader) -> None:
    understood = reader.read("5G基站建成620个，召开推进会3次，培训200人", today=TODAY)
    (update,) = understood.updates
    assert (update.said, update.note) == ("5G基站建成620个", "召开推进会3次,培训200人")


# ---- days ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day", "period"),
    [
        ("截至3月底", "2023-03-31", False),
        ("昨天", "2023-05-11", True),
        ("截止到昨天", "2023-05-11", False),
        ("1-4月", "2023-04-30", True),
        ("前四个月", "2023-04-30", True),
        ("上周", "2023-05-07", True),
        ("上周三", "2023-05-03", False),
        ("4月30日统计", "2023-04-30", False),
        ("4月份", "2023-04-30", True),
        ("本季度", None, True),
        ("今年", None, True),
        ("一季度", "2023-03-31", True),
        ("去年底", "2022-12-31", False),
        ("11月", "2022-11-30", True),
        ("2022年12月", "2022-12-31", True),
        ("2023.4.1", "2023-04-01", False),
        ("截至4.30", "2023-04-30", False),
        ("4/30日", "2023-04-30", False),
        ("3.31 ", "2023-03-31", False),
        ("上个月", "2023-04-30", True),
        ("目前", None, False),
        ("5月", None, True),
    ],
)
def test_day_is_read(words: str, day: str | None, *, period: bool) -> None:
    (stated,) = stated_days(words, TODAY)
    assert (stated.as_of, stated.period) == (date.fromisoformat(day) if day else None, period)


@pytest.mark.parametrize("words", ["2月30日", "13月", "周二督办协调", "十年禁渔", "三年行动"])
def test_no_day_is_made_up(words: str) -> None:
    assert not [s for s in stated_days(words, TODAY) if s.as_of]


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_written_day_is_read_back(day: date) -> None:
    (stated,) = stated_days(f"截至{day.year}年{day.month}月{day.day}日", TODAY)
    assert stated.as_of == day


# ---- quantities ----------------------------------------------------------------------------------------------------

_AMOUNTS = st.integers(1, 99_999_999)


@given(_AMOUNTS)
def test_whole_number_is_read_back(number: int) -> None:
    (quantity,) = quantities(f"{number}个")
    assert (quantity.value, quantity.measure, quantity.is_certain) == (Decimal(number), "个", True)


@given(st.decimals("0.01", "99999", places=2))
def test_money_in_ten_thousands_is_the_same_in_hundred_millions(amount: Decimal) -> None:
    (quantity,) = quantities(f"{amount}万元")
    assert in_unit(quantity, "亿元") == (amount / 10000).normalize()


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_two_numbers_with_a_dash_are_a_range_or_nothing_certain(low: int, more: int) -> None:
    (quantity, *_) = quantities(f"建成{low}-{low + more}个")
    assert quantity.ends == (Decimal(low), Decimal(low + more))


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("六百二十个", "620", "个"),
        ("1.2万个", "12000", "个"),
        ("28600万元", "2.86", "亿元"),
        ("3亿5000万元", "3.5", "亿元"),
        ("43亿2千万元", "43.2", "亿元"),
        ("6亿7千5百万斤", "6.75", "亿斤"),
        ("1万2千个", "12000", "个"),
        ("5千万元", "0.5", "亿元"),
        ("6百5十个", "650", "个"),
        ("零点九六", "0.96", None),
        ("廿六家", "26", "家"),
        ("33.5万吨", "6.7", "亿斤"),
        ("八成五", "85", "%"),
        ("百分之十二点五", "12.5", "%"),
        ("过半", "50", "%"),
        ("四分之三", "75", "%"),
        ("翻两番", "4", "倍"),
        ("2.1:1", "2.1", None),
        ("十二家", "12", "家"),
        ("620座", "620", "个"),
    ],
)
def test_quantity_is_in_the_targets_unit(words: str, value: str, unit: str | None) -> None:
    (quantity,) = quantities(words)
    assert in_unit(quantity, unit) == Decimal(value)


@pytest.mark.parametrize(("measure", "unit"), [("人", "个"), ("次", "家"), ("%", "亿元"), ("元", "斤"), ("个", "%")])
def test_measures_of_different_kinds_do_not_mix(measure: str, unit: str) -> None:
    assert convert(Decimal(3), measure, unit) is None


# ---- anything at all -----------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "5G基站",
        "建成",
        "620个",
        "牛关矶综合码头",
        "停工",
        "没",
        "，",
        "。",
        "\n",
        "①",
        "八成",
        "截至3月底",
        "600-620个",
        "请协调",
        "覆盖率",
        "82%",
        "？",
        "更正",
        "又",
        "新增",
        "亿元",
        "百分之",
        "十",
        "点",
        "分之",
        "1-4月",
        "5.2",
        ":",
        "、",
        "分别",
        "不是",
        "~",
    ]
)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=14).map("".join)))
def test_any_message_is_read_without_error(reader: UpdateReader, text: str) -> None:
    understood = reader.read(text, today=TODAY, unit="市科经局")
    assert bool(understood.updates) or understood.outcome is not UpdateOutcome.UNDERSTOOD
    assert all(u.value is None or u.value.is_finite() for u in understood.updates)


@settings(max_examples=40)
@given(st.integers(1, 900), st.integers(1, 90))
def test_range_is_always_asked_back(reader: UpdateReader, low: int, more: int) -> None:
    understood = reader.read(f"5G基站建成{low}-{low + more}个", today=TODAY)
    assert understood.outcome is UpdateOutcome.CLARIFY
    assert [choice.message for choice in understood.choices] == [f"5G基站达到{low}个", f"5G基站达到{low + more}个"]


@pytest.mark.parametrize("text", ["个" * 4096, "5G基站建成620个，" * 300, "1" * 4096, "😀" * 500, "请协调" * 1300])
def test_long_message_is_read(text: str, reader: UpdateReader) -> None:
    assert len(reader.read(text, today=TODAY).updates) <= 1


# ---- another plan --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def elsewhere() -> UpdateReader:
    """A flat plan of another county, of which the program has never heard."""
    place = "三"
    tasks = (
        Task(
            id="1",
            section=1,
            title="建设口袋公园",
            place=place,
            units=("县城管局",),
            targets=(
                Target(task="1", name="新建口袋公园", value=Decimal(30), unit="个", place=place, names=("口袋公园",)),
                Target(task="1", name="绿地率", value=Decimal(41), unit="%", place=place),
                Target(task="1", name="绿道", value=Decimal(120), unit="公里", place=place),
                Target(task="1", name="乡土树种", value=Decimal(60), unit="种", place=place),
            ),
        ),
        Task(
            id="2",
            section=1,
            title="补齐教育短板",
            place=place,
            units=("县教育局",),
            targets=(
                Target(task="2", name="新增学位", value=Decimal(6000), unit="个", place=place, names=("学位",)),
                Target(task="2", name="入学登记时间", value=Decimal(5), unit="个工作日", place=place),
            ),
            named=(Named(name="城东实验小学", kind=NamedKind.PROJECT, place=place),),
        ),
    )
    plan = Plan(
        name="p", title="某县方案", home="某县", sections=(Section(no=1, title="民生", place=place),), tasks=tasks
    )
    return UpdateReader(Library(((plan, Gazetteer(home="某县")),)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("口袋公园建成12个", ["1 reading 12"]),
        ("上月新建口袋公园3个", ["1 increment 3"]),
        ("绿地率39.5%", ["1 reading 39.5"]),
        ("绿道建成95公里", ["1 reading 95"]),
        ("绿道建成9万米", ["1 reading 90"]),
        ("学位累计新增0.45万个", ["2 reading 4500"]),
        ("乡土树种五十来种", ["1 reading 50 about"]),
        ("入学登记压到6个工作日", ["2 reading 6"]),
        ("学位建设用了6个工作日", ["2 note"]),
        ("城东实验小学还没开工", ["2 state not_started"]),
        ("城东实验小学征地受阻，请县自规局协调", ["2 problem"]),
        ("任务2：城东实验小学主体封顶", ["2 state in_progress"]),
    ],
)
def test_another_plan_is_reported_on_alike(text: str, told: list[str], elsewhere: UpdateReader) -> None:
    understood = elsewhere.read(text, today=TODAY)
    assert _is(understood, told), [_told(update) for update in understood.updates]


def test_same_update_names_its_plan_where_several_are_loaded(elsewhere: UpdateReader) -> None:
    (update,) = elsewhere.read("绿地率39.5%", today=TODAY).updates
    assert update.subject == EntryKey(EntryKind.TARGET, "绿地率", "p", "1")


# ---- the door ------------------------------------------------------------------------------------------------------


def test_lines_are_read_in_order_and_bad_ones_are_told_by_number() -> None:
    lines = [
        '{"id": "u1", "unit": "市科经局", "text": "5G基站已建成620个", "today": "2023-03-01"}\n',
        "\n",
        "不是 JSON\n",
        '{"id": "u2"}\n',
        '{"id": "u3", "text": "你好", "today": "明天"}\n',
        '{"id": "u4", "text": "你好", "unit": null}\n',
    ]
    out = io.StringIO()
    assert parse_update_jsonl(lines, out) == 1
    first, *bad, last = map(json.loads, out.getvalue().splitlines())
    assert first["id"] == "u1"
    assert first["outcome"] == "understood"
    assert first["updates"] == [
        {
            "task": "5.2",
            "subject": {"kind": "target", "name": "5G基站"},
            "target": "5G基站",
            "kind": "reading",
            "value": 620,
            "unit": "个",
            "state": None,
            "as_of": None,
            "approx": False,
            "said": "5G基站已建成620个",
            "note": "",
        }
    ]
    assert "5G基站：达到 620个" in first["text"]
    assert [found["line"] for found in bad] == [3, 4, 5]
    assert all(set(found) == {"line", "error"} for found in bad)
    assert (last["id"], last["outcome"]) == ("u4", "not_update")
