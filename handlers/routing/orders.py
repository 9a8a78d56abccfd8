"""The table of orders of the house: what is to be done or seen, said in plain words, as the command that does it.

A new order is one row. The command asks who may, so an order that is not this person's to give hears who may give it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.access.policy import Action
from handlers.broadcast import announcement_requests as announcements
from handlers.broadcast.bulletin_requests import DRAFTS, bulletin_line
from handlers.chat.authorize import turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.home.texts import WANTED as WANTED_HOME
from handlers.office import texts_person_marks as texts_marks
from handlers.office.card_orders import FIELD_TO_VALUE, VALUE_AS_FIELD
from handlers.office.meetings import tell_meetings
from handlers.office.owner_orders import ANSWERS, TABLE, owner_order
from handlers.office.texts_about import SUGGESTS
from handlers.people.texts_invitation_lists import PASTED
from handlers.reminders.personal import tell_settings
from handlers.reminders.texts_personal import SETTING
from handlers.reports.codes import RecordVerb, Step
from handlers.reports.owed import show_own_unit
from handlers.reports.record_orders import CHECKS, RETURNS, is_plain
from handlers.reports.texts_evidence import how_to_send
from handlers.reports.texts_resolutions import OPEN
from handlers.routing import order_lines as lines
from handlers.routing import texts_intents as texts
from handlers.routing import texts_orders as words
from handlers.routing.commands import is_name, run_line
from handlers.routing.decision import Intent
from handlers.routing.filled_orders import FILLED, filled_line
from handlers.routing.likely_orders import sentence_line
from handlers.routing.other_requests import surely
from handlers.routing.texts_groups import not_ranked
from handlers.routing.utterance import Utterance
from knowledge.reports.on_behalf import CAME, FOR, SAYS, TAKE_DOWN, WISHED

ONE_WAY, CHANGE = 80, 90
"""A sentence for one thing only; one that changes a card or a report besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    name: str
    line: Callable[[Utterance], str | None]
    """The command that does it; None where the words are something else."""
    samples: tuple[str, ...]
    """Sentences that are it; they run as tests."""
    run: Callable[[Context, str], Call] = run_line
    """What the line does, where the command of that name would do more."""
    action: Action | None = None
    """Who may, where the command itself does not ask."""
    score: int = ONE_WAY
    groups: bool = False
    """Whether it is answered in groups, too: by where it can be given."""
    surely: Callable[[Utterance], bool] | None = None
    """Whether it is meant even while something else is asked for; None: wherever it tells nobody else what to do."""


def intent_of(order: Order) -> Intent:
    def score(said: Utterance) -> int:
        return 0 if order.line(said) is None else order.score

    def line(said: Utterance) -> str:
        return order.line(said) or ""

    def run(context: Context, said: Utterance) -> Call:
        no = turned_away(context, context.actor, order.action) if order.action else None
        return no or order.run(context, line(said))

    return Intent(
        name=order.name,
        score=score,
        surely=order.surely or surely(score),
        run=run,
        line=line,
        samples=order.samples,
        groups=order.groups,
    )


