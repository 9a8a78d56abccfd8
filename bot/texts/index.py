"""What `duban index` prints."""

from collections.abc import Iterable

from knowledge.plan.text_index import TextIndex

ONE_PLAN = "一次只做一个方案的索引，请用 --plan 写明任务清单。"


def cannot_read(kind: str, kinds: Iterable[str]) -> str:
    return f"读不了“{kind}”文件，可以是：{'、'.join(sorted(kinds))}。"


def unreadable(file: str) -> str:
    return f"{file} 读不出来，或索引写不进清单所在的目录，请检查文件和权限。"


def no_headings(titles: tuple[str, ...]) -> str:
    return f"原文里没有找到这些标题，请核对任务清单：{'、'.join(titles)}"


def done(index: TextIndex, words: str, strings: str) -> str:
    count = sum(map(len, index.words))
    return f"已做好索引：{len(index.places)} 处，词语 {count} 个，字串 {len(index.strings)} 条。\n{words}\n{strings}"
