"""What words likely mean that no order's own sign has taken: a sentence that works, with the command that it is.

What is surely meant is opened, its page or its card, and nothing is done by it; what is likely meant is offered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.access.policy import Action, may
from handlers.broadcast.bulletin_requests import kind_named
from handlers.broadcast.codes import BulletinVerb
from handlers.home.texts_more import LINES as MENU
from handlers.home.texts_more import SENTENCES
from handlers.office.codes import OwnerVerb
from handlers.people.codes import UNBOUND, PersonVerb
from handlers.reports.codes import RecordVerb
from handlers.reports.texts_lifecycle import WHO_IS_SILENT
from handlers.routing import texts_likely_orders as texts
from handlers.routing.filled_orders import owner_to_take_back
from handlers.routing.slots import filled, units_said
from handlers.routing.texts_orders import REPORTED
from handlers.routing.utterance import Utterance
from handlers.services.report_reader import subjects_named
from handlers.texts.reply import Button
from knowledge.standing.owners import OwnerState

SURE, SURER, LIKELY = 0.6, 0.8, 0.15
"""How probable the one order must be that is opened, also where the words can be answered as a question, and all
together to be offered where they can't. Of sentences held out, 94 of 100 orders are above the first, fewer than one of
them another. Of what people say in the middle of a month's work, four fifths are above the last, and a sixth of what
is none. Of what is above the second one of 500 is another order: nothing is said of how it was understood."""
PLAIN = 0.9
"""So probable, words are as good as the sentence itself: also in groups, of who has no role, and where a figure is
asked for."""
_CANDIDATES, _MOST = 5, 3
_OFFERED = 0.15
"""The share of all orders' probability that one must have to be offered."""
_NOT_OWN = 0.2
"""What is another's to give counts so much less: of what heads say, 过目 is rarely 核实."""


@dataclass(frozen=True, slots=True)
class LikelyOrder:
    said: str
    """The sentence that means it."""
    line: str
    """The command, with what the words name."""
    probability: float
    own: bool
    """Whether the speaker may give it."""

    @property
    def button(self) -> Button:
        return Button(self.said, self.line)


def likely_orders(said: Utterance) -> tuple[LikelyOrder, ...]:
    """The likeliest few, as this person may give them; what is no order takes its share. A visitor gives none."""
    if said.actor.member is None:
        return ()
    shares = {one.label: one.probability * (1 if _is_own(said, one.label) else _NOT_OWN) for one in said.likelihoods}
    whole = sum(shares.values())
    ranked = sorted(((share / whole, label) for label, share in shares.items() if label in _LINES), reverse=True)
    lines = ((probability, label, _line(label, said)) for probability, label in ranked[:_CANDIDATES])
    return tuple(
        LikelyOrder(label, line, probability, own=_is_own(said, label)) for probability, label, line in lines if line
    )


def sure_order(said: Utterance, at_least: float = SURE) -> LikelyOrder | None:
    """The one that is meant, if any is."""
    found = likely_orders(said)
    return found[0] if found and found[0].probability >= at_least else None


def plain_order(said: Utterance) -> LikelyOrder | None:
    """What words plainly are, whoever may give it."""
    first = said.likelihoods[0]
    line = line_of(first.label, said) if first.probability >= PLAIN else None
    return LikelyOrder(first.label, line, first.probability, own=_is_own(said, first.label)) if line else None


def offers(said: Utterance) -> tuple[Button, ...]:
    """Those that may be meant, where something likely is."""
    found = likely_orders(said)
    whole = sum(one.probability for one in found)
    near = (one.button for one in found[:_MOST] if one.probability >= _OFFERED * whole)
    return tuple(near) if whole >= LIKELY else ()


def probability_of(said: Utterance, *labels: str) -> float:
    """How probable it is that words are one of these, which are no orders."""
    return sum(one.probability for one in said.likelihoods if one.label in labels)


def line_of_label(label: str) -> str | None:
    """The command of the order, before the words name anything; None where the label is no order."""
    line = _LINES.get(label)
    return f"/ask {label}" if callable(line) else line


def line_of(label: str, said: Utterance) -> str | None:
    """The command of the order, with what the words name; None where the label is no order."""
    return _line(label, said) if label in _LINES else None


def sentence_line(said: Utterance) -> str | None:
    """The command, where the words are a sentence of the menu or the name of one of its buttons."""
    line = MENU.get(said.word)
    return (line_of(said.word, said) or line) if line else None


def _is_own(said: Utterance, label: str) -> bool:
    action = _ACTIONS.get(label)
    return action is None or may(said.actor, action)


def _line(label: str, said: Utterance) -> str | None:
    line = _LINES[label]
    return line(said) if callable(line) else filled(line, said)


