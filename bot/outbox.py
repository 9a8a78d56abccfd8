"""Delivery of the outbox: claim a few rows, send each in its turn, write down what became of them, and again.

Few rows are held at once: an urgent one need not wait behind many, and a crash leaves few in doubt. All statements are
made by one loop, a transaction a round; the messages go out beside each other, those to one chat one by one.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.channel import AccountError, AwayError, Channel, MovedError, ThrottledError, UndeliverableError
from bot.error_number import kind_of
from bot.limiter import SendLimiter
from bot.retry import StoppedError, backoff
from bot.send_outcome import Failed, Fate, Later, MovedTo, Sent, Unknown, record, report
from handlers.broadcast.delivery_failures import tell_unreachable
from handlers.chat.degradation import degrade
from handlers.chat.outgoing import Send
from handlers.services.clock import PlanClock, machine_now
from storage import claims
from storage.claims import Claim
from storage.database import UNAVAILABLE, Database
from storage.outbox import MANNERS, DeliveryReason, OutboxKind
from storage.workers import Worker

HAND_SECONDS = 0.3
"""So long the messages last that wait for the token's limit; those that wait for their own chat come on top."""
CHATS_AT_ONCE = 48
GATHER_SECONDS = 0.1
"""Of the server's: how long after a round the next begins at the earliest, so that it has several results to write."""
POLL_SECONDS = 5.0
"""How long at most until a row that another process enqueued, or left behind, is seen."""
SET_BACK_SECONDS = 1.0
"""The machine's clock was set back, where it lost more than this against the event loop's, which only runs forward."""
VISIT_SECONDS = 60.0
"""How long after somebody was answered something more may be sent there, by a channel that cannot write first."""
LAST_ATTEMPTS = 3
"""How often, at the end, the last results are written while the database is away."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one transaction is to do."""

    fates: Sequence[tuple[Claim, Fate]]
    room: int
    busy: Collection[int]
    only: Collection[int] | None
    """The chats that may be sent to; None: all."""
    held: Collection[int]
    """Rows in hand: claimed, and not written down what became of them before this round."""
    sweep: bool
    """Whether to look after what expired and what dead workers left."""
    set_back: bool
    """Whether the machine's clock was set back since the last round."""
    now: datetime
    plan_now: datetime


@dataclass(frozen=True, slots=True)
class Found:
    claims: tuple[Claim, ...]
    more: bool
    """Whether there may be more to send now."""
    wait: float = POLL_SECONDS
    """Seconds until the next row is due."""


