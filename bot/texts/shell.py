"""What `duban ask` and `duban explain` print besides the answers."""

from collections.abc import Mapping

from handlers.services.json_input import JsonFault
from knowledge.language.lattice import How, Sense
from knowledge.plan.limits import FIRST_DAY, LAST_DAY, MAX_CHARS, MAX_DEPTH, MAX_JSON_DIGITS
from knowledge.questions.understand.weights import ANSWERED_TO, Feature

JSON_FAULTS = {
    JsonFault.NOT_JSON: "这一行不是 JSON，请写成一行一个 JSON 对象",
    JsonFault.HALF_CHARACTERS: "这一行有不成字的编码（如单独的 \\ud800，或不是 UTF-8 的字节），请改正后再试",
    JsonFault.TOO_LONG: f"这一行太长，最多 {MAX_CHARS} 个字符",
    JsonFault.TOO_DEEP: f"这一行嵌套太深，最多 {MAX_DEPTH} 层",
    JsonFault.LONG_NUMBER: f"这一行有太长的数字，最多 {MAX_JSON_DIGITS} 位；长编号请加引号写成文字",
}
NOT_AN_OBJECT = '这一行不是 JSON 对象，应形如 {"id": "q1", "turns": ["市交通局负责哪些任务"]}'
BAD_TURNS = "turns 应是字符串的列表"
NEXT_QUESTIONS = "还可以问"
TO_CHOOSE = "可以这样问"
DECISION_COLUMNS = ("当作", "结果")
IS, IS_NOT = "是", "否"
PART_COLUMNS = ("读作", "是什么", "指", "怎么认出", "分")
HIT_COLUMNS = ("任务", "内容", "按这个说法", "得分", "说到的比例")
SENSES = {
    Sense.UNIT: "单位",
    Sense.STEM: "单位简称或话题",
    Sense.OUTSIDER: "方案外的单位",
    Sense.ASK_BACK: "多义的名称",
    Sense.ELSEWHERE: "其他地方",
    Sense.HOME: "本地",
    Sense.TOPIC: "方案里的名称",
    Sense.SAYING: "口语说法",
    Sense.CUE: "问法",
    Sense.FILLER: "虚词",
}
HOWS = {How.EXACT: "原字", How.SOUND: "同音或近音", How.SLIP: "一字之差"}


def not_text(key: str) -> str:
    return f"{key} 应是字符串"


def winner_line(winner: str, second: str | None) -> str:
    return f"当作：{winner}；其次：{second or '没有'}"


def likely_line(likelihoods: Mapping[str, float]) -> str:
    return f"像：{'、'.join(f'{label} {probability:.2f}' for label, probability in likelihoods.items())}"


def asked_back_line(first: str, second: str) -> str:
    return f"两样相近，会反问：{first}，还是{second}"


def rule_line(name: str | None) -> str:
    return f"句式：{name or '没有合适的句式'}"


def set_line(sets: str) -> str:
    return f"句式：集合，{sets}"


def meaning_line(meaning: str) -> str:
    return f"读成：{meaning}"


FEATURES = {
    Feature.ASKED_NOUN: "问的词没有认出",
    Feature.ASKED_NEAR: "问的词只在近处",
    Feature.UNKNOWN: "别的词没有认出",
    Feature.BESIDE: "别的词只在近处",
    Feature.UNANSWERED: "问的不是这个",
    Feature.PARTLY_NAMED: "名称没有说全",
    Feature.HEARD: "按音形猜的名称",
    Feature.UNUSED: "没有用到的分句",
}


def evidence_line(_said: str, counts: Mapping[str, int], cost: int) -> str:
    return f"把握：{_counted(counts)}，合计 {cost} 分，{ANSWERED_TO} 分以内才回答"


def runner_up_line(said: str, counts: Mapping[str, int], cost: int) -> str:
    return f"其次：{said}，{_counted(counts)}，合计 {cost} 分"


def _counted(counts: Mapping[str, int]) -> str:
    return "、".join(f"{name} {count}" for name, count in counts.items()) or "没有疑点"


def bad_date(value: str) -> str:
    return f"today 应形如 2023-03-01，在 {FIRST_DAY} 和 {LAST_DAY} 之间，不是“{value[:40]}”"


def line_failed(number: str) -> str:
    return f"系统出错，这一行没能完成，其余照常。错误号 {number}，详情在标准错误输出里"
