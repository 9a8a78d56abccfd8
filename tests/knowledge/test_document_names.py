"""What a plan's own document is called follows from its title."""

import pytest

from knowledge.entities.document_names import kinds_of
from tests.knowledge.test_other_plans import answers


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("浙江省加快推动创新发展行动计划（2025-2027年）", ("行动计划", "计划")),
        ("国务院关于支持改革创新若干措施的通知", ("通知", "若干措施", "措施")),
        ("武穴市推进“三百”工程行动方案", ("行动方案", "方案")),
        ("某县养老服务体系", ()),
    ],
)
def test_the_nouns_that_a_title_ends_in(title: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of(title) == kinds


@pytest.mark.parametrize("question", ["这个意见总共几项任务", "本意见有多少项任务", "该指导意见一共几条任务"])
def test_the_document_s_own_noun_means_the_whole_plan(question: str) -> None:
    assert answers("nation", question)[0]["answer"]["count"] == answers("nation", "一共几项任务")[0]["answer"]["count"]


@pytest.mark.parametrize("question", ["请提供教育部负责的全部任务", "请予明确教育部负责的任务", "核对教育部的任务"])
def test_what_is_to_be_done_is_no_place(question: str) -> None:
    assert answers("nation", question)[0]["answer"]["tasks"] == ["2"]
