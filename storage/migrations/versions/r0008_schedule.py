"""The schedule, its items, and what people and the office want of reminders."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column(
            "subject",
            sa.String(),
            nullable=False,
            comment="a target as task/name, a frequency, a meeting's day, a number",
        ),
        sa.Column("next_due", AwareTime(), nullable=False, comment="plan time"),
        sa.Column("occurrence", sa.String(), nullable=False, comment="which of the rule's occasions is next"),
        sa.Column("held_until", AwareTime(), nullable=True, comment="plan time; it raised and is tried again then"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("plan", "rule", "subject", name=op.f("uq_schedule_plan_rule_subject")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_schedule_next_due"), "schedule", ["next_due"], unique=False)
    op.create_table(
        "mutes",
        sa.Column("member_id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False, comment="id of the task"),
        sa.Column("until", sa.Date(), nullable=False, comment="plan day, still muted"),
        sa.Column("set_at", AwareTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_mutes_member_id_members")),
        sa.PrimaryKeyConstraint("member_id", "plan", "task", name=op.f("pk_mutes")),
    )
    op.create_table(
        "personal_reminders",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("words", sa.String(), nullable=False, comment="what to be reminded of, in the person's words"),
        sa.Column("at", AwareTime(), nullable=False, comment="plan time"),
        sa.Column("item_id", sa.BigInteger(), nullable=True, comment="the message told again: one of its items"),
        sa.Column("created_at", AwareTime(), nullable=False),
        sa.Column("ended_at", AwareTime(), nullable=True, comment="done or called off"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_personal_reminders_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_reminders")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_personal_reminders_open",
        "personal_reminders",
        ["member_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "rule_settings",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("numbers", sa.JSON(none_as_null=True), nullable=True, comment="null: as configured"),
        sa.Column("set_at", AwareTime(), nullable=False),
        sa.Column("set_by", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["members.id"], name=op.f("fk_rule_settings_set_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_settings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rule_settings_plan_rule"), "rule_settings", ["plan", "rule"], unique=False)
    op.create_table(
        "subscriptions",
        sa.Column("member_id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column(
            "deadline_days",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="days before a deadline; null: as the rule says",
        ),
        sa.Column("single", sa.Boolean(), nullable=False, comment="each thing in a message of its own"),
        sa.Column("quiet_from", sa.Time(), nullable=True, comment="local; null: as configured"),
        sa.Column("quiet_to", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_subscriptions_member_id_members")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_subscriptions")),
    )
    op.create_table(
        "items",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("occurrence", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False, comment="id of the task, where there is one"),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("due", AwareTime(), nullable=False, comment="plan time from which it may be told"),
        sa.Column("planned", AwareTime(), nullable=False, comment="plan time at which it was to be told"),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "joined", "skipped", name="itemstate", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True, comment="why it was skipped"),
        sa.Column("late", sa.Boolean(), nullable=False, comment="told after the machine was off"),
        sa.Column("message_id", _NUMBER, nullable=True),
        sa.Column("acknowledged_at", AwareTime(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_items_member_id_members")),
        sa.ForeignKeyConstraint(["message_id"], ["outbox.id"], name=op.f("fk_items_message_id_outbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint(
            "plan",
            "rule",
            "subject",
            "member_id",
            "occurrence",
            name=op.f("uq_items_plan_rule_subject_member_id_occurrence"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_items_member_id_planned"), "items", ["member_id", "planned"], unique=False)
    op.create_index(op.f("ix_items_message_id"), "items", ["message_id"], unique=False)
    op.create_index(
        "ix_items_waiting",
        "items",
        ["due"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_items_waiting",
        table_name="items",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_items_message_id"), table_name="items")
    op.drop_index(op.f("ix_items_member_id_planned"), table_name="items")
    op.drop_table("items")
    op.drop_table("subscriptions")
    op.drop_index(op.f("ix_rule_settings_plan_rule"), table_name="rule_settings")
    op.drop_table("rule_settings")
    op.drop_index(
        "ix_personal_reminders_open",
        table_name="personal_reminders",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("personal_reminders")
    op.drop_table("mutes")
    op.drop_index(op.f("ix_schedule_next_due"), table_name="schedule")
    op.drop_table("schedule")
