"""The steps of a bulletin: what is asked before each is registered, and what the units have answered."""

from collections.abc import Callable, Mapping
from datetime import date

from handlers.broadcast.bulletin_process import BulletinProcess
from handlers.broadcast.codes import BulletinVerb
from handlers.broadcast.signatures import SignatureFault
from handlers.broadcast.texts_bulletin_paper import back, entry_name, title
from handlers.texts.heading import reply_of
from handlers.texts.reply import Reply
from handlers.texts.report_words import SOURCES
from handlers.texts.standing import day_text
from storage.bulletin_steps import BulletinStep, Signature
from storage.bulletins import Bulletin
from storage.fact_checks import FactAnswer, FactCheck

STEPS = {BulletinStep.CHECK: "核对", BulletinStep.REVIEW: "核稿", BulletinStep.SIGN: "审定"}
ANSWERS = {FactAnswer.RIGHT: "无误", FactAnswer.DIFFERS: "有出入"}


def signature_text(signed: Signature, today: date) -> str:
    """张某（督查室主任），3月31日，依据 武督〔2023〕3号."""
    paper = f"，依据 {signed.paper}" if signed.paper else ""
    return f"{signed.name}（{signed.post}），{day_text(signed.day, today)}{paper}"


def ask_check(process: BulletinProcess, asked: Mapping[str, int], until: date, today: date) -> Reply:
    """Who would be asked; `asked` counts by unit whom the bot can write to."""
    alone = [unit for unit, count in asked.items() if not count]
    lines = [
        (
            f"送 {len(asked) - len(alone)} 家单位，共 {sum(asked.values())} 人，每家只看自己的几项；"
            f"{day_text(until, today)}下班前不答复的，视为无误。"
        ),
        f"发不到的 {len(alone)} 家，请电话核对后代录：{'、'.join(alone)}。" if alone else "",
    ]
    if not asked:
        lines = ["这一稿没有单位的数，不用核对，直接核稿。"]
    key = f"/bulletin {process.bulletin.id}"
    sure = ("送核对" if asked else "不用核对", f"{key} {BulletinVerb.CHECK} {BulletinVerb.CONFIRM}")
    return reply_of(f"把《{title(process.bulletin)}》送涉及单位核对事实？", lines, "", [sure, ("再看看", key)])


def check_is_over(bulletin: Bulletin, until: date, today: date) -> Reply:
    """To whoever sent it, on the morning after."""
    lines = ["没有答复的，视为无误；看过有出入的，可以核稿。"]
    return reply_of(f"《{title(bulletin)}》的核对已于{day_text(until, today)}截止", lines, "", [back(bulletin)])


def to_sign(bulletin: Bulletin) -> Reply:
    """To the leaders' aides."""
    lines = ["核稿已登记；线下审定以后，由督查室登记。机器人不催领导。"]
    return reply_of(f"《{title(bulletin)}》等领导线下审定", lines, "", [("待审定的", "/bulletin")])


def checks(process: BulletinProcess, behalf: Callable[[FactCheck], str], today: date) -> Reply:
    """What each unit has answered, those without an answer with a button to write it down for them."""
    held = process.bulletin.snapshot
    lines = []
    for one in process.checks:
        lines.append(f"{one.unit}：{answer_text(process, one, is_open=process.is_open(today))}")
        lines += [
            f" {entry_name(held.entries[said.entry]) if said.entry is not None else '全部'}：{said.words}"
            for said in process.corrections_of(one)
        ]
    silent = [] if BulletinStep.REVIEW in process.steps else process.answered(None)
    buttons = [(f"代录{one.unit}", behalf(one)) for one in silent[:5]]
    until = f"（{day_text(process.until, today)}下班前）" if process.until else ""
    return reply_of(f"《{title(process.bulletin)}》核对情况{until}", lines, "", [*buttons, back(process.bulletin)])


def answer_text(process: BulletinProcess, check: FactCheck, *, is_open: bool) -> str:
    answer = process.answer_of(check)
    if answer is None:
        unheard = "，发不到，请电话核对" if not check.asked else ""
        return ("还没有答复" if is_open else "没有答复，视为无误") + unheard
    return ANSWERS[answer] + (f"（{SOURCES[check.source]}，代录）" if check.source else "")


_ASKED = {
    BulletinStep.REVIEW: ("请登记核稿：谁核的、职务、日期（今天的不用写）", "例：张某，督查室主任，3月31日"),
    BulletinStep.SIGN: (
        "请登记线下审定：谁签的、职务、日期（今天的不用写）、依据件号",
        "例：李某，常务副市长，4月3日，武督〔2023〕12号",
    ),
}
_FAULTS = {
    SignatureFault.NO_NAME: "没有读到姓名",
    SignatureFault.SEVERAL_DAYS: "日期不止一个",
    SignatureFault.TO_COME: "日期还没有到",
    SignatureFault.BEFORE_DRAFT: "日期在这一稿起草之前",
    SignatureFault.TOO_LONG: "太长了",
}
_ALONE = {SignatureFault.NO_POST: ("职务", "督查室主任"), SignatureFault.NO_PAPER: ("依据件号", "武督〔2023〕12号")}


def ask_signature(step: BulletinStep, fault: SignatureFault | None = None) -> Reply:
    """What is to be typed; after `fault`, again."""
    asked, example = _ASKED[step]
    if fault is None:
        return reply_of(asked, [f"{example}。只登记办理情况，不记批示原话。"])
    if fault in _ALONE:
        wanted, example = _ALONE[fault]
        return reply_of(f"还差{wanted}，还没有登记。", [f"请只发{wanted}，例：{example}。其余的不用再写。"])
    return reply_of(f"{_FAULTS[fault]}，没有登记。", [f"{asked}。", example])


def confirm_signature(process: BulletinProcess, step: BulletinStep, signed: Signature, line: str, today: date) -> Reply:
    key = f"/bulletin {process.bulletin.id}"
    return reply_of(
        f"登记{STEPS[step]}：{signature_text(signed, today)}？",
        [f"《{title(process.bulletin)}》，登记在办理过程里；发布以前可以撤回。"],
        "",
        [("登记", line), ("重写", f"{key} {step}"), ("不登记", key)],
    )


def ask_undo(process: BulletinProcess, step: BulletinStep) -> Reply:
    lines = {
        BulletinStep.CHECK: "各单位已经答的作废；收到过的单位会得到一句说明，重新送核时再答。",
        BulletinStep.REVIEW: "撤回后可以改标题、补一句话，再登记核稿。",
        BulletinStep.SIGN: "撤回后要重新登记审定。",
    }
    key = f"/bulletin {process.bulletin.id}"
    sure = (f"撤回{STEPS[step]}", f"{key} {BulletinVerb.UNDO} {BulletinVerb.CONFIRM}")
    return reply_of(f"撤回《{title(process.bulletin)}》的{STEPS[step]}？", [lines[step]], "", [sure, ("不撤", key)])
