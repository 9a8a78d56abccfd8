"""The words that tell what is asked carry tags that there are."""

import re
from importlib.resources import files

import pytest

from knowledge.language import cues, lexicon
from knowledge.language.cues import CueTag, cue_words, tags_in
from knowledge.language.lattice import Sense


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
