"""Telegram's limits on sending, which the playground keeps only when they are switched on."""

import math
from collections import defaultdict, deque
from collections.abc import Callable

from bot.playground.api_errors import too_many_requests


class FloodGate:
    """Sliding windows: 30 messages a second in all, 1 a second in a private chat, 20 a minute in a group."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)

    def pass_one(self, chat: int) -> None:
        """Count one message to the chat; Refusal (429) where a window is full, which then counts nothing."""
        now = self._seconds()
        window = (20, 60.0) if chat < 0 else (1, 1.0)
        wait = max(self._wait(self._sent[0], now, 30, 1.0), self._wait(self._sent[chat], now, *window))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._sent[0].append(now)
        self._sent[chat].append(now)

    @staticmethod
    def _wait(sent: deque[float], now: float, most: int, seconds: float) -> float:
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        return sent[0] + seconds - now if len(sent) >= most else 0.0
