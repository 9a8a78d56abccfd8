"""Every table: whoever imports this module has them all registered."""

from sqlalchemy import MetaData

from storage import chats, dialogs, inbox
from storage.base import Base

TABLES = (chats.ChatRow, chats.PersonRow, dialogs.DialogRow, dialogs.TurnRow, inbox.InboxRow)
METADATA: MetaData = Base.metadata
