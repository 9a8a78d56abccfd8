"""Orders that are told by what is said with them, and that the weights take for another."""

from handlers.access.policy import Action, may
from handlers.office.codes import OwnerVerb
from handlers.office.owner_orders import TAKEN_BACK
from handlers.office.texts_frequencies import SET
from handlers.routing import texts_intents as names
from handlers.routing.order_lines import LineOf
from handlers.routing.slots import filled
from handlers.routing.utterance import Utterance
from knowledge.language.pattern import Sign
from knowledge.plan.key import EntryKind
from knowledge.standing.owners import OwnerState


def owner_to_take_back(said: Utterance) -> str:
    """The page of the target that is named, else of what was spoken of, else the list to choose from."""
    page = filled("/owners", said)
    last = said.spoken_of() if page == "/owners" else None
    if last and last.kind is EntryKind.TARGET:
        return f"/owners {OwnerVerb.OF} {last.task} {last.name}"
    return page if page != "/owners" else f"/owners {OwnerVerb.LIST} {OwnerState.CONFIRMED}"


def _frequency(said: Utterance) -> str | None:
    """Of who may change no card it is something else."""
    line = filled("/frequency", said) if may(said.actor, Action.EDIT_CARD) else "/frequency"
    return line if line != "/frequency" else None


FILLED: tuple[tuple[str, Sign, LineOf], ...] = (
    (names.OWNERS, TAKEN_BACK, owner_to_take_back),
    (names.FREQUENCY, SET, _frequency),
)
"""The order's name, the sign of it, and the command's line; None where the words lack what makes them the order."""


def filled_line(shown: Sign, line: LineOf) -> LineOf:
    return lambda said: line(said) if shown.shows(said.cleaned) else None
