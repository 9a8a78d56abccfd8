"""How characters sound, with the sounds that people and keyboards mix up folded into one.

Folded: zh/z, ch/c, sh/s, n/l at the front; ing/in, eng/en at the end. A syllable is a short string without tone.
"""

import re
from functools import cache

from pypinyin import Style, lazy_pinyin, pinyin

from knowledge.text import is_han

_FRONT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_END = re.compile(r"(?<=[ei])ng$")
# Characters whose second reading people really use; other second readings are dictionary curiosities (达 as ti).
_POLYPHONES = frozenset("行重长率都地数调少还参差处传单当发干更和会间将降角教据空量落强切散省石系校要应载涨只中种转乐厦朝藏")

# Every syllable of standard Chinese, without tone; ü is v.
_SYLLABLES = frozenset(
    (
        "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce "
        "cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun "
        "chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei deng di dian diao die ding diu dong dou "
        "du duan dui dun duo e en er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong "
        "gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hng hong hou hu hua huai huan "
        "huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke "
        "kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian "
        "liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng mi "
        "mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning "
        "niu nong nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi "
        "qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru ruan "
        "rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu "
        "shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti "
        "tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang "
        "xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun "
        "za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua "
        "zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo "
    ).split()
)


def fold(syllable: str) -> str:
    """The class of sounds that `syllable` (toneless) belongs to."""
    syllable = syllable.replace("ü", "v")
    for said, heard in _FRONT:
        if syllable.startswith(said):
            syllable = heard + syllable[len(said) :]
            break
    return _END.sub("n", syllable)


@cache
def sounds(char: str) -> tuple[str, ...]:
    """Every folded syllable a character can have, the usual one first; a letter or digit is its own sound."""
    if not is_han(char):
        return (char,)
    usual = fold(lazy_pinyin(char)[0])
    if char not in _POLYPHONES:
        return (usual,)
    others = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys((usual, *(fold(reading) for reading in others[:2]))))


def spoken(name: str) -> tuple[str, ...]:
    """A name's folded syllables, one for each character, polyphones read in context."""
    return tuple(fold(s) for s in lazy_pinyin(name, errors=lambda other: list(other)))


def initials(name: str) -> str:
    """The first letters of a name's syllables: 交通局 is `jtj`."""
    return "".join(s[0] for s in lazy_pinyin(name, errors=lambda other: list(other)))


def split_pinyin(run: str) -> tuple[str, ...] | None:
    """Latin letters cut into the fewest pinyin syllables, folded; None where they are no pinyin."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 6), end):
            head = best[start]
            if head is not None and run[start:end] in _SYLLABLES:
                shorter = (*head, fold(run[start:end]))
                held = best[end]
                if held is None or len(shorter) < len(held):
                    best[end] = shorter
    return best[len(run)] or None
