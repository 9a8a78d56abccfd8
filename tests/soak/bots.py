"""Starting bots and ending them: one program that has loaded everything forks a new one whenever it is told."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from folders import IMPORTABLE, TESTS

from handlers.services.clock import PlanClock
from soak.nursery import plan_clock


@dataclass(slots=True)
class Nursery:
    """Where bots come from; plan time, `speed` times as fast as the wall's, begins with the first."""

    process: asyncio.subprocess.Process
    order: dict[str, Any]
    first: str
    speed: float
    began: float = field(default_factory=time.time)

    async def bear(self, *, polls: bool = True) -> int:
        """A new bot; its process number."""
        assert self.process.stdin
        assert self.process.stdout
        order = {**self.order, "began": self.began, "first": self.first, "speed": self.speed, "polls": polls}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        return int(await self.process.stdout.readline())

    async def until(self, day: date) -> None:
        """Wait until this plan day begins."""
        await asyncio.sleep(max(0, (day - self.clock().today()).days) * 86400 / self.speed)

    def clock(self) -> PlanClock:
        return plan_clock(self.began, self.first, self.speed)


@asynccontextmanager
async def nursery(
    order: dict[str, Any], *, first: str, speed: float, log: IO[bytes] | None = None
) -> AsyncIterator[Nursery]:
    """`order` says which bot (see soak.nursery); `first` is the plan time that it begins with, `log` gets its log."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "soak.nursery",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=log,
        cwd=TESTS.parent,
        env={"PYTHONPATH": IMPORTABLE, "PATH": ""},
    )
    try:
        yield Nursery(process, order, first, speed)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def shoot(process: int) -> None:
    """As when the machine fails."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


async def stop(process: int, *, seconds: float = 30.0) -> bool:
    """As the operator does it; False where the bot does not end in time."""
    for _ in range(int(seconds / 0.05)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM if _ == 0 else 0)
            await asyncio.sleep(0.05)
            continue
        return True
    return False
