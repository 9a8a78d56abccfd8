"""/rules: the rules of reminding, and what the office changes in them; what it would change is shown before."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.access.policy import Action, Actor, Resource
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_reminder_rules as texts
from handlers.office.codes import RuleVerb
from handlers.office.due_day import RULE as DUE
from handlers.office.due_day import change_due_day
from handlers.office.rule_effect import effect_between
from handlers.schedule.changes import schedule_changed
from handlers.schedule.forecast import load_inputs
from handlers.texts.reminder_rules import GROUPS, IN_ORDER, NAMES
from knowledge.reminders.rule_bounds import NumberFault, allowed, in_order, read_numbers
from knowledge.reminders.rules import ReminderRule, RuleChange, rules_from
from storage.rule_settings import change_rule, rule_changes

AS_CONFIGURED = RuleChange(on=True)


def show_rules(context: Context, rest: str) -> Call:
    """/rules, `/rules figures`, `/rules deadline`, and behind a rule's key what it is to be."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SET_RHYTHM, Resource(plan=plan)):
        return no
    reading = replace(context, line=f"/rules {rest}".strip())  # a list's pages can be turned
    if not rest:
        return say(reading, texts.all_rules(_shown(context, plan, IN_ORDER)))
    if rest in GROUPS:
        return say(reading, texts.group(rest, _shown(context, plan, GROUPS[rest])))
    key, _, said = rest.partition(" ")
    if key not in NAMES:
        return say(context, texts.unknown(rest))
    again, _, numbers = said.partition(" ")
    if again in NAMES:  # typed with its name where the numbers alone were asked for
        key, said = again, numbers
    if key == DUE and again == RuleVerb.DAY:
        return change_due_day(context, actor, plan, numbers.strip())
    (held,) = _shown(context, plan, [key])
    if not said or allowed(held.rule) is None:
        return say(reading, texts.card(held))
    if said == RuleVerb.CHANGE:
        return ask_for(context, texts.ask_numbers(held), f"/rules {key}")
    confirmed = said.startswith(RuleVerb.CONFIRM)
    change = _read(said.removeprefix(RuleVerb.CONFIRM).strip(), held)
    if isinstance(change, NumberFault):
        return ask_for(context, texts.bad_numbers(held, change), f"/rules {key}")
    wanted = texts.Shown(_with(held.configured, change), change.on, held.configured)
    if wanted == held:
        return say(context, texts.same(held))
    if not confirmed:
        return say(context, texts.propose(held, wanted, _effect(context, plan, key, change)))
    return _set(context, actor, plan, wanted, change)


def _set(context: Context, actor: Actor, plan: str, wanted: texts.Shown, change: RuleChange) -> Call:
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    key = wanted.rule.key
    change_rule(context.session, plan, key, change, by=actor.member, now=context.now)
    numbers = None if change.numbers is None else list(change.numbers)
    note(context, actor, "set_rule", f"rule:{plan}/{key}", {"on": change.on, "numbers": numbers})
    schedule_changed(context, plan)
    return say(context, texts.was_set(wanted))


def _shown(context: Context, plan: str, keys: Iterable[str]) -> list[texts.Shown]:
    configured, changes = rules_from(context.services.remind), rule_changes(context.session, plan)
    found = ((configured[key], changes.get(key, AS_CONFIGURED)) for key in keys)
    return [texts.Shown(_with(rule, change), change.on, _with(rule, AS_CONFIGURED)) for rule, change in found]


def _with(rule: ReminderRule, change: RuleChange) -> ReminderRule:
    """As the rule is, or would be if it were on."""
    numbers = rule.when.numbers if change.numbers is None else change.numbers
    return replace(rule, when=type(rule.when)(in_order(numbers, rule)))


def _read(said: str, held: texts.Shown) -> RuleChange | NumberFault:
    """What a text wants of a rule; numbers switch it on."""
    own = _kept(held.rule.when.numbers, held)
    match said:
        case RuleVerb.ON:
            return RuleChange(on=True, numbers=own)
        case RuleVerb.OFF:
            return RuleChange(on=False, numbers=own)
        case RuleVerb.DEFAULT:
            return AS_CONFIGURED
    numbers = read_numbers(said, held.rule)
    return numbers if isinstance(numbers, NumberFault) else RuleChange(on=True, numbers=_kept(numbers, held))


def _kept(numbers: tuple[int, ...], held: texts.Shown) -> tuple[int, ...] | None:
    """None where they are the configured ones: a change of the configuration then holds here too."""
    return None if numbers == in_order(held.configured.when.numbers, held.configured) else numbers


def _effect(context: Context, plan: str, key: str, change: RuleChange) -> texts.Effect:
    inputs = load_inputs(context.session, context.services)
    return effect_between(inputs, inputs.with_rule(plan, key, change), plan, key)
