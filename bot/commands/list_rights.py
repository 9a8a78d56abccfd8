"""`python -m bot.commands.list_rights > docs/rights.md`: the page is the table of rights."""

import sys

from handlers.texts.rights import table

if __name__ == "__main__":
    sys.stdout.write(table())
