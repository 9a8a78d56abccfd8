"""How often figures are due: the page, many targets changed at once, what those concerned are told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.office.codes import ALL_TARGETS, ChangeVerb, UndoFault
from handlers.office.texts_card_changes import Told
from handlers.office.texts_cards import key
from handlers.people.texts import person
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import FREQUENCIES
from knowledge.language.pattern import sign
from knowledge.plan.model import Card, Frequency, Target

UNDOABLE_HOURS = 24
_SHOWN = 10
_OFTEN = "(?:每个?月|[按每]?月度?|[按每]?个?季度?|[按每]?半年度?|[按每]一?年|年度?|逐月)"

SET = sign(
    rf"""^(?:请|麻烦|帮我|以后|今后|从下月起|下个?月起|,){{0,3}}(?:把|将|对)?(?P<whose>.{{2,40}}?)
    (?:的?(?:报送|填报|上报)?(?:频次|频率|周期))?(?:以后|今后|都|统一|一律|全部|全|先|就){{0,3}}
    (?:(?:改|定|设|调整|统一|变)(?:成|为|到|在)?)?(?:按照?|每)?{_OFTEN}(?:来)?(?:报送?|填报|上报|一报|报数|报一次|一次)?(?:吧|了|即可|就行)?[。!]*$""",
    "科经局的指标都按月报",
    "数字校园按季度报",
    "所有指标按月报",
    "5G基站改成按季度报",
    "所有目标每季度报一次",
    "把教育局的目标改成半年一报",
    "全部指标的报送频次统一为每月",
    "请将市卫健局各指标报送频次统一调整为季度",
    others=("科经局每月报几项", "数字校园按月报了吗", "5G基站每月建30个", "哪些指标按季度报"),
    unless="谁|哪|吗|什么|怎么|几|多少|没|未|提醒|通知|[0-9]号|截止",
)
"""Said by the office; of whom or what is found in the words."""
EVERY_TARGET = "(?:所有|全部|各个?|每个|方案的?)的?(?:指标|目标|数据?|事项)"


@dataclass(frozen=True, slots=True)
class FrequencyChange:
    target: Target
    before: Card
    after: Card

    @property
    def line(self) -> str:
        return typeset(f"{key(self.target)}：{_name(self.before.frequency)} → {_name(self.after.frequency)}")


def _name(frequency: Frequency | None) -> str:
    return FREQUENCIES[frequency] if frequency else "没有定"


def overview(held: Sequence[Frequency | None]) -> Reply:
    """How many targets have which."""
    counts = Counter(held)
    rows = [f"{name} {counts[one]} 个" for one, name in FREQUENCIES.items() if counts[one]]
    rows += [f"没有定的 {counts[None]} 个，有主责的暂按每月"] if counts[None] else []
    every = (Frequency.MONTHLY, Frequency.QUARTERLY)
    return Reply(
        head=bold(f"报送频次：{len(held)} 个目标，定了 {len(held) - counts[None]} 个"),
        blocks=("；".join(rows), "直接说就改：所有指标按月报；某局的指标都按季度报；某个目标按半年报。"),
        foot="只向主责确认了的目标要数。",
        buttons=(
            *(Button(f"所有目标{FREQUENCIES[one]}报", f"/frequency {ALL_TARGETS} {one}") for one in every),
            Button("报送和提醒日历", "/calendar"),
        ),
    )


def owns_nothing(unit: str) -> Reply:
    return Reply(
        head=bold(f"没有主责是{unit}的目标，没有改。"),
        blocks=("先定主责，再定多久报一次；或说：所有指标按月报。",),
        buttons=(Button("定主责", "/owners"), Button("报送频次", "/frequency")),
    )


def same(frequency: Frequency, count: int) -> Reply:
    return Reply(
        head=bold(f"这 {count} 个目标已经都是{FREQUENCIES[frequency]}，不用改。"),
        buttons=(Button("报送频次", "/frequency"),),
    )


def confirm(changes: Sequence[FrequencyChange], whose: str, frequency: Frequency, told: Told, number: int) -> Reply:
    """`number` is that of the plan's last change."""
    asked = sum(bool(one.after.owner or one.after.summed) for one in changes)
    return Reply(
        head=bold(f"确认修改吗？{len(changes)} 个目标改为{FREQUENCIES[frequency]}报"),
        blocks=(
            *_lines(changes),
            f"其中 {asked} 个要数，{len(changes) - asked} 个没有主责、先不要数。",
            _told(told, "会告知"),
        ),
        foot=f"确认后 {UNDOABLE_HOURS} 小时内可一次撤销。",
        buttons=(
            Button("确认", f"/frequency {ChangeVerb.CONFIRM} {number} {whose} {frequency}"),
            Button("不改了", f"/frequency {ChangeVerb.KEEP}"),
        ),
    )


def _lines(changes: Sequence[FrequencyChange]) -> list[str]:
    more = len(changes) - _SHOWN
    return [*(one.line for one in changes[:_SHOWN]), *([f"另有 {more} 个"] if more > 0 else [])]


def _told(told: Told, word: str) -> str:
    if not told:
        return "没有单位要告知。"
    units = (f"{unit}（{'、'.join(map(person, people)) or '没有已绑定的人，收不到'}）" for unit, people in told.items())
    return typeset(f"{word}：{'；'.join(units)}")


def kept() -> Reply:
    return Reply(head=bold("没有改，照旧。"), buttons=(Button("报送频次", "/frequency"),))


def was_set(changes: Sequence[FrequencyChange], frequency: Frequency, told: Told, number: int) -> Reply:
    """`number` is that of the first of the changes."""
    return Reply(
        head=bold(f"已改：{len(changes)} 个目标{FREQUENCIES[frequency]}报"),
        blocks=(*_lines(changes), _told(told, "已告知")),
        foot=f"{UNDOABLE_HOURS} 小时内可撤销。",
        buttons=(Button("撤销", f"/frequency {ChangeVerb.UNDO} {number}"), Button("报送频次", "/frequency")),
    )


def undone(changes: Sequence[FrequencyChange], told: Told) -> Reply:
    return Reply(
        head=bold(f"已撤销：{len(changes)} 个目标的报送频次改回去了"),
        blocks=(*_lines(changes), _told(told, "已告知")),
        buttons=(Button("报送频次", "/frequency"),),
    )


def not_undone(why: UndoFault) -> Reply:
    head = {
        UndoFault.CHANGED_SINCE: "后来又有改动，没有撤销。",
        UndoFault.TOO_LATE: f"已经超过 {UNDOABLE_HOURS} 小时，没有撤销。",
    }[why]
    return Reply(head=bold(head), buttons=(Button("报送频次", "/frequency"),))


def notice(changes: Sequence[FrequencyChange]) -> Reply:
    """To the people of the unit that answers for them."""
    return Reply(
        head=bold(f"办公室改了 {len(changes)} 个目标多久报一次"),
        blocks=tuple(_lines(changes)),
        buttons=(Button("这个月要报什么", "/owed"),),
    )
