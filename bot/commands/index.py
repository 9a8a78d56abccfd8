"""`duban index`: the index of a plan's own words, made from its document and written beside its register."""

from pathlib import Path
from zipfile import BadZipFile

import typer

from bot.texts import index as texts
from bot.texts.problems import problems_text
from handlers.services.document_text import KINDS, UnpackedError, text_of
from knowledge.plan.document_parts import HeadingsError, parts_of
from knowledge.plan.shipped import PlanError, find_plans, index_files
from knowledge.plan.text_index import build_index
from knowledge.plan.text_index_file import dump_index


def index_document(document: Path, *, plan: str | None) -> int:
    """Read, cut and write; the exit status."""
    try:
        shelves = find_plans(plan)
    except PlanError as error:
        return _failed(problems_text(error.problems))
    if len(shelves) > 1:
        return _failed(texts.ONE_PLAN)
    kind = document.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        return _failed(texts.cannot_read(kind, KINDS))
    try:
        index = build_index(parts_of(text_of(document.read_bytes(), kind), shelves[0][0]))
        words, strings = index_files(plan)
        written = dump_index(index)
        words.write_text(written[0], encoding="utf-8")
        strings.write_bytes(written[1])
    except HeadingsError as error:
        return _failed(texts.no_headings(error.titles))
    except (OSError, ValueError, BadZipFile, UnpackedError):
        return _failed(texts.unreadable(str(document)))
    typer.echo(texts.done(index, str(words), str(strings)))
    return 0


def _failed(text: str) -> int:
    typer.echo(text, err=True)
    return 1
