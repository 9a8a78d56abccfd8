"""`python -m benchmarks.set_questions` asks 5,000 with a fixed seed and prints those that are answered wrongly."""

from collections import Counter

from benchmarks.set_questions.results import NOT_ANSWERED, RIGHT, WRONG, results

_NUMBER = 5_000
_SEED = 13
_SHOWN = 40


def main() -> None:
    found = results(_NUMBER, _SEED)
    tally = Counter(how for how, _ in found)
    print(f"{len(found)} questions: " + ", ".join(f"{tally[how]} {how}" for how in (RIGHT, NOT_ANSWERED, WRONG)))
    for how, what in [one for one in found if one[0] != RIGHT][:_SHOWN]:
        print(f"  {how}: {what}")


if __name__ == "__main__":
    main()