class OutboxSender:
    """Sends what the outbox holds, until the program stops. The limiter must be stopped then, too."""

    def __init__(
        self,
        channel: Channel,
        database: Database,
        limiter: SendLimiter,
        clock: PlanClock,
        worker: Worker,
        stop: asyncio.Event,
    ) -> None:
        self._channel = channel
        self._database = database
        self._limiter = limiter
        self._clock = clock
        self._worker = worker
        self._stop = stop
        self._hand = max(1, round(HAND_SECONDS * limiter.rate))
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        """Nothing is to be sent now."""
        self._more = True
        self._fates: list[tuple[Claim, Fate]] = []
        """What became of messages and is not written down yet."""
        self._held: set[int] = set()
        """Rows that were claimed and are not written down yet."""
        self._lost: set[int] = set()
        """Numbers this worker had before and whose rows are still under them."""
        self._busy: dict[int, asyncio.Task[None]] = {}
        """By chat: who is bringing it its messages."""
        self._visits: dict[int, float] = {}
        """By chat: until when, by the event loop's time, it may be sent to by a channel that cannot write first."""
        self._ahead = float("-inf")
        """By how many seconds the machine's clock was ahead of the event loop's in the last round."""
        self._swept = float("-inf")
        self._due = float("-inf")
        """When, by the event loop's time, the next row is due."""
        self._outage: Iterator[float] | None = None
        self._away_until = float("-inf")
        """Nothing is claimed before this time of the event loop: the server cannot be reached."""

    def knock(self) -> None:
        """There may be something to send now."""
        self._more = True
        self._idle.clear()
        self._wake.set()

    def visit(self, chat: int) -> None:
        """Somebody has written there and was answered: what was kept for them can be sent."""
        if not self._channel.capabilities.proactive:
            self._visits[chat] = _loop_time() + VISIT_SECONDS
            self.knock()

    def _open_chats(self, now: float) -> Collection[int] | None:
        """The chats that may be sent to; None: all."""
        if self._channel.capabilities.proactive:
            return None
        self._visits = {chat: until for chat, until in self._visits.items() if until > now}
        return tuple(self._visits)

    async def _catch_up(self) -> None:
        """The plan's clock was shifted: send what is due by now, for as long as somebody may wait to see it."""
        self.knock()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), POLL_SECONDS)

    async def run(self) -> None:
        """Work until the program stops; then finish what is on the wire, and put back what is not."""
        self._clock.watch(self._catch_up)
        stopping = asyncio.create_task(self._knock_at_the_end())
        waits = backoff()
        try:
            while not self._stop.is_set():
                try:
                    wait = await self._round()
                except Exception as error:
                    _log(error)
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._stop.wait(), next(waits))
                else:
                    waits = backoff()
                    if not (self._busy or self._more or self._fates):
                        self._idle.set()
                    await self._rest(wait)
            await self._finish()
        finally:
            stopping.cancel()
            await asyncio.to_thread(self._worker.close)

    async def _knock_at_the_end(self) -> None:
        await self._stop.wait()
        self.knock()

    async def _rest(self, seconds: float) -> None:
        began = _loop_time()
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            self._more = True
        else:
            await asyncio.sleep(began + self._limiter.real(GATHER_SECONDS) - _loop_time())
        self._wake.clear()

    async def _round(self) -> float:
        """Write down what became of messages and claim new ones; how long to wait unless something happens."""
        await asyncio.sleep(0)  # those who were just sent out are now at the limiter
        now = _loop_time()
        sweep, room = now - self._swept >= POLL_SECONDS, self._room(now)
        if not (sweep or room or self._fates):
            return self._wait(now)
        await self._stand()
        fates = tuple(self._fates)
        self._more = False if room else self._more
        machine = machine_now()
        ahead = machine.timestamp() - _loop_time()
        round_ = Round(
            fates=fates,
            room=room,
            busy=tuple(self._busy),
            only=self._open_chats(now),
            held=tuple(self._held),
            sweep=sweep,
            set_back=ahead < self._ahead - SET_BACK_SECONDS,
            now=machine,
            plan_now=self._clock.now(),
        )
        found = await self._database.run(_transact, round_, self._worker)
        self._ahead = ahead
        del self._fates[: len(fates)]
        self._held.difference_update(letter.id for letter, _ in fates)
        self._held.update(letter.id for letter in found.claims)
        self._more |= found.more
        if found.more and not found.claims:
            self._wake.set()  # nobody else will, and the next may be for somebody who can be reached
        self._swept = now if sweep else self._swept
        chats = defaultdict(list)
        for claim in found.claims:
            chats[claim.chat].append(claim)
        for chat, letters in chats.items():
            self._busy[chat] = asyncio.create_task(self._bring(chat, letters))
        if room:
            self._due = now + found.wait
        return self._wait(_loop_time())

    def _wait(self, now: float) -> float:
        """How long to wait unless something happens: until a row is due, or the server is to be tried again."""
        return min([POLL_SECONDS, *(then - now for then in (self._due, self._away_until) if then > now)])

    def _room(self, now: float) -> int:
        """How many rows to claim: none while enough wait, so that several are claimed at once."""
        room = min(self._hand - self._limiter.crowd(), self._hand + CHATS_AT_ONCE - len(self._busy))
        ready = self._more and now >= self._away_until and not self._stop.is_set()
        return room if ready and room >= self._hand // 2 else 0

    async def _stand(self) -> None:
        before = await asyncio.to_thread(self._worker.stand)
        if before is not None:
            log.warning("lock lost", worker=self._worker.number)
            self._lost.add(before)
        if self._lost:
            await self._database.run(claims.adopt, old=self._lost, new=self._worker.number)
            self._lost.clear()

    async def _bring(self, chat: int, letters: Sequence[Claim]) -> None:
        """A chat's messages, in order: what follows one that did not arrive waits for it."""
        for place, letter in enumerate(letters):
            fate = await self._send(letter)
            self._fates.append((letter, fate))
            self._wake.set()
            if not isinstance(fate, Sent):
                after = Later(fate.seconds if isinstance(fate, Later | Unknown) else 0.0)
                self._fates += [(left, after) for left in letters[place + 1 :]]
                break
        del self._busy[chat]
        self.knock()

    async def _send(self, letter: Claim) -> Fate:
        """What becomes of a letter, however many messages the channel needs for it."""
        message = Send(chat=letter.chat, text=letter.text, keyboard=letter.keyboard, thread=letter.thread)
        try:
            first, *others = degrade(message, self._channel.capabilities, chat=letter.chat)
        except Exception as error:  # whoever brings the chat its other letters must not end by it
            _log(error, row=letter.id)
            return Failed(DeliveryReason.BROKEN)
        fate = await self._attempt(letter, first)
        for other in others:
            if not isinstance(fate, Sent) or fate.message is None:
                return fate
            fate = await self._attempt(letter, other)
            if isinstance(fate, Sent):
                fate = Sent(fate.message, whole=False)
            elif isinstance(fate, Later):
                fate = Unknown(fate.seconds)
        return fate

    async def _attempt(self, letter: Claim, message: Send) -> Fate:
        try:
            async with self._limiter.turn(letter.chat, MANNERS[letter.kind].priority):
                if self._more:
                    self._wake.set()  # there is room again
                if letter.expires_at is not None and letter.expires_at <= machine_now():
                    return Later()
                recalls = letter.kind is OutboxKind.RECALL
                sent = await (self._take_back(letter, message) if recalls else self._say(message))
        except StoppedError:
            return Later()
        except ThrottledError as error:
            return Later(self._limiter.real(error.seconds))
        except MovedError as error:
            return MovedTo(error.chat)
        except UndeliverableError as error:
            log.info("refused", row=letter.id, kind=letter.kind.value, reason=error.reason.value)
            return Failed(error.reason)
        except AccountError:  # the poll finds it out too, and stops the program
            return Later(self._away())
        except AwayError as error:
            wait = self._away()
            log.warning("server away", row=letter.id, error=str(error), wait=wait)
            return Later(wait) if error.unsent else Unknown(wait)
        except Exception as error:
            _log(error, row=letter.id)
            return Failed(DeliveryReason.BROKEN)
        self._outage = None
        return Sent(sent)

    async def _say(self, message: Send) -> int:
        return await self._channel.send(message.chat, message.text, keyboard=message.keyboard, thread=message.thread)

    async def _take_back(self, letter: Claim, message: Send) -> int | None:
        """Delete the message; where that is not possible any more, it is said that it no longer holds."""
        if letter.target is not None and await self._channel.delete(letter.chat, letter.target):
            return None
        return await self._say(message)

    def _away(self) -> float:
        """The server cannot be reached: seconds until it is tried again. Failures of the same moment count as one."""
        now = _loop_time()
        if now >= self._away_until:
            self._outage = self._outage or backoff()
            self._away_until = now + next(self._outage)
        return self._away_until - now

    async def _finish(self) -> None:
        await asyncio.gather(*self._busy.values())
        for wait, _ in zip(backoff(), range(LAST_ATTEMPTS), strict=False):
            try:
                await self._round()
            except UNAVAILABLE as error:
                log.warning("storage away", error=type(error).__name__, wait=wait)
                await asyncio.sleep(wait)
            else:
                return


