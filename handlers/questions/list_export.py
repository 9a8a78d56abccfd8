"""导出台账: where every target stands, and what else was reported on, as a workbook."""

from base64 import b64encode

from handlers.access.policy import Action, may
from handlers.access.responsibility import acted
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call, Document
from handlers.progress.pictures import picture_today
from handlers.questions import texts_list_export as texts
from handlers.questions.list_workbook import list_workbook
from storage.reports import words_of


def export_ledger(context: Context, _rest: str) -> Call:
    """The rows that are in the person's scope, as they stand today."""
    actor = context.actor
    if no := turned_away(context, actor, Action.EXPORT):
        return no
    plan, library = plan_of(context, actor), context.library
    cards, picture = context.cards(plan), picture_today(context, plan)
    own = [one for one in picture.standings if may(actor, Action.EXPORT, acted(one.subject, library, cards))]
    if not own:
        return say(context, texts.nothing_to_export())
    words = words_of(context.session, [int(problem.id) for one in own for problem in one.problems])
    title = next(one.title for one in library.plans if one.name == plan)
    packed = b64encode(list_workbook(texts.ledger(title, own, words, picture.day))).decode()
    name = texts.file_name(picture.day)
    context.besides.append(Document(chat=context.chat, name=name, text=packed, encoded=True))
    note(context, actor, "export", f"plan:{plan}", {"rows": len(own)})
    return say(context, texts.exported(own))
