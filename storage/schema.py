"""Every table: whoever imports this module has them all registered."""

from sqlalchemy import MetaData

from storage import (
    aliases,
    audit,
    cards,
    chats,
    dialogs,
    drafts,
    evidence,
    inbox,
    invitations,
    misses,
    people,
    plan_settings,
    prompts,
    reports,
    workdays,
)
from storage.base import Base

TABLES = (
    aliases.AliasRow,
    audit.AuditHeadRow,
    audit.AuditRow,
    cards.CardRow,
    chats.ChatRow,
    chats.PersonRow,
    dialogs.DialogRow,
    dialogs.TurnRow,
    drafts.DraftRow,
    evidence.EvidenceRow,
    inbox.InboxRow,
    invitations.InvitationRow,
    misses.MissRow,
    people.AbsenceRow,
    people.GrantRow,
    people.MemberRow,
    plan_settings.MeetingRow,
    plan_settings.PlanPeriodRow,
    prompts.PromptRow,
    reports.ReportRow,
    workdays.WorkDayRow,
)
METADATA: MetaData = Base.metadata
