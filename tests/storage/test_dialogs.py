"""A chat's memory, the turns behind buttons, and what happens to them when a group becomes a supergroup."""

from datetime import UTC, datetime, timedelta

from addresses import at
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import chats, conversations, dialogs, inbox
from storage.chats import Chat, ChatKind, PersonRow
from storage.database import Database

NOW = datetime(2023, 3, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
GROUP, SUPERGROUP, PERSON, OTHER = -100, -1001234567890, 1, 2


def see(session: Session, chat_id: int, *people: int, kind: ChatKind = ChatKind.GROUP, now: datetime = NOW) -> None:
    chats.see_chat(session, chat=at(chat_id), kind=kind, title="督办群", now=now)
    for person in people:
        chats.see_person(session, person=at(person), name=f"第{person}人", now=now)


def remember(session: Session, memory: str, *, chat_id: int = GROUP, person_id: int = PERSON) -> None:
    dialogs.save_memory(session, chat_id=chat_id, person_id=person_id, memory=memory, expires_at=NOW + HOUR)


def recall(session: Session, *, chat_id: int = GROUP, person_id: int = PERSON, now: datetime = NOW) -> str:
    kind = ChatKind.SUPERGROUP if chat_id == SUPERGROUP else ChatKind.GROUP
    name = f"第{person_id}人"
    return conversations.see(
        session, chat=at(chat_id), kind=kind, title="督办群", person=at(person_id), name=name, now=now
    ).memory


def ask(session: Session, question: str, *, message_id: int | None = 5, now: datetime = NOW) -> int:
    return dialogs.open_turn(
        session,
        chat_id=GROUP,
        person_id=PERSON,
        message_id=message_id,
        question=question,
        memory_before="{}",
        buttons=["目标是多少", "只看首列"],
        now=now,
    )


def test_memory_belongs_to_one_person_in_one_chat(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON, OTHER)
        remember(session, "甲")
        remember(session, "乙", person_id=OTHER)
        remember(session, "丙")
        assert (recall(session), recall(session, person_id=OTHER), recall(session, chat_id=9)) == ("丙", "乙", "")


def test_memory_is_gone_once_it_has_expired(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON)
        remember(session, "甲")
        assert recall(session, now=NOW + HOUR - timedelta(seconds=1)) == "甲"
        assert recall(session, now=NOW + HOUR) == ""


def test_a_turn_holds_what_its_buttons_need(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON)
        turn_id = ask(session, "市交通局负责哪些任务")
    with database.read() as session:
        turn = dialogs.get_turn(session, turn_id)
    assert turn == dialogs.StoredTurn(
        id=turn_id,
        chat_id=GROUP,
        person_id=PERSON,
        message_id=5,
        message_digest=None,
        answer_id=None,
        question="市交通局负责哪些任务",
        memory_before="{}",
        buttons=("目标是多少", "只看首列"),
        created_at=NOW,
    )


def test_an_edited_question_finds_its_last_turn_and_the_answer_to_edit(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON)
        dialogs.mark_answered(session, {ask(session, "旧"): 6})
        newest = ask(session, "新")
        dialogs.mark_answered(session, {newest: 6})
        ask(session, "按钮", message_id=None)
        turn = dialogs.turn_of_message(session, chat_id=GROUP, message_id=5)
        assert turn is not None
        assert (turn.id, turn.question, turn.answer_id) == (newest, "新", 6)
        assert dialogs.turn_of_message(session, chat_id=GROUP, message_id=6) is None


def test_a_forgotten_turn_s_number_is_never_given_again(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON)
        remember(session, "甲")
        old = ask(session, "旧")
        dialogs.forget(session, now=NOW + HOUR, turns_before=NOW + HOUR)
        assert dialogs.get_turn(session, old) is None
        assert ask(session, "新", now=NOW + HOUR) > old
        assert session.scalars(select(dialogs.DialogRow.memory)).all() == []


def test_forgetting_spares_what_is_still_young(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON)
        remember(session, "甲")
        turn_id = ask(session, "问")
        dialogs.forget(session, now=NOW, turns_before=NOW)
        assert dialogs.get_turn(session, turn_id) is not None
        assert recall(session) == "甲"


def test_seeing_again_moves_the_last_time_and_the_name_only(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON)
        chats.mark_blocked(session, GROUP)
        blocked = chats.get_chat(session, GROUP)
        assert blocked is not None
        assert blocked.blocked
    with database.write() as session:
        see(session, GROUP, now=NOW + HOUR)
        chats.see_person(session, person=at(PERSON), name="新名", now=NOW + HOUR)
        assert chats.get_chat(session, GROUP) == Chat(
            id=GROUP,
            kind=ChatKind.GROUP,
            title="督办群",
            migrated_from=None,
            first_seen=NOW,
            last_seen=NOW + HOUR,
            blocked=False,
        )
        person = session.get_one(PersonRow, PERSON)
        assert (person.name, person.first_seen, person.last_seen) == ("新名", NOW, NOW + HOUR)


def test_a_group_that_becomes_a_supergroup_keeps_its_records(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON)
        remember(session, "甲")
        turn_id = ask(session, "问")
        inbox.store(session, receiver="telegram:42", key="1", chat_id=GROUP, payload={}, received_at=NOW)
    for _ in ("as the group says it", "as the supergroup says it"):
        with database.write() as session:
            chats.migrate_chat(session, old=GROUP, new=at(SUPERGROUP), now=NOW + HOUR)
    with database.write() as session:
        assert chats.get_chat(session, GROUP) is None
        assert chats.get_chat(session, SUPERGROUP) == Chat(
            id=SUPERGROUP,
            kind=ChatKind.SUPERGROUP,
            title="督办群",
            migrated_from=GROUP,
            first_seen=NOW,
            last_seen=NOW + HOUR,
            blocked=False,
        )
        assert recall(session, chat_id=SUPERGROUP) == "甲"
        turn = dialogs.get_turn(session, turn_id)
        assert turn is not None
        assert turn.chat_id == SUPERGROUP
        assert inbox.next_of_chat(session, receiver="telegram:42", chat_id=SUPERGROUP) is not None


def test_what_the_supergroup_already_remembers_is_newer_and_stays(database: Database) -> None:
    with database.write() as session:
        see(session, GROUP, PERSON, OTHER)
        remember(session, "旧")
        remember(session, "乙", person_id=OTHER)
        see(session, SUPERGROUP, PERSON, kind=ChatKind.SUPERGROUP, now=NOW + HOUR)
        remember(session, "新", chat_id=SUPERGROUP)
        chats.migrate_chat(session, old=GROUP, new=at(SUPERGROUP), now=NOW + HOUR)
        assert recall(session, chat_id=SUPERGROUP) == "新"
        assert recall(session, chat_id=SUPERGROUP, person_id=OTHER) == "乙"
        chat = chats.get_chat(session, SUPERGROUP)
        assert chat is not None
        assert (chat.first_seen, chat.migrated_from) == (NOW, GROUP)
