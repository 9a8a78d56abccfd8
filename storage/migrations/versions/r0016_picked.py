"""What was tapped of the offers under a sentence that was not understood."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "what was tapped last of what was offered instead"
    op.add_column("misses", sa.Column("picked", sa.String(), nullable=True, comment=comment))


def downgrade() -> None:
    op.drop_column("misses", "picked")
