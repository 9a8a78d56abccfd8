"""What a bulletin went through, and what the units answered to a check."""

from datetime import UTC, date, datetime

import pytest

from knowledge.reports.model import AnswerSource
from knowledge.standing.bulletin import BulletinKind, Snapshot
from storage.bulletin_steps import (
    BulletinStep,
    Signature,
    add_step,
    bulletin_of_step,
    old_drafts,
    redraft,
    steps_of,
    undo_step,
)
from storage.bulletins import add_bulletin, get_bulletin, release, released_since, replace_content, word
from storage.database import Database
from storage.fact_checks import (
    FactAnswer,
    FactCorrection,
    add_checks,
    add_correction,
    answer_right,
    checks_of,
    get_check,
)
from storage.people import add_member

NOW = datetime(2023, 4, 10, 1, tzinfo=UTC)
DAY = date(2023, 4, 10)
SIGNED = Signature(name="李某", post="常务副市长", day=DAY, paper="武督〔2023〕12号")


def snapshot(kind: BulletinKind = BulletinKind.QUARTERLY, label: str = "2023-Q1", targets: int = 3) -> Snapshot:
    return Snapshot(
        kind=kind,
        label=label,
        as_of=DAY,
        targets=targets,
        lights={},
        entries=(),
        unreported=0,
        unowned=0,
        owing=0,
        due=0,
    )


@pytest.fixture
def by(database: Database) -> int:
    with database.write() as session:
        return add_member(session, telegram_id=7, name="督查员", now=NOW)


@pytest.fixture
def drafted(database: Database) -> int:
    with database.write() as session:
        number = add_bulletin(session, "甲", snapshot(), now=NOW)
        assert number is not None
        add_step(session, number, BulletinStep.DRAFT, by=None, day=DAY, now=NOW)
        return number


def test_a_step_that_is_undone_counts_no_more(database: Database, drafted: int, by: int) -> None:
    with database.write() as session:
        checked = add_step(session, drafted, BulletinStep.CHECK, by=by, day=DAY, now=NOW, until=date(2023, 4, 11))
        signed = add_step(session, drafted, BulletinStep.SIGN, by=by, day=DAY, now=NOW, signature=SIGNED)
        undo_step(session, checked, by=by, now=NOW)
    with database.read() as session:
        draft, sign = steps_of(session, [drafted])[drafted]
        assert (draft.step, draft.by) == (BulletinStep.DRAFT, None)
        assert (sign.step, sign.signature, sign.by) == (BulletinStep.SIGN, SIGNED, by)
        assert bulletin_of_step(session, signed) == drafted
        assert bulletin_of_step(session, checked) is None
        assert bulletin_of_step(session, 99) is None


def test_a_new_draft_keeps_what_the_last_one_held_and_begins_anew(database: Database, drafted: int, by: int) -> None:
    with database.write() as session:
        word(session, drafted, title="情况")
        checked = add_step(session, drafted, BulletinStep.CHECK, by=by, day=DAY, now=NOW)
        bulletin = get_bulletin(session, drafted)
        assert bulletin is not None
        assert redraft(session, bulletin, snapshot(targets=4), by=by, day=date(2023, 4, 12), now=NOW)
    with database.read() as session:
        (step,) = steps_of(session, [drafted])[drafted]
        assert (step.step, step.by, step.day) == (BulletinStep.DRAFT, by, date(2023, 4, 12))
        assert bulletin_of_step(session, checked) is None
        (old,) = old_drafts(session, drafted)
        assert (old.snapshot.targets, old.title) == (3, "情况")
        now = get_bulletin(session, drafted)
        assert now is not None
        assert (now.snapshot.targets, now.title) == (4, "情况")


def test_what_is_released_is_drafted_no_more(database: Database, drafted: int, by: int) -> None:
    with database.write() as session:
        assert release(session, drafted, by=by, day=DAY, now=NOW)
        assert not release(session, drafted, by=by, day=DAY, now=NOW)
        assert not replace_content(session, drafted, snapshot(targets=4))
        bulletin = get_bulletin(session, drafted)
        assert bulletin is not None
        assert not redraft(session, bulletin, snapshot(targets=4), by=by, day=DAY, now=NOW)
        assert old_drafts(session, drafted) == ()


def test_the_last_one_released_in_a_time_is_found(database: Database, drafted: int, by: int) -> None:
    quarterly = BulletinKind.QUARTERLY
    with database.write() as session:
        assert released_since(session, "甲", quarterly, DAY) is None
        release(session, drafted, by=by, day=DAY, now=NOW)
        found = released_since(session, "甲", quarterly, DAY)
        assert found is not None
        assert (found.id, found.released_on) == (drafted, DAY)
        assert released_since(session, "甲", quarterly, date(2023, 4, 11)) is None
        assert released_since(session, "甲", BulletinKind.MONTHLY, DAY) is None
        assert released_since(session, "乙", quarterly, DAY) is None


def test_of_each_line_the_last_word_of_a_unit_holds(database: Database, drafted: int, by: int) -> None:
    with database.write() as session:
        step = add_step(session, drafted, BulletinStep.CHECK, by=by, day=DAY, now=NOW)
        numbers = add_checks(session, step, {"甲局": 2, "乙局": 0})
        for entry, words in ((0, "少了"), (None, "旧口径"), (0, "少了 10 个"), (None, "都按旧口径")):
            add_correction(session, numbers["甲局"], FactCorrection(entry, words), by=by, now=NOW)
        answer_right(session, numbers["乙局"], by=by, now=NOW, source=AnswerSource.PHONE)
    with database.read() as session:
        first, second = checks_of(session, [step])[step]
        assert (first.unit, first.asked, first.answer, first.source) == ("甲局", 2, FactAnswer.DIFFERS, None)
        assert first.corrections == (FactCorrection(0, "少了 10 个"), FactCorrection(None, "都按旧口径"))
        assert (second.answer, second.source, second.asked) == (FactAnswer.RIGHT, AnswerSource.PHONE, 0)
        assert get_check(session, first.id) == first
        assert get_check(session, 99) is None


def test_who_finds_it_right_after_all_withdraws_what_was_wrong(database: Database, drafted: int, by: int) -> None:
    with database.write() as session:
        step = add_step(session, drafted, BulletinStep.CHECK, by=by, day=DAY, now=NOW)
        (number,) = add_checks(session, step, {"甲局": 1}).values()
        add_correction(session, number, FactCorrection(0, "少了"), by=by, now=NOW)
        answer_right(session, number, by=by, now=NOW)
        assert add_checks(session, step, {}) == {}
    with database.read() as session:
        check = get_check(session, number)
        assert check is not None
        assert (check.answer, check.corrections) == (FactAnswer.RIGHT, ())
