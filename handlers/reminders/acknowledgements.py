"""/acks: who has acknowledged this week's reminders and who has not, by rule and unit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from handlers.access.policy import Action, Resource, may
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.reminders import texts_acknowledgements as texts
from handlers.services.clock import PLAN_ZONE
from handlers.texts.rights import ROLES
from knowledge.reminders.rules import rules_from
from storage.people import Member, get_members
from storage.receipts import Receipt, receipts_of

OWN = "personal"


def show_acks(context: Context, _rest: str) -> Call:
    """Of one's unit, or as supervisor and office of all; reminders that people made for themselves are theirs."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_RECEIPTS):
        return no
    plan, today = plan_of(context, actor), context.services.clock.today()
    monday = today - timedelta(days=today.weekday())
    found = receipts_of(context.session, plan, datetime.combine(monday, time(), tzinfo=PLAN_ZONE))
    members = {one.id: one for one in get_members(context.session, {one.member for one in found})}
    held: dict[str, dict[str, dict[int, texts.AcknowledgementCount]]] = defaultdict(lambda: defaultdict(dict))
    for (rule, member), receipts in _by_person(found).items():
        where = _post(members[member], plan)
        units = frozenset({unit for unit in [where] if unit not in ROLES.values()})
        if may(actor, Action.SEE_RECEIPTS, Resource(plan=plan, units=units)):
            held[rule][where][member] = texts.count_of(members[member].name, receipts)
    rules = [rule for rule in rules_from(context.services.remind) if rule in held]
    return say(context, texts.listed([(rule, _plain(held[rule])) for rule in rules], monday=monday, today=today))


def _by_person(found: Iterable[Receipt]) -> Mapping[tuple[str, int], tuple[Receipt, ...]]:
    held: dict[tuple[str, int], list[Receipt]] = defaultdict(list)
    for one in found:
        if one.rule != OWN:
            held[one.rule, one.member].append(one)
    return {key: tuple(receipts) for key, receipts in held.items()}


def _post(member: Member, plan: str) -> str:
    """The member's unit, or the role of those who have none."""
    grants = [grant for grant in member.grants if grant.plan == plan]
    unit = next((grant.unit for grant in grants if grant.unit), None)
    return unit or next((ROLES[grant.role] for grant in grants), texts.GONE)


def _plain(
    units: Mapping[str, Mapping[int, "texts.AcknowledgementCount"]],
) -> list[tuple[str, list["texts.AcknowledgementCount"]]]:
    return [(unit, list(people.values())) for unit, people in units.items()]
