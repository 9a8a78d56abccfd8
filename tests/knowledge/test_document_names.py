"""What a plan's own document is called follows from its title."""

import pytest

from knowledge.entities.document_names import kinds_of


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
