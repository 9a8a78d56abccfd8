"""What is said of a reading that a language model has chosen: it is only offered, and says whose it is."""

from dataclasses import replace

from handlers.questions.texts_declined import NONE_OF_THESE
from handlers.texts.reply import Button, Reply
from knowledge.entities.choice import Choice

_LABEL = 18
"""Characters of the question on its button."""
NOTE = "带“AI”的按钮是由AI辅助理解的，可能不对；点了，才按它从方案里查。"


def with_offer(reply: Reply, offer: Choice, *, most: int) -> Reply:
    """The decline with the offer as the first button, `most` in all; 都不是 stays the last."""
    short = offer.label if len(offer.label) <= _LABEL else f"{offer.label[:_LABEL]}…"
    rest = [one for one in reply.buttons if one.question not in {NONE_OF_THESE, offer.message}]
    buttons = (Button(f"AI：{short}", offer.message), *rest[: most - 2], Button(NONE_OF_THESE, NONE_OF_THESE))
    return replace(reply, blocks=(*reply.blocks, NOTE), buttons=buttons)
