"""A version of every subject that was reported on, so that nobody has to look at its reports to see a change."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_versions",
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "version",
            sa.BigInteger(),
            nullable=False,
            comment="another after every change of a report on the subject",
        ),
        sa.PrimaryKeyConstraint("plan", "task", "name", name=op.f("pk_report_versions")),
    )
    op.execute(
        "INSERT INTO report_versions (plan, task, name, version)"
        " SELECT plan, task, name, max(id) FROM reports GROUP BY plan, task, name"
    )


def downgrade() -> None:
    op.drop_table("report_versions")
