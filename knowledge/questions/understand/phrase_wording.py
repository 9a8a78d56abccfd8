"""Ways to ask after words of the text that mean the same as a plainer one, which the forms are written for."""

import re

_PREFACE = re.compile(
    r"^(?![^,]*(?:[哪几谁]|提到|写到|涉及|出现|任务|参与|牵头))"
    r"[^,]*(?:写|要|用|开|问|说|材料|汇报|记者|领导|我)[^,]*,(?=.*[哪几没])"
)
"""会上要用,…, 那边在写材料,…"""
_COUNTED_IN = re.compile(
    r",(?:连|把|包括)?[^,]*(?:总则|保障|指导思想|目标|前言|条款|前面|后面|其他)[^,]*(?:算|包括|带|含)(?:上|进去?|进来|在内|的)*$"
)
"""…,总则和保障部分也算上: they always are."""
_UNITS = "(?:责任)?单位(?:的?名单|那[栏行列]|列表)?[里上中]?面?的?"
_NOT_OF_UNITS = re.compile(
    rf",?(?:(?:不看|别看|不算|别算|除开|去掉){_UNITS}|{_UNITS}(?:都|就)?(?:不算|别算|不要算|不计|除外|不看)(?:在内)?)$"
)
"""…,责任单位名单里的不算: they never are."""
_THOSE = re.compile(r"的[那这][几些]?[个条项]?(?:任务|工作|条款)(?!书)|的[那这][几些]?[条项]")
_SPEAKS = "(?:提到|写到|讲到|说到|提及|涉及)"
_OR_NOT = (
    (re.compile(r"(?P<verb>[提写讲说])(?:到|了|过)?没(?:有)?(?P=verb)(?:到|了|过)?"), "有没有提到"),
    (
        re.compile(
            r"(?:提到|写到|讲到|说到|提及|涉及)(?P<said>[^,哪几谁但却而又也、]+?)没(?:有)?(?:提到|写到|讲到|说到|提及|涉及)$"
        ),
        r"有没有提到\g<said>",
    ),
)
"""写没写, 提到快递没提到."""
_MISTYPED = (
    (re.compile(r"(?:^|(?<=[,没未不都也还项条务些目]))[体题替提][到道](?!底)"), "提到"),
    (re.compile(r"([写说讲])道(?=\w{2})"), r"\1到"),
)
"""体到油菜, 写道物流: the verbs that these forms begin with, by their sound."""
_TIMES = re.compile(
    r"(?:在(?:方案|文件|全文|文中)(?:里面|里|中)?)?(?:一共|总共)?(?:出现|提|写|讲)(?:到|了|过)*(?:几|多少)(?:次|遍|回)"
)


def said_plainly(text: str) -> tuple[str, bool]:
    """The sentence in the plainer way, and whether it asks how often something stands there."""
    text = _NOT_OF_UNITS.sub("", _COUNTED_IN.sub("", _PREFACE.sub("", text)))
    text = _THOSE.sub("的任务", text)
    for form, plain in (*_MISTYPED, *_OR_NOT):
        text = form.sub(plain, text)
    text, times = _TIMES.subn("出现在哪些任务里", text)
    return text, bool(times)
