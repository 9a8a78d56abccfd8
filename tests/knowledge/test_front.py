"""The package's front window: a few names, each of which is there, and a module only when it is asked for."""

import subprocess
import sys
from datetime import date

import knowledge

TODAY = date(2023, 3, 1)


def test_the_names_are_there() -> None:
    assert {name: getattr(knowledge, name).__name__ for name in knowledge.__all__} == {
        name: name for name in knowledge.__all__
    }


def test_a_question_and_a_report_are_read_with_them() -> None:
    library = knowledge.Library(knowledge.find_plans())
    context = knowledge.QuestionContext(library, knowledge.Memory(), unit=None, today=TODAY)
    (reading,) = knowledge.read("5G基站的目标是多少", context)
    answer = knowledge.answer_query(reading.meant, library, question=reading.text, today=TODAY)
    (update,) = knowledge.UpdateReader(library).read("5G基站建成620个", today=TODAY).updates
    assert [target.name for target in answer.content.targets] == [update.subject.name] == ["5G基站"]


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    said = "import knowledge, sys; print([one for one in sys.modules if one.startswith('knowledge.')])"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
