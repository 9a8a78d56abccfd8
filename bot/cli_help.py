"""Typer's usage, help and complaints, in Chinese."""

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException
from typing_extensions import override

from bot.texts import cli as texts


class ChineseCommand(TyperCommand):
    """A command whose usage and help option are in Chinese."""

    @override
    def get_usage(self, ctx: Any) -> str:
        return _usage(ctx, self.collect_usage_pieces(ctx))

    @override
    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _in_chinese(super().get_help_option(ctx))

    @override
    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        rich_utils.REQUIRED_LONG_STRING = texts.REQUIRED
        super().format_help(ctx, formatter)

    @override
    def get_params(self, ctx: Any) -> list[Any]:
        return _without_types(super().get_params(ctx))


class ChineseGroup(TyperGroup):
    """The same for `duban` itself."""

    @override
    def get_usage(self, ctx: Any) -> str:
        return _usage(ctx, self.collect_usage_pieces(ctx))

    @override
    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _in_chinese(super().get_help_option(ctx))

    @override
    def get_params(self, ctx: Any) -> list[Any]:
        return _without_types(super().get_params(ctx))


def _usage(ctx: Any, pieces: list[str]) -> str:
    chinese = {"[OPTIONS]": f"[{texts.OPTIONS}]", "COMMAND [ARGS]...": texts.COMMANDS}
    return texts.usage(ctx.command_path, " ".join(chinese.get(piece, piece) for piece in pieces))


def _without_types(params: Sequence[Any]) -> list[Any]:
    """Help without Python's names of types, which say nothing to an official."""
    for param in params:
        param.display_type_rich = lambda ctx: None  # noqa: ARG005
    return list(params)


def _in_chinese(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help, option.rich_help_panel = texts.HELP, texts.OPTIONS
    return option


def complaint(error: TyperException) -> str:
    """What is wrong with a command line, as a sentence."""
    kind, context = type(error).__name__, getattr(error, "ctx", None)
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    return texts.bad_usage(context.command_path if context else "duban", _what_is_wrong(kind, error))


def _what_is_wrong(kind: str, error: Any) -> str:
    match kind:
        case "MissingParameter":
            return texts.missing(error.param.metavar or error.param.name)
        case "NoSuchOption":
            return texts.no_such_option(error.option_name)
        case "BadOptionUsage":
            return texts.option_needs_value(error.option_name)
        case "BadParameter" if error.param is None:
            return str(error.message)  # ours, already Chinese
        case "BadParameter":
            return texts.bad_value(error.param.metavar or error.param.opts[0], error.message)
        case "UsageError" if error.message.startswith("No such command"):
            return texts.no_such_command(error.message.split("'")[1])
    return texts.WRONG
