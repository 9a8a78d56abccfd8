"""`python -m bot.commands.list_rules > docs/rules.md`: the page is the rules of reminding as they are configured."""

import sys

from handlers.texts.reminder_rules import page
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.rules import rules_from

if __name__ == "__main__":
    sys.stdout.write(page(rules_from(RemindDefaults())))
