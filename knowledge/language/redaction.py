"""What of a sentence may be kept where nobody answers for it: short, without numbers of people, or not at all."""

import re

from knowledge.language.normalize import clean

LONGEST = 60

_HAN_DIGIT = "[零〇一二三四五六七八九幺]"
# telephones, identity and bank cards, permits and passports, mail, links, accounts
_PRIVATE = re.compile(
    rf"[0-9](?:[ -]?[0-9]){{10,}}x?|{_HAN_DIGIT}{{11,}}|0[0-9]{{2,3}}-?[0-9]{{7,8}}|[a-z]{{1,2}}[0-9]{{7,}}"
    r"|[a-z0-9_.+-]*@[a-z0-9_.-]+|(?:https?://|www\.|t\.me/)[!-~]+"
)
_NEVER = re.compile(
    r"绝密|机密|秘密(?=[★☆*级 ]|$)|密级|涉密|内部(?:资料|文件|材料)|不得外传|批示|底价|征迁补偿|干部考察|考察对象"
    r"|举报|线索|身份证|银行卡"
)
_MASK = "〈号码〉"
_TAIL = "?。!.,;、~ "


def kept(text: str) -> str | None:
    """The sentence as it may be kept, so that the same one looks the same; None for one that may not, or is empty."""
    said = masked(text)
    return said if said is None or len(said) <= LONGEST else f"{said[:LONGEST]}…"


def masked(text: str) -> str | None:
    """The whole sentence without numbers of people; None for one that may not be kept, or is empty."""
    said = clean(text).replace("\n", " ").strip(_TAIL)
    if not said or _NEVER.search(said):
        return None
    said = _PRIVATE.sub(_MASK, said)
    return said if said.replace(_MASK, "").strip(_TAIL) else None  # else nothing that could be given a name
