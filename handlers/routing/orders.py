"""The table of orders of the house: what is to be done or seen, said in plain words, as the command that does it.

A new order is one row. The command asks who may, so an order that is not this person's to give hears who may give it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.access.policy import Action
from handlers.broadcast import announcement_requests as announcements
from handlers.broadcast.bulletin_requests import DRAFTS, SHOWS, bulletin_line
from handlers.chat.authorize import turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.home.texts import WANTED as WANTED_HOME
from handlers.home.texts_more import LINES as SENTENCES
from handlers.office import texts_person_marks as texts_marks
from handlers.office import texts_supervision
from handlers.office.card_orders import FIELD_TO_VALUE, VALUE_AS_FIELD
from handlers.office.codes import OwnerVerb
from handlers.office.owner_orders import ASKED as ASKED_OWNER
from handlers.office.owner_orders import ORDERS_OF_OWNERS, owner_order
from handlers.office.texts_about import SUGGESTS
from handlers.office.texts_about import WANTED as ABOUT_WANTED
from handlers.office.texts_setup import WANTED as SETUP_WANTED
from handlers.people.absence_requests import AWAY, BACK
from handlers.people.codes import UNBOUND
from handlers.people.contacts import CONTACT
from handlers.people.people import tell_contacts_of
from handlers.people.texts_invitation_lists import PASTED
from handlers.people.texts_invitation_lists import WANTED as ROSTER_WANTED
from handlers.progress.brief import WANTED, hear_brief
from handlers.reminders import texts_projects
from handlers.reminders.personal import tell_settings
from handlers.reminders.projects import asked_to_urge_project
from handlers.reminders.texts_escalation import ASKED as URGED
from handlers.reminders.texts_personal import MINE, SETTING
from handlers.reports import texts_sheets
from handlers.reports.codes import RecordVerb, Step
from handlers.reports.owed import show_own_unit
from handlers.reports.record_orders import CHECKS, RETURNS, WAITING, is_plain
from handlers.reports.texts_evidence import how_to_send
from handlers.reports.texts_lifecycle import WHO_IS_SILENT
from handlers.reports.texts_own_reports import ASKED
from handlers.reports.texts_resolutions import OPEN
from handlers.routing import order_lines as lines
from handlers.routing import texts_intents as texts
from handlers.routing import texts_orders_of_offices as offices
from handlers.routing import texts_orders_of_units as units
from handlers.routing.commands import is_name, run_line
from handlers.routing.decision import Intent
from handlers.routing.filled_orders import FILLED, filled_line
from handlers.routing.other_requests import surely
from handlers.routing.slots import filled
from handlers.routing.utterance import Utterance
from knowledge.language.pattern import Sign
from knowledge.reports.on_behalf import CAME, FOR, TAKE_DOWN, WISHED
from knowledge.standing.owners import OwnerState

OF_ANYTHING, ONE_WAY, CHANGE = 75, 80, 90
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


def _rest(line: str) -> str:
    return line.partition(" ")[2]


def _shown(
    name: str, shown: Sign, line: str, *, action: Action | None = None, score: int = ONE_WAY, groups: bool = False
) -> Order:
    """The same command for all that shows the sign."""
    return Order(
        name=name, line=lines.always(shown, line), samples=shown.examples, action=action, score=score, groups=groups
    )


ORDERS = (
    Order(name=texts.OWED, line=lines.owed_line, samples=units.OWED.examples, groups=True),
    Order(
        name=texts.NO_CHANGE,
        line=lines.always(units.NO_CHANGE, f"/report {Step.SAME}"),
        samples=units.NO_CHANGE.examples,
        surely=lambda said: units.NO_CHANGE.shows(said.cleaned) and units.ALL_OF_IT.shows(said.cleaned),
    ),
    Order(name=texts.WRONG, line=lines.wrong_line, samples=units.WRONG.examples),
    _shown(texts.WITHDRAW, units.WITHDRAW, f"/withdraw {RecordVerb.LAST}"),
    _shown(texts.START_REPORT, units.START_REPORT, "/report"),
    Order(name=texts.HISTORY, line=lines.history_line, samples=units.HISTORY.examples),
    _shown(texts.WHY_RETURNED, units.WHY_RETURNED, "/mine", score=CHANGE),
    _shown(texts.CHECK_ALL, units.CHECK_ALL, f"/check {RecordVerb.ALL}", score=CHANGE),
    Order(name=texts.OWN_CHECKED, line=lines.own_checked_line, samples=units.OWN_CHECKED.examples),
    Order(name=texts.CHECKED, line=lines.checked_line, samples=units.CHECKED.examples),
    Order(name=texts.ROSTER, line=lines.roster_line, samples=(*ROSTER_WANTED.examples, *PASTED.examples), score=CHANGE),
    _shown(texts.SETUP, SETUP_WANTED, "/setup"),
    _shown(texts.ABOUT, ABOUT_WANTED, "/about", groups=True),
    Order(
        name=texts.SUGGESTION,
        line=lines.suggestion_line,
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
        samples=tuple(example for shown, _ in ORDERS_OF_OWNERS for example in shown.examples),
    ),
    Order(name=texts.OWNER_ASKED, line=lines.owner_line, samples=ASKED_OWNER.examples),
    Order(
        name=texts.RECORD_ORDER,
        line=lines.record_line,
        samples=(*WAITING.examples, *CHECKS, *RETURNS),
        score=CHANGE,
        surely=lambda said: is_plain(lines.record_line(said)),
    ),
    Order(
        name=texts.SUPERVISION,
        line=lambda said: texts_supervision.order_line(said.cleaned),
        samples=(
            *texts_supervision.OFF.examples,
            *texts_supervision.ON.examples,
            *texts_supervision.LISTED.examples,
        ),
        score=CHANGE,
    ),
    Order(
        name=texts.SHEET,
        line=lines.sheet_line,
        samples=texts_sheets.WANTED.examples,
    ),
    Order(
        name=texts.ON_BEHALF,
        line=lines.behalf_line,
        samples=(*CAME.examples, *FOR.examples, *TAKE_DOWN.examples, *WISHED.examples),
        score=CHANGE,
    ),
    Order(
        name=texts.MARKS,
        line=lambda said: texts_marks.order_line(said.cleaned),
        samples=(*texts_marks.SIGNER.examples, *texts_marks.CITY_LEADER.examples),
        score=CHANGE,
    ),
    Order(
        name=texts.URGE_PROJECT,
        line=lambda said: asked_to_urge_project(said.cleaned, said.question_service, said.actor),
        samples=texts_projects.URGED.examples,
        score=CHANGE,
    ),
    _shown(texts.OWN_REMINDERS, MINE, "/reminders", groups=True),
    Order(
        name=texts.REMINDER_SETTINGS,
        line=lines.always(SETTING, "/remind"),
        run=lambda context, _line: tell_settings(context),
        samples=SETTING.examples,
        groups=True,
    ),
    _shown(texts.REMIND, offices.REMIND, "/remind"),
    Order(
        name=texts.CONTACTS,
        line=lines.contacts_line,
        run=lambda context, line: tell_contacts_of(context, _rest(line)),
        samples=CONTACT.examples,
    ),
    Order(name=texts.URGE, line=lines.urging_line, samples=URGED.examples),
    _shown(texts.PROBLEMS, OPEN, "/problems"),
    _shown(texts.OWN_REPORTS, ASKED, "/mine"),
    _shown(texts.WHO_REPORTED, offices.WHO_REPORTED, f"/ask {offices.REPORTED}", action=Action.SEE_PROGRESS),
    _shown(texts.STILL_SILENT, offices.STILL_SILENT, f"/ask {WHO_IS_SILENT}", action=Action.SEE_PROGRESS),
    Order(
        name=texts.BULLETIN,
        line=lambda said: bulletin_line(said.cleaned, said.now.date()),
        samples=(*DRAFTS.examples, *SHOWS.examples),
    ),
    Order(
        name=texts.BRIEF,
        line=lines.brief_line,
        run=lambda context, line: hear_brief(context, _rest(line)),
        samples=WANTED.examples,
        groups=True,
    ),
    Order(name=texts.MOVES, line=lines.of_what(offices.MOVES, "/moves"), samples=offices.MOVES.examples, groups=True),
    Order(
        name=texts.HALF_YEAR,
        line=lines.of_what(offices.HALF_YEAR, "/halfyear"),
        samples=offices.HALF_YEAR.examples,
        groups=True,
    ),
    Order(
        name=texts.OWN_UNIT,
        line=lines.own_unit_line,
        run=lambda context, _line: show_own_unit(context),
        samples=offices.OWN_UNIT.examples,
    ),
    Order(name=texts.PROGRESS_OF, line=lines.progress_line, samples=offices.PROGRESS_OF.examples, score=OF_ANYTHING),
    Order(name=texts.CHARGE_PROGRESS, line=lines.charge_line, samples=offices.CHARGE_PROGRESS.examples),
    _shown(texts.NO_OWNER, offices.NO_OWNER, f"/owners {OwnerVerb.LIST} {OwnerState.OPEN}"),
    *(
        Order(name=name, line=filled_line(shown, line), samples=shown.examples, score=CHANGE)
        for name, shown, line in FILLED
    ),
    _shown(texts.GAPS, offices.GAPS, "/gaps"),
    Order(
        name=texts.RULES,
        line=lambda said: filled("/rules", said) if offices.RULES.shows(said.cleaned) else None,
        samples=offices.RULES.examples,
    ),
    _shown(texts.UNBOUND, offices.UNBOUND, f"/units {UNBOUND}"),
    _shown(texts.EXPORT, offices.EXPORT, "/export", groups=True),
    Order(name=texts.ANNOUNCE, line=lines.announcement, samples=announcements.EXAMPLES),
    Order(name=texts.AWAY, line=lines.absence, samples=(*AWAY.examples, *BACK.examples)),
    Order(
        name=texts.HAND_OVER,
        line=lambda said: filled("/handover", said) if offices.HAND_OVER.shows(said.cleaned) else None,
        samples=offices.HAND_OVER.examples,
    ),
    Order(name=texts.CALENDAR, line=lines.calendar_line, samples=offices.CALENDAR.examples),
    Order(
        name=texts.PHOTOS,
        line=lines.always(offices.PHOTOS, "/evidence"),
        run=lambda context, _line: say(context, how_to_send()),
        action=Action.REPORT,
        samples=offices.PHOTOS.examples,
    ),
    Order(
        name=texts.BARE_COMMAND,
        line=lambda said: f"/{said.word}" if is_name(said.word) else None,
        samples=texts.OF_BARE_COMMAND,
    ),
    Order(name=texts.HOME, line=lines.always(WANTED_HOME, "/home"), samples=WANTED_HOME.examples),
    Order(name=texts.SENTENCE, line=lambda said: SENTENCES.get(said.word), samples=texts.OF_SENTENCE),
)
