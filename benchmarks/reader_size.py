"""How large the question reader is, and how much of it serves hardly any of the example conversations.

Counted are the statements, as coverage.py sees them, of the modules of `COUNTED` that are loaded when every example
conversation has been asked: what `ask` reaches above language, plan and entities. A statement inside a function is
*low* where at most `FEW` of the conversations come by it; what the import or the loading of the plan runs is never low.

`python -m benchmarks.reader_size` prints both by module, and beside them the rows of words and rules that the reader is
given; `--show 30` prints so many of the low statements.
"""

import argparse
import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

import coverage
from coverage.parser import PythonParser

from benchmarks.corpus import Case, ask, cases
from handlers.services.question_service import open_question_service
from knowledge.language import lexicon

COUNTED = ("knowledge.questions", "handlers.questions")
FEW = 2
NOT_WITHOUT_RECORDS = {"progress_answers", "scope", "standings_json", "texts_progress", "alias_check", "texts_aliases"}
"""Modules that the example conversations cannot come by: they ask without a database, and nobody adds a name."""
_LOADING = "loading"
_FILES = [f"*/{package.replace('.', '/')}/*" for package in COUNTED]


@dataclass(frozen=True)
class Measured:
    """A module, with how many conversations come by each of its statements that loading does not run."""

    name: str
    statements: frozenset[int]
    reached: dict[int, int]

    @cached_property
    def low(self) -> list[int]:
        return sorted(line for line, by in self.reached.items() if by <= FEW)


def measure(asked: Sequence[Case]) -> list[Measured]:
    """Every counted module, by name."""
    recorder = coverage.Coverage(data_file=None, config_file=False, include=_FILES)
    recorder.start()
    recorder.switch_context(_LOADING)
    question_service = open_question_service()
    for number, case in enumerate(asked):
        recorder.switch_context(str(number))
        ask(question_service, case)
        _forget()
    recorder.stop()
    data = recorder.get_data()
    return [_measured(module, data) for module in _counted()]


def _counted() -> list[ModuleType]:
    names = sorted(name for name in sys.modules if name.startswith(COUNTED))
    return [sys.modules[name] for name in names]


def _forget() -> None:
    """Empties what functions keep of earlier calls: else only the first conversation would come by it."""
    for module in _counted():
        for value in vars(module).values():
            if getattr(value, "__module__", None) == module.__name__ and hasattr(value, "cache_clear"):
                value.cache_clear()


def _measured(module: ModuleType, data: coverage.CoverageData) -> Measured:
    file = str(module.__file__)
    source = Path(file).read_text(encoding="utf-8")
    parser = PythonParser(text=source, filename=file, exclude="(?!)")
    parser.parse_source()
    by_statement: dict[int, set[str]] = defaultdict(set)
    for line, contexts in data.contexts_by_lineno(file).items():
        by_statement[parser.first_line(line)].update(contexts)
    inside = set(_lines_of_functions(source))
    asked = {line for line in parser.statements if line in inside and _LOADING not in by_statement[line]}
    reached = {line: len(by_statement[line]) for line in asked}
    return Measured(module.__name__, frozenset(parser.statements), reached)


def _lines_of_functions(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            yield from range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)


def rows() -> dict[str, int]:
    """The words and rules that the reader is given."""
    cues = list(lexicon.cue_groups())
    return {
        "groups of cues": len(cues),
        "cues": sum(len(words) for _, words in cues),
        "fillers": len(lexicon.fillers()),
        "everyday sayings": len(lexicon.sayings()),
        "words for sets": len(lexicon.set_words()),
        "rules and forms": sum(map(len, _tables().values())),
    }


def _tables() -> dict[int, tuple[object, ...]]:
    """Tuples that are called RULES or …FORMS, each once, whoever imports it."""
    named = ((name, value) for module in _counted() for name, value in vars(module).items())
    return {id(value): value for name, value in named if name.endswith(("RULES", "FORMS")) and isinstance(value, tuple)}


def main() -> None:
    parser = argparse.ArgumentParser(description="count the reader's statements, and those that serve hardly anyone")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many of the low statements")
    arguments = parser.parse_args()
    found = measure(cases())
    print(f"{'module':<50}{'statements':>11}{'low':>6}{'share':>8}")
    apart = [one for one in found if one.name.rsplit(".", 1)[-1] in NOT_WITHOUT_RECORDS]
    found = [one for one in found if one.statements and one not in apart]
    for one in sorted(found, key=lambda one: -len(one.low)):
        _print(one.name, len(one.statements), len(one.low))
    for folder in dict.fromkeys(".".join(one.name.split(".")[:3]) for one in found if one.name.count(".") > 2):
        _print_sum(f"{folder}.*", [one for one in found if one.name.startswith(folder)])
    for package in COUNTED:
        _print_sum(package, [one for one in found if one.name.startswith(package)])
    _print_sum("all", found)
    print(f"{'not measured: with records only':<50}{sum(len(one.statements) for one in apart):>11}")
    print("\n" + "\n".join(f"{name:<50}{number:>11}" for name, number in rows().items()))
    low = [(one.name, line) for one in found for line in one.low]
    for name, line in low[: arguments.show]:
        file = Path(str(sys.modules[name].__file__))
        print(f"{name}:{line}: {file.read_text(encoding='utf-8').splitlines()[line - 1].strip()}")


def _print_sum(name: str, found: Sequence[Measured]) -> None:
    _print(name, sum(len(one.statements) for one in found), sum(len(one.low) for one in found))


def _print(name: str, statements: int, low: int) -> None:
    print(f"{name:<50}{statements:>11}{low:>6}{low / statements:>8.1%}")


if __name__ == "__main__":
    main()
