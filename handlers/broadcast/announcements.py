"""Announcements (通知): the office writes one, chooses who gets it, sees it as they will, and sends or recalls it.

A button carries the whole choice (`/announce #3 units:市科经局 liaisons send`): what is confirmed is what was shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.access.policy import Action, Actor, Resource
from handlers.access.responsibility import members_of
from handlers.broadcast import texts_announcements as texts
from handlers.broadcast.bulk import Parcel, post, reach
from handlers.broadcast.codes import Addressed, AnnouncementVerb
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.progress.pictures import picture_today
from handlers.services.red_lines import reminds
from handlers.services.unit_lookup import find_section, find_units, near_units, units_of_plan
from knowledge.entities.library import Library
from knowledge.standing.picture import owed, units_of
from storage import announcements as stored
from storage.announcements import Announcement, AnnouncementDelivery, AnnouncementState
from storage.outbox import NO_CHAT, Letter, OutboxKind, OutboxState, enqueue_all
from storage.people import Member, Role, members_of_plan

_NUMBERED = re.compile(r"#([0-9]{1,9})(?:\s+(.*))?", re.DOTALL)
_ADDRESSED = re.compile(
    rf"{AnnouncementVerb.TO} (?P<whom>\S+ (?:{AnnouncementVerb.LIAISONS}|{AnnouncementVerb.ASK}))(?:\s+(?P<text>.*))?",
    re.DOTALL,
)
_PARTED = re.compile(r"[\s、,，;；]+")
_OF_UNITS = (Role.LIAISON, Role.HEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """Everybody, or the people of some units; `words` say it in a button's line, `named` to a person."""

    words: str
    named: str
    units: frozenset[str] | None = None
    """None: everybody."""

    def members(self, context: Context, plan: str, *, liaisons: bool) -> tuple[Member, ...]:
        found = members_of_plan(context.session, plan)
        return tuple(one for one in found if self._has(one, plan, liaisons=liaisons))

    def _has(self, member: Member, plan: str, *, liaisons: bool) -> bool:
        roles = (Role.LIAISON,) if liaisons else _OF_UNITS if self.units is not None else tuple(Role)
        held = (
            grant
            for grant in member.grants
            if grant.plan == plan and grant.role in roles and not (self.units is not None and grant.not_pushed)
        )
        return any(self.units is None or grant.unit in self.units for grant in held)


