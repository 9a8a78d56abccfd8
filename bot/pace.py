"""How fast a token may send, and in which order: values, and the turns that follow from them. No waiting, no clock.

Telegram counts in sliding windows: at no moment may the last second hold more than 30 messages. It counts a message
when it arrives there, which is some time between its sending and its answer. So a chat's place in a window is taken
until a window after the answer; in the window over all, where that would cost the round trip's share of the rate, until
a window after the answer or after `slack`, whichever is first.

Replies take a place as soon as there is one. All else is spread evenly over fewer places: one is kept for replies, and
part of another makes up for a machine that is busy for a moment.
"""

from bisect import insort
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from math import inf

REPLY = 0
"""The priority of an answer to what somebody just did; those of the outbox are in storage.outbox.MANNERS."""
PATIENCE = (0.0, 5.0, 20.0, 60.0)
"""By priority: after this many seconds of waiting a message goes before a reply that comes only now."""

GENERAL = 3
"""So many chats refused within a second: the limit of the token is used up. One or two may have been bad luck."""
CATCH_UP = 6
"""How many messages a busy machine may be behind with and still make up for it, at twice the pace."""


@dataclass(frozen=True, slots=True)
class Window:
    most: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    overall: Window = Window(30, 1.0)
    private: Window | None = Window(1, 1.0)
    group: Window | None = Window(20, 60.0)
    kept: int = 1
    """Of `overall`, places that only replies may take."""
    spare: float = 0.75
    """Of `overall`, what an even stream leaves free, so that it can make up for a moment's delay."""
    slack: float = 0.02
    """Seconds after which a message counts as arrived, though it is not answered yet."""
    second: float = 1.0
    """How long one of Telegram's seconds lasts, for servers whose time runs faster."""


TELEGRAM = Pace()
LOOPBACK = Pace(private=None, group=None)
"""For the playground's server, which refuses nobody unless it is told to."""


@dataclass(slots=True, eq=False)
class QueuedMessage:
    """One message's way through the limiter."""

    chat: int
    priority: int
    due: float = 0.0
    """By this the waiting ones are ordered: when it came, and its patience."""


@dataclass(slots=True)
class Sliding:
    """The places of one window."""

    window: Window
    slack: float
    """Seconds until a message counts as arrived; inf: when it is answered."""
    _ends: dict[QueuedMessage, float] = field(default_factory=dict)

    def take(self, turn: QueuedMessage, now: float) -> None:
        self._ends[turn] = now + self.slack + self.window.seconds

    def answered(self, turn: QueuedMessage, now: float) -> None:
        if turn in self._ends:
            self._ends[turn] = min(self._ends[turn], now + self.window.seconds)

    def free_at(self, now: float) -> float:
        """When there is a place; inf: only after an answer."""
        self._drop(now)
        short = len(self._ends) - self.window.most
        return now if short < 0 else sorted(self._ends.values())[short]

    def empty(self, now: float) -> bool:
        self._drop(now)
        return not self._ends

    def _drop(self, now: float) -> None:
        if any(end <= now for end in self._ends.values()):
            self._ends = {turn: end for turn, end in self._ends.items() if end > now}


