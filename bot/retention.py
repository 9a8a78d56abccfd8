"""How long what is kept is kept, and the task that forgets what has expired."""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from bot.error_number import kind_of
from bot.evidence_folder import Files
from handlers.routing.callbacks import TURN_LIFE
from handlers.services.clock import PlanClock
from storage.claims import give_up_old
from storage.database import UNAVAILABLE, Database
from storage.dialogs import forget
from storage.drafts import forget_drafts
from storage.erasure import forget_departed
from storage.evidence import forget_unplaced, known_hashes
from storage.invitation_lists import forget_lists
from storage.unanswered import forget_misses

DEPARTED_LIFE = timedelta(days=29)
"""How long those without a role keep their names: within 30 days of leaving they are to be forgotten."""
MISS_LIFE = timedelta(days=180)
"""How long after it was last asked a sentence that was not understood is kept, in plan days."""
DRAFT_LIFE = timedelta(days=3)
"""How long after it expired a draft still tells what an edited message was; Telegram lets people edit for two days."""
LIST_LIFE = timedelta(days=1)
"""How long the names of a list wait for its invitations to be made."""
TROUBLE_LIFE = timedelta(days=90)
"""How long what did not arrive keeps its words, so that the office can send it again."""
SECONDS = 6 * 3600.0
"""Between two times."""

log = structlog.get_logger()


async def forget_expired(database: Database, kept: Files, clock: PlanClock) -> None:
    """Forget now and then what has expired, until cancelled."""
    while True:
        try:
            await _forget(database, kept, clock, now=datetime.now(UTC))
        except UNAVAILABLE as error:
            log.warning("not tidied", error=type(error).__name__)
        except Exception as error:  # the next time may do better; and the end of the program must not fail of it
            log.error("not tidied", **kind_of(error))
        await asyncio.sleep(SECONDS)


async def _forget(database: Database, kept: Files, clock: PlanClock, *, now: datetime) -> None:
    await database.run(forget, now=now, turns_before=now - TURN_LIFE)
    await database.run(forget_departed, left_before=now - DEPARTED_LIFE, now=now)
    await database.run(forget_misses, before=clock.today() - MISS_LIFE)
    await database.run(forget_drafts, expired_before=now - DRAFT_LIFE)
    await database.run(forget_lists, before=now - LIST_LIFE)
    await database.run(forget_unplaced, before=now - DRAFT_LIFE)
    await database.run(give_up_old, before=now - TROUBLE_LIFE)
    known = await database.run(known_hashes)
    await asyncio.to_thread(kept.drop_others, known, older_than=(now - DRAFT_LIFE).timestamp())
