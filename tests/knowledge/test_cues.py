"""The words that tell what is asked carry tags that there are."""

import re
from importlib.resources import files

import pytest

from knowledge.language import cues, lexicon
from knowledge.language.cues import CueTag, cue_words, tags_in
from knowledge.language.lattice import Sense
from knowledge.language.lexicon.patterns import Patterns


def test_every_tag_is_of_a_word_but_the_one_that_a_day_has() -> None:
    used = {tag for word in cue_words() if word.sense is Sense.CUE for tag in tags_in(word.key)}
    assert set(CueTag) - used == {CueTag.SOON}


def test_an_unknown_tag_is_named_with_its_file_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    known, (tags, words) = list(lexicon.cue_groups())[:7], list(lexicon.cue_groups())[7]
    monkeypatch.setattr(cues, "cue_groups", lambda: [*known, (f"{tags} whose", words)])
    with pytest.raises(lexicon.LexiconError) as error:
        tuple(cue_words())
    found = re.fullmatch(r"(cues\.yaml):(\d+): 'whose' is not a valid CueTag", str(error.value))
    assert found
    lines = (files("knowledge.language.lexicon") / found[1]).read_text(encoding="utf-8").splitlines()
    assert lines[int(found[2]) - 1].strip() == f"- tags: {tags}"


def test_a_pattern_stands_for_every_word_that_can_be_made_of_it() -> None:
    patterns = Patterns({"who": "谁 哪{几?}家", "do": "管 抓"})
    assert patterns.words(["{who}{来?}{do}"]) == (
        *("谁来管", "谁来抓", "谁管", "谁抓"),
        *("哪几家来管", "哪几家来抓", "哪几家管", "哪几家抓", "哪家来管", "哪家来抓", "哪家管", "哪家抓"),
    )


def test_a_word_that_stands_in_full_is_made_by_no_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = {"classes": {}, "cues": [{"tags": "who", "words": "谁{管|牵头}"}, {"tags": "who lead", "words": "谁牵头"}]}
    monkeypatch.setattr(lexicon, "_read", lambda _: sheet)
    monkeypatch.setattr(lexicon, "_role_rows", lambda: ())
    assert lexicon.cue_groups.__wrapped__() == (("who", ("谁管",)), ("who lead", ("谁牵头",)))
