"""Worker threads and the event loop share one interpreter."""

import sys

_SWITCH_SECONDS = 0.0005
"""How long a worker thread computes before the event loop, with messages to send on time, gets its turn again."""


def let_the_loop_in() -> None:
    """A thread that computes, or imports, holds nobody up for long."""
    sys.setswitchinterval(_SWITCH_SECONDS)