ORDERS = (
    Order(
        name=texts.NO_CHANGE,
        line=lines.always(words.NO_CHANGE, f"/report {Step.SAME}"),
        samples=words.NO_CHANGE.examples,
        surely=lambda said: words.NO_CHANGE.shows(said.cleaned) and words.ALL_OF_IT.shows(said.cleaned),
    ),
    Order(
        name=texts.CHECK_ALL,
        line=lines.always(words.CHECK_ALL, f"/check {RecordVerb.ALL}"),
        samples=words.CHECK_ALL.examples,
        score=CHANGE,
    ),
    Order(name=texts.OWN_CHECKED, line=lines.own_checked_line, samples=words.OWN_CHECKED.examples),
    Order(name=texts.ROSTER, line=lines.roster_line, samples=PASTED.examples, score=CHANGE),
    Order(
        name=texts.SUGGESTION,
        line=lambda said: f"/suggest {said.text}" if SUGGESTS.shows(said.cleaned) else None,
        samples=SUGGESTS.examples,
        surely=lambda _said: False,  # 意见：不属实 answers what was asked
    ),
    Order(
        name=texts.CARD_ORDER,
        line=lines.card_line,
        samples=(*FIELD_TO_VALUE.examples, *VALUE_AS_FIELD.examples),
        score=CHANGE,
    ),
    Order(
        name=texts.OWNERS,
        line=lambda said: owner_order(said.text, said.cleaned),
        samples=(*TABLE.examples, *ANSWERS.examples),
    ),
    Order(
        name=texts.RECORD_ORDER,
        line=lines.record_line,
        samples=(*CHECKS, *RETURNS),
        score=CHANGE,
        surely=lambda said: is_plain(lines.record_line(said)),
    ),
    Order(
        name=texts.ON_BEHALF,
        line=lines.behalf_line,
        samples=(*CAME.examples, *FOR.examples, *TAKE_DOWN.examples, *SAYS.examples, *WISHED.examples),
        score=CHANGE,
    ),
    Order(
        name=texts.MARKS,
        line=lambda said: texts_marks.order_line(said.cleaned),
        samples=(*texts_marks.SIGNER.examples, *texts_marks.CITY_LEADER.examples),
        score=CHANGE,
    ),
    Order(
        name=texts.REMINDER_SETTINGS,
        line=lines.always(SETTING, "/remind"),
        run=lambda context, _line: tell_settings(context),
        samples=SETTING.examples,
        groups=True,
    ),
    Order(
        name=texts.OF_OWN_CHARGE,
        line=lines.charge_line,
        samples=tuple(said for one in words.OF_CHARGE.values() for said in one.examples),
    ),
    Order(name=texts.PROBLEMS, line=lines.always(OPEN, "/problems"), samples=OPEN.examples),
    Order(
        name=texts.BULLETIN,
        line=lambda said: bulletin_line(said.cleaned, said.now.date()),
        samples=DRAFTS.examples,
    ),
    Order(
        name=texts.OWN_UNIT,
        line=lines.own_unit_line,
        run=lambda context, _line: show_own_unit(context),
        samples=words.OWN_UNIT.examples,
    ),
    Order(
        name=texts.MEETING,
        line=lines.always(words.MEETING, "/meeting"),
        run=lambda context, _line: tell_meetings(context),
        action=Action.SEE_PROGRESS,
        samples=words.MEETING.examples,
    ),
    Order(
        name=texts.DUE_WHEN,
        line=lines.of_who_may(words.DUE_WHEN, "/owed", Action.REPORT),
        samples=words.DUE_WHEN.examples,
    ),
    Order(
        name=texts.SPEAKS, line=lines.of_who_may(words.SPEAKS, "/brief", Action.BRIEF), samples=words.SPEAKS.examples
    ),
    Order(name=texts.HOW_IS, line=lines.how_is_line, samples=words.HOW_IS.examples),
    *(
        Order(name=name, line=filled_line(shown, line), samples=shown.examples, score=CHANGE)
        for name, shown, line in FILLED
    ),
    Order(name=texts.ANNOUNCE, line=lines.announcement, samples=announcements.EXAMPLES),
    Order(name=texts.JOINING, line=lines.always(words.JOINING, "/me"), samples=words.JOINING.examples),
    Order(
        name=texts.PUBLIC_RANKING,
        line=lines.always(words.PUBLIC_RANKING, "/ask 哪些任务是红灯"),
        run=lambda context, _line: say(context, not_ranked()),
        action=Action.SEE_PROGRESS,
        samples=words.PUBLIC_RANKING.examples,
        score=CHANGE,
    ),
    Order(
        name=texts.PHOTOS,
        line=lines.always(words.PHOTOS, "/evidence"),
        run=lambda context, _line: say(context, how_to_send()),
        action=Action.REPORT,
        samples=words.PHOTOS.examples,
    ),
    Order(
        name=texts.BARE_COMMAND,
        line=lambda said: f"/{said.word}" if is_name(said.word) else None,
        samples=texts.OF_BARE_COMMAND,
    ),
    Order(name=texts.HOME, line=lines.always(WANTED_HOME, "/home"), samples=WANTED_HOME.examples),
    Order(name=texts.SENTENCE, line=sentence_line, samples=texts.OF_SENTENCE),
)
