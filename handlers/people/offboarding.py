"""Going away: for a while, with a stand-in; locked out; removed; forgotten."""

import re
from dataclasses import replace
from datetime import date, timedelta

from handlers.access.policy import Action, Actor
from handlers.chat.actor import may_stand_in
from handlers.chat.authorize import about, note, plan_of, turned_away
from handlers.chat.context import Context, sentence
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call, Menu
from handlers.chat.prompts import ask_for
from handlers.chat.shown_first import shown_first
from handlers.chat.texts_shown_first import to_confirm
from handlers.people import texts, texts_offboarding
from handlers.people.codes import PersonVerb, ref
from handlers.people.people import MEMBER, find_people, with_person, without
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Relation, Tense
from knowledge.language.normalize import clean
from storage import audit
from storage.erasure import forget_member
from storage.invitations import revoke_of_member
from storage.people import (
    Member,
    Role,
    absence_of,
    end,
    end_absence,
    members_of_plan,
    set_absence,
    set_locked,
)

_OF_ANOTHER = re.compile(rf"({MEMBER})\s+(?=\S)")
_FRIDAY = 4


def go_away(context: Context, rest: str) -> Call:
    """/away, then the last day (or the first and the last), then the stand-in; /away back ends it.

    The office does it for another by that person's number: /away 人员7 3月10日.
    """
    actor = context.actor
    no = turned_away(context, actor, Action.AWAY)
    if no or actor.member is None:
        return no or say(context, texts.is_visitor(context.services.service.telephone))
    plan = plan_of(context, actor)
    other = _OF_ANOTHER.match(rest)
    members = find_people(context.session, plan, other[1] if other else ref(actor.member))
    if not members:
        return say(context, texts.nobody(other[1] if other else ""))
    member = members[0]
    if no := turned_away(context, actor, Action.AWAY, about(plan, member)):
        return no
    return _leave(context, actor, member, rest[other.end() :] if other else rest)


def _leave(context: Context, actor: Actor, member: Member, rest: str) -> Call:
    today = context.services.clock.today()
    command = f"/away {ref(member.id)}"
    if rest == PersonVerb.BACK:
        return _come_back(context, actor, member, today)
    if not rest:
        return ask_for(context, texts_offboarding.away_until(today, _options(today), command), command)
    confirmed = context.tapped is not None and rest.endswith(f" {PersonVerb.CONFIRM}")
    days = _days(rest.removesuffix(f" {PersonVerb.CONFIRM}"), today)
    if days is None:
        return ask_for(context, texts_offboarding.NO_SUCH_DAY, command)
    first, last, said = days
    if last < today or last < first:
        return ask_for(context, texts_offboarding.DAY_OVER, command)
    candidates = _candidates(context, plan_of(context, actor), member)
    if not said:
        return say(context, texts_offboarding.away_who(first, last, today, candidates[:6], command))
    named = find_people(context.session, plan_of(context, actor), said)
    meant = [one for one in named if one in candidates]
    if len(meant) != 1:
        others = texts_offboarding.away_who(first, last, today, candidates[:6], command, shown=True)
        why = texts_offboarding.NO_STAND_IN if named else texts_offboarding.not_bound(said, others=bool(candidates))
        return say(context, replace(why, buttons=others.buttons))
    if not confirmed:
        line = f"{command} {first.isoformat()} {last.isoformat()} {ref(meant[0].id)} {PersonVerb.CONFIRM}"
        return say(context, to_confirm(texts_offboarding.to_leave(first, last, today, meant[0]), line))
    set_absence(context.session, member.id, stand_in=meant[0].id, first=first, last=last, now=context.now)
    told: dict[str, object] = {"stand_in": meant[0].id, "first": first.isoformat(), "last": last.isoformat()}
    note(context, actor, "away", audit.member(member.id), told)
    return settle(context, texts_offboarding.away_set(first, last, today, meant[0], command))


def _come_back(context: Context, actor: Actor, member: Member, today: date) -> Call:
    if absence_of(context.session, member.id, today) is None:
        return say(context, texts_offboarding.WAS_NOT_AWAY)
    if card := shown_first(context, texts_offboarding.TO_COME_BACK, f"/away {ref(member.id)} {PersonVerb.BACK}"):
        return card
    end_absence(context.session, member.id, now=context.now)
    note(context, actor, "back", audit.member(member.id))
    return settle(context, texts_offboarding.BACK_AGAIN)


