"""The home of a visitor: what may be asked of the public plan."""

from dataclasses import replace

from handlers.questions.texts_personal_matters import hotlines
from handlers.texts.marks import bold
from handlers.texts.reply import Button, Reply
from handlers.texts.samples import all_kinds
from knowledge.entities.library import Library

NAME = "督办助手"
ALL_TASKS = "方案有哪些任务"

_MOST_TITLES = 3


def visitor_home(library: Library, telephone: str = "") -> Reply:
    """`telephone` is the office's own, where it has given one."""
    titles = "".join(f"《{plan.title}》" for plan in library.plans[:_MOST_TITLES])
    more = f"等 {len(library.plans)} 个方案" if len(library.plans) > _MOST_TITLES else ""
    return Reply(
        head=bold(f"您好，这里是{NAME}。"),
        blocks=(
            f"我回答{titles}{more}里的问题：哪家单位负责什么、目标多少、什么时候到期。",
            "像平时说话一样直接问，简称、错别字也能认。点下面的例子试试。",
            *hotlines(telephone),
        ),
        buttons=sample_buttons(library),
    )


def sample_buttons(library: Library) -> tuple[Button, ...]:
    """Questions of the plan that is loaded; of several, one that any may be asked."""
    own = all_kinds(library) if len(library.shelves) == 1 else []
    return tuple(Button(question, question) for question in (*own, ALL_TASKS))


def with_samples(reply: Reply, library: Library) -> Reply:
    """Of a sentence that was not understood and to which nothing comes near: what can be asked."""
    return reply if reply.buttons else replace(reply, buttons=sample_buttons(library)[:3])
