"""How a question asks where words stand in the plan's text: forms, each with sentences that it is for.

A form finds `said`, the words that are asked after, and `verb`; both go, and what is left of the sentence says what is
asked, and of which tasks. The sentences run as tests.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from knowledge.language.pattern import Sign, sign


class Least(IntEnum):
    """What must be found of the words for the form to be meant."""

    NOTHING = 0
    WORDS = 1
    """Their content words together."""
    SEVERAL = 2
    """All of them to the letter, in more than one place."""


@dataclass(frozen=True, slots=True)
class PhraseForm:
    sign: Sign
    least: Least = Least.NOTHING


_SAID = r"(?P<said>(?![的了在到过着是没无有])(?:(?![谁哪几啥]|什么|多少|怎么|是否|有没有|有无)[^?!。;\n]){1,30}?)"
_MENTIONS = r"""
    (?:提(?:到|及|过|了|起)|(?<=[没未有不])提(?=\w{2})|(?<=有没有)[写讲](?![清明完好全错])(?=\w{2})|写(?:到|进|入|了|过|有|着)|[讲说谈](?:到|了|过|起|及)|涉及|出现
      |牵[涉扯]|点了?名|能?[找查看见]得?到|见[于诸])
    """
_HOLDS = r"(?:关于|有关(?![系联])|围绕|针对|包括|包含|含有|(?<!哪)[里中内](?:面|头)?(?:都|也|还)?有|[既又也]有)"
_NOT = r"(?<![有是提写讲说涉])(?:没有?|并?未|不|从未)"
_WORD = (
    r"(?:的|这|那|个)*(?:(?:[一二两俩三四几]个?|个|(?<=[这那]))[字词]儿?|[两几三]样(?=都)|(?<=[这那]个)(?:名字|名称|地名)"
    r"|字样|字眼|关键词|词语|字句|表述|说法|提法)"
)
_TASK = r"(?:重点|工作|具体)?(?:任务|条款|条目|工作|地方|部分|章节|章|板块|段落|事项|内容|条文|项|条|处|块)"
TARGET = r"(?:量化|具体|主要)?(?:目标|指标)"
_WHICH = r"第?(?:哪|几|多少)"
_TASKS = rf"(?:哪些|哪几|(?<!第)几|多少)(?:[个项条处章块]+{_TASK}?|{_TASK})"
_ONE_TASK = rf"(?:哪里|哪儿|第几[条项段]|哪一?[个项条处章块段]?{_TASK}?)"
_CLOSES = r"(?:吗|嘛|(?<!什)么|呢|吧|啊|呀)*[?!,]?$"
_PLAN = r"(?:(?:这个|本)?(?:方案|文件|全文|文中|通篇)(?:里面|里|中)?)"
_ENDS = rf"""
    (?=的{TARGET}
      |的?{_TASK}(?:编号|清单|名单|目录|名称|标题)?(?:的|[有是都共一总里中在分列由归谁要什何,]|$|{_WHICH}|{_CLOSES})
      |的?[有是都共]*(?:一共|总共|分别)?{_WHICH}
      |的?$|了?(?:没有|没|不)?{_CLOSES}
      |[,、]?(?:又|也|但|却|而|同时|并|且)+(?:{_NOT})?(?:{_MENTIONS}|有))
    """

FORMS: tuple[PhraseForm, ...] = (
    PhraseForm(
        sign(
            rf"(?P<verb>(?P<not>{_NOT})?(?:都|也|还|曾|直接|明确|专门|单独)*被?{_MENTIONS}(?:到|了|过)*){_SAID}(?P<word>{_WORD})?{_ENDS}",
            "哪些任务提到5g",
            "涉及物流的任务有哪几项",
            "哪几项没有提到园区",
            "既提到5g又提到物联网的任务",
            "方案里提过地铁没有",
            "文件通篇没提房地产吧",
            "涉及就业的指标有哪些",
            "哪些条款里能找到问责",
        )
    ),
    PhraseForm(
        sign(
            rf"(?P<verb>(?P<not>{_NOT})?(?:都|也|还)*{_HOLDS}){_SAID}(?P<word>{_WORD})?{_ENDS}",
            "有关电网的任务是哪个",
            "哪些任务里有5g",
            "哪些任务里既有企业又有园区",
            "方案里关于就业是哪几条",
        ),
        Least.WORDS,
    ),
    PhraseForm(
        sign(
            rf"(?P<verb>(?P<not>{_NOT})?(?:都|也|还)*(?:带(?!个?头|队)有?|含(?!\)))){_SAID}(?:(?P<word>{_WORD})|(?=的(?:{_TASK}|[有是都]*{_TASKS})))",
            "带绿色字样的任务",
            "带养老的有哪几条",
            "哪些任务含智慧两个字",
        )
    ),
    PhraseForm(
        sign(
            rf"^{_SAID}(?P<word>{_WORD})?(?:一共|总共|分别|主要|又|都|到底|具体|是)*被?在?{_PLAN}?"
            rf"(?P<verb>(?:{_MENTIONS}|散落|散布|分散|分布|散|贯穿)(?:了|到|过)?[在于]?|[写列放]?在)"
            rf"(?=(?:[^,]{{1,14}}的)?{_TASKS})",
            "佛手山药一共出现在几项任务里",
            "养老的内容散在哪几项",
            "5g在哪些任务里",
            "幼儿园涉及哪几项任务",
            "快递是在哪些任务里写的",
            "水利在方案里出现在哪些任务",
        )
    ),
    PhraseForm(
        sign(
            rf"^{_SAID}(?P<word>{_WORD})?(?P<verb>(?:{_MENTIONS}[在于]?|[写列放提]?在){_PLAN}?)"
            rf"(?={_ONE_TASK}(?:里面|里|中|写|说|提|讲|出现|{_CLOSES}))",
            "清洁能源写在哪条",
            "节水型社会写在哪里",
            "银行在方案哪里提到",
        ),
        Least.SEVERAL,
    ),
    PhraseForm(
        sign(
            rf"^{_SAID}(?P<word>{_WORD})?(?=[有在是]?{_TASKS})[有在是]?{_TASKS}(?:的?正文)?(?:里面|里|中)?"
            rf"(?P<verb>(?:都|也|还)*(?:{_MENTIONS}|[提写讲说有])(?:了|到|过|着|的)*){_CLOSES}",
            "农村电网改造哪几项都写了",
            "物流哪几条里有",
            "诚信二字哪几项里有",
        )
    ),
    PhraseForm(
        sign(
            rf"(?:^(?![和与跟同])|[和与跟同的里中有])(?<!哪){_SAID}(?P<verb>(?:的|方面)?[都也]?(?:相关|有?关联|有关系?|有联系|挂钩|沾边))"
            rf"(?=的?{_TASK}|的?[有是]?{_WHICH}|的?{_CLOSES})",
            "油菜相关的任务有哪些",
            "和养老有关的任务",
            "哪些任务跟港口有关",
        )
    ),
    PhraseForm(
        sign(
            rf"{_SAID}(?P<word>{_WORD})?(?P<verb>(?:[都被]+{_MENTIONS}|都有|涉及)[到了过]?)(?=的{_TASK}|的[有是都]*(?:{_TASKS}|哪一?[条项处]))",
            "5g和物联网都提到的任务",
            "医院被提到的任务有哪些",
            "大数据涉及的任务",
            "养老和幼儿园两样都写了的是哪条任务",
            "省级、国家级这两个词都出现的任务是哪几条",
        )
    ),
    PhraseForm(
        sign(
            rf"^{_SAID}在?(?={_PLAN}|有没有|有无|是否|被){_PLAN}?(?:有没有|有无|是否|是不是|到底|有)*"
            rf"(?P<verb>被?(?:{_MENTIONS}(?:了|到|过)*|有?(?:相关|明确|具体)?的?(?:表述|提法|说法|体现)))(?:没有|没|不)?{_CLOSES}",
            "碳达峰方案有提到吗",
            "养老在方案里有没有表述",
            "区块链有没有提到",
        )
    ),
)
"""Tried in order: first those whose verb comes first."""

_ANY = re.compile(
    rf"{_MENTIONS}|{_HOLDS}|[带含]|[在于](?=.{{0,16}}[哪几多])|相关|有关|关联|联系|挂钩|沾边|[提写讲说有](?:了|到|过|着|的)*{_CLOSES}"
    "|表述|提法|说法|体现",
    re.VERBOSE,
)
_LONGEST = 100  # characters of a question of this kind; a pasted text is not looked through for its forms


def may_ask(text: str) -> bool:
    """Whether any form may be found: a look that most questions end with."""
    return len(text) <= _LONGEST and _ANY.search(text) is not None