def _transact(session: Session, round_: Round, worker: Worker) -> Found:
    now, plan_now = round_.now, round_.plan_now
    if round_.set_back:
        claims.bring_forward(session, now=now)
    record(session, round_.fates, now=now, day=plan_now.date())
    if round_.sweep:
        claims.expire(session, now=now)
        claims.put_back(session, worker=worker.number, held=round_.held)
        report(session, claims.recover(session, worker.others_dead(), now=now), now=now)
    if not round_.room:
        return Found((), more=False)
    batch = claims.claim(
        session,
        worker=worker.number,
        limit=round_.room,
        now=now,
        plan_now=plan_now,
        busy=round_.busy,
        only=round_.only,
    )
    tell_unreachable(session, batch.unreachable, now=now)
    if batch.taken == round_.room or batch.unreachable:
        return Found(batch.claims, more=True)
    return Found(batch.claims, more=False, wait=_until_next(session, now, plan_now))


def _until_next(session: Session, now: datetime, plan_now: datetime) -> float:
    """Seconds until the next row is due, or until another process is to be looked after."""
    machine, plan = claims.next_due(session, now=now, plan_now=plan_now)
    waits = [machine and machine - now, plan and plan - plan_now]
    return min([POLL_SECONDS, *(wait.total_seconds() for wait in waits if wait)])


def _log(error: Exception, **about: object) -> None:
    if isinstance(error, UNAVAILABLE):
        log.warning("storage away", error=type(error).__name__)
        return
    log.error("delivery failed", **kind_of(error), **about)
    log.debug("delivery failed", exc_info=error)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
