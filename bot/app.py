"""The running bot: python-telegram-bot's Application, wired here and nowhere else.

Poller → Arrivals (stored) → Knock → Clerk: handlers in a worker thread, one transaction → Delivery → replied; what
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
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import ApplicationBuilder, ContextTypes, TypeHandler

from bot.arrivals import Arrivals, Wakeup
from bot.attachments import Attachments
from bot.crash_guard import Suspects
from bot.delivery import Delivery
from bot.error_number import kind_of
from bot.event_loop import let_the_loop_in
from bot.evidence_folder import Files
from bot.halt import Halt, LeaseLostError, TokenRefusedError
from bot.inbox import InboxWorker
from bot.limiter import SendLimiter
from bot.monitor import Monitor
from bot.outbox import CHATS_AT_ONCE as LETTERS_AT_ONCE
from bot.outbox import OutboxSender
from bot.pace import TELEGRAM, Pace
from bot.retention import forget_expired
from bot.retry import StoppedError, backoff, pause
from bot.telegram.channel import Telegram
from bot.telegram.menu import show_menu
from bot.telegram.polling import Poller, PollRequest
from bot.telegram.transport import Transport
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

CHATS_AT_ONCE = 64
CONNECTIONS = CHATS_AT_ONCE + LETTERS_AT_ONCE
LEASE_SECONDS = 2.0
"""Between two renewals of the lease."""
LEASE_PATIENCE = 5.0
"""How long a renewal may take until the lease counts as lost."""

log = structlog.get_logger()


async def serve(
    *,
    token: str,
    base_url: str,
    base_file_url: str,
    proxy: str | None,
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
) -> None:
    """Poll and answer until `stop` is set; then finish what is being answered and return.

    `files` is the folder that evidence is kept in; `operator` is the chat that is told when the bot is not well;
    `pace` is how fast the server lets a token send.
    The database is migrated and the token's lease held; `lease` is renewed where it is given. Raises BotStoppedError
    when going on is useless.
    """
    let_the_loop_in()
    halt = Halt(stop)
    kept = Files(files)
    await asyncio.to_thread(kept.restrict)
    transport = Transport(connections=CONNECTIONS, proxy=proxy)
    bot = Bot(
        token,
        base_url=base_url,
        base_file_url=base_file_url,
        request=transport,
        get_updates_request=PollRequest(halt, connections=1, proxy=proxy),
    )
    channel = Telegram(bot, transport)
    limiter = SendLimiter(pace)
    post = OutboxSender(channel, database, limiter, clock, worker_for(database), stop)
    application = ApplicationBuilder().bot(bot).updater(None).concurrent_updates(CHATS_AT_ONCE).job_queue(None).build()
    arrivals = Arrivals(database, channel, limiter, application.update_queue)
    application.add_error_handler(_log_error)
    leasing = asyncio.create_task(_keep_lease(lease, halt)) if lease else None
    try:
        await _insist(halt, application.initialize)
        halt.known = True
        services = Services(
            aliases=AliasOverlay(question_service),
            me=channel.me,
            clock=clock,
            limiter=Limiter(per_minute),
            service=service,
            codes=Codes(token),
            remind=remind,
        )
        attachments = Attachments(channel, database, kept, limiter, stop)
        delivery = Delivery(channel, database, limiter, stop, services.codes, kept, attachments)
        suspects = Suspects(channel, database, services, stop)
        clerk = InboxWorker(
            database, services, delivery, channel, stop, suspects, enqueued=post.knock, answered=post.visit
        )
        rhythm = Rhythm(database, services, enqueued=post.knock)
        application.add_handler(TypeHandler(Wakeup, lambda knock, _: clerk.answer(knock)))
        await _insist(halt, partial(show_menu, bot))
        poller = Poller(channel, arrivals, limiter)
        monitor = Monitor(
            database,
            services,
            files=files,
            operator=operator,
            polled_at=lambda: poller.polled_at,
            ticked_at=lambda: rhythm.ticked_at,
            enqueued=post.knock,
        )
        beside = (partial(forget_expired, database, kept, clock), monitor.run)
        await _run(application, clerk, poller, rhythm, post, limiter, halt, beside)
    except StoppedError:
        log.info("stopped before it was up")
    finally:
        if leasing:
            leasing.cancel()
        await application.shutdown()
        await bot.shutdown()  # an application that never came up leaves its connections open
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
    application: Any,
    clerk: InboxWorker,
    poller: Poller,
    rhythm: Rhythm,
    post: OutboxSender,
    limiter: SendLimiter,
    halt: Halt,
    beside: Sequence[Callable[[], Coroutine[Any, Any, None]]],
) -> None:
    """`beside` is what else goes on until the end."""
    posting = asyncio.create_task(post.run())
    others = [asyncio.create_task(one()) for one in beside]
    await application.start()
    try:
        await _insist(halt, partial(clerk.take_up, application.create_task))
        await _insist(halt, rhythm.start)
        await _insist(halt, application.bot.delete_webhook)  # with one set, there is nothing to poll
        log.info("up", bot=application.bot.username)
        await poller.run(halt.stop)
    finally:
        log.info("stopping")
        halt.stop.set()
        limiter.stop()
        for other in others:
            other.cancel()
        await rhythm.stop()
        await application.stop()
        await posting
        await asyncio.gather(*others, return_exceptions=True)


async def _insist(halt: Halt, work: Callable[[], Any]) -> None:
    """Do it until it succeeds; raises StoppedError at the program's end."""
    for wait in backoff():
        try:
            await work()
        except InvalidToken:
            if halt.known:  # a server without this method; a token that was revoked just now, the poll finds out
                log.warning("refused by the server")
                return
            halt.because(TokenRefusedError())
            raise StoppedError from None
        except (NetworkError, RetryAfter, *UNAVAILABLE) as error:
            log.warning("not ready", error=type(error).__name__, wait=wait)
            await pause(halt.stop, wait)
        else:
            return


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


async def _log_error(_: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """What no row could be blamed for; the update is still in the inbox."""
    log.error("worker failed", **(kind_of(context.error) if context.error else {}))
    log.debug("worker failed", exc_info=context.error)
