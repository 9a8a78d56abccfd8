"""The table of how characters sound is as its source says."""

from benchmarks import pinyin_table


def test_the_table_of_sounds_is_up_to_date() -> None:
    assert pinyin_table.FILE.read_text(encoding="utf-8") == pinyin_table.table(), (
        "run python -m benchmarks.pinyin_table"
    )
