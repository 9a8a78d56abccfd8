"""Misses and the office's names in storage and on a terminal, on both databases."""

import json
import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import DateTime
from sqlalchemy.orm import Session

from bot.cli import main
from knowledge.language.redaction import LONGEST, kept
from knowledge.plan.gazetteer import Alias
from storage import audit
from storage.aliases import add_alias, end_alias, list_aliases
from storage.database import Database
from storage.unanswered import (
    DISLIKED,
    MissRow,
    MissState,
    add_note,
    count_miss,
    forget_misses,
    get_miss,
    list_misses,
    set_state,
)

PLAN = "wuxue-2021-26"
DAY = date(2023, 3, 1)
NOW = datetime(2023, 3, 1, 8, tzinfo=UTC)
ASKED = "老槐树负责哪些任务"


def count(session: Session, asked: str = ASKED, *, why: str = "not_in_plan", times: int = 1, day: date = DAY) -> None:
    for _ in range(times):
        count_miss(session, plan=PLAN, text=asked, why=why, day=day)


def told(database: Database) -> list[tuple[str, int, MissState]]:
    with database.read() as session:
        return [(miss.text, miss.count, miss.state) for miss in list_misses(session, every=True)]


def test_the_same_sentence_is_counted_once_more_and_the_most_frequent_comes_first(database: Database) -> None:
    with database.write() as session:
        count(session, "甲")
        count(session, "乙", times=3)
        count(session, "甲", why=DISLIKED)
        count(session, "丙", day=DAY + timedelta(days=1))
        assert [(miss.text, miss.why, miss.count) for miss in list_misses(session)] == [
            ("乙", "not_in_plan", 3),
            ("丙", "not_in_plan", 1),
            ("甲", "not_in_plan", 1),
            ("甲", DISLIKED, 1),
        ]


def test_nothing_is_lost_where_many_count_at_once(database: Database) -> None:
    def work() -> None:
        for _ in range(10):
            with database.write() as session:
                count(session)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told(database) == [(ASKED, 40, MissState.OPEN)]


def test_a_resolved_miss_that_comes_again_is_open_again_and_an_ignored_one_stays_away(database: Database) -> None:
    with database.write() as session:
        count(session, "甲", times=2)
        count(session, "乙")
        first, second = list_misses(session)
        set_state(session, first.id, MissState.RESOLVED)
        set_state(session, second.id, MissState.IGNORED)
        assert list_misses(session) == ()
        count(session, "甲")
        count(session, "乙")
    assert told(database) == [("甲", 3, MissState.OPEN), ("乙", 2, MissState.IGNORED)]


def test_a_miss_tells_neither_who_nor_where_nor_the_time_of_day() -> None:
    columns = MissRow.__table__.columns
    assert set(columns.keys()) == {"id", "plan", "text", "why", "count", "day", "note", "state", "picked"}
    assert not any(isinstance(column.type, DateTime) for column in columns)
    assert not MissRow.__table__.foreign_keys


def test_what_is_long_past_is_forgotten(database: Database) -> None:
    with database.write() as session:
        count(session, "旧", day=DAY - timedelta(days=1))
        count(session, "新")
        forget_misses(session, before=DAY)
    assert [text for text, _, _ in told(database)] == ["新"]


def test_notes_gather_and_the_newest_stay(database: Database) -> None:
    with database.write() as session:
        count(session, why=DISLIKED)
        for number in range(100):
            add_note(session, plan=PLAN, text=ASKED, why=DISLIKED, note=f"应是第{number}项")
        (miss,) = list_misses(session)
        assert miss.note is not None
        assert miss.note.endswith("应是第98项\n应是第99项")
        assert len(miss.note) <= 300
        add_note(session, plan=PLAN, text="没有的", why=DISLIKED, note="无处可加")


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("老槐树负责哪些任务?", ASKED),
        (" 老槐树負責哪些任務。。 ", ASKED),
        ("张三13812345678的事谁管", "张三〈号码〉的事谁管"),
        ("身份是 42118219900101123X 的", "身份是〈号码〉的"),
        ("一三八一二三四五六七八打不通", "〈号码〉打不通"),
        ("0713-6222222是谁的电话", "〈号码〉是谁的电话"),
        ("0713 6222222是谁的电话", "〈号码〉是谁的电话"),
        ("6222 0200 1234 5678 901是哪", "〈号码〉是哪"),
        ("发到 a.b@example.com 行不行", "发到〈号码〉行不行"),
        ("@zhang_san 管什么", "〈号码〉管什么"),
        ("看 https://example.com/a?b=1 这条", "看〈号码〉这条"),
        ("5.1、5.2、5.3、6.1、6.2、6.3谁管", "5.1、5.2、5.3、6.1、6.2、6.3谁管"),
        ("2023-12-31前5g基站700个以上", "2023-12-31前5g基站700个以上"),
        ("这份机密文件说什么", None),
        ("0713-6222222。", None),
        ("市领导批示怎么说", None),
        ("我要举报某局长", None),
        ("", None),
        ("？？", None),
        ("\u200b\n ", None),
    ],
)
def test_only_what_harms_nobody_is_kept(said: str, stays: str | None) -> None:
    assert kept(said) == stays


