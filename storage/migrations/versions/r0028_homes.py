"""Of which of a person's roles a chat's home is, and the menu of commands that the chat was given."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    desk = "the role that was chosen of several, as liaison <plan> <unit>"
    menu = "the role whose commands the chat's menu shows; null: everybody's"
    op.create_table(
        "homes",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("desk", sa.String(), nullable=True, comment=desk),
        sa.Column("menu", sa.String(), nullable=True, comment=menu),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_homes_chat_id_chats")),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_homes")),
    )


def downgrade() -> None:
    op.drop_table("homes")