class Turns:
    """Who may send next. Every method is told the time, in seconds that only grow."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        slack, rest = pace.slack * pace.second, max(1, pace.overall.most - pace.kept)
        self._overall = Sliding(_scaled(pace.overall, pace), slack)
        self._bulk = Sliding(_scaled(replace(pace.overall, most=rest), pace), slack)
        """The places of what is no reply: not all of them, so that a reply finds one."""
        self._gap = self._bulk.window.seconds / (rest - pace.spare)
        self._next_bulk = -inf
        """When an even stream has its next message."""
        self._last_bulk = -inf
        self._chats: OrderedDict[int, Sliding] = OrderedDict()
        self._held: dict[int, float] = {}
        """Until when a chat takes nothing."""
        self._all_held = -inf
        self._refused: dict[int, float] = {}
        """When chats were refused within the last second."""
        self._waiting: list[QueuedMessage] = []

    def enter(self, turn: QueuedMessage, now: float) -> None:
        turn.due = now + PATIENCE[turn.priority] * self._pace.second
        insort(self._waiting, turn, key=lambda one: one.due)

    def leave(self, turn: QueuedMessage) -> None:
        """It does not want to send any more."""
        self._waiting.remove(turn)

    def grant(self, now: float) -> QueuedMessage | None:
        """The next that may send now; `answered` is to be called once it has, whatever came of it."""
        openings = self._openings(now)
        for place, turn in enumerate(self._waiting):
            if self._opens_to(turn, now, openings) <= now:
                del self._waiting[place]
                self._take(turn, now)
                return turn
        return None

    def opens_at(self, now: float) -> float:
        """When the next `grant` may succeed; inf: only after another call."""
        openings = self._openings(now)
        return min((self._opens_to(turn, now, openings) for turn in self._waiting), default=inf)

    def answered(self, turn: QueuedMessage, now: float) -> None:
        self._overall.answered(turn, now)
        self._bulk.answered(turn, now)
        if chat := self._chats.get(turn.chat):
            chat.answered(turn, now)

    def refused(self, chat: int, seconds: float, now: float) -> None:
        """Telegram wants `seconds` of its own without a message to this chat.

        It does not say whose limit is used up: where several chats are refused within a second, it is the token's.
        """
        until = now + seconds * self._pace.second
        self._held = {one: end for one, end in self._held.items() if end > now} | {chat: until}
        self._refused = {one: at for one, at in self._refused.items() if now - at <= self._pace.second} | {chat: now}
        if len(self._refused) >= GENERAL:
            self._all_held = max(self._all_held, until)

    def crowd(self, now: float) -> int:
        """How many wait only because others are sending: those whose own chat is free."""
        return sum(self._chat_opens(turn.chat, now) <= now for turn in self._waiting)

    def remembered(self) -> int:
        """How many chats are kept in mind."""
        return len(self._chats) + len(self._held)

    def _openings(self, now: float) -> tuple[float, float]:
        """When the token may send a reply, and when anything else, which is spread evenly."""
        reply = max(self._all_held, self._overall.free_at(now))
        return reply, max(reply, self._next_bulk, self._last_bulk + self._gap / 2, self._bulk.free_at(now))

    def _opens_to(self, turn: QueuedMessage, now: float, openings: tuple[float, float]) -> float:
        """Whoever has waited for longer than its patience goes like a reply: many replies starve nobody."""
        reply, bulk = openings
        ours = reply if turn.priority == REPLY else max(reply, min(bulk, turn.due))
        return max(ours, self._chat_opens(turn.chat, now))

    def _chat_opens(self, chat: int, now: float) -> float:
        sent = self._chats.get(chat)
        return max(self._held.get(chat, now), sent.free_at(now) if sent else now)

    def _take(self, turn: QueuedMessage, now: float) -> None:
        self._overall.take(turn, now)
        if turn.priority != REPLY:
            self._bulk.take(turn, now)
            late = now - self._next_bulk
            self._next_bulk = (self._next_bulk if late <= CATCH_UP * self._gap else now) + self._gap
            self._last_bulk = now
        if window := self._pace.group if turn.chat < 0 else self._pace.private:
            self._forget(now)
            self._chats.setdefault(turn.chat, Sliding(_scaled(window, self._pace), inf)).take(turn, now)

    def _forget(self, now: float) -> None:
        """Look at two chats for each that sends, and drop those whose window is empty again: so they never pile up."""
        for _ in range(min(2, len(self._chats))):
            chat, sent = self._chats.popitem(last=False)
            if not sent.empty(now):
                self._chats[chat] = sent


def _scaled(window: Window, pace: Pace) -> Window:
    return Window(window.most, window.seconds * pace.second)
