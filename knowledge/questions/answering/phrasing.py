"""A query put into words: the complete question that asks it, where there is a plain one."""

from knowledge.questions.answering.set_phrasing import MEASURES, named_text, set_text
from knowledge.questions.query import NamedMember, Query, Term, UnitRole, Want

_VERBS = {UnitRole.ANY: "负责", UnitRole.LEAD: "牵头", UnitRole.ASSIST: "配合"}
_PARTS = {UnitRole.ANY: "参与", UnitRole.LEAD: "牵头", UnitRole.ASSIST: "配合"}
_ENDINGS = {
    Want.TASKS: "{verb}哪些任务",
    Want.COUNT_TASKS: "{verb}几项任务",
    Want.TARGETS: "有哪些目标",
    Want.PROGRESS: "进展怎么样",
}


_OF_WORK = {
    Want.UNITS: "的{part}单位有哪些",
    Want.COUNT_UNITS: "有几家{part}单位",
    Want.TARGETS: "有哪些目标",
    Want.TASKS: "有哪些任务",
    Want.SAYS: "讲什么",
}
_NOUNS = {UnitRole.ANY: "责任", UnitRole.LEAD: "牵头", UnitRole.ASSIST: "配合"}
_COUNTS = {Want.COUNT_TASKS, Want.COUNT_UNITS, Want.COUNT_TARGETS, Want.COUNT_SECTIONS}


def question_of(query: Query) -> str:
    """Of a set, of units, of tasks that are asked about; empty for any other query.

    Whoever asks it must read it again: the words are not held to say all that the query does.
    """
    if query.members is not None and query.counted is None and query.claim is None:
        of_many = f"有几{MEASURES[query.members.kind]}" if query.want in _COUNTS else "有哪些"
        return f"{set_text(query.members)}{of_many}"
    if not query.terms:
        work = named_text(NamedMember(ids=query.ids, topic=query.topic, sections=query.sections))
        ending = _OF_WORK.get(query.want, "").format(part=_NOUNS[query.role])
        return f"{work}{ending}" if work and ending else ""
    if query.want is Want.HOLDS:
        work = "和".join((*query.ids, *(key.name for key in query.topic)))
        return f"{'和'.join(query.units)}{_PARTS[query.role]}{work}吗"
    if len({(term.role, term.negated) for term in query.terms}) > 1 or query.terms[0].negated:
        return f"{'、'.join(map(_part, query.terms))}的任务有哪些" if query.want is Want.TASKS else ""
    together = "共同" if len(query.terms) > 1 else ""
    ending = _ENDINGS.get(query.want, "").format(verb=_VERBS[query.terms[0].role])
    return f"{'和'.join(query.units)}{together}{ending}" if ending else ""


def _part(term: Term) -> str:
    return f"{'或'.join(term.units)}{'没有' if term.negated else ''}{_PARTS[term.role]}"
