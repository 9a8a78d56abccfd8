"""What is written at random in the forms that people use comes back equal, or is asked about; never as another one.

`python -m benchmarks.readback` writes 20,000 of each kind with a fixed seed and prints what was read as another one.
"""

from collections.abc import Callable
from random import Random

from benchmarks import written_days, written_quantities

EACH = 20_000
_SHOWN = 20
KINDS: dict[str, Callable[[Random], str]] = {
    "days": lambda random: written_days.fault_in(written_days.write_day(random)),
    "quantities": lambda random: written_quantities.fault_in(written_quantities.write_quantity(random)),
}
"""Writes one and reads it back: what is wrong, or nothing."""


def main() -> None:
    for kind, check in KINDS.items():
        random = Random(1)  # noqa: S311 - not for secrets
        faults = [fault for _ in range(EACH) if (fault := check(random))]
        print(f"{kind}: {EACH} written, {len(faults)} read as another one")
        for fault in faults[:_SHOWN]:
            print(f"  {fault}")


if __name__ == "__main__":
    main()
