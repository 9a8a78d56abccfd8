"""The running bot: python-telegram-bot's Application, wired here and nowhere else.

Poller → Arrivals (stored) → Knock → Clerk: handlers in a worker thread, one transaction → Delivery → replied; what
they enqueued → OutboxSender → sent. Both send through one SendLimiter.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeDefault
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import ApplicationBuilder, ContextTypes, TypeHandler
from typing_extensions import override

from bot.arrivals import Arrivals
from bot.attachments import Attachments
from bot.crash_guard import Suspects
from bot.delivery import Delivery
from bot.error_number import kind_of
from bot.event_loop import let_the_loop_in
from bot.evidence_folder import Files
from bot.inbox import InboxWorker, Wakeup
from bot.limiter import SendLimiter
from bot.monitor import Monitor
from bot.outbox import CHATS_AT_ONCE as LETTERS_AT_ONCE
from bot.outbox import OutboxSender
from bot.pace import TELEGRAM, Pace
from bot.polling import Poller
from bot.retention import forget_expired
from bot.retry import StoppedError, backoff, pause
from bot.tick import Rhythm
from bot.transport import Transport
from handlers.access.service import CLOSED, Service
from handlers.chat.context import Me, Services
from handlers.routing.commands import MENU
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PlanClock
from handlers.services.invite_codes import Codes
from handlers.services.question_service import QuestionService
from handlers.services.rate_limit import Limiter
from knowledge.reminders.defaults import DEFAULTS, RemindDefaults
from storage.database import UNAVAILABLE, Database
from storage.lease import Lease, LeaseTakenError
from storage.workers import worker_for

os.environ.setdefault("PTB_TIMEDELTA", "true")  # RetryAfter.retry_after as a timedelta, as it will be

CHATS_AT_ONCE = 64
CONNECTIONS = CHATS_AT_ONCE + LETTERS_AT_ONCE
CONFLICTS = 3
"""Refusals in a row because another program polls with this token: the other one does not go away."""
LEASE_SECONDS = 2.0
"""Between two renewals of the lease."""
LEASE_PATIENCE = 5.0
"""How long a renewal may take until the lease counts as lost."""

log = structlog.get_logger()


class BotStoppedError(Exception):
    """The bot cannot go on, and waiting would not help."""


class ConflictError(BotStoppedError):
    """Another program polls with this token."""


class TokenRefusedError(BotStoppedError):
    """Telegram does not know the token."""


class TokenRevokedError(BotStoppedError):
    """Telegram knew the token when the program was up, and does not any more."""


class LeaseLostError(BotStoppedError):
    """Another process took the lease over while this one could not hold it."""


@dataclass(slots=True)
class Halt:
    """The end of the program: asked for by a signal, or forced by a reason."""

    stop: asyncio.Event
    reason: BotStoppedError | None = None
    conflicts: int = 0
    known: bool = False
    """Whether Telegram has known the token in this run."""
    leased: bool = True
    """Whether this process is known to be the only one that may poll."""

    def because(self, reason: BotStoppedError) -> None:
        self.reason = self.reason or reason
        self.stop.set()


class PollRequest(Transport):
    """The transport of getUpdates. It sees what the poller would retry for ever."""

    def __init__(self, halt: Halt, **settings: Any) -> None:
        super().__init__(**settings)
        self._halt = halt

    @override
    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if not self._halt.leased:
            raise NetworkError("no lease")  # what came is another process's by now, or comes again
        if code == HTTPStatus.CONFLICT:
            self._halt.conflicts += 1
            log.warning("another program polls with this token", times=self._halt.conflicts)
            if self._halt.conflicts >= CONFLICTS:
                self._halt.because(ConflictError())
        elif code == HTTPStatus.UNAUTHORIZED:
            self._halt.because(TokenRevokedError() if self._halt.known else TokenRefusedError())
        elif code == HTTPStatus.NOT_FOUND and not self._halt.known:  # later it is a server that is not itself
            self._halt.because(TokenRefusedError())
        elif code == HTTPStatus.OK:
            self._halt.conflicts = 0
        return code, payload


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
    limiter = SendLimiter(pace)
    post = OutboxSender(bot, database, limiter, clock, worker_for(database), stop)
    application = ApplicationBuilder().bot(bot).updater(None).concurrent_updates(CHATS_AT_ONCE).job_queue(None).build()
    arrivals = Arrivals(database, bot, limiter, application.update_queue)
    application.add_error_handler(_log_error)
    leasing = asyncio.create_task(_keep_lease(lease, halt)) if lease else None
    try:
        await _insist(halt, application.initialize)
        halt.known = True
        me = bot.bot
        services = Services(
            aliases=AliasOverlay(question_service),
            me=Me(id=me.id, username=me.username or "", reads_all=bool(me.can_read_all_group_messages)),
            clock=clock,
            limiter=Limiter(per_minute),
            service=service,
            codes=Codes(token),
            remind=remind,
        )
        attachments = Attachments(bot, transport, database, kept, limiter, stop)
        delivery = Delivery(bot, database, limiter, stop, services.codes, kept, attachments)
        suspects = Suspects(database, services, stop)
        clerk = InboxWorker(database, services, delivery, bot, stop, suspects, enqueued=post.knock)
        rhythm = Rhythm(database, services, enqueued=post.knock)
        application.add_handler(TypeHandler(Wakeup, lambda knock, _: clerk.answer(knock)))
        await _insist(halt, partial(_show_menu, bot))
        poller = Poller(bot, arrivals, limiter)
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


async def _show_menu(bot: Bot) -> None:
    everywhere = [BotCommand(command.name, command.about) for command in MENU]
    groups = [BotCommand(command.name, command.about) for command in MENU if command.groups]
    await bot.set_my_commands(everywhere, scope=BotCommandScopeDefault())
    await bot.set_my_commands(groups, scope=BotCommandScopeAllGroupChats())


async def _log_error(_: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """What no row could be blamed for; the update is still in the inbox."""
    log.error("worker failed", **(kind_of(context.error) if context.error else {}))
    log.debug("worker failed", exc_info=context.error)
