"""A problem is settled, a project's stop is found excused: noted once beside the report that said so."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    day, how = "plan day: a problem settled, a stop found excused", "how; or by whom and on which paper"
    op.add_column("reports", sa.Column("resolved_on", sa.Date(), nullable=True, comment=day))
    op.add_column("reports", sa.Column("resolution", sa.String(), nullable=True, comment=how))


def downgrade() -> None:
    op.drop_column("reports", "resolution")
    op.drop_column("reports", "resolved_on")
