"""How a unit says on owners that it takes one, that it does not, or that it is another's."""

import re

from knowledge.language.pattern import sign
from knowledge.plan.model import OwnerOpinion

_US = "(?:我们?|咱们?|俺们?|本局|我局|本单位|我单位|局里)"
_END = "(?=$|[,，。;；!! ])"
_AGREES = rf"""{_US}(?:局|单位|这边|来|就|都|也|愿意|可以){{0,3}}(?:接|认|认领)(?:下来|下|了|的|账){{0,2}}{_END}
    | (?<![啥么不])(?:算|归){_US}的?{_END} | (?:没有?|无)(?:啥|什么)?(?:意见|异议|话讲|话说)(?:的|了)?{_END}
    | 都行{_END} | (?:应|认|接)下(?:来)?(?:了|哈|哦){{0,2}}{_END}"""
_NOT_OURS = rf"不(?:是|归|属于?|该){_US}(?:的|管|负责|家|局|报|出){{0,2}}{_END}"
_REFUSES = rf"""(?:凭(?:啥|什么)|为(?:啥|什么)).{{0,6}}?(?:归|叫|让|要|算|给|找){_US}
    | (?<!没)有异议 | {_US}.{{0,4}}?不(?:接|认|同意)"""
_HAS_NONE = rf"{_US}(?:手上|手里|这边|局|单位)?没有?数"
MARKS = (
    (OwnerOpinion.NOT_OURS, re.compile(_NOT_OURS, re.VERBOSE)),
    (OwnerOpinion.DIFFERS, re.compile(f"{_REFUSES}|{_HAS_NONE}", re.VERBOSE)),
    (OwnerOpinion.AGREES, re.compile(_AGREES, re.VERBOSE)),
)
"""The first that shows is meant: 凭啥归我 is none that agrees."""
FILLER = re.compile(
    rf"{_AGREES}|{_NOT_OURS}|{_REFUSES}|{_HAS_NONE}|{_US}|行吧|好吧|可以|这[个些]|那[个些两]个?|主责|[都全就吧的]",
    re.VERBOSE,
)
"""What says an opinion, and names nothing."""
OPINION = sign(
    rf"^.{{0,60}}?(?:{_AGREES}|{_NOT_OURS}|{_REFUSES}).{{0,60}}$",
    "数字校园我们接，没话讲",
    "都行",
    "没意见",
    "我们局没意见",
    "行吧都算我的，就是基地那十二个乡镇也得出力",
    "外贸我们没数，凭啥归我",
    "进出口是海关统计的 我手上没数 凭啥叫我出",
    "危化品那个不是我，城发在建",
    "那两个翻番我替局里应下了哈",
    others=(
        "5G基站归我们吗",
        "这个归我们管吗",
        "谁没意见",
        "有什么意见",
        "提个意见",
        "草稿没意见",
        "周五下午都行",
        "不归我管了",
        "5G基站建成620个",
        "群众有意见",
        "我们这个月没数",
    ),
    unless="[?？吗呢]|谁|哪|什么(?!叫|归|让|要|算|给|找)|草稿|通报|小结|稿子|核对|几点|周[一二三四五六日]|[上下]午|管了|几个月",
)
