"""What a restored database must not do again: send what it held at the time of the backup and was sent since.

Nobody can know whether it was. So a message that was due waits for a person, as any message of unknown fate does, and
an update that was not answered is set aside; a message that is due only after the restore is sent in its time.
"""

from collections.abc import Collection, Iterator

from storage.inbox import InboxState
from storage.outbox import DeliveryReason, OutboxState


def settling(tables: Collection[str], prefix: str = "") -> Iterator[str]:
    """The statements, in SQL that both databases know, for those tables that an older schema has already.

    `prefix` is the tables' schema, quoted, with its dot.
    """
    if "outbox" in tables:
        yield (
            f"UPDATE {prefix}outbox SET state = '{OutboxState.UNCERTAIN}', reason = '{DeliveryReason.RESTORED}' "  # noqa: S608
            f"WHERE state IN ('{OutboxState.QUEUED}', '{OutboxState.SENDING}') "
            "AND (not_before IS NULL OR not_before <= CURRENT_TIMESTAMP)"
        )
    if "inbox" in tables:
        yield (
            f"UPDATE {prefix}inbox SET state = '{InboxState.QUARANTINED}' "  # noqa: S608
            f"WHERE state IN ('{InboxState.NEW}', '{InboxState.EFFECT}')"
        )
