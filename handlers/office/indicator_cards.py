"""Indicator cards, kept by the office: /card and a target, then a field and what it is to be; and /gaps."""

from handlers.access.policy import Action, Resource
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_cards as texts
from handlers.office import texts_owners
from handlers.office.card_changes import change_field
from handlers.office.card_targets import exact_target
from handlers.office.codes import MORE, Field
from handlers.office.owner_states import owned_targets
from handlers.progress.pictures import picture_today
from handlers.services.question_service import Asker
from knowledge.plan.model import Target
from storage.cards import cards_of, changes_of


def show_card(context: Context, rest: str) -> Call:
    """/card 5G基站, or `/card 5.2 5G基站 owner 市科经局`."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.EDIT_CARD, Resource(plan=plan)):
        return no
    if not rest:
        return ask_for(context, texts.which(), "/card")
    target, after = exact_target(context, plan, rest)
    if target is None:
        said, after = _split(rest)
        found = _asked_for(context, said)
        if len(found) != 1:
            return say(context, texts.choose(said, found, after))
        target = found[0]
    name, _, value = after.partition(" ")
    if name not in {*Field}:
        return _shown(context, plan, target, more=name == MORE)
    field = Field(name)
    if not value.strip():
        reply = texts.asks(target, field)
        return (
            say(context, reply)
            if field in texts.CHOICES
            else ask_for(context, reply, f"/card {texts.key(target)} {field}")
        )
    return change_field(context, actor, plan, target, field, value.strip())


def _shown(context: Context, plan: str, target: Target, *, more: bool) -> Call:
    card = cards_of(context.session, plan).of(target)
    changes = changes_of(context.session, plan, target) if more else ()
    return say(context, texts.card(target, card, changes, context.services.clock.today(), more=more))


def show_gaps(context: Context, _rest: str) -> Call:
    """/gaps: targets without a confirmed owner, and duties of which the plan names no usual body."""
    actor = context.actor
    name = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SEE_GAPS, Resource(plan=name)):
        return no
    bare = [one.target for one in picture_today(context, name).unconfirmed if one.target]
    owned = [one for one in owned_targets(context, name) if one.target in bare]
    return say(context, texts_owners.gaps(owned, context.library.gazetteer_of(name).duty_gaps))


def _split(said: str) -> tuple[str, str]:
    """What a person calls the target, and what follows: the first word that is a field begins it."""
    words = said.split(" ")
    at = next((at for at, word in enumerate(words[1:], 1) if word in {*Field, MORE}), len(words))
    return " ".join(words[:at]), " ".join(words[at:])


def _asked_for(context: Context, said: str) -> tuple[Target, ...]:
    """The targets that the words mean, as in a question."""
    asked = context.services.question_service.ask(
        f"{said}的目标是多少", memory="", asker=Asker(context.services.clock.today())
    )
    return asked.answer.content.targets or ()