def announce(context: Context, rest: str) -> Call:
    """/announce, /announce and the text, and every further step by the draft's number."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.ANNOUNCE, Resource(plan=plan)):
        return no
    numbered = _NUMBERED.fullmatch(rest)
    if numbered is None:
        addressed = _ADDRESSED.fullmatch(rest)
        if addressed is None:
            return _begin(context, actor, plan, rest)
        return _begin(context, actor, plan, (addressed["text"] or "").strip(), addressed["whom"])
    found = stored.get_announcement(context.session, int(numbered[1]))
    if found is None or found.plan != plan:
        return say(context, texts.no_such())
    what = (numbered[2] or "").strip()
    if what.split(" ")[0] == AnnouncementVerb.RECALL:
        return _recall(context, actor, found, sure=what.endswith(AnnouncementVerb.CONFIRM))
    if found.state is not AnnouncementState.DRAFT:
        return say(context, texts.not_a_draft(found))
    return _go_on(context, actor, found, what)


def _begin(context: Context, actor: Actor, plan: str, text: str, whom: str = "") -> Call:
    """`whom` as it was said with it, if it was."""
    command = f"/announce {AnnouncementVerb.TO} {whom}" if whom else "/announce"
    if not text:
        return ask_for(context, texts.ask_text(), command)
    if len(text) > texts.LONGEST:
        return ask_for(context, texts.too_long(), command)
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    number = stored.add_announcement(context.session, plan, text, by=actor.member, now=context.now)
    draft = _known(context, number)
    if not whom:
        return say(context, texts.ask_whom(draft))
    audience, _, people = whom.partition(" ")
    words = _meant(context, plan, audience)
    if not words:
        return say(context, texts.ask_whom(draft, none=True))
    return _go_on(context, actor, draft, f"{words} {people}")


def _meant(context: Context, plan: str, audience: str) -> str:
    """The audience as a button says it: its units of today; empty where it has none."""
    match audience:
        case Addressed.REPORTING | Addressed.SILENT:
            current = picture_today(context, plan).current
            units = units_of(current if audience == Addressed.REPORTING else owed(current))
        case Addressed.TOWNS:
            known = units_of_plan(context.services.question_service, plan)
            units = tuple(unit for unit in known if unit in context.library.towns)
        case _:
            return audience
    return f"{AnnouncementVerb.UNITS}:{'、'.join(units)}" if units else ""


def _go_on(context: Context, actor: Actor, draft: Announcement, what: str) -> Call:
    whom, _, rest = what.partition(" ")
    if not whom:
        return say(context, texts.ask_whom(draft))
    if whom == AnnouncementVerb.DROP:
        stored.drop(context.session, draft.id)
        note(context, actor, "announcement_drop", f"announcement:{draft.id}")
        return say(context, texts.dropped())
    addressees = (
        _asked(context, draft, whom, rest.strip())
        if whom in (AnnouncementVerb.UNITS, AnnouncementVerb.SECTION)
        else None
    )
    if isinstance(addressees, Addressees):
        return say(context, texts.ask_people(draft, addressees.words, addressees.named))
    if addressees is not None:
        return addressees
    addressees = _addressees(context, draft.plan, whom)
    if addressees is None:
        return say(context, texts.ask_whom(draft))
    people, _, sends = rest.strip().partition(" ")
    if people not in (AnnouncementVerb.ALL, AnnouncementVerb.LIAISONS):
        return say(context, texts.ask_people(draft, addressees.words, addressees.named))
    return _preview(
        context,
        actor,
        draft,
        addressees,
        liaisons=people == AnnouncementVerb.LIAISONS,
        sends=sends == AnnouncementVerb.SEND,
    )


def _asked(context: Context, draft: Announcement, whom: str, said: str) -> Addressees | Call:
    """The units or the section that were typed, or what to type (again)."""
    command, question_service, plan = f"/announce #{draft.id} {whom}", context.services.question_service, draft.plan
    if whom == AnnouncementVerb.SECTION:
        section = find_section(question_service, plan, said) if said else None
        if section is not None:
            return _of_section(question_service.library, plan, section)
        titles = [(one.no, one.title) for (own, _), one in question_service.library.sections.items() if own == plan]
        return ask_for(context, texts.no_such_section(said) if said else texts.ask_section(titles), command)
    if not said:
        return ask_for(context, texts.ask_units(), command)
    units: list[str] = []
    for name in filter(None, _PARTED.split(said)):
        found = find_units(question_service, plan, name)
        if len(found) != 1:
            return ask_for(
                context, texts.no_such_unit(name, found or near_units(question_service, plan, name)), command
            )
        units += found
    return _of_units(tuple(dict.fromkeys(units)))


def _addressees(context: Context, plan: str, words: str) -> Addressees | None:
    """What a button's line says."""
    kind, _, names = words.partition(":")
    library = context.library
    if words == AnnouncementVerb.EVERYBODY:
        return Addressees(words=words, named=texts.EVERYBODY)
    if kind == AnnouncementVerb.UNITS and names:
        return _of_units(tuple(names.split("、")))
    if kind == AnnouncementVerb.SECTION and names.isdecimal() and (plan, int(names)) in library.sections:
        return _of_section(library, plan, int(names))
    return None


def _of_units(units: tuple[str, ...]) -> Addressees:
    words = f"{AnnouncementVerb.UNITS}:{'、'.join(units)}"
    return Addressees(words=words, named=texts.named_units(units), units=frozenset(units))


