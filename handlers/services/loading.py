"""Loading what lives as long as the process, without looking for garbage in it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Nothing that is made in the block is garbage: to look through it again and again takes as long as to make it, and
    later would pause answers for a fifth of a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
