"""Evidence: what was kept, what was not, and handing it out."""

from collections.abc import Sequence

from handlers.reports.codes import RecordVerb
from handlers.reports.drafts import DraftItem
from handlers.reports.evidence_files import FileProblem
from handlers.reports.texts_lifecycle import line
from handlers.texts.marks import bold, typeset
from handlers.texts.red_lines import NOT_A_REVIEW
from handlers.texts.reply import Button, Reply
from knowledge.plan.model import Target
from storage.report_row import Record
from storage.rich_text import RichText

_CAPTION = 30
_PICTURES = (".jpg", ".jpeg", ".png")
ABOUT_EVIDENCE = "补佐证；看佐证"

PROBLEMS = {
    FileProblem.TOO_LARGE: "超过 20 MB，Telegram 不让机器人下载。请压缩，或拆成几个文件再发。",
    FileProblem.TYPE: "只收图片（jpg、png）和文档（pdf、doc、docx、xls、xlsx、ppt、pptx、wps、ofd、txt、csv），"
    "而且内容要与文件名相符。",
    FileProblem.UNPACKED: "解压后太大，不像正常的文档，没有打开。请另存一份，或转成 pdf 再发。",
    FileProblem.GONE: "没能从 Telegram 取到这个文件，请重新发一次。",
    FileProblem.RED_LINE: f"里面像是有不能发到公网的内容，已经丢弃。请您也在聊天里删掉它。{NOT_A_REVIEW}。",
}


def photo_name(number: int) -> str:
    return f"照片{number}.jpg"


def file_name(number: int, ending: str) -> str:
    return f"文件{number}{ending}"


def not_kept(name: str, problem: FileProblem) -> RichText:
    shown = "" if problem is FileProblem.RED_LINE else f"{name} "
    return bold(f"{shown}没有保存。") + typeset(PROBLEMS[problem])


def lost(name: str) -> RichText:
    return bold(f"{name} 打不开了。") + "存放文件的地方出了问题，请告诉办公室。"


def captioned(caption: str, name: str) -> str:
    """A picture is called what was written under it."""
    return f"{' '.join(caption.split())[:_CAPTION]}{name[name.rfind('.') :]}"


def counted(names: Sequence[str]) -> str:
    """已收 3 张照片（5G基站现场.jpg 等）."""
    pictures = all(name.endswith(_PICTURES) for name in names)
    more = " 等" if len(names) > 1 else ""
    return f"已收 {len(names)} {'张照片' if pictures else '个文件'}（{names[0]}{more}）"


def kept(names: Sequence[str], record: Record, target: Target | None, number: int) -> Reply:
    """`number` is the first file's."""
    return Reply(
        head=bold("佐证已附上：") + typeset(_names(names)),
        blocks=(typeset(f"附在 {line(record, target)} 后面。{_wanted(target)}"),),
        buttons=(
            Button("看佐证", f"/evidence {RecordVerb.SEE} {record.number}"),
            Button("换一项", f"/evidence {RecordVerb.MOVE} {number}"),
            Button("报下一项", "/report"),
        ),
    )


def _names(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else counted(names)


def _wanted(target: Target | None) -> str:
    return "这一项要附佐证。" if target and target.card.evidence else "佐证自愿，不是必交。"


def kept_with_draft(names: Sequence[str], item: DraftItem, number: int) -> Reply:
    return Reply(
        head=bold("佐证已附上：") + typeset(_names(names)),
        blocks=(typeset(f"附在待确认的 {item.task} {item.name} 后面，请在上面的卡片点确认。"),),
        buttons=(Button("换一项", f"/evidence {RecordVerb.MOVE} {number}"),),
    )


def draft_line(item: DraftItem) -> str:
    return f"待确认的 {item.task} {item.name}"


def which_place(names: Sequence[str], places: Sequence[tuple[str, str]], number: int) -> Reply:
    """`places` are (what it may go with, what the line then says)."""
    return Reply(
        head=bold(f"{counted(names)}：附在哪一项后面？"),
        blocks=("不点不附，一天后丢弃。",),
        buttons=(
            *(Button(told, f"/evidence {where}") for told, where in places),
            Button("不要了", f"/evidence {RecordVerb.PUT} {number} {RecordVerb.DROP}"),
        ),
    )


def dropped(count: int) -> Reply:
    return Reply(head=bold(f"好，{count} 个文件没有附，已经丢弃。"))


def nothing_to_keep_with() -> Reply:
    return Reply(
        head=bold("这个文件没有保存：还不知道它是哪一项的佐证。"),
        blocks=("先报进展再发文件；或者发文件时在说明里写上，例如：5G基站建成620个。",),
        buttons=(Button("填报", "/report"),),
    )


def which_report() -> Reply:
    return Reply(head=bold("补哪一条的佐证？"), blocks=("报完进展点“补佐证”；只能给自己的填报补。",))


def choose_report(records: Sequence[tuple[int, str]]) -> Reply:
    """`records` are the person's own (number, line)."""
    if not records:
        return which_report()
    buttons = tuple(Button(told, f"/evidence {number}") for number, told in records)
    return Reply(head=bold("补哪一条的佐证？"), buttons=buttons)


def send_now(record: Record, target: Target | None, *, instead_of_words: bool) -> Reply:
    return Reply(
        head=bold("文字不能作佐证，没有附；请发图片或文件" if instead_of_words else "请发图片或文件"),
        blocks=(
            typeset(f"附在 {line(record, target)} 后面。可以一次发多张；单个不超过 20 MB。"),
            *(("说明写在图片下面，一起发；手边没有就说“算了”，以后还能补，佐证自愿。",) if instead_of_words else ()),
        ),
    )


def handed(record: Record, target: Target | None, names: Sequence[str]) -> Reply:
    if not names:
        return Reply(head=bold(f"{line(record, target)}：没有佐证。"))
    return Reply(head=bold(f"{line(record, target)}：{len(names)} 份佐证"), blocks=(typeset("、".join(names)),))


def how_to_send() -> Reply:
    """照片发不了."""
    return Reply(
        head=bold("照片、文件直接发到这里就行，附在最近报的那一项后面。"),
        blocks=(
            "收 jpg、png、pdf、doc、docx、xls、xlsx、ppt、pptx、wps、ofd、txt、csv，单个不超过 20 MB。",
            "发不出来的：太大的压缩，或者拆成几个；网络慢的过一会儿再发；看到“佐证已附上”才算存好。",
            "佐证自愿，没有照片也可以先报数。涉密的、有个人信息的不要发。",
        ),
        buttons=(Button("补佐证", "/evidence"),),
    )
