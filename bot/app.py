"""The running bot, whatever its channel, wired here and nowhere else.

Connection → Arrivals (stored) → Knock → Clerk: handlers in a worker thread, one transaction → Delivery → replied; what
they enqueued → OutboxSender → sent. Both send through one SendLimiter.
"""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from bot.arrivals import Arrivals
from bot.assisted_reading import AssistedReading
from bot.attachments import Attachments
from bot.connection import Connect, Connection
from bot.crash_guard import Suspects
from bot.delivery import Delivery
from bot.event_loop import let_the_loop_in
from bot.evidence_folder import Files
from bot.halt import Halt, LeaseLostError
from bot.inbox import InboxWorker
from bot.limiter import SendLimiter
from bot.model_client import ModelClient
from bot.monitor import Monitor
from bot.outbox import OutboxSender
from bot.pace import TELEGRAM, Pace
from bot.reading_ahead import read_reports
from bot.retention import forget_expired
from bot.retry import StoppedError, insist
from bot.tick import Rhythm
from handlers.access.service import CLOSED, Service
from handlers.chat.context import Services
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PlanClock
from handlers.services.invite_codes import Codes
from handlers.services.question_service import QuestionService
from handlers.services.rate_limit import Limiter
from knowledge.reminders.defaults import DEFAULTS, RemindDefaults
from storage.database import UNAVAILABLE, Database
from storage.lease import Lease, LeaseTakenError
from storage.workers import worker_for

LEASE_SECONDS = 2.0
"""Between two renewals of the lease."""
LEASE_PATIENCE = 5.0
"""How long a renewal may take until the lease counts as lost."""

log = structlog.get_logger()


async def serve(
    connect: Connect,
    *,
    database: Database,
    question_service: QuestionService,
    clock: PlanClock,
    per_minute: int,
    stop: asyncio.Event,
    files: Path,
    lease: Lease | None = None,
    operator: int | None = None,
    service: Service = CLOSED,
    remind: RemindDefaults = DEFAULTS,
    pace: Pace = TELEGRAM,
    assistant: ModelClient | None = None,
) -> None:
    """Receive and answer until `stop` is set; then finish what is being answered and return.

    `files` is the folder that evidence is kept in; `operator` is the chat that is told when the bot is not well;
    `pace` is how fast the server lets a token send; `assistant` is the language model that is asked about what was
    declined.
    The database is migrated and the token's lease held; `lease` is renewed where it is given. Raises BotStoppedError
    when going on is useless.
    """
    let_the_loop_in()
    halt = Halt(stop)
    kept = Files(files)
    await asyncio.to_thread(kept.restrict)
    connection = connect(halt)
    channel = connection.channel
    limiter = SendLimiter(pace)
    post = OutboxSender(channel, database, limiter, clock, worker_for(database), stop)
    arrivals = Arrivals(database, channel, limiter, connection.knocks)
    leasing = asyncio.create_task(_keep_lease(lease, halt)) if lease else None
    try:
        await connection.identify()
        services = Services(
            aliases=AliasOverlay(question_service),
            me=connection.me,
            clock=clock,
            limiter=Limiter(per_minute),
            service=service,
            codes=Codes(connection.secret),
            configured=remind,
        )
        attachments = Attachments(channel, database, kept, limiter, stop, services)
        delivery = Delivery(channel, database, limiter, stop, services.codes, kept, attachments)
        assisted = AssistedReading(assistant, database, services, delivery) if assistant else None
        suspects = Suspects(channel, database, services, stop)
        clerk = InboxWorker(
            database,
            services,
            delivery,
            channel,
            stop,
            suspects,
            enqueued=post.knock,
            answered=post.visit,
            said=assisted.consider if assisted else None,
        )
        rhythm = Rhythm(database, services, enqueued=post.knock)
        monitor = Monitor(
            database,
            services,
            files=files,
            operator=operator,
            polled_at=lambda: connection.received_at,
            ticked_at=lambda: rhythm.ticked_at,
            enqueued=post.knock,
        )
        reading = (assisted.run,) if assisted else ()
        beside = (
            partial(forget_expired, database, kept, clock),
            partial(read_reports, database, services),
            monitor.run,
            *reading,
        )
        await _run(connection, arrivals, clerk, rhythm, post, limiter, halt, beside)
    except StoppedError:
        log.info("stopped before it was up")
    finally:
        if leasing:
            leasing.cancel()
        await connection.close()
    if halt.reason:
        raise halt.reason


@contextmanager
def stop_on_signals(stopping: Callable[[], None] = lambda: None) -> Iterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set, and call `stopping`; a second signal ends the program the hard way."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    caught = (signal.SIGINT, signal.SIGTERM)

    def end() -> None:
        stop.set()
        stopping()
        for one in caught:
            loop.remove_signal_handler(one)

    for one in caught:
        loop.add_signal_handler(one, end)
    try:
        yield stop
    finally:
        for one in caught:
            loop.remove_signal_handler(one)


async def _run(
    connection: Connection,
    arrivals: Arrivals,
    clerk: InboxWorker,
    rhythm: Rhythm,
    post: OutboxSender,
    limiter: SendLimiter,
    halt: Halt,
    beside: Sequence[Callable[[], Coroutine[Any, Any, None]]],
) -> None:
    """`beside` is what else goes on until the end."""
    posting = asyncio.create_task(post.run())
    others = [asyncio.create_task(one()) for one in beside]
    await connection.start(clerk.answer)
    try:
        await insist(halt.stop, partial(clerk.take_up, connection.begin), passing=UNAVAILABLE)
        await insist(halt.stop, rhythm.start, passing=UNAVAILABLE)
        await connection.receive(arrivals, limiter)
    finally:
        log.info("stopping")
        halt.stop.set()
        limiter.stop()
        for other in others:
            other.cancel()
        await rhythm.stop()
        await connection.finish()
        await posting
        await asyncio.gather(*others, return_exceptions=True)


async def _keep_lease(lease: Lease, halt: Halt) -> None:
    """Renew the lease again and again. While nobody can say whose it is, nothing is polled."""
    while True:
        renewing = asyncio.create_task(asyncio.to_thread(lease.renew))
        await asyncio.wait([renewing], timeout=LEASE_PATIENCE)
        halt.leased = renewing.done()
        try:
            if await renewing:
                log.warning("lease taken anew")
            halt.leased = True
        except LeaseTakenError:
            halt.leased = False
            halt.because(LeaseLostError())
            return
        except Exception as error:
            halt.leased = False
            log.warning("lease not renewed", error=type(error).__name__)
        await asyncio.sleep(LEASE_SECONDS)
