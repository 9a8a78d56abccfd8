"""The command line. Each command imports what it needs when it runs, so that `duban --version` is quick."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bot.cli_help import ChineseCommand, ChineseGroup, complaint
from bot.playground import PageChannel
from bot.texts import cli as texts

CRASHED = 70
"""Exit status of a mistake of ours (EX_SOFTWARE)."""
INTERRUPTED = 130


app = typer.Typer(
    cls=ChineseGroup, help=texts.ABOUT, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what goes wrong is one Chinese sentence on standard error. Returns the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        status = typer.main.get_command(app).main(list(arguments), prog_name="duban", standalone_mode=False)
    except TyperException as error:
        return _wrong_usage(error)
    except (KeyboardInterrupt, typer.Abort):
        _say(texts.ABORTED)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away: nobody is left to be told
        return 1
    except Exception as error:
        if "--debug" in arguments:
            raise
        _say(texts.crashed(_recorded(error, arguments)))
        return CRASHED
    return int(status or 0)


PlanOption = Annotated[str | None, typer.Option("--plan", help=texts.PLAN, rich_help_panel=texts.OPTIONS)]
UnitOption = Annotated[str | None, typer.Option("--as", help=texts.UNIT, rich_help_panel=texts.OPTIONS)]
TodayOption = Annotated[str | None, typer.Option("--today", help=texts.TODAY, rich_help_panel=texts.OPTIONS)]
DatabaseOption = Annotated[str | None, typer.Option("--database", help=texts.DATABASE, rich_help_panel=texts.OPTIONS)]
ConfigOption = Annotated[Path | None, typer.Option("--config", help=texts.CONFIG, rich_help_panel=texts.OPTIONS)]


@app.callback(invoke_without_command=True)
def duban(
    *,
    show_version: Annotated[bool, typer.Option("--version", help=texts.VERSION, rich_help_panel=texts.OPTIONS)] = False,
    debug: Annotated[bool, typer.Option("--debug", help=texts.DEBUG, rich_help_panel=texts.OPTIONS)] = False,  # noqa: ARG001 - main() looks for it
) -> None:
    if show_version:
        typer.echo(f"duban {version('duban')}")
        raise typer.Exit


@app.command(cls=ChineseCommand, help=texts.ASK, rich_help_panel=texts.COMMANDS)
def ask(
    question: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=texts.QUESTION_NAME, help=texts.QUESTION, rich_help_panel=texts.ARGUMENTS, show_default=False
        ),
    ] = None,
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help=texts.JSONL, rich_help_panel=texts.OPTIONS)] = False,
    plan: PlanOption = None,
    unit: UnitOption = None,
    today: TodayOption = None,
    database: Annotated[
        str | None, typer.Option("--database", help=texts.ASK_DATABASE, rich_help_panel=texts.OPTIONS)
    ] = None,
) -> int:
    if jsonl and question:
        raise typer.BadParameter(texts.NOT_BOTH)
    if not jsonl and not question:
        raise typer.BadParameter(texts.NO_QUESTION)
    day = _day(today)
    if jsonl:
        from bot.commands.ask import ask_jsonl
        from bot.commands.jsonl import open_streams

        open_streams(sys.stdin, sys.stdout)
        return ask_jsonl(sys.stdin, sys.stdout, plan=plan, database=database)

    from bot.commands.ask import ask_person

    return ask_person(" ".join(question or ()), plan=plan, unit=unit, today=day, database=database)


@app.command(cls=ChineseCommand, help=texts.EXPLAIN, rich_help_panel=texts.COMMANDS)
def explain(
    question: Annotated[
        list[str],
        typer.Argument(
            metavar=texts.QUESTION_NAME, help=texts.QUESTION, rich_help_panel=texts.ARGUMENTS, show_default=False
        ),
    ],
    plan: PlanOption = None,
    who: Annotated[str | None, typer.Option("--as", help=texts.WHO, rich_help_panel=texts.OPTIONS)] = None,
    today: TodayOption = None,
) -> int:
    day = _day(today)

    from bot.commands.explain import explain as explain_message

    return explain_message(" ".join(question), plan=plan, who=who, today=day)


@app.command(cls=ChineseCommand, help=texts.PARSE_UPDATE, rich_help_panel=texts.COMMANDS)
def parse_update(
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help=texts.MESSAGES, rich_help_panel=texts.OPTIONS)] = False,
    plan: PlanOption = None,
) -> int:
    if not jsonl:
        raise typer.BadParameter(texts.ONLY_JSONL)

    from bot.commands.jsonl import open_streams
    from bot.commands.parse_update import parse_update_jsonl

    open_streams(sys.stdin, sys.stdout)
    return parse_update_jsonl(sys.stdin, sys.stdout, plan=plan)


@app.command(cls=ChineseCommand, help=texts.PLAYGROUND, rich_help_panel=texts.COMMANDS)
def playground(
    *,
    channel: Annotated[
        str, typer.Option("--channel", help=texts.CHANNEL, rich_help_panel=texts.OPTIONS, show_default=False)
    ] = PageChannel.TELEGRAM,
    empty: Annotated[bool, typer.Option("--empty", help=texts.EMPTY, rich_help_panel=texts.OPTIONS)] = False,
) -> int:
    if channel not in list(PageChannel):
        raise typer.BadParameter(texts.bad_channel(channel, list(PageChannel)))

    from bot.playground.run import run_playground

    return run_playground(channel=PageChannel(channel), empty=empty)


@app.command(cls=ChineseCommand, help=texts.RUN, rich_help_panel=texts.COMMANDS)
def run(config: ConfigOption = None) -> int:
    from handlers.services.loading import loading

    with loading():
        from bot.commands.run import run_bot

    return run_bot(config)


@app.command(cls=ChineseCommand, help=texts.INVITE, rich_help_panel=texts.COMMANDS)
def invite(
    *,
    role: Annotated[str | None, typer.Option("--role", help=texts.ROLE, rich_help_panel=texts.OPTIONS)] = None,
    listed: Annotated[
        Path | None, typer.Option("--list", help=texts.INVITE_LIST, rich_help_panel=texts.OPTIONS)
    ] = None,
    slips: Annotated[
        Path, typer.Option("--slips", help=texts.INVITE_SLIPS, rich_help_panel=texts.OPTIONS, show_default=False)
    ] = Path("邀请纸条.html"),
    unit: Annotated[
        list[str] | None, typer.Option("--unit", help=texts.INVITE_UNIT, rich_help_panel=texts.OPTIONS)
    ] = None,
    section: Annotated[
        list[int] | None, typer.Option("--section", help=texts.INVITE_SECTION, rich_help_panel=texts.OPTIONS)
    ] = None,
    project: Annotated[
        list[str] | None, typer.Option("--project", help=texts.INVITE_PROJECT, rich_help_panel=texts.OPTIONS)
    ] = None,
    plan: PlanOption = None,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> int:
    if listed is not None:
        from bot.commands.invite_list import invite_list

        return invite_list(listed, slips, plan=plan, database=database, config=config)
    from bot.commands.invite import invite as make_invitation

    return make_invitation(
        role or "",
        units=unit or (),
        sections=section or (),
        projects=project or (),
        plan=plan,
        database=database,
        config=config,
    )


@app.command(cls=ChineseCommand, help=texts.AUDIT, rich_help_panel=texts.COMMANDS)
def audit(
    *,
    head: Annotated[str | None, typer.Option("--head", help=texts.HEAD, rich_help_panel=texts.OPTIONS)] = None,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> int:
    from bot.commands.audit import audit as read_audit

    return read_audit(head=head, database=database, config=config)


@app.command(cls=ChineseCommand, help=texts.MISSES, rich_help_panel=texts.COMMANDS)
def misses(
    *,
    every: Annotated[bool, typer.Option("--all", help=texts.EVERY_MISS, rich_help_panel=texts.OPTIONS)] = False,
    as_json: Annotated[bool, typer.Option("--json", help=texts.MISSES_JSON, rich_help_panel=texts.OPTIONS)] = False,
    resolve: Annotated[int | None, typer.Option("--resolve", help=texts.RESOLVE, rich_help_panel=texts.OPTIONS)] = None,
    alias: Annotated[str | None, typer.Option("--alias", help=texts.ALIAS, rich_help_panel=texts.OPTIONS)] = None,
    plan: PlanOption = None,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> int:
    if alias is not None and resolve is None:
        raise typer.BadParameter(texts.ALIAS_NEEDS_RESOLVE)

    from bot.commands.misses import misses as show_misses

    return show_misses(
        every=every, as_json=as_json, resolve=resolve, alias=alias, plan=plan, database=database, config=config
    )


@app.command(cls=ChineseCommand, help=texts.OUTBOX, rich_help_panel=texts.COMMANDS)
def outbox(
    *,
    as_json: Annotated[bool, typer.Option("--json", help=texts.OUTBOX_JSON, rich_help_panel=texts.OPTIONS)] = False,
    retry: Annotated[int | None, typer.Option("--retry", help=texts.RETRY, rich_help_panel=texts.OPTIONS)] = None,
    drop: Annotated[int | None, typer.Option("--drop", help=texts.DROP, rich_help_panel=texts.OPTIONS)] = None,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> int:
    if retry is not None and drop is not None:
        raise typer.BadParameter(texts.RETRY_OR_DROP)

    from bot.commands.outbox import outbox as show_outbox

    return show_outbox(as_json=as_json, retry=retry, drop=drop, database=database, config=config)


@app.command(cls=ChineseCommand, help=texts.ERROR, rich_help_panel=texts.COMMANDS)
def error(
    number: Annotated[
        str,
        typer.Argument(
            metavar=texts.ERROR_NUMBER_NAME,
            help=texts.ERROR_NUMBER,
            rich_help_panel=texts.ARGUMENTS,
            show_default=False,
        ),
    ],
    *,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> int:
    from bot.commands.error import error as show_error

    return show_error(number, database=database, config=config)


@app.command(cls=ChineseCommand, help=texts.STATUS, rich_help_panel=texts.COMMANDS)
def status(
    *,
    as_json: Annotated[bool, typer.Option("--json", help=texts.STATUS_JSON, rich_help_panel=texts.OPTIONS)] = False,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> int:
    from bot.commands.status import status as show_status

    return show_status(as_json=as_json, database=database, config=config)


@app.command(cls=ChineseCommand, help=texts.BACKUP, rich_help_panel=texts.COMMANDS)
def backup(
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar=texts.BACKUP_PLACE_NAME,
            help=texts.BACKUP_PLACE,
            rich_help_panel=texts.ARGUMENTS,
            show_default=False,
        ),
    ] = None,
    *,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> int:
    from bot.commands.backup import backup as make

    return make(place, database=database, config=config)


@app.command(cls=ChineseCommand, help=texts.RESTORE, rich_help_panel=texts.COMMANDS)
def restore(
    file: Annotated[
        Path,
        typer.Argument(
            metavar=texts.BACKUP_FILE_NAME, help=texts.BACKUP_FILE, rich_help_panel=texts.ARGUMENTS, show_default=False
        ),
    ],
    *,
    replace: Annotated[bool, typer.Option("--replace", help=texts.REPLACE, rich_help_panel=texts.OPTIONS)] = False,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> int:
    from bot.commands.backup import restore as put_back

    return put_back(file, replace=replace, database=database, config=config)


@app.command(cls=ChineseCommand, help=texts.CHECK_PLAN, rich_help_panel=texts.COMMANDS)
def check_plan(
    file: Annotated[
        str,
        typer.Argument(
            metavar=texts.PLAN_FILE_NAME, help=texts.PLAN_FILE, rich_help_panel=texts.ARGUMENTS, show_default=False
        ),
    ],
) -> int:
    from bot.commands.check_plan import check_plan as check

    return check(file, out=sys.stdout)


@app.command(cls=ChineseCommand, help=texts.INDEX, rich_help_panel=texts.COMMANDS)
def index(
    document: Annotated[
        Path,
        typer.Argument(
            metavar=texts.DOCUMENT_NAME, help=texts.DOCUMENT, rich_help_panel=texts.ARGUMENTS, show_default=False
        ),
    ],
    *,
    plan: PlanOption = None,
) -> int:
    from bot.commands.index import index_document

    return index_document(document, plan=plan)


@app.command(cls=ChineseCommand, help=texts.CHECK_CONFIG, rich_help_panel=texts.COMMANDS)
def check_config(config: ConfigOption = None) -> int:
    from bot.commands.check_config import check_config as check

    return check(config)


def _recorded(error: Exception, arguments: Sequence[str]) -> str:
    """Write a mistake of ours into the log file; the number that finds it there."""
    from bot.error_number import error_number, kind_of

    number = error_number()
    with suppress(Exception):  # what is broken may be what is needed here; the person is told in any case
        import structlog

        from bot.log import set_up_logging

        if not structlog.is_configured():  # only `duban run` has a log from its start
            set_up_logging(_log_settings(arguments), stream=None)
        structlog.get_logger("bot.cli").error("crashed", number=number, command=arguments[0], **kind_of(error))
    return number


def _log_settings(arguments: Sequence[str]) -> Any:
    from bot.config import ConfigError, LogSettings, load_settings

    try:
        return load_settings(_config_of(arguments)).log
    except ConfigError:
        return LogSettings()


def _config_of(arguments: Sequence[str]) -> Path | None:
    """The settings' file that the command line names; the command that did not end cannot be asked any more."""
    named = [after for one, after in pairwise(arguments) if one == "--config"]
    named += [one.removeprefix("--config=") for one in arguments if one.startswith("--config=")]
    return Path(named[-1]) if named else None


def _day(text: str | None) -> date | None:
    from knowledge.plan.limits import day_within

    try:
        return day_within(text) if text else None
    except ValueError:
        raise typer.BadParameter(texts.bad_date(text or "")) from None


def _wrong_usage(error: TyperException) -> int:
    """Say in Chinese what typer found wrong with the command line."""
    _say(complaint(error))
    return error.exit_code


def _say(text: str) -> None:
    typer.echo(text, err=True)
