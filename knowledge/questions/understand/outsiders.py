"""What the plan does not have: a body, a place, a number, a document; what is asked of it is declined by its name."""

import re

from knowledge.language.cues import CueTag
from knowledge.questions.answer import Why
from knowledge.questions.context import QuestionContext, Trouble
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.understand.speech_act import asks_for_a_person

_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,6}[〔\[(]20\d\d[〕\])]\d+号")


def stranger(piece: Piece, asked: QuestionContext) -> Trouble | None:
    """What the plan does not have, a body, a place, a number or a telephone: declined by name."""
    outside = next((cue for cue in piece.cues if CueTag.OUTSIDE in cue.tags), None)
    if outside:
        return Trouble(Why.NOT_IN_PLAN, {"name": outside.text})
    if person := asks_for_a_person(piece):
        return Trouble(Why.NOT_IN_PLAN, {"name": person})
    if piece.foreign:
        return Trouble(Why.OTHER_PLACE, {"name": piece.foreign[0]})
    if piece.strangers:
        return Trouble(Why.NO_SUCH_UNIT, {"name": piece.strangers[0]})
    if article := _ARTICLE.search(piece.text):
        return Trouble(Why.NOT_IN_PLAN, {"name": article[0]})
    other = next((n for n in _DOCUMENT.findall(piece.text) if not asked.library.quotes(n)), None)
    other = other or next((law for law in _LAW.findall(piece.text) if not asked.library.quotes(law)), None)
    if other:
        return Trouble(Why.NOT_IN_PLAN, {"name": other})
    if piece.missing_ids and not piece.ids:
        return Trouble(Why.NO_SUCH_TASK, {"name": piece.missing_ids[0]})
    if piece.ask_back and not piece.mentions and not _is_home(piece.ask_back[0], piece, asked):
        return Trouble(Why.WHICH_UNIT, {"name": piece.ask_back[0]})
    if piece.places and not piece.mentions:
        return Trouble(Why.OTHER_PLACE, {"name": piece.places[0]})
    body = next((place for place in piece.places_of_plan if _is_asked_as_a_body(place, piece)), None)
    if body and not piece.mentions:
        return Trouble(Why.NO_SUCH_UNIT, {"name": body})
    thing = piece.topic[0] if piece.topic and not piece.mentions else ""
    if asked.library.index.speaks_of(thing) and _ACTS.fullmatch(piece.text.removeprefix(thing)):
        return Trouble(Why.NO_SUCH_UNIT, {"name": thing})
    return None


_LAW = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:保护法|促进法|管理法|监督法|条例|白皮书|工作报告|统计公报|年鉴)"
    r"|劳动法|合同法|税法|民法典|刑法|宪法"
)
"""A law by its name: no plan's, unless it is quoted."""
_ARTICLE = re.compile(
    f"(?:{_LAW.pattern}|法)第[一二三四五六七八九十百零\\d]+条|(?:{_LAW.pattern})是?(?:怎么|如何)(?!落实|贯彻|执行|实施)"
)
"""An article of a law that the plan may speak of, or how it does something: what it says stands in no plan."""
_DUTIES = re.compile(
    "(?:[市县区]?(?:人民)?政府|[那这](?:边|里|头|儿|一?侧))?(?:[在对].{2,12}?(?:上面?|里面?|中|方面))?"
    "(?:的?(?:任务|职责|分工|工作)|(?:主要|都|又|还|具体|一共|要|得|该)*(?:有[哪几多什啥]|负责|牵头|承担|配合|参与|管|[干做办]什么|[干做办][啥些哪]))"
)

_ACTS = re.compile(
    "(?:主要|都|又|还|具体|一共)*(?:负责|牵头|承担|参与)的?(?:任务)?(?:有?(?:哪些|哪几项|什么|几项|多少)(?:任务|工作|事)?)"
)
"""长江负责哪些任务: things have no duties."""


def _is_asked_as_a_body(place: str, piece: Piece) -> bool:
    """Whether duties are asked of another place that the plan only speaks of: 武汉市有哪些任务."""
    return bool(_DUTIES.match(piece.text, piece.text.find(place) + len(place)))


_FROM_THERE = re.compile("(?:到|至|通往|去)(?!.{0,4}[\\d年月日底前])[^,]{2,6}的")
"""武穴到瑞昌的过江通道; 武穴到年底的任务 is not."""


def _is_home(name: str, piece: Piece, asked: QuestionContext) -> bool:
    """Whether 武穴 here is the place whose plan it is: no duties are asked of it, or it is where something else is, or
    where somebody has to do with that (武穴垃圾分类谁负责)."""
    homes = {gazetteer.home for _, gazetteer in asked.library.shelves}
    means_home = any(home.startswith(name) for home in homes)
    duties = piece.tags & {CueTag.TASK, CueTag.LEAD, CueTag.ASSIST, CueTag.OWN}
    between = _FROM_THERE.match(piece.text, piece.text.find(name) + len(name)) is not None
    return means_home and (not duties or (bool(piece.topic) and (between or CueTag.WHO in piece.tags)))
