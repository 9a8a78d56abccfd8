"""The registers that come with the program, and those a person names: find, read, and say all that is wrong at once.

A register is `NAME.yaml`; beside it may stand its gazetteer as `NAME.gazetteer.yaml`, and the index of its document's
words as `NAME.words.yaml` and `NAME.strings`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.gazetteer_file import read_gazetteer
from knowledge.plan.model import Plan
from knowledge.plan.problems import Code, Problem
from knowledge.plan.register import read_register
from knowledge.plan.text_index import TextIndex
from knowledge.plan.text_index_file import read_index

DEFAULT = "wuxue-2021-26"

_REGISTER = ".yaml"
_GAZETTEER = ".gazetteer.yaml"
_WORDS = ".words.yaml"
_STRINGS = ".strings"


class PlanError(Exception):
    """Registers or gazetteers that cannot be used; `problems` are all that is wrong with any of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """One register with its gazetteer and the index of its document, as far as they could be read."""

    plan: Plan | None
    gazetteer: Gazetteer | None
    text: TextIndex | None
    """None where there is none."""
    problems: tuple[Problem, ...]


def shipped() -> tuple[str, ...]:
    """The names of the registers that come with the program."""
    return tuple(sorted(file.name.removesuffix(_REGISTER) for file in _registers(_shelf())))


def find_plans(choice: str | None = None) -> tuple[tuple[Plan, Gazetteer], ...]:
    """The plans that `choice` names, each with its gazetteer (an empty one where there is no file).

    A choice is a shipped register's name, a register file, a folder of them, or `all` (every shipped one); None is
    the shipped default. Raises PlanError with everything wrong in any of the files.
    """
    readings = read_plans(choice)
    if problems := [problem for reading in readings for problem in reading.problems]:
        raise PlanError(problems)
    return tuple((reading.plan, reading.gazetteer) for reading in readings if reading.plan and reading.gazetteer)


def find_texts(choice: str | None = None) -> Mapping[str, TextIndex]:
    """The indexes of the plans that `choice` names, by plan, of those that have one.

    Raises PlanError as find_plans does; only check-plan holds an index against its register.
    """
    found = {_name(file): _read_text(folder, _name(file), plan=None) for file, folder in _find(choice)}
    if problems := [problem for _, problems in found.values() for problem in problems]:
        raise PlanError(problems)
    return {name: text for name, (text, _) in found.items() if text}


def index_files(choice: str | None = None) -> tuple[Path, Path]:
    """Where the index of the one plan that `choice` names stands, or is to stand: its words and its strings."""
    ((file, folder),) = _find(choice)
    return tuple(Path(str(folder / f"{_name(file)}{ending}")) for ending in (_WORDS, _STRINGS))  # type: ignore[return-value]


def read_plans(choice: str | None = None) -> tuple[ReadResult, ...]:
    """Like find_plans, with what is wrong beside what could be read. Raises PlanError only if nothing is found."""
    return tuple(_read(*found) for found in _find(choice))


def _find(choice: str | None) -> list[tuple[Traversable, Traversable]]:
    """The register files that a choice names, each with the folder it stands in."""
    shelf = _shelf()
    if choice == "all":
        return [(file, shelf) for file in _registers(shelf)]
    if choice is None or choice in shipped():
        return [(shelf / f"{choice or DEFAULT}{_REGISTER}", shelf)]
    path = Path(choice)
    if path.is_file():
        return [(path, path.parent)]
    if path.is_dir() and (inside := _registers(path)):
        return [(file, path) for file in inside]
    raise PlanError([Problem(file=choice, line=0, code=Code.NO_FILE, accepted=("all", *shipped()))])


def _read(file: Traversable, folder: Traversable) -> ReadResult:
    """Read a register with what stands beside it; a gazetteer or index named by itself is read with its register."""
    name = _name(file)
    register, beside = folder / f"{name}{_REGISTER}", folder / f"{name}{_GAZETTEER}"
    if not file.name.endswith(_REGISTER):
        register = file
    text, problems = _text(register)
    plan = None
    if text is not None:
        plan, problems = read_register(text, name=name, file=str(register))
    index, more = _read_text(folder, name, plan=plan)
    problems += more
    if not beside.is_file():
        gazetteer = Gazetteer(home=plan.home) if plan else None
        return ReadResult(plan=plan, gazetteer=gazetteer, text=index, problems=problems)
    gazetteer = None
    text, more = _text(beside)
    if text is not None:
        gazetteer, more = read_gazetteer(text, file=str(beside), plan=plan)
    return ReadResult(plan=plan, gazetteer=gazetteer, text=index, problems=problems + more)


def _read_text(folder: Traversable, name: str, *, plan: Plan | None) -> tuple[TextIndex | None, tuple[Problem, ...]]:
    words, strings = folder / f"{name}{_WORDS}", folder / f"{name}{_STRINGS}"
    if not words.is_file() or not strings.is_file():
        return None, ()
    text, problems = _text(words)
    if text is None:
        return None, problems
    return read_index(text, strings.read_bytes(), file=str(words), plan=plan)


def _name(file: Traversable) -> str:
    """The name of the plan that a file belongs to."""
    return file.name.removesuffix(_WORDS).removesuffix(_GAZETTEER).removesuffix(_REGISTER)


def _text(file: Traversable) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        return file.read_bytes().decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, (Problem(file=str(file), line=line, code=Code.NOT_UTF8),)
    except OSError as error:
        return None, (Problem(file=str(file), line=0, code=Code.UNREADABLE, detail=error.strerror or ""),)


def _registers(folder: Traversable) -> list[Traversable]:
    others = (_GAZETTEER, _WORDS)
    found = (file for file in folder.iterdir() if file.name.endswith(_REGISTER) and not file.name.endswith(others))
    return sorted(found, key=lambda file: file.name)


def _shelf() -> Traversable:
    return files("knowledge.plan.shipped")
