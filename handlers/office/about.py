"""/about: what the bot is and on which approval it rests; /suggest, and /suggestions for the office."""

import re
from importlib.metadata import version

from handlers.access.policy import Action, Actor, Resource, may
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.chat.shown_first import shown_first
from handlers.office import texts_about as texts
from handlers.office.codes import SuggestionVerb
from handlers.texts.rights import ROLES
from knowledge.language.redaction import masked
from storage.suggestions import add_suggestion, drop_suggestion, list_suggestions

_LEAD = re.compile(r"^.{0,8}?(?:意见|建议)\s*[:：]\s*")


def show_about(context: Context, _rest: str) -> Call:
    service = context.services.service
    return say(
        context,
        texts.about(
            [plan.title for plan in context.library.plans],
            version("duban"),
            filing=service.filing,
            approval=service.approval,
            suggests=may(context.actor, Action.SUGGEST),
        ),
    )


def suggest(context: Context, rest: str) -> Call:
    """/suggest, or what is suggested: shown with what the office will see before it is sent."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SUGGEST):
        return no
    said_by, rest = _said_by(actor), _LEAD.sub("", rest)
    if not rest:
        return ask_for(context, texts.ask(said_by), "/suggest")
    if len(rest) > texts.MOST:
        return ask_for(context, texts.too_long(len(rest)), "/suggest")
    text = masked(rest) if context.tapped is None else rest
    if text is None:
        return ask_for(context, texts.not_kept(), "/suggest")
    if card := shown_first(context, texts.to_send(text, said_by), f"/suggest {text}"):
        return card
    day = context.services.clock.today()
    add_suggestion(context.session, plan_of(context, actor), said_by=said_by, text=text, day=day)
    return settle(context, texts.sent())


def show_suggestions(context: Context, rest: str) -> Call:
    """/suggestions, or one's number and that it is dealt with."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SEE_SUGGESTIONS, Resource(plan=plan)):
        return no
    number, _, verb = rest.partition(" ")
    found = list_suggestions(context.session, plan)
    one = next((one for one in found if str(one.id) == number), None)
    if one is None or verb != SuggestionVerb.DONE:
        return say(context, texts.suggestions(found, context.services.clock.today()))
    if card := shown_first(context, texts.to_drop(one), f"/suggestions {one.id} {SuggestionVerb.DONE}"):
        return card
    drop_suggestion(context.session, plan, one.id)
    note(context, actor, "settle_suggestion", f"suggestion:{one.id}")
    return settle(context, texts.dropped())


def _said_by(actor: Actor) -> str:
    """Of a person with several roles the first; that of an absent colleague they stand in for, too."""
    if not actor.grants:
        return "访客"
    grant = actor.grants[0]
    return f"{grant.unit or ''}{ROLES[grant.role]}"
