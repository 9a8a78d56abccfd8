"""Problems that are open and settled (销号), and stops that are found excused (客观原因认定)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.reports.codes import RecordVerb
from handlers.texts.lists import ListRow, ListValue, list_reply
from handlers.texts.marks import bold, short, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text, headline, light_text
from knowledge.language.pattern import sign
from knowledge.plan.key import EntryKey
from knowledge.standing.picture import OpenProblem
from knowledge.standing.report import Report
from knowledge.standing.values import Standing
from storage.report_row import Record

ABOUT_PROBLEMS = "困难问题：哪些还没解决，解决了的销号"
ABOUT_EXCUSE = "登记停工项目的客观原因认定"
COLUMNS = ("事项", "灯", "困难问题", "提出单位", "提出日期")
SOURCE = "各单位提出,未解决、未撤回的"

OPEN = sign(
    r"""^(?:请问|看看?|查一?下|现在|目前|还){0,5}(?:有|都有)?(?:哪些|什么|啥|哪几个)?(?:单位)?(?:提的?|提出的?)?
    (?: 困难问题|困难和问题|困难|难处|难点|堵点|卡点|(?:需要?|要)协调的?(?:事项|问题|事)|没解决的问题|未解决的问题 )
    (?:有哪些|有什么|有啥|是什么|在哪里?|在哪儿|清单|列一下|没有)?(?:呢|啊|吗)?[?。!]*$
    | ^(?:请问|看看?|现在|目前|到底|主要|都|事情|工作){0,5}(?:卡|堵)在
      (?:哪|哪里|哪儿|哪些地方|什么地方|哪一步)了?(?:呢|啊)?[?。!]*$""",
    "有哪些困难问题",
    "困难问题有哪些",
    "困难有哪些",
    "有什么困难",
    "卡点在哪",
    "现在堵在哪里了",
    "卡在哪",
    "堵在哪里",
    "有哪些堵点",
    "需要协调的事项",
    "还有哪些没解决的问题",
    others=("5G基站有什么困难", "方案怎么解决困难问题", "碳酸钙产业园征地受阻，需市自规局协调", "有哪些问题"),
)
SETTLED = sign(
    r"""^(?P<what>.{0,24}?)(?:的|那个|这个)?(?:困难)?问题(?:已经?|都)?(?:得到)?(?:解决|处理好|办好|销号)(?:了|完了|啦)?[。!]*$
    | ^(?:请|我要|申请|可以)?销号(?:了|吧)?[:, ]*(?P<which>.{0,24})$""",
    "问题已解决",
    "5G基站的问题解决了",
    "5G基站征地的问题已经解决",
    "困难问题解决了",
    "销号",
    "申请销号 5G基站",
    others=("5G基站的问题怎么解决", "问题解决得怎么样", "问题没有解决", "问题还没解决", "哪些问题解决了"),
    unless="没|未|哪|谁|什么|吗|怎么|几",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionWords:
    """How one of the two is spoken of."""

    command: str
    noted: str
    """In the audit."""
    needs_how: bool
    ask: str
    example: str
    act: str
    """As the button says it."""
    effect: str
    done: str
    undone: str


OF_PROBLEM = ResolutionWords(
    command="/problems",
    noted="settle",
    needs_how=False,
    ask="怎么解决的，请写一句",
    example="例如：市自规局已协调，征地手续办结。",
    act="销号",
    effect="销号以后不再列为待决，历史里留着。",
    done="已销号。",
    undone="已恢复，仍列为待决。",
)
OF_STOP = ResolutionWords(
    command="/excuse",
    noted="excuse",
    needs_how=True,
    ask="请发认定机关和文号",
    example="例如：市政府，武政函〔2023〕5号。",
    act="登记认定",
    effect="登记以后停工不亮红灯，写明认定机关和文号；复工后又停工的，要重新认定。",
    done="已登记客观原因认定。",
    undone="认定已撤销，停工按规则亮灯。",
)


def matter(record: Record) -> str:
    """4.3 牛关矶综合码头：“码头停工了”（市交通局，3月31日）, without its day."""
    report = record.report
    return f"{_name(report.subject)}：“{short(record.said)}”（{report.unit}）"


def problems(found: Sequence[OpenProblem], words: Mapping[int, str], of: str = "", *, today: date) -> Reply:
    """`of` is the unit or the target that they are of; empty of all."""
    if not found:
        return Reply(
            head=bold(f"{of}没有未解决的困难问题。"), blocks=("有困难直接说，例如：5G基站征地受阻，需市自规局协调。",)
        )
    rows = tuple(_row(one, words.get(int(one.report.id), ""), today) for one in found)
    title = f"{of}困难问题未解决 {len(rows)} 条,已全部列出"
    return list_reply(ListValue(title=title, columns=COLUMNS, rows=rows, source=SOURCE, as_of=today), today)


def none_to_settle() -> Reply:
    return Reply(
        head=bold("没有您能销号的困难问题。"),
        blocks=("困难问题由提出的单位、督查室或办公室销号。",),
        buttons=(Button("全部问题", "/problems"),),
    )


def _row(one: OpenProblem, said: str, today: date) -> ListRow:
    report = one.report
    cells = (
        _name(report.subject),
        light_text(one.standing),
        f"“{short(said)}”",
        report.unit,
        f"{day_text(report.day, today)}提出",
    )
    return ListRow(cells, Button(report.subject.name, f"/problems {report.id}"))


def one(record: Record, standing: Standing | None, *, today: date, able: bool) -> Reply:
    """A problem by itself; `able`: the asker may settle it."""
    report = record.report
    state = "已解决" if report.resolved else "未解决"
    lines = [f"原话：{record.said}", f"{report.unit}，{day_text(report.day, today)}提出"]
    if report.resolved:
        lines.append(
            f"{day_text(report.resolved.on, today)}销号" + (f"：{report.resolved.how}" if report.resolved.how else "")
        )
    elif standing:
        lines.append(f"现状：{headline(standing)}")
    verb, label = (RecordVerb.REOPEN, "恢复") if report.resolved else (RecordVerb.SETTLE, "已解决，销号")
    acts = (Button(label, f"/problems {record.number} {verb}"),) if able else ()
    return Reply(
        head=bold(f"{_name(report.subject)}：困难问题（{state}）"),
        blocks=tuple(map(typeset, lines)),
        buttons=(*acts, Button("全部问题", "/problems"), Button("历史", f"/history #{record.number}")),
    )


def stops(found: Iterable[tuple[EntryKey, Report]]) -> Reply:
    rows = [(subject, report) for subject, report in found]
    if not rows:
        return Reply(head=bold("没有因停工亮红灯的项目。"))
    return Reply(
        head=bold(f"停工亮红灯的项目 {len(rows)} 个，登记哪一个的认定？"),
        blocks=tuple(typeset(f"{_name(subject)}（{report.unit}）") for subject, report in rows),
        opens={place: Button(subject.name, f"/excuse {report.id}") for place, (subject, report) in enumerate(rows)},
    )


def ask_how(record: Record, words: ResolutionWords) -> Reply:
    return Reply(head=bold(words.ask), blocks=(typeset(matter(record)), words.example))


def confirm(record: Record, how: str, words: ResolutionWords, *, today: date) -> Reply:
    key = f"{words.command} {record.number}"
    lines = [matter(record), how, f"{day_text(today, today)}登记，告知提出单位和督查室。", words.effect]
    more = () if words.needs_how or how else (Button("写一句怎么解决的", f"{key} {RecordVerb.HOW}"),)
    return Reply(
        head=bold(f"确认{words.act}吗？"),
        blocks=tuple(typeset(line) for line in lines if line),
        buttons=(
            Button(f"确认{words.act}", f"{key} {RecordVerb.CONFIRM} {how}".strip()),
            *more,
            Button("取消", f"{key} {RecordVerb.KEEP}"),
        ),
    )


def done(record: Record, how: str, words: ResolutionWords) -> Reply:
    lines = [matter(record), how]
    return Reply(
        head=bold(words.done),
        blocks=tuple(typeset(line) for line in lines if line),
        buttons=(Button("撤销", f"{words.command} {record.number} {RecordVerb.REOPEN}"),),
    )


def notice(record: Record, how: str, words: ResolutionWords) -> Reply:
    return Reply(head=bold(words.done), blocks=tuple(typeset(line) for line in (matter(record), how) if line))


def reopened(record: Record, words: ResolutionWords) -> Reply:
    return Reply(head=bold(words.undone), blocks=(typeset(matter(record)),))


reopened_notice = reopened


def kept(record: Record, words: ResolutionWords) -> Reply:
    return Reply(head=bold(f"没有{words.act}，照旧。"), blocks=(typeset(matter(record)),))


def done_already(record: Record, words: ResolutionWords) -> Reply:
    return Reply(head=bold(f"这一条已不用{words.act}，没有再改。"), blocks=(typeset(matter(record)),))


def open_already(record: Record, words: ResolutionWords) -> Reply:
    return Reply(head=bold(f"这一条没有{words.act}，没有再改。"), blocks=(typeset(matter(record)),))


def _name(subject: EntryKey) -> str:
    return f"{subject.task} {subject.name}"
