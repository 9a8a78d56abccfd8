"""Where the repository and what the tests read lie."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
SUPPORT = TESTS / "support"
IMPORTABLE = f"{SUPPORT}:{TESTS}"
"""The PYTHONPATH of a process that runs what the tests share."""
