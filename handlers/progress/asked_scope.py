"""What a question about progress is of where it names nothing: what the asker is in charge of, or works for."""

from handlers.access.policy import Action, Actor
from handlers.access.responsibility import own_unit, targets_of_unit
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.progress.standings import all_progress, charge_of
from handlers.progress.texts_year_parts import CHARGE, WHOLE, no_such
from handlers.services.report_reader import subject_called
from handlers.services.unit_lookup import find_units, near_units
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.questions.answering.progress_answers import Progress
from knowledge.questions.answering.scope import Scope, scope_of_keys


def scope_asked(context: Context, command: str, rest: str) -> tuple[Scope, str] | Call:
    """The scope with its name, of the unit or the target that is named if any; a refusal where that may not be seen."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_PROGRESS):
        return no
    plan, question_service = plan_of(context, actor), context.services.question_service
    if not rest:
        return _own(context, actor, plan)
    units = find_units(question_service, plan, rest)
    if len(units) == 1:
        return _of_unit(context, units[0], plan), units[0]
    if subject := subject_called(question_service, rest):
        return _of_subject(context, subject), subject.name
    return say(context, no_such(rest, units or near_units(question_service, plan, rest), command))


def progress_now(context: Context) -> Progress:
    today, due_days = context.services.clock.today(), context.services.remind.due_days
    return all_progress(context.session, context.library, today=today, now=context.now, due_days=due_days)


def _own(context: Context, actor: Actor, plan: str) -> tuple[Scope, str]:
    library = context.library
    keys = [key for key in (*library.tasks, *library.clauses) if key.plan == plan]
    if charge := set(charge_of(actor, library)):
        return scope_of_keys([key for key in keys if {key.id, "/".join(key)} & charge], library), CHARGE
    unit = own_unit(actor, plan)
    return (_of_unit(context, unit, plan), unit) if unit else (scope_of_keys(keys, library), WHOLE)


def _of_unit(context: Context, unit: str, plan: str) -> Scope:
    own = targets_of_unit(unit, plan, context.library, context.cards(plan))
    return Scope(tuple((plan, target) for _, target in own), ())


def _of_subject(context: Context, subject: EntryKey) -> Scope:
    if subject.kind is not EntryKind.TARGET:
        return Scope((), (subject,))
    named = (subject.plan, subject.task, subject.name)
    return Scope(tuple(one for one in context.library.targets if (one[0], one[1].task, one[1].name) == named), ())
