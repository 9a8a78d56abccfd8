"""Reports with their drafts and the files behind them."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime, ExactDecimal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True, comment="the message that it was read from"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False, comment="handlers.drafts.Draft as JSON"),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("expires_at", AwareTime(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_drafts_chat_id_chats")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_drafts_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drafts_chat_id_person_id"), "drafts", ["chat_id", "person_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False, comment="id of the task or clause"),
        sa.Column(
            "subject",
            sa.Enum(
                "task",
                "target",
                "project",
                "action",
                name="subjectkind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False, comment="of the target, project, action or task"),
        sa.Column("unit", sa.String(), nullable=False, comment="that says it, as the plan writes it"),
        sa.Column(
            "kind",
            sa.Enum(
                "reading",
                "increment",
                "percent",
                "state",
                "no_change",
                "note",
                "problem",
                name="updatekind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("value", ExactDecimal(), nullable=True, comment="in the measure"),
        sa.Column("measure", sa.String(), nullable=True, comment="null: the target's own unit"),
        sa.Column("approx", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "not_started",
                "in_progress",
                "done",
                "blocked",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False, comment="the words that it was read from"),
        sa.Column("as_of", sa.Date(), nullable=False, comment="plan day that it speaks of"),
        sa.Column("received_at", AwareTime(), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "draft_id", sa.BigInteger(), nullable=True, comment="that it was confirmed in; its files are behind it too"
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "pending",
                "accepted",
                "returned",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("accepted_at", AwareTime(), nullable=True, comment="when it began to count"),
        sa.Column(
            "accepted_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="null: counted at once",
        ),
        sa.Column("ended_at", AwareTime(), nullable=True, comment="when it was returned or withdrawn"),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(), nullable=True, comment="why it was returned"),
        sa.Column("approved_at", AwareTime(), nullable=True, comment="by the head of the unit"),
        sa.Column("approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checked_at", AwareTime(), nullable=True, comment="by a supervisor"),
        sa.Column("checked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("published_first", sa.Date(), nullable=True, comment="data period of a certifying unit's figure"),
        sa.Column("published_last", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by"], ["members.id"], name=op.f("fk_reports_accepted_by_members")),
        sa.ForeignKeyConstraint(["approved_by"], ["members.id"], name=op.f("fk_reports_approved_by_members")),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_reports_author_id_members")),
        sa.ForeignKeyConstraint(["checked_by"], ["members.id"], name=op.f("fk_reports_checked_by_members")),
        sa.ForeignKeyConstraint(["corrects_id"], ["reports.id"], name=op.f("fk_reports_corrects_id_reports")),
        sa.ForeignKeyConstraint(["ended_by"], ["members.id"], name=op.f("fk_reports_ended_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reports_author_id_id"), "reports", ["author_id", "id"], unique=False)
    op.create_index(
        "ix_reports_pending",
        "reports",
        ["plan"],
        unique=False,
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(op.f("ix_reports_draft_id"), "reports", ["draft_id"], unique=False)
    op.create_index(op.f("ix_reports_plan_task_name"), "reports", ["plan", "task", "name"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "draft_id",
            sa.BigInteger(),
            nullable=True,
            comment="came with this draft: stands behind every report confirmed in it",
        ),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="cleaned; its ending says the type"),
        sa.Column(
            "state",
            sa.Enum(
                "wanted", "kept", "refused", name="filestate", native_enum=False, create_constraint=True, length=16
            ),
            nullable=False,
        ),
        sa.Column("album", sa.String(), nullable=True, comment="Telegram's number of the album that it came in"),
        sa.Column("sha256", sa.String(), nullable=True, comment="of the content; null until it is fetched"),
        sa.Column("size", sa.Integer(), nullable=True, comment="bytes"),
        sa.Column("received_at", AwareTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_evidence_author_id_members")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_evidence_report_id_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evidence_draft_id"), "evidence", ["draft_id"], unique=False)
    op.create_index(op.f("ix_evidence_report_id"), "evidence", ["report_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_evidence_report_id"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_draft_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_reports_plan_task_name"), table_name="reports")
    op.drop_index(
        "ix_reports_pending",
        table_name="reports",
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.drop_index(op.f("ix_reports_author_id_id"), table_name="reports")
    op.drop_index(op.f("ix_reports_draft_id"), table_name="reports")
    op.drop_table("reports")
    op.drop_index(op.f("ix_drafts_chat_id_person_id"), table_name="drafts")
    op.drop_table("drafts")
