"""A proposed owner is none: short of the confirmation what is counted and asked for stays as it was."""

import re
from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import HEAD, OFFICE, PLAN, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.progress.pictures import load_picture
from handlers.services.question_service import QuestionService
from knowledge.plan.model import Card, OwnerBasis, OwnerOpinion, ProposedOwner
from knowledge.standing.owners import UNSETTLED, OwnerState, owner_state
from knowledge.standing.periods import DEFAULT_DUE_DAYS
from knowledge.standing.picture import DayPicture
from storage.cards import cards_of
from storage.database import Database

TODAY = date(2023, 3, 1)


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, TODAY))


def picture(chat: Chat) -> DayPicture:
    library = chat.harness.question_service.library
    (plan,) = (one for one in library.plans if one.name == PLAN)
    with chat.harness.database.read() as session:
        return load_picture(session, library, plan, TODAY, DEFAULT_DUE_DAYS)


def states(chat: Chat) -> list[OwnerState]:
    library = chat.harness.question_service.library
    with chat.harness.database.read() as session:
        held = cards_of(session, PLAN)
    return [owner_state(held.of(target), TODAY) for own, target in library.targets if own == PLAN]


def counted(text: str) -> int:
    """All that the page counts, in whatever state."""
    head = text.splitlines()[0]
    return sum(int(found) for found in re.findall(r" (\d+) 个(?:、|$)", head.partition("：")[2]))


def propose(chat: Chat) -> None:
    card = chat.say(OFFICE, "提主责")
    chat.tap(OFFICE, card, next(label for label in card.labels if label.startswith("提出这")))


def test_the_page_counts_each_target_once_and_agrees_with_the_picture_at_each_step(chat: Chat) -> None:
    steps = (
        lambda: None,
        lambda: propose(chat),
        lambda: chat.tap(OFFICE, chat.say(OFFICE, "发各单位征求意见"), "发出"),
        lambda: chat.tap(HEAD, chat.say(HEAD, "认领主责"), "都同意"),
        lambda: chat.tap(
            OFFICE,
            chat.say(
                OFFICE,
                "/owners 确认表 5G基站，市科经局，武政办发〔2023〕3号\n数字校园覆盖率，市教育局，武政办发〔2023〕3号",
            ),
            "确认这 2 个",
        ),
    )
    for step in steps:
        step()
        found = states(chat)
        assert counted(chat.say(OFFICE, "主责进度").text) == len(found) == 55
        bare = picture(chat).unconfirmed
        assert len(bare) == sum(one in UNSETTLED for one in found)
        assert f"没有主责的目标（{len(bare)} 个" in chat.say(OFFICE, "/gaps").text
        assert f"责任缺口：{len(bare)} 个目标" in chat.say(SUPERVISOR, "看责任缺口").text
    assert found.count(OwnerState.CONFIRMED) == 2


def test_a_proposal_owes_nothing_and_has_no_light_of_its_own(chat: Chat) -> None:
    before = picture(chat)
    propose(chat)
    chat.tap(OFFICE, chat.say(OFFICE, "发各单位征求意见"), "发出")
    chat.tap(HEAD, chat.say(HEAD, "认领主责"), "都同意")
    after = picture(chat)
    assert after.current == before.current == ()
    assert [one.light for one in after.standings] == [one.light for one in before.standings]
    assert all(one.owner is None for one in after.standings)


def test_a_liaison_and_a_supervisor_settle_nothing(chat: Chat) -> None:
    propose(chat)
    chat.tap(OFFICE, chat.say(OFFICE, "发各单位征求意见"), "发出")
    before = states(chat)
    for person in (SCIENCE, SUPERVISOR):
        for line in ("我们认领5G基站", "提主责", "发各单位征求意见", "用表确认主责", "/owners undo 1"):
            assert "可以" in chat.say(person, line).text, line
    assert states(chat) == before


def test_a_card_that_was_changed_meanwhile_is_shown_again(chat: Chat) -> None:
    card = chat.say(OFFICE, "提主责")
    chat.confirm(OFFICE, "把5G基站的主责定为市科经局 武政办发〔2023〕3号")
    shown = chat.tap(OFFICE, card, "提出这 43 个")
    assert shown.head.startswith("按职能提出 42 个目标的主责")
    assert OwnerState.PROPOSED not in states(chat)


@pytest.mark.parametrize(
    ("proposed", "state"),
    [
        (None, OwnerState.OPEN),
        ({}, OwnerState.PROPOSED),
        ({"until": TODAY}, OwnerState.ASKED),
        ({"until": date(2023, 2, 28)}, OwnerState.UNOPPOSED),
        ({"opinion": OwnerOpinion.AGREES}, OwnerState.UNOPPOSED),
        ({"until": TODAY, "opinion": OwnerOpinion.DIFFERS}, OwnerState.OPPOSED),
        ({"until": date(2023, 2, 28), "opinion": OwnerOpinion.NOT_OURS}, OwnerState.OPPOSED),
    ],
)
def test_how_far_an_owner_is_settled(proposed: dict[str, object] | None, state: OwnerState) -> None:
    held = None if proposed is None else ProposedOwner(unit="市教育局", basis=OwnerBasis.DUTY, **proposed)  # type: ignore[arg-type]  # of the table above
    card = Card(proposed=held)
    assert owner_state(card, TODAY) is state
    assert card.owner is None
