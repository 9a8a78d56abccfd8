"""What an update costs the bot, beside a bare python-telegram-bot bot that gets the same ones from the same server.

The processor's time is that of the bot's process, user and system, as Linux's /proc says it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks.mix import LIAISONS, messages, unit_of
from bot.playground.bindings import seed_people
from bot.playground.personas import Persona
from storage.database import open_database
from storage.migrate import migrate

ROUNDS = 3
PACE = 25
"""Updates a second."""
WARM_UP, MEASURED = 50, 500
PLAN = "wuxue-2021-26"
_PATIENCE = 300
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Of one run of a bot."""

    start: float
    """Seconds of the processor's time until it first polls."""
    update: float
    """Milliseconds of the processor's time for each update."""
    answer: float
    """Milliseconds from an update to its answer, the median."""
    memory: float
    """Megabytes at the peak."""


def main() -> None:
    costs: dict[str, list[Cost]] = {"duban": [], "bare": []}
    with _server() as server:
        for number in range(ROUNDS):
            with TemporaryDirectory() as folder:
                duban = partial(_duban, server, Path(folder))
                costs["duban"].append(_run(server, f"{number + 1}:duban", duban))
            costs["bare"].append(_run(server, f"{number + 1}:bare", partial(_bare, server)))
    _show("processor time an update", "ms", "update", costs, aim="2.5 times, at most 3.0")
    _show("median answer", "ms", "answer", costs, aim="at most 3 times")
    _show("peak memory", "MB", "memory", costs, aim="at most 150 MB")
    _show("processor time of a start", "s", "start", costs, aim="at most 2.2 s")


def _show(what: str, unit: str, figure: str, costs: dict[str, list[Cost]], *, aim: str) -> None:
    duban, bare = (median(getattr(cost, figure) for cost in costs[name]) for name in ("duban", "bare"))
    print(f"{what:<26}{duban:7.2f} {unit:<2}   bare {bare:6.2f} {unit:<2}   {duban / bare:5.2f} times   (aim: {aim})")


def _run(server: str, token: str, begin: Any) -> Cost:
    with begin(token) as process:
        _post(f"{server}/{token}/up")
        start = _seconds(process.pid)
        _post(f"{server}/{token}/send/{WARM_UP}/{PACE}")
        before = _seconds(process.pid)
        found = _post(f"{server}/{token}/send/{MEASURED}/{PACE}").json()
        spent, peak = _seconds(process.pid) - before, _peak(process.pid)
    if found["unconfirmed"] and token.endswith("duban"):
        print(f"no 确认 under {len(found['unconfirmed'])} answers, as {found['unconfirmed'][0]!r}")
    return Cost(start=start, update=spent / MEASURED * 1000, answer=median(found["took"]) * 1000, memory=peak)


def _post(address: str) -> httpx.Response:
    return httpx.post(address, timeout=_PATIENCE, trust_env=False).raise_for_status()


@contextmanager
def _duban(server: str, folder: Path, token: str) -> Iterator[subprocess.Popen[bytes]]:
    """With a database that is migrated and holds the liaisons."""
    url = f"sqlite:///{folder / 'bench.sqlite'}"
    migrate(url)
    database = open_database(url)
    with database.write() as session:
        people = [Persona(id=one, name="武", about="", mark="", role="liaison", unit=unit_of(one)) for one in LIAISONS]
        seed_people(session, people, plan=PLAN, now=datetime.now(UTC))
    database.close()
    settings = {
        "TELEGRAM__TOKEN": token,
        "TELEGRAM__SERVER": server,
        "DATABASE__URL": url,
        "SERVICE__MODE": "internal",
        "SERVICE__APPROVAL": "bench",
    }
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), **{f"DUBAN_{key}": settings[key] for key in settings}}
    command = [sys.executable, "-m", "bot", "run"]
    with _process(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL) as process:
        yield process


@contextmanager
def _bare(server: str, token: str) -> Iterator[subprocess.Popen[bytes]]:
    with _process([sys.executable, "-m", "benchmarks.bare", server, token]) as process:
        yield process


@contextmanager
def _server() -> Iterator[str]:
    """The address of a server in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.loopback"]
    with _process(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout  # noqa: S101, PT018
        process.stdin.write(json.dumps([asdict(one) for one in messages(WARM_UP + MEASURED)]).encode())
        process.stdin.close()
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"


@contextmanager
def _process(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """One that ends with the block, however that ends."""
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.terminate()


def _seconds(pid: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
