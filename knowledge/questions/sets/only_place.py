"""Whether words stand in just the tasks that are named: 5G是不是只有5.2写了."""

import re

from knowledge.entities.library import Library
from knowledge.entities.phrases import OF_CONTENT, find_phrase
from knowledge.plan.text_index import TextKind
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Assertion, NamedMember, Phrase, Query, SetClaim, Want
from knowledge.questions.sets.forms import tasks_in

_ONLY = re.compile(
    r"(?P<said>[^,哪几谁什]{1,20}?)(?:这?[两二]个?[字词]|这个(?:词|名字|说法|提法))?(?:在?方案里?)?(?:是不是|是否|难道)?(?:只|仅仅?|就)(?:有|在|是)*"
    r"(?P<where>[^,]{3,20}?)(?:[这那]?一?[条项处个](?:任务)?)?(?:里面?|中)?(?:才|有)?"
    r"(?:写|提|讲|说|出现|涉及|有)(?:到|及|了|过|的|着)*(?:吗|嘛|吧|呢|是吗|对吗|对吧|是不是)?\??"
)


def only_there(piece: Piece, library: Library) -> Query | None:
    """The claim that the tasks which hold the words are those named; None where clauses hold them, too."""
    found = _ONLY.fullmatch(piece.text)
    if not found or not piece.ids or piece.mentions:
        return None
    where = take_apart(found["where"], library)
    said = found["said"]
    places = [place for place in find_phrase(said, library.text).places if place.kind in OF_CONTENT]
    if not where.ids or where.topic or not places or any(place.kind is TextKind.CLAUSE for place in places):
        return None
    holding, named = tasks_in(Phrase((said,))), tasks_in(NamedMember(ids=tuple(where.ids)))
    return Query(want=Want.HOLDS, claim=SetClaim(Assertion.SAME, holding, named))
