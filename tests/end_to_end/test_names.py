"""One word, one thing: no class or type of the program's packages has the name of another."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from folders import ROOT


def defined(file: Path) -> Iterator[str]:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) if name[0].isupper() and not name.isupper():
                yield name


def test_no_class_name_is_defined_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for package in ("knowledge", "storage", "handlers", "bot"):
        for file in (ROOT / package).rglob("*.py"):
            for name in defined(file):
                places[name].append(str(file.relative_to(ROOT)))
    assert len(places) > 100
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