def _candidates(context: Context, plan: str, member: Member) -> list[Member]:
    """Who could stand in: whoever may then do anything in the member's name."""
    return [
        one
        for one in members_of_plan(context.session, plan)
        if one.id != member.id and not one.locked and any(may_stand_in(one.grants, grant) for grant in member.grants)
    ]


def _options(today: date) -> list[tuple[str, date]]:
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
    named = [
        ("今天", today),
        ("明天", today + timedelta(days=1)),
        ("周五", friday),
        ("下周五", friday + timedelta(days=7)),
    ]
    first = {day: name for name, day in reversed(named)}  # on a Friday 周五 is 今天
    return [(name, day) for name, day in named if first[day] == name]


def _days(said: str, today: date) -> tuple[date, date, str] | None:
    """(first, last, what else is said); a single day is the last one. None where the days are not certain."""
    text = clean(said.replace(" ", ","))  # 4.7 张三: what stands apart stays apart
    dates = find(text, today, Tense.FUTURE)
    rest = text
    for span in reversed(dates.spans):
        rest = f"{rest[: span.start]}{rest[span.end :]}"
    rest = rest.strip(" 到至-—,请由")
    if dates.unreal or any(span.odd for span in dates.spans):
        return None
    match dates.spans:
        case [one]:
            first = today if one.is_day else one.first
            return first, one.until if one.relation is Relation.BEFORE else one.last, rest
        case [one, other]:
            return one.first, other.last, rest
    return None


@with_person("lock", Action.LOCK)
def lock(context: Context, actor: Actor, member: Member, _rest: str) -> Call:
    """Two taps: a lost telephone does not wait."""
    if _last_office(context, member):
        return say(context, texts_offboarding.LAST_OFFICE)
    if card := shown_first(context, texts_offboarding.to_lock(member, lock=True), f"/lock {ref(member.id)}"):
        return card
    set_locked(context.session, member.id, context.now)
    context.rebound.append(member.telegram_id)
    revoke_of_member(context.session, member.id, now=context.now)
    note(context, actor, "lock", audit.member(member.id))
    return settle(context, texts_offboarding.locked(member, by_now=True))


@with_person("unlock", Action.LOCK)
def unlock(context: Context, actor: Actor, member: Member, _rest: str) -> Call:
    if card := shown_first(context, texts_offboarding.to_lock(member, lock=False), f"/unlock {ref(member.id)}"):
        return card
    set_locked(context.session, member.id, None)
    context.rebound.append(member.telegram_id)
    note(context, actor, "unlock", audit.member(member.id))
    return settle(context, texts_offboarding.locked(member, by_now=False))


@with_person("remove", Action.REMOVE)
def remove(context: Context, actor: Actor, member: Member, rest: str) -> Call:
    if _last_office(context, member):
        return say(context, texts_offboarding.LAST_OFFICE)
    if rest != PersonVerb.CONFIRM:
        return say(context, texts_offboarding.remove(member))
    ended = end(context.session, member.id, now=context.now)
    context.rebound.append(member.telegram_id)
    end_absence(context.session, member.id, now=context.now)
    revoke_of_member(context.session, member.id, now=context.now)
    note(context, actor, "remove", audit.member(member.id))
    units = tuple(dict.fromkeys(grant.unit for grant in ended if grant.unit and grant.role is Role.LIAISON))
    left = without(Role.LIAISON, units, members_of_plan(context.session, plan_of(context, actor)))
    return settle(context, texts_offboarding.removed(member, left))


@with_person("forget", Action.FORGET)
def forget(context: Context, actor: Actor, member: Member, rest: str) -> Call:
    """What is said at the end leaves no turn behind: a turn would name the account again."""
    if _last_office(context, member):
        return say(context, texts_offboarding.LAST_OFFICE)
    if rest != PersonVerb.CONFIRM:
        return say(context, texts_offboarding.forget(member, own=member.id == actor.member))
    revoke_of_member(context.session, member.id, now=context.now)
    forget_member(context.session, member.id, now=context.now)
    if member.telegram_id is not None:
        context.besides.append(Menu(chat=member.telegram_id, commands=()))
    note(context, actor, "forget", audit.member(member.id))
    return sentence(context, texts_offboarding.forgotten(member))


def _last_office(context: Context, member: Member) -> bool:
    """Whether nobody could invite and unlock any more, except from the command line."""
    plans = [grant.plan for grant in member.grants if grant.role is Role.OFFICE]
    return any(
        not any(
            one.id != member.id
            and not one.locked
            and any(grant.role is Role.OFFICE and grant.plan == plan for grant in one.grants)
            for one in members_of_plan(context.session, plan)
        )
        for plan in plans
    )
