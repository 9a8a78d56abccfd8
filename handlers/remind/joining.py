"""Items that are due to one person become one message: a digest a day, and a few urgent ones besides."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from handlers.place import House
from handlers.remind.digest import compose
from handlers.remind.parcels import Addressees, Parcel, daily_parcels, sort_out
from handlers.remind.scene import load_scene
from handlers.screen import BUTTONS, screen
from knowledge.rhythm.defaults import RemindDefaults
from knowledge.rhythm.expand import Reason, Scene, still_due
from knowledge.rhythm.periods import period_of
from knowledge.rhythm.rules import Kind, rules_from
from storage.chats import reachable
from storage.dialogs import NewTurn, open_turns
from storage.outbox import enqueue_all, known_keys
from storage.people import Member, get_members
from storage.personal import Personal, get_personal
from storage.schedule import StoredItem, join_items, postpone_items, skip_items, waiting_items
from storage.subscriptions import subscriptions_of

EXPIRES = timedelta(days=1)
"""A reminder that could not be delivered for so long is of no use: the next one is near."""


def join_waiting(session: Session, house: House, *, now: datetime) -> bool:
    """Put what is due by now into the outbox, one message a person; True where there was any."""
    moment = house.clock.now()
    waiting = waiting_items(session, moment)
    if not waiting:
        return False
    scenes = {
        plan.name: load_scene(session, house.desk.library, plan, today=moment.date(), now=now)
        for plan in house.desk.library.plans
        if any(item.plan == plan.name for item in waiting)
    }
    to = addressees(session, house, get_members(session, {item.member for item in waiting}), moment)
    result = sort_out(waiting, to, house.remind, needless=needless_in(scenes, house.remind), moment=moment)
    skip_items(session, result.skipped)
    postpone_items(session, result.postponed)
    _send(session, house, result.parcels, scenes, now)
    return True


def needless_in(scenes: Mapping[str, Scene], defaults: RemindDefaults) -> Callable[[StoredItem], Reason | None]:
    """Says of an item why it need not be told any more."""
    rules = rules_from(defaults)

    def needless(item: StoredItem) -> Reason | None:
        scene, rule = scenes.get(item.plan), rules.get(item.rule)
        if scene is None or rule is None:
            return Reason.PAST
        label = item.occurrence
        period = period_of(label.partition("/")[0], defaults) if rule.kind is Kind.PERIOD else None
        deadline = date.fromisoformat(label[:10]) if rule.kind is Kind.TARGET else None
        return still_due(rule, item.subject, scene, period=period, deadline=deadline)

    return needless


def addressees(session: Session, house: House, members: Iterable[Member], moment: datetime) -> Addressees:
    """The members as those to whom something is to be sent on the day."""
    known = {member.id: member for member in members}
    today = moment.date()
    parcels = [one for member in known.values() for one in daily_parcels(member, today, house.remind)]
    return Addressees(
        members=known,
        chats=reachable(session, [member.telegram_id for member in known.values() if member.telegram_id]),
        wishes=subscriptions_of(session, known.keys()),
        used=known_keys(session, [one.key for one in parcels]),
    )


def personal_in(session: Session, items: Iterable[StoredItem]) -> dict[int, Personal]:
    """The reminders that people made for themselves among the items, by number."""
    return get_personal(session, {int(item.subject) for item in items if item.rule == "personal"})


def _send(
    session: Session, house: House, parcels: Sequence[Parcel], scenes: Mapping[str, Scene], now: datetime
) -> None:
    """Render the messages and put them into the outbox, a statement for all of them."""
    personal = personal_in(session, [item for parcel in parcels for item in parcel.items])
    replies = [compose(parcel.items, scenes, house, personal) for parcel in parcels]
    turns = open_turns(
        session,
        [
            NewTurn(
                person_id=parcel.member.telegram_id or 0,
                question=f"/digest {parcel.items[0].id}",
                buttons=tuple(button.question for button in reply.buttons[:BUTTONS]),
            )
            for parcel, reply in zip(parcels, replies, strict=True)
        ],
        now=now,
    )
    letters = []
    for parcel, reply, turn in zip(parcels, replies, turns, strict=True):
        html, keyboard = screen(reply, turn=turn)
        letters.append(
            replace(
                parcel.letter(html),
                keyboard=keyboard,
                turn=turn,
                not_before=house.clock.now(),
                expires_at=now + EXPIRES,
            )
        )
    numbers = enqueue_all(session, letters, now=now)
    told = zip(parcels, numbers, strict=True)
    join_items(session, {item.id: number for parcel, number in told if number for item in parcel.items})