def test_a_long_sentence_is_cut() -> None:
    found = kept("路" * 4096)
    assert found is not None
    assert len(found) == LONGEST + 1


def test_an_alias_counts_until_it_ends_and_can_be_added_anew(database: Database) -> None:
    alias = Alias(name="市交通局", said="老槐树")
    with database.write() as session:
        number = add_alias(session, PLAN, alias, by=None, now=NOW)
        assert number is not None
        assert add_alias(session, PLAN, Alias(name="市商务局", said="老槐树"), by=None, now=NOW) is None
        assert [one.alias for one in list_aliases(session)] == [alias]
        assert end_alias(session, number, plan="乙方案", now=NOW) is None
        ended = end_alias(session, number, plan=PLAN, now=NOW)
        assert ended is not None
        assert ended.alias == alias
        assert end_alias(session, number, plan=PLAN, now=NOW) is None
        assert list_aliases(session) == ()
        again = add_alias(session, PLAN, alias, by=None, now=NOW)
        assert again not in {None, number}


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_miss_is_resolved_with_a_name_on_a_terminal(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.write() as session:
        count(session, times=2)
        count(session, "呵呵呵")
        (first, second) = list_misses(session)
    here = ["--database", database_url]
    assert main(["misses", "--json", *here]) == 0
    listed = lines(capsys)
    assert [(one["id"], one["text"], one["count"], one["state"]) for one in listed] == [
        (first.id, ASKED, 2, "open"),
        (second.id, "呵呵呵", 1, "open"),
    ]
    assert (listed[0]["unknown"], listed[0]["why"], listed[0]["day"]) == ("老槐树", "not_in_plan", "2023-03-01")
    assert listed[0]["answered"] is False
    assert main(["misses", "--resolve", str(first.id), "--alias", "市交通局=发改局", *here]) == 1
    assert "“发改局”已经是“市发改局”的名称" in capsys.readouterr().err
    assert main(["misses", "--resolve", str(first.id), "--alias", "市交通局=老槐树", *here]) == 0
    assert "“老槐树”即市交通局（办公室添加，非方案内容）" in capsys.readouterr().out
    assert main(["misses", "--resolve", str(second.id), *here]) == 0
    assert capsys.readouterr().out == f"{second.id} 号已处理。\n"
    assert main(["misses", *here]) == 0
    assert capsys.readouterr().out == "没有待处理的问题。\n"
    assert main(["misses", "--all", "--json", *here]) == 0
    assert [(one["state"], one["answered"]) for one in lines(capsys)] == [("resolved", True), ("resolved", False)]
    assert main(["ask", ASKED, *here]) == 0
    assert "办公室添加" in capsys.readouterr().out
    with database.write() as session:
        entries = [(entry.actor, entry.action, entry.subject) for entry in audit.read(session)]
        assert audit.verify(session).broken is None
    assert [action for _, action, _ in entries] == ["alias", "miss_resolved"]
    assert {actor for actor, _, _ in entries} == {audit.CONSOLE}


def test_the_list_on_a_terminal_is_a_table(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.write() as session:
        count(session, "[bold]老槐树[/bold]")
    assert main(["misses", "--database", database_url]) == 0
    said = capsys.readouterr().out
    assert "编号" in said
    assert "共 1 条，次数多的在前。" in said


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--resolve", "99"], 1, "没有这个编号的问题"),
        (["--alias", "市交通局=老槐树"], 2, "--alias 要和 --resolve 一起用"),
        (["--resolve", "某"], 2, "--resolve 的值不对"),
    ],
)
@pytest.mark.usefixtures("database")
def test_wrong_use_is_one_chinese_sentence(
    database_url: str,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    said: str,
) -> None:
    assert main(["misses", *arguments, "--database", database_url]) == status
    assert said in capsys.readouterr().err


def test_a_miss_of_another_plan_is_not_touched(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.write() as session:
        count_miss(session, plan="乙方案", text="甲", why="unread", day=DAY)
        (miss,) = list_misses(session)
    assert main(["misses", "--resolve", str(miss.id), "--database", database_url]) == 1
    assert "没有这个编号的问题" in capsys.readouterr().err
    with database.read() as session:
        assert get_miss(session, miss.id) == miss
