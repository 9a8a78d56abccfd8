"""What a bulletin goes through before its release: steps, earlier drafts, and what the units answer to a check.

What was released keeps the title that it was released under.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COMMENTS = ("the frozen figures, never changed", "the frozen figures of the present draft")


def upgrade() -> None:
    op.add_column(
        "bulletins",
        sa.Column("released_on", sa.Date(), nullable=True, comment="plan day; null also where 0.1 released it"),
    )
    _comment(_COMMENTS[1])
    op.create_table(
        "bulletin_steps",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("bulletin_id", _NUMBER, nullable=False),
        sa.Column("step", _one_of("bulletinstep", "draft", "check", "review", "sign"), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False, comment="plan day"),
        sa.Column("registered_at", AwareTime(), nullable=False),
        sa.Column("registered_by", _NUMBER, nullable=True, comment="null: by rule"),
        sa.Column("until", sa.Date(), nullable=True, comment="of a check: the last plan day on which units answer"),
        sa.Column("name", sa.String(), nullable=True, comment="who reviewed or signed"),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True, comment="the day of the review or the signature"),
        sa.Column("paper", sa.String(), nullable=True, comment="the number of the paper that it rests on"),
        sa.Column("undone_at", AwareTime(), nullable=True),
        sa.Column("undone_by", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletins.id"], name=op.f("fk_bulletin_steps_bulletin_id_bulletins")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["members.id"], name=op.f("fk_bulletin_steps_registered_by_members")
        ),
        sa.ForeignKeyConstraint(["undone_by"], ["members.id"], name=op.f("fk_bulletin_steps_undone_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_steps")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bulletin_steps_bulletin_id"), "bulletin_steps", ["bulletin_id"])
    op.create_table(
        "bulletin_old_drafts",
        sa.Column("step_id", _NUMBER, nullable=False, comment="that drafted it"),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["step_id"], ["bulletin_steps.id"], name=op.f("fk_bulletin_old_drafts_step_id_bulletin_steps")
        ),
        sa.PrimaryKeyConstraint("step_id", name=op.f("pk_bulletin_old_drafts")),
    )
    op.create_table(
        "fact_checks",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("step_id", _NUMBER, nullable=False, comment="that asked"),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False, comment="people of the unit who were written to"),
        sa.Column("answer", _one_of("factanswer", "right", "differs"), nullable=True),
        sa.Column(
            "source",
            _one_of("answersource", "phone", "paper", "oa"),
            nullable=True,
            comment="null: the unit answered here itself",
        ),
        sa.Column("answered_at", AwareTime(), nullable=True),
        sa.Column("answered_by", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["members.id"], name=op.f("fk_fact_checks_answered_by_members")),
        sa.ForeignKeyConstraint(["step_id"], ["bulletin_steps.id"], name=op.f("fk_fact_checks_step_id_bulletin_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_checks")),
        sa.UniqueConstraint("step_id", "unit", name=op.f("uq_fact_checks_step_id_unit")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "fact_corrections",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("check_id", _NUMBER, nullable=False),
        sa.Column(
            "entry", sa.Integer(), nullable=True, comment="the snapshot's entry, from 0; null: all of the unit's"
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", AwareTime(), nullable=False),
        sa.Column("written_by", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"], ["fact_checks.id"], name=op.f("fk_fact_corrections_check_id_fact_checks")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["members.id"], name=op.f("fk_fact_corrections_written_by_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_corrections")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fact_corrections_check_id"), "fact_corrections", ["check_id"])
    op.execute(
        "INSERT INTO bulletin_steps (bulletin_id, step, registered_on, registered_at)"
        " SELECT id, 'draft', as_of, created_at FROM bulletins ORDER BY id"
    )
    _keep_titles()


def downgrade() -> None:
    for table in ("fact_corrections", "fact_checks", "bulletin_old_drafts", "bulletin_steps"):
        op.drop_table(table)
    op.drop_column("bulletins", "released_on")
    _comment(_COMMENTS[0])


def _keep_titles() -> None:
    """A title that is left open is made of the kind and the period; another version makes another one."""
    bulletins = sa.table("bulletins", *map(sa.column, ("id", "kind", "label", "title", "state")))
    connection = op.get_bind()
    released = sa.and_(bulletins.c.state == "released", bulletins.c.title.is_(None))
    for number, kind, label in connection.execute(
        sa.select(bulletins.c.id, bulletins.c.kind, bulletins.c.label).where(released)
    ).all():
        title = f"{_period(kind, label)}进展情况通报"
        connection.execute(sa.update(bulletins).where(bulletins.c.id == number).values(title=title))


def _period(kind: str, label: str) -> str:
    """2023年3月, 2023年1—2月, 2023年第一季度, 2023年上半年, 2023年度."""
    year, _, part = label.partition("-")
    match kind:
        case "monthly":
            return f"{year}年{'—'.join(str(int(month)) for month in part.split('~'))}月"
        case "quarterly":
            return f"{year}年第{'一二三四'[int(part[1]) - 1]}季度"
        case "half_year":
            return f"{year}年{'上' if part == 'H1' else '下'}半年"
    return f"{year}年度"


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)


def _comment(comment: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"COMMENT ON COLUMN bulletins.content IS '{comment}'"))
