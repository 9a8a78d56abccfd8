"""A unit's word that the office or a supervisor wrote down for it: how it came, when, and who took it down."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_WORD = sa.String(16)


def upgrade() -> None:
    day, role = "plan day on which its word came", "in what role the author wrote it down"
    op.add_column("reports", sa.Column("behalf_source", _WORD, nullable=True, comment="null: the unit itself says it"))
    op.add_column("reports", sa.Column("behalf_on", sa.Date(), nullable=True, comment=day))
    op.add_column("reports", sa.Column("behalf_by", _WORD, nullable=True, comment=role))


def downgrade() -> None:
    op.drop_column("reports", "behalf_by")
    op.drop_column("reports", "behalf_on")
    op.drop_column("reports", "behalf_source")
