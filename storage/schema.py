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
    outbox,
    people,
    personal,
    plan_settings,
    prompts,
    reports,
    rule_settings,
    schedule,
    subscriptions,
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
    outbox.OutboxRow,
    people.AbsenceRow,
    people.GrantRow,
    people.MemberRow,
    personal.PersonalRow,
    plan_settings.MeetingRow,
    plan_settings.PlanPeriodRow,
    prompts.PromptRow,
    reports.ReportRow,
    rule_settings.RuleSettingRow,
    schedule.ItemRow,
    schedule.ScheduleRow,
    subscriptions.MuteRow,
    subscriptions.SubscriptionRow,
    workdays.WorkDayRow,
)
METADATA: MetaData = Base.metadata
