"""No window is ever exceeded, replies go first, and nobody waits for ever."""

import heapq
from dataclasses import dataclass, field, replace
from itertools import count
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace import GENERAL, LOOPBACK, PATIENCE, REPLY, TELEGRAM, Pace, QueuedMessage, Turns, Window
from storage.outbox import MANNERS

BULK = 3
GROUP = -5


@dataclass(frozen=True)
class Wish:
    at: float
    chat: int = 1
    priority: int = REPLY
    latency: float = 0.05
    """Seconds until the answer is back."""
    arrives: float = 0.5
    """When within them the server counts the message."""
    gives_up: float = inf
    """After how many seconds of waiting it is cancelled."""


@dataclass
class Run:
    """Wishes on a fake clock: what was sent when, and when the server counted it."""

    pace: Pace
    sent: dict[Wish, float] = field(default_factory=dict)
    counted: dict[Wish, float] = field(default_factory=dict)
    turns: Turns = field(init=False)
    most: int = 0

    def __post_init__(self) -> None:
        self.turns = Turns(self.pace)

    def go(self, wishes: list[Wish]) -> "Run":
        order = count()
        events: list[tuple[float, int, str, QueuedMessage | None, Wish | None]] = []
        waiting: dict[QueuedMessage, Wish] = {}

        def put(at: float, what: str, turn: QueuedMessage | None = None, wish: Wish | None = None) -> None:
            heapq.heappush(events, (at, next(order), what, turn, wish))

        for one in wishes:
            put(one.at, "come", None, one)
        look = inf
        while events:
            now, _, what, turn, wish = heapq.heappop(events)
            if what == "come" and wish:
                turn = QueuedMessage(wish.chat, wish.priority)
                waiting[turn] = wish
                self.turns.enter(turn, now)
                if wish.gives_up < inf:
                    put(now + wish.gives_up, "give up", turn)
            elif what == "give up" and turn in waiting:
                del waiting[turn]
                self.turns.leave(turn)
            elif what == "answer" and turn:
                self.turns.answered(turn, now)
            while turn := self.turns.grant(now):
                sent = waiting.pop(turn)
                self.sent[sent] = now
                self.counted[sent] = now + sent.latency * sent.arrives
                put(now + sent.latency, "answer", turn)
            self.most = max(self.most, self.turns.remembered())
            opens = self.turns.opens_at(now)
            assert opens > now
            if opens < look or look <= now:
                look = opens
                if opens < inf:
                    put(opens, "look")
        assert not waiting
        return self

    def busiest(self, chat: int | None = None, *, seconds: float) -> int:
        """The most messages that the server counted within any such time."""
        times = sorted(at for wish, at in self.counted.items() if chat in {None, wish.chat})
        ends = [sum(start <= at < start + seconds - 1e-9 for at in times) for start in times]
        return max(ends, default=0)


wishes = st.lists(
    st.builds(
        Wish,
        at=st.floats(0, 20),
        chat=st.sampled_from([1, 2, 3, 4, GROUP, *range(10, 60)]),
        priority=st.integers(0, BULK),
        latency=st.floats(0, 0.7),
        arrives=st.floats(0, 1),
        gives_up=st.sampled_from([inf, inf, inf, 0.0, 0.3]),
    ),
    max_size=150,
    unique=True,
)


@settings(max_examples=60)
@given(wishes)
def test_no_window_of_a_chat_is_ever_exceeded_however_slow_the_server(found: list[Wish]) -> None:
    run = Run(TELEGRAM).go(found)
    for chat in {wish.chat for wish in found}:
        assert run.busiest(chat, seconds=60 if chat < 0 else 1) <= (20 if chat < 0 else 1)


@settings(max_examples=60)
@given(wishes, st.floats(0, TELEGRAM.slack))
def test_the_window_over_all_is_never_exceeded_within_the_jitter_allowed(found: list[Wish], jitter: float) -> None:
    found = [replace(wish, latency=min(wish.latency, jitter), at=wish.at / 10) for wish in found]
    assert Run(replace(TELEGRAM, private=None)).go(found).busiest(seconds=1) <= 30


def test_a_burst_is_spread_evenly() -> None:
    run = Run(TELEGRAM).go([Wish(0, chat=chat, priority=BULK) for chat in range(1, 300)])
    times = sorted(run.sent.values())
    assert run.busiest(seconds=0.2) <= 0.2 * 29 + 2
    assert times[-1] < 299 / 29 * 1.05


def test_bulk_leaves_one_a_second_for_replies() -> None:
    bulk = [Wish(0, chat=chat, priority=BULK) for chat in range(100, 400)]
    asked = [Wish(0.5 + 1.1 * number, chat=number + 1) for number in range(9)]
    run = Run(TELEGRAM).go(bulk + asked)
    assert [run.sent[one] - one.at for one in asked] == [0.0] * 9


def test_replies_go_before_what_is_waiting_and_among_equals_the_first_is_first() -> None:
    pace = replace(TELEGRAM, overall=Window(2, 1.0))
    late = Wish(0.5, chat=50)
    bulk = [Wish(0.0, chat=chat, priority=BULK) for chat in range(1, 6)]
    order = sorted((run := Run(pace).go([*bulk, late])).sent, key=run.sent.__getitem__)
    assert order == [bulk[0], late, *bulk[1:]]


def test_many_replies_starve_nobody() -> None:
    replies = [Wish(number / 36, chat=number + 1) for number in range(36 * 12)]
    patient = Wish(2.0, chat=9999, priority=1)
    run = Run(TELEGRAM).go([*replies, patient])
    assert PATIENCE[1] < run.sent[patient] - patient.at < PATIENCE[1] + 2


def test_one_busy_chat_holds_up_no_other() -> None:
    busy = [Wish(0.0, chat=1, priority=1, latency=0.01 + number / 1000) for number in range(20)]
    other = [Wish(0.0, chat=chat, priority=2) for chat in range(2, 20)]
    run = Run(TELEGRAM).go(busy + other)
    assert max(run.sent[one] for one in other) < 1


def test_a_chat_that_was_refused_waits_and_others_do_not() -> None:
    run = Run(TELEGRAM)
    run.turns.refused(1, 5, 0.0)
    held, other = Wish(0.0, chat=1), Wish(0.0, chat=2)
    run.go([held, other])
    assert run.sent == {other: 0.0, held: 5.0}


def test_where_several_chats_are_refused_at_once_everything_waits() -> None:
    run = Run(TELEGRAM)
    for chat in range(1, GENERAL + 1):
        run.turns.refused(chat, 7, 0.5)
    other = Wish(1.0, chat=99)
    assert run.go([other]).sent[other] == 7.5


def test_a_server_whose_time_runs_faster_is_sent_more() -> None:
    run = Run(replace(TELEGRAM, second=0.1)).go([Wish(0.0, chat=1, latency=0.0) for _ in range(1)])
    run.turns.refused(1, 5, 0.0)
    later = Wish(0.0, chat=1, priority=1)
    assert run.go([later]).sent[later] == pytest.approx(0.5)


def test_on_loopback_a_chat_is_answered_as_fast_as_it_asks() -> None:
    run = Run(LOOPBACK).go([Wish(0.0, latency=0.001 * number) for number in range(1, 20)])
    assert set(run.sent.values()) == {0.0}


def test_memory_stays_small() -> None:
    run = Run(TELEGRAM).go([Wish(number / 20, chat=number + 1, priority=1) for number in range(2000)])
    assert run.most < 100


def test_every_kind_of_message_has_its_patience() -> None:
    assert {manner.priority for manner in MANNERS.values()} == set(range(1, len(PATIENCE)))
