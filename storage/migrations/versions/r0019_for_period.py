"""Each report counts for one period; a card's change knows its plan day.

What is stored already is for the month that it speaks of, January and February together. A report of a month counts for
the quarter, half or whole year that the month is in, too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "label of the one reporting period that it counts for"
    op.add_column("reports", sa.Column("for_period", sa.String(), nullable=False, server_default="", comment=comment))
    reports = sa.table(
        "reports", sa.column("as_of", sa.Date), sa.column("published_last", sa.Date), sa.column("for_period", sa.String)
    )
    day = sa.func.coalesce(reports.c.published_last, reports.c.as_of)
    year, month = (sa.cast(sa.extract(field, day), sa.Integer) for field in ("year", "month"))
    told = sa.case(
        (month <= 2, sa.literal("01~02")),
        (month < 10, sa.literal("0") + sa.cast(month, sa.String)),
        else_=sa.cast(month, sa.String),
    )
    op.execute(reports.update().values(for_period=sa.cast(year, sa.String) + sa.literal("-") + told))
    op.add_column("cards", sa.Column("set_on", sa.Date(), nullable=True, comment="plan day; null: not known"))


def downgrade() -> None:
    op.drop_column("cards", "set_on")
    op.drop_column("reports", "for_period")
