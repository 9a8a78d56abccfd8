"""Every table: whoever imports this module has them all registered."""

from sqlalchemy import MetaData

from storage import audit, chats, dialogs, inbox, invitations, people, prompts
from storage.base import Base

TABLES = (
    audit.AuditHeadRow,
    audit.AuditRow,
    chats.ChatRow,
    chats.PersonRow,
    dialogs.DialogRow,
    dialogs.TurnRow,
    inbox.InboxRow,
    invitations.InvitationRow,
    people.AbsenceRow,
    people.GrantRow,
    people.MemberRow,
    prompts.PromptRow,
)
METADATA: MetaData = Base.metadata
