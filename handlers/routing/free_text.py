"""Words that were typed: decided by the table of intents, and done."""

from dataclasses import replace

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import taken_prompt
from handlers.questions.handler import ask, ask_again
from handlers.routing.commands import run_command
from handlers.routing.decision import Decision, decide, decide_part
from handlers.routing.intents import TABLE
from handlers.routing.texts_intents import which
from handlers.routing.texts_prompts import is_same_matter, left
from handlers.routing.utterance import utterance_of, without_slash
from storage.dialogs import StoredTurn


def hear(context: Context, text: str) -> Call:
    """Do what a message asks for, each of its requests in turn; nothing but the bot's name is a greeting."""
    if not text:
        return run_command(context, "start", "")
    text = without_slash(text)
    prompt = taken_prompt(context)
    asked = prompt.command if prompt and prompt.expires_at > context.now else ""
    first, *others = decide(utterance_of(context, text, asked), TABLE)
    said = _done(_leaving(context, prompt.command, first) if prompt else context, first)
    context.besides.extend(_done(context, one) for one in others)
    return said


def _leaving(context: Context, prompt: str, decision: Decision) -> Context:
    """Where something else is done than what was asked for, the reply says what is not."""
    said = decision.utterance
    line = f"/{' '.join(said.command)}" if said.command else said.button or ""
    instead = prompt.startswith("/reminders") and said.reminder is not None  # another takes its place
    if not decision.leaves_prompt or instead or is_same_matter(prompt, line):
        return context
    return replace(context, below=left(prompt, text="" if line else said.text))


def _done(context: Context, decision: Decision) -> Call:
    """Do what was decided, or ask which of two was meant."""
    if decision.between is None:
        return decision.run(context)
    first, second = ((intent.name, intent.line(decision.utterance)) for intent in decision.between)
    return say(context, which(first, second))


def hear_again(context: Context, text: str, turn: StoredTurn | None, *, asks: bool) -> tuple[Call, ...]:
    """An edited message corrects its report or moves its reminder, else the answer of its turn is edited; without one
    it is answered now. `asks`: it is a question and nothing else."""
    said = utterance_of(context, text)
    done = None if asks or context.group else decide_part(said, TABLE).run_again(context)
    if done is not None:
        return (done, *context.besides)
    if turn is None:
        return (ask(context, text, cleaned=said.cleaned),)
    return ask_again(context, text, turn, cleaned=said.cleaned)
