"""把5G基站的主责定为市科经局: an order to change an indicator card, said in plain words."""

import re

from handlers.office.codes import Field
from knowledge.language.normalize import cleaned_as_cased
from knowledge.language.pattern import sign
from knowledge.reports.speech_acts import QUESTION

_FIELDS = {
    "主责": Field.OWNER,
    "核定": Field.CERTIFIER,
    "统计口径": Field.DEFINITION,
    "口径": Field.DEFINITION,
    "年度节点": Field.NODES,
    "节点": Field.NODES,
    "基期": Field.BASE,
    "报送频次": Field.FREQUENCY,
    "频次": Field.FREQUENCY,
    "数据滞后": Field.LAG,
    "刚性": Field.RIGIDITY,
    "参照": Field.REFERENCE,
    "依据": Field.SOURCE,
}
_FIELD = rf"(?P<field>{'|'.join(sorted(_FIELDS, key=len, reverse=True))})(?:填报)?(?:单位|部门|值)?"
_TO = "(?:都|统一)?(?:确认|确定|明确|调整|变更|修改|改|定|设|换)(?:为|成|到|给)|交给"
_BEFORE = "(?:请|麻烦|帮我|帮忙)*(?:把|将)?"

FIELD_TO_VALUE = sign(
    rf"^{_BEFORE} (?P<target>.{{2,40}}?)的?{_FIELD} (?:{_TO}) :?(?P<value>.{{1,200}})$",
    "把5G基站的主责定为市科经局",
    "5G基站主责改成市科经局",
    "5G基站口径改成已开通并验收的基站数",
    "请将5.2 5G基站的报送频次调整为每月",
    "把5G基站主责单位确认为市政数局",
    others=("5G基站的主责是谁", "5G基站建成620个", "把5G基站改为620个", "口径不对,请按5G基站总数报"),
)
VALUE_AS_FIELD = sign(
    rf"^{_BEFORE} (?P<value>.{{2,40}}?) (?:{_TO}|作为|列为|设为) (?P<target>.{{2,40}}?)的{_FIELD}$",
    "把市科经局定为5G基站的主责",
    "市统计局设为GDP的核定单位",
    others=("市科经局是5G基站的主责吗", "把5G基站的主责定为市科经局"),
)
"""Found in cleaned text; what is to be changed into a question is none."""
_TAKEN_BACK = re.compile("撤|取消|错了|不对")
OWNER_IS = sign(
    rf"""^{_BEFORE} (?P<target>.{{2,40}}?)的?主责(?:填报)?(?:单位|部门)?(?:就|应该|应当|应|改)?
      (?:是|为)(?P<value>.{{2,30}}?)(?:吧|了)?$
    | ^{_BEFORE} (?P<what>.{{2,40}}?)(?:以后|今后|就|都)?(?:(?P<by>交给)|由|归|让|给)(?P<unit>.{{2,20}}?)
      (?:来)?(?(by)(?:主责|填报|报)?|(?:主责|负责填报|负责报|填报|报数|报))(?:吧|了)?$""",
    "5G基站主责是市科经局",
    "5G基站的主责单位应该是市科经局",
    "5G基站由市科经局主责",
    "5G基站归市科经局报",
    "把5G基站交给市科经局",
    others=("5G基站的主责是谁", "5G基站由市科经局牵头", "5G基站归谁管"),
)
"""Said by the office it sets what others only say."""
OWNER_BESIDE = sign(
    rf"""^\s*{_BEFORE} (?P<target>[^:：\s]{{2,40}}?)??(?:的|\s)?主责(?:填报)?(?:单位|部门)?
      (?:\s?[:：]\s?|\s{{1,3}})(?P<value>\S.{{1,60}})$""",
    "5G基站主责 市科经局",
    "5G基站的主责：市科经局",
    "主责 市科经局",
    others=("主责市科经局", "5G基站主责是市科经局"),
)
"""The unit beside the word, with nothing but a space between: found in what was typed."""
OF_WHAT = sign(
    rf"^{_BEFORE} {_FIELD}(?:填报)?(?:单位|部门|值)? (?:{_TO}|是|为) :?(?P<value>.{{1,200}})$",
    "主责定为市科经局",
    "主责是市科经局",
    "口径改成已开通的基站数",
    "频次改为每月",
    others=("口径是什么", "主责是谁"),
)
"""Of what was spoken of last."""


def card_order(text: str, cleaned: str) -> str | None:
    """The command that says the same, in letters as they were typed; None where the words are no such order."""
    if QUESTION.shows(cleaned) or _order_in(cleaned) is None:
        return None
    found = _order_in(cleaned_as_cased(text))
    if found is None or (_FIELDS[found["field"]] is Field.OWNER and _TAKEN_BACK.search(found["value"])):
        return None
    return f"/card {found['target'].strip()} {_FIELDS[found['field']]} {found['value'].strip()}"


def owner_order(text: str, cleaned: str) -> tuple[str, str] | None:
    """(target, unit) of what only says who answers for it; the unit may have its paper behind it, the target be ""."""
    if QUESTION.shows(cleaned):
        return None
    if found := OWNER_IS.find(cleaned_as_cased(text).strip("。.!！ ")):
        return found["target"] or found["what"], found["value"] or found["unit"]
    found = OWNER_BESIDE.find(text.strip("。.!！ "))
    return None if found is None else (found["target"] or "", found["value"])


def order_of_last(text: str, cleaned: str) -> str | None:
    """The field and its value, where what they are of is not said."""
    found = None if QUESTION.shows(cleaned) else OF_WHAT.find(cleaned_as_cased(text).strip("。.!！ "))
    return f"{_FIELDS[found['field']]} {found['value'].strip()}" if found else None


def field_named(cleaned: str) -> Field | None:
    """The field of a card that is spoken of, by the longest of its names."""
    said = max((name for name in _FIELDS if name in cleaned), key=len, default=None)
    return _FIELDS[said] if said else None


def _order_in(cleaned: str) -> re.Match[str] | None:
    said = cleaned.strip("。.!！ ")
    return FIELD_TO_VALUE.find(said) or VALUE_AS_FIELD.find(said)
