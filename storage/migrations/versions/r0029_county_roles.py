"""Roles of the county: who signs for a unit, the desk of projects, a project's contact, a leader's aide; and the heads
who are city leaders too."""

import sqlalchemy as sa
from alembic import op

from storage.columns import AwareTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_BEFORE = ("liaison", "head", "leader", "supervisor", "office")
_NEW = ("signer", "projects", "contact", "aide")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _allow((*_BEFORE, *_NEW), instead_of=_BEFORE)
    comment = "of a project's contact: its name"
    op.add_column("grants", sa.Column("project", sa.String(), nullable=True, comment=comment))
    comment = "a head who is a city leader too: nothing is pushed to them"
    mark: sa.Column[bool] = sa.Column(
        "not_pushed", sa.Boolean(), nullable=False, server_default=sa.false(), comment=comment
    )
    op.add_column("grants", mark)


def downgrade() -> None:
    op.drop_column("grants", "not_pushed")
    op.drop_column("grants", "project")
    op.execute(f"DELETE FROM grants WHERE role IN ({', '.join(repr(one) for one in _NEW)})")  # noqa: S608 - names of ours
    _allow(_BEFORE, instead_of=(*_BEFORE, *_NEW))


def _allow(roles: tuple[str, ...], *, instead_of: tuple[str, ...]) -> None:
    """SQLite changes a constraint by copying the table, which is therefore told here in full."""
    with op.batch_alter_table("grants", copy_from=_table(instead_of)) as table:
        table.alter_column("role", existing_type=_kind(instead_of), type_=_kind(roles), existing_nullable=False)


def _kind(roles: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*roles, name="role", native_enum=False, create_constraint=True, length=16)


def _table(roles: tuple[str, ...]) -> sa.Table:
    held = sa.text("until IS NULL")
    return sa.Table(
        "grants",
        sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"}),
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("role", _kind(roles), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True, comment="null with a null section: the whole plan"),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("since", AwareTime(), nullable=False),
        sa.Column("until", AwareTime(), nullable=True, comment="null while it is held"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_grants_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.Index(op.f("ix_grants_member_id"), "member_id"),
        sa.Index("ix_grants_held", "plan", "unit", "role", sqlite_where=held, postgresql_where=held),
        sqlite_autoincrement=True,
    )
