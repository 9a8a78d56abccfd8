"""明天开会: one page for a leader, a supervisor or the office; by /brief or in plain words in a private chat."""

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
from knowledge.language.pattern import sign
from knowledge.questions.answering.scope import Scope, scope_of_keys
from knowledge.standing.brief import Brief, brief_of, month_before
from storage.reports import words_of

WANTED = sign(
    r"""^(?:请|麻烦)?(?:给我|帮我|要|来|准备|出|看)?(?:一下|一份|一个|个|份)?
    (?: (?:明天|后天|今天|上午|下午|马上|周[一二三四五]|下?周)?(?:要)?(?:开会|上会|开调度会|调度会)
        (?:要用的?|用的?|了|,?给我一页纸|,?要一页纸)?
      | (?:我?分管的|(?P<section>第.{1,3}(?:部分|板块))的?|全部的?|会前的?|开会用的?|会议的?|领导用的?)?
        (?:一页纸|会前材料|会议材料|会前情况)
    )(?:吧|呢|啊|呀)?[?。!]*$""",
    "明天开会",
    "明天要开会",
    "后天开会要用",
    "开会要用",
    "给我一页纸",
    "会前一页纸",
    "我分管的一页纸",
    "给我第五部分的一页纸",
    "明天开会,给我一页纸",
    "下午开调度会",
    others=("明天开会通知发了吗", "联席会议什么时候开", "一页纸是什么", "开会讨论5G基站", "明天开会谁参加"),
)


def asked_section(cleaned: str) -> str | None:
    """The section whose page is asked for in plain words, "" for all; None where something else is said."""
    found = WANTED.find(cleaned)
    return None if found is None else found["section"] or ""


def hear_brief(context: Context, section: str) -> Call:
    """The page asked for in plain words."""
    actor = context.actor
    if why := refusal(actor, Action.BRIEF):
        unit = own_unit(actor, plan_of(context, actor)) if actor.grants and actor.private else None
        return say(context, texts.not_yours(why, unit, context.services.me.link))
    return show_brief(context, section)


def show_brief(context: Context, rest: str) -> Call:
    """/brief, `/brief 五`, and with one of the lists' names behind it that list."""
    actor = context.actor
    if no := turned_away(context, actor, Action.BRIEF):
        return no
    plan = plan_of(context, actor)
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
