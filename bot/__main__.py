"""`python -m bot`: the same as `duban`."""

import sys

from bot.cli import main

sys.exit(main())