def _of_section(library: Library, plan: str, section: int) -> Addressees:
    tasks = [task for (own, _), task in library.tasks.items() if own == plan and task.section == section]
    units = frozenset(unit for task in tasks for unit in members_of(task.units, library))
    title = library.sections[plan, section].title
    return Addressees(
        words=f"{AnnouncementVerb.SECTION}:{section}", named=texts.named_section(section, title), units=units
    )


def _preview(
    context: Context, actor: Actor, draft: Announcement, addressees: Addressees, *, liaisons: bool, sends: bool
) -> Call:
    """Who gets it, but for whoever sends it."""
    found = addressees.members(context, draft.plan, liaisons=liaisons)
    there = reach(context.session, [one for one in found if one.id != actor.member])
    named = texts.named_people(addressees.named, liaisons=liaisons)
    if sends and there.members:
        return _send(context, actor, draft, there.members, named)
    whom = f"{addressees.words} {AnnouncementVerb.LIAISONS if liaisons else AnnouncementVerb.ALL}"
    reply = texts.preview(draft, whom, named, len(there.members), there.beyond, reminds=reminds(draft.text))
    return say(context, reply)


def _send(context: Context, actor: Actor, draft: Announcement, members: tuple[Member, ...], named: str) -> Call:
    today = context.services.clock.today()
    if not stored.mark_sent(context.session, draft.id, audience=named, day=today, now=context.now):
        return say(context, texts.not_a_draft(_known(context, draft.id)))
    letter, occurrence = texts.letter(draft), _occurrence(draft)
    parcels = [Parcel(member=one, reply=letter, occurrence=occurrence) for one in members]
    letters = post(context.session, parcels, kind=OutboxKind.ANNOUNCEMENT, plan=draft.plan, now=context.now)
    stored.add_recipients(context.session, draft.id, letters)
    note(context, actor, "announce", f"announcement:{draft.id}", {"recipients": len(letters)})
    return say(context, texts.sent(draft, len(letters)))


def _recall(context: Context, actor: Actor, sent: Announcement, *, sure: bool) -> Call:
    """Once asked for the second time: what went out is taken back, what did not stays here."""
    if sent.state is not AnnouncementState.SENT:
        return say(context, texts.not_recallable(sent))
    if not sure:
        got, of = stored.count_receipts(context.session, [sent.id]).get(sent.id, (0, 0))
        return say(context, texts.ask_recall(sent, got, of, context.now))
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    if not stored.mark_recalled(context.session, sent.id, by=actor.member, now=context.now):
        return say(context, texts.not_recallable(_known(context, sent.id)))
    doubtful = stored.keep_back(context.session, sent.id)
    found = stored.recipients_of(context.session, sent.id)
    recalls = tuple(_recalls(context, sent, found, doubtful))
    enqueue_all(context.session, recalls, now=context.now)
    note(context, actor, "announcement_recall", f"announcement:{sent.id}", {"recipients": len(recalls)})
    return say(context, texts.recalled(sent))


def _recalls(
    context: Context, sent: Announcement, found: tuple[AnnouncementDelivery, ...], doubtful: frozenset[int]
) -> Iterator[Letter]:
    """To whoever has or may have the message, also if they are locked or have left since: to the chat, not the member.

    Where the message's number is not known (it is just going out, or nobody knows) it is said instead.
    """
    text = texts.recall_notice(sent, context.services.clock.today())
    gone = (OutboxState.SENT, OutboxState.SENDING)
    for one in found:
        if one.chat and one.chat != NO_CHAT and (one.state in gone or one.letter in doubtful):
            yield Letter(
                kind=OutboxKind.RECALL,
                occurrence=_occurrence(sent),
                plan=sent.plan,
                chat=one.chat,
                text=text,
                target=one.message,
            )


def _occurrence(announcement: Announcement) -> str:
    return f"announcement {announcement.id}"


def _known(context: Context, number: int) -> Announcement:
    found = stored.get_announcement(context.session, number)
    assert found is not None  # noqa: S101 - this transaction has seen it
    return found
