"""The sentences of answers."""
from handlers.reply import Button, Reply
from handlers.texts.markup import bold, safe
from knowledge.answer import Answer
from knowledge.library import Library


def render(answer: Answer, library: Library) -> Reply:
    d = answer.detail
    lines = [f"{f.about}:{f.says}" for f in d.get("facts", ())]
    for c in d.get("clauses", ()):
        lines += [c.title] + [f"{f.about}:{f.says}" for f in c.facts]
    for t in answer.content.targets or ():
        lines.append(f"{t.name} {t.value} {t.deadline or '方案未写期限'}")
    for e in d.get("entries",()):
        lines.append(e.name)
    return Reply(head=bold(f"{answer.outcome} {answer.why or ''}"), blocks=tuple(map(safe, lines)), buttons=tuple(Button(c.label, c.question) for c in answer.choices))
