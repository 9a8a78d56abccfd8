"""明天开会: one page for a leader, a supervisor or the office; by /brief."""

from handlers.access.policy import Action, Actor, Resource, may, refusal
from handlers.access.responsibility import own_unit
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.progress import texts_brief as texts
from handlers.progress.codes import BriefList
from handlers.progress.standings import all_progress, charge_of
from handlers.services.unit_lookup import find_section
from knowledge.entities.library import Library
from knowledge.questions.answering.scope import Scope, scope_of_keys
from knowledge.standing.brief import Brief, brief_of, month_before
from storage.reports import words_of


def show_brief(context: Context, rest: str) -> Call:
    """/brief, `/brief 五`, and with one of the lists' names behind it that list."""
    actor = context.actor
    plan = plan_of(context, actor)
    if why := refusal(actor, Action.BRIEF):
        unit = own_unit(actor, plan) if actor.grants and actor.private else None
        return say(context, texts.not_yours(why, unit, context.services.me.link))
    *words, last = rest.split() or [""]
    which = BriefList(last) if last in {*BriefList} else None
    said = "".join(words) if which else rest
    section = find_section(context.services.question_service, plan, said) if said else None
    if said and section is None:
        return say(context, texts.no_such_section(said))
    if section is not None and (no := turned_away(context, actor, Action.BRIEF, Resource(plan=plan, section=section))):
        return no
    scope, name = _scope(actor, plan, section, context.library)
    if not scope.targets and not scope.subjects:
        return say(context, texts.in_charge_of_nothing())
    return _told(context, _brief(context, scope), name, which, f"/brief {said}".strip())


def own_brief(context: Context) -> Brief | None:
    """Of all that the asker gets a page of; None for who is in charge of nothing."""
    scope, _ = _scope(context.actor, plan_of(context, context.actor), None, context.library)
    return _brief(context, scope) if scope.targets or scope.subjects else None


def _told(context: Context, brief: Brief, name: str, which: BriefList | None, command: str) -> Call:
    most = None if which else texts.MOST
    shown = [*(one.report for one in brief.stuck[:most]), *(one.report for one in brief.raised[:most])]
    words = words_of(context.session, [int(report.id) for report in shown if report])
    if which:
        return say(context, texts.listed(brief, name, words, which, command))
    further = [button for action, button in texts.BY_RIGHT.items() if may(context.actor, action)]
    return say(context, texts.page(brief, name, words, command, further))


def _scope(actor: Actor, plan: str, section: int | None, library: Library) -> tuple[Scope, str]:
    """What the page is about, and how it is called: a section, the whole plan, or what a leader is in charge of."""
    if section is not None:
        keys = [key for key, task in library.tasks.items() if key.plan == plan and task.section == section]
        return scope_of_keys(keys, library), texts.section(library.sections[plan, section].title)
    if may(actor, Action.BRIEF, Resource(plan=plan)):
        keys = [key for key in (*library.tasks, *library.clauses) if key.plan == plan]
        return scope_of_keys(keys, library), texts.WHOLE
    charge = set(charge_of(actor, library))
    keys = [key for key in library.tasks if key.plan == plan and {key.id, "/".join(key)} & charge]
    return scope_of_keys(keys, library), texts.CHARGE


def _brief(context: Context, scope: Scope) -> Brief:
    today = context.services.clock.today()
    progress = all_progress(
        context.session, context.library, today=today, now=context.now, due_days=context.services.remind.due_days
    )
    (now,), (before,) = (progress.pictures(scope, day) for day in (today, month_before(today)))
    return brief_of(now, before)
