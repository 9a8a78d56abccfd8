"""The grammar of quantities: every line of its corpus, and whatever is written comes back equal or is asked about."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.written_quantities import fault_in, read_of, write_quantity
from knowledge.language.normalize import clean
from knowledge.language.quantities.numerals import read_number
from knowledge.language.quantities.quantity import Quantity, quantities


def _cases(name: str) -> Iterator[Any]:
    file = Path(__file__).parent / "quantities" / f"{name}.yaml"
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
        yield pytest.param(*case.values(), id=case["said"])


@pytest.mark.parametrize(("said", "value"), list(_cases("numerals")))
def test_numeral_is_read_whole_or_not_at_all(said: str, value: float | None) -> None:
    assert read_number(said) == (None if value is None else Decimal(str(value)))


def _told(quantity: Quantity) -> str:
    """A quantity in the corpus's own words."""
    ends = "-".join(f"{end.normalize():f}" for end in quantity.ends)
    number = ends or (f"{quantity.value.normalize():f}" if quantity.value.is_finite() else "?")
    of = f"of {quantity.of.normalize():f}" if quantity.of is not None else ""
    return " ".join(filter(None, (number, of, quantity.measure, "~" if quantity.approx else "")))


@pytest.mark.parametrize(("said", "wanted"), list(_cases("quantities")))
def test_quantities_of_a_text_are_read(said: str, wanted: list[str]) -> None:
    assert [_told(quantity) for quantity in quantities(clean(said))] == wanted


@settings(deadline=None, max_examples=300)
@given(st.randoms(use_true_random=False))
def test_written_number_is_read_back_or_asked_about(random: Random) -> None:
    assert fault_in(write_quantity(random)) == ""


def test_nearly_every_written_number_is_read() -> None:
    random = Random(1)  # noqa: S311 - not for secrets
    written = [one for one in (write_quantity(random) for _ in range(200)) if one.value is not None]
    assert sum(bool(read_of(one)) for one in written) > 0.95 * len(written)
