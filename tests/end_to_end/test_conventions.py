"""What holds of every module: one word for one thing, a sentence that says what it is, and sentences in texts only."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT

MODULES = [
    file for package in ("knowledge", "storage", "handlers", "bot") for file in sorted((ROOT / package).rglob("*.py"))
]
_SENTENCE = re.compile(r"[\u4e00-\u9fff].*[。？！]$", re.DOTALL)


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def defined(file: Path) -> Iterator[str]:
    for node in tree_of(file).body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) if name[0].isupper() and not name.isupper():
                yield name


def said(file: Path) -> Iterator[str]:
    """The strings of a module but for its docstrings, and for the samples and patterns of what people write."""
    tree = tree_of(file)
    passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Rule", "RedLine", "sign", "re.compile"}:
            passed |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.value


def is_of_texts(file: Path) -> bool:
    return file.name.startswith("texts") or file.parent.name == "texts"


def test_no_class_name_is_defined_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for file in MODULES:
        for name in defined(file):
            places[name].append(str(file.relative_to(ROOT)))
    assert len(places) > 100
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_opens_with_what_it_is(file: Path) -> None:
    opening = (ast.get_docstring(tree_of(file)) or "").split("\n\n")[0]
    assert opening.endswith((".", "?", "!")), opening


def test_what_users_read_stands_in_texts() -> None:
    outside = [
        file for file in MODULES if not is_of_texts(file) and file.relative_to(ROOT).parts[0] in {"handlers", "bot"}
    ]
    found = {
        file.name: sentences for file in outside if (sentences := [one for one in said(file) if _SENTENCE.search(one)])
    }
    assert found == {}
    assert any(_SENTENCE.search(one) for file in MODULES if is_of_texts(file) for one in said(file))


_TAGS = "a|b|i|u|s|p|br|code|pre|em|strong|blockquote"
MARKUP = re.compile(rf"(?<!\?P)</?(?:{_TAGS})(?:\s[^<>]*)?/?>|&(?:lt|gt|amp);|https?://t\.me")
"""But for the names of groups in patterns."""


def test_conversations_know_no_channel_and_no_markup() -> None:
    """The migrations hold what earlier versions stored."""
    files = [file for file in MODULES if file.relative_to(ROOT).parts[0] in {"handlers", "storage"}]
    found = {
        str(file.relative_to(ROOT)): marked
        for file in files
        if "migrations" not in file.parts and (marked := [one for one in said(file) if MARKUP.search(one)])
    }
    assert found == {}
    assert any(MARKUP.search(one) for one in said(ROOT / "bot" / "telegram" / "channel.py"))


def test_telegram_is_imported_by_its_channel_alone() -> None:
    importing = {
        str(file.relative_to(ROOT))
        for file in MODULES
        for node in ast.walk(tree_of(file))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "telegram")
        or (isinstance(node, ast.Import) and any(one.name.split(".")[0] == "telegram" for one in node.names))
    }
    assert importing
    assert {file for file in importing if not file.startswith("bot/telegram/")} == set()
