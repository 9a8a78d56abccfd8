"""Projects and who reports on them: the list, and asking for news of one."""

from collections.abc import Sequence
from datetime import date

from handlers.people.texts import person
from handlers.texts.lists import ListRow, ListValue, list_reply
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text
from knowledge.plan.key import EntryKey
from knowledge.standing.report import Report
from storage.people import Member

ABOUT_PROJECTS = "项目清单：最近一次进展、联络人，催某个项目的进展"
COLUMNS = ("项目", "最近一次", "联络人")
SOURCE = "方案点名的项目"


def listed(rows: Sequence[tuple[EntryKey, Report | None, Sequence[Member]]], today: date) -> Reply:
    """`rows` are the projects with the last word on each and their contacts."""
    said = sum(last is not None for _, last, _ in rows)
    shown = ListValue(
        title=f"项目 {len(rows)} 个,报过进展的 {said} 个",
        columns=COLUMNS,
        rows=tuple(
            ListRow(
                (
                    f"{project.task} {project.name}",
                    f"{last.unit} {day_text(last.day, today)}" if last else "还没有报过",
                    f"联络人 {'、'.join(map(person, people))}" if people else "没有联络人",
                ),
                Button(project.name, f"/urgeproject {project.name}"),
            )
            for project, last, people in rows
        ),
        source=SOURCE,
        as_of=today,
    )
    return list_reply(shown, today, ())


def no_such(said: str, near: Sequence[str]) -> Reply:
    return Reply(
        head=bold(f"方案没有点名项目“{said[:30]}”。"),
        blocks=("是不是：",) if near else (),
        buttons=tuple(Button(name, f"/urgeproject {name}") for name in near) or (Button("全部项目", "/projects"),),
    )


def nobody(project: EntryKey) -> Reply:
    return Reply(
        head=bold(f"{project.name}：没有能催的人，没有发。"),
        blocks=("还没有项目联络人，也没有单位报过。请办公室邀请项目联络人，或者打电话。",),
        buttons=(progress_of(project),),
    )


def to_urge(project: EntryKey, last: Report | None, members: Sequence[Member], today: date) -> Reply:
    return Reply(
        head=bold(f"催{project.name}的进展？"),
        blocks=(_last(last, today), typeset(f"会发给：{'、'.join(map(person, members))}")),
        foot="市领导不会收到。",
    )


def progress_of(project: EntryKey) -> Button:
    return Button("看进展", f"{project.name}进展")


def urged(project: EntryKey, members: Sequence[Member]) -> Reply:
    return Reply(
        head=bold(f"已催{project.name}的进展。"), blocks=(typeset(f"已发给：{'、'.join(map(person, members))}"),)
    )


def notice(project: EntryKey, last: Report | None, today: date) -> Reply:
    return Reply(
        head=bold(f"请报{project.name}的进展。"),
        blocks=(
            _last(last, today),
            f"直接发就行，例如：{project.name}已开工；没有变化的发：{project.name}本期无变化。",
        ),
        buttons=(Button("历史", f"/history {project.name}"),),
    )


def _last(last: Report | None, today: date) -> str:
    return f"上次 {day_text(last.day, today)}（{last.unit}）" if last else "还没有报过。"
