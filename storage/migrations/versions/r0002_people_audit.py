"""People: members, their roles, absences and invitations; what the bot asked to type; the audit."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2, 3 … without gaps"),
        sa.Column("at", AwareTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False, comment="member:7, console, visitor or system"),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False, comment="kind:key, as member:8 or invitation:3"),
        sa.Column(
            "detail", sa.JSON(none_as_null=True), nullable=False, comment="without names and without what people wrote"
        ),
        sa.Column("before", sa.String(), nullable=False, comment="hash of the row before"),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="always 1"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True, comment="null once forgotten"),
        sa.Column("name", sa.String(), nullable=True, comment="as colleagues know the person; null once forgotten"),
        sa.Column("office_phone", sa.String(), nullable=True),
        sa.Column(
            "mobile", sa.String(), nullable=True, comment="only where the person gave it to be shown to colleagues"
        ),
        sa.Column("joined_at", AwareTime(), nullable=False),
        sa.Column("locked_at", AwareTime(), nullable=True),
        sa.Column("left_at", AwareTime(), nullable=True, comment="when the last role ended; null while there is one"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_members_telegram_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stand_in_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first", sa.Date(), nullable=False, comment="plan day"),
        sa.Column("last", sa.Date(), nullable=False, comment="plan day, still absent"),
        sa.Column("ended_at", AwareTime(), nullable=True, comment="called off before its last day"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_absences_member_id_members")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["members.id"], name=op.f("fk_absences_stand_in_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_absences_member_id"), "absences", ["member_id"], unique=False)
    op.create_index(op.f("ix_absences_stand_in_id"), "absences", ["stand_in_id"], unique=False)
    op.create_table(
        "grants",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "liaison",
                "head",
                "leader",
                "supervisor",
                "office",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True, comment="null with a null section: the whole plan"),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("since", AwareTime(), nullable=False),
        sa.Column("until", AwareTime(), nullable=True, comment="null while it is held"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_grants_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_grants_held",
        "grants",
        ["plan", "unit", "role"],
        unique=False,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_index(op.f("ix_grants_member_id"), "grants", ["member_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(), nullable=False, comment="of the code, which is stored nowhere"),
        sa.Column("grants", sa.JSON(none_as_null=True), nullable=False, comment="the roles that it gives"),
        sa.Column(
            "made_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="null: made on the command line",
        ),
        sa.Column(
            "heir_of",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="whoever takes it up takes these roles over from this member",
        ),
        sa.Column("made_at", AwareTime(), nullable=False),
        sa.Column("expires_at", AwareTime(), nullable=False),
        sa.Column("used_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("used_at", AwareTime(), nullable=True),
        sa.Column("revoked_at", AwareTime(), nullable=True),
        sa.ForeignKeyConstraint(["heir_of"], ["members.id"], name=op.f("fk_invitations_heir_of_members")),
        sa.ForeignKeyConstraint(["made_by"], ["members.id"], name=op.f("fk_invitations_made_by_members")),
        sa.ForeignKeyConstraint(["used_by"], ["members.id"], name=op.f("fk_invitations_used_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "prompts",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("command", sa.String(), nullable=False, comment="what was typed so far, as /invite liaison"),
        sa.Column("expires_at", AwareTime(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_prompts_chat_id_chats")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_prompts_person_id_persons")),
        sa.PrimaryKeyConstraint("chat_id", "person_id", name=op.f("pk_prompts")),
    )
    op.execute("INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '" + "0" * 64 + "')")


def downgrade() -> None:
    op.drop_table("prompts")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_grants_member_id"), table_name="grants")
    op.drop_index(
        "ix_grants_held",
        table_name="grants",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_table("grants")
    op.drop_index(op.f("ix_absences_stand_in_id"), table_name="absences")
    op.drop_index(op.f("ix_absences_member_id"), table_name="absences")
    op.drop_table("absences")
    op.drop_table("members")
    op.drop_table("audit_head")
    op.drop_table("audit")