def _progress_of(said: Utterance) -> str | None:
    """Of the one thing that is named; of several, or of none, and of who sees no progress, it is a question."""
    if not may(said.actor, Action.SEE_PROGRESS):
        return None
    named = tuple(one.name for one in subjects_named(said.question_service, said.cleaned)) or units_said(said)
    return f"/ask {named[0]}进展怎么样" if len(named) == 1 else None


def _owner_of(said: Utterance) -> str | None:
    """Of who sees no progress it is a question of the plan."""
    return filled(f"/owners {OwnerVerb.WHO}", said) if may(said.actor, Action.SEE_PROGRESS) else None


def _owed_by(said: Utterance) -> str:
    """Where none is named, those that have not reported are meant; who may press a unit sees whom it can be pressed."""
    units = units_said(said)
    if len(units) == 1 and may(said.actor, Action.NUDGE):
        return f"/ask {units[0]}还有哪些没报"
    return filled("/owed", said) if units else f"/ask {WHO_IS_SILENT}"


def _urged(said: Utterance) -> str:
    """Of nobody in particular all are pressed, where that is the word; the others are seen first."""
    presses = texts.PRESSES.shows(said.cleaned)
    return filled("/urge", said) if units_said(said) or presses else f"/ask {WHO_IS_SILENT}"


def _wrong(said: Utterance) -> str | None:
    """Said by whoever reports nothing, 刚才那个不对 is of the bot's own answer."""
    return f"/withdraw {RecordVerb.WRONG}" if may(said.actor, Action.REPORT) else None


def _withdrawn(said: Utterance) -> str:
    line = filled("/withdraw", said)
    return f"/withdraw {RecordVerb.LAST}" if line == "/withdraw" else line


def _calendar(said: Utterance) -> str:
    """The office's is of all that is sent, anybody else's of what they get."""
    return filled("/calendar", said) if may(said.actor, Action.SET_RHYTHM) else "/remind"


def _draft(said: Utterance) -> str:
    return filled(f"/bulletin {BulletinVerb.DRAFT} {kind_named(said.cleaned)}", said)


LikelyLine = str | Callable[[Utterance], str | None]
_UNLISTED: Mapping[str, tuple[LikelyLine, Action | None]] = {
    texts.UNIT_REPORTED: (_owed_by, Action.SEE_PROGRESS),
    texts.WRONG: (_wrong, Action.WITHDRAW),
    texts.WITHDRAW: (_withdrawn, Action.WITHDRAW),
    texts.HELD: ("/approve", Action.APPROVE),
    texts.CHECK_ALL: (f"/check {RecordVerb.ALL}", Action.CHECK),
    texts.WHO_REPORTED: (f"/ask {REPORTED}", Action.SEE_PROGRESS),
    texts.URGE: (_urged, Action.NUDGE),
    texts.URGE_ALL: (_urged, Action.SEE_PROGRESS),
    texts.URGE_PROJECT: ("/urgeproject", Action.URGE_PROJECT),
    texts.PROGRESS_OF: (_progress_of, Action.SEE_PROGRESS),
    texts.SETTLED: ("/problems", Action.SETTLE_PROBLEM),
    texts.DRAFT: (_draft, Action.PUBLISH),
    texts.MOVES: ("/moves", Action.SEE_PROGRESS),
    texts.HALF_YEAR: ("/halfyear", Action.SEE_PROGRESS),
    texts.REMIND_ME: ("/reminders", Action.SUBSCRIBE),
    texts.BACK: (f"/away {PersonVerb.BACK}", Action.AWAY),
    texts.UNBOUND: (f"/units {UNBOUND}", Action.SEE_PEOPLE),
    texts.SIGNER: ("/signer", Action.NAME_SIGNER),
    texts.CITY_LEADER: ("/people", Action.MARK_PERSON),
    texts.GAPS: ("/gaps", Action.SEE_GAPS),
    texts.OWNER_OPEN: (f"/owners {OwnerVerb.LIST} {OwnerState.OPEN}", Action.SEE_GAPS),
    texts.PROPOSE: (f"/owners {OwnerVerb.PROPOSE}", Action.EDIT_CARD),
    texts.CONSULT: (f"/owners {OwnerVerb.SEND}", Action.EDIT_CARD),
    texts.SET_OWNER: ("/owners", Action.EDIT_CARD),
    texts.DROP_OWNER: (owner_to_take_back, Action.EDIT_CARD),
    texts.WHO_OWNS: (_owner_of, Action.SEE_PROGRESS),
    texts.FREQUENCY: ("/frequency", Action.EDIT_CARD),
    texts.DEADLINE: ("/rules", Action.SET_RHYTHM),
    texts.CALENDAR: (_calendar, Action.SUBSCRIBE),
    texts.HOME: ("/home", None),
}
_LINES: Mapping[str, LikelyLine] = {one.said: one.line or f"/ask {one.said}" for one in SENTENCES} | {
    label: line for label, (line, _) in _UNLISTED.items()
}
_ACTIONS = {one.said: one.action for one in SENTENCES} | {label: action for label, (_, action) in _UNLISTED.items()}
