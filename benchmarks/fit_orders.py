"""Fit the weights by which a message is told to be an order of the house; writes handlers/routing/order_weights.json.

Fitted on the sentences of tests/handlers/orders but those held out, and, for what is no order, on the questions of
tests/knowledge/corpus and the reports of tests/knowledge/reports that are not among them.

    python -m benchmarks.fit_orders
"""

import json
from collections.abc import Iterator
from pathlib import Path

from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from benchmarks.corpus import cases, load_yaml
from handlers.routing.order_model import WEIGHTS, masked, parts
from handlers.services.question_service import open_question_service
from knowledge.language.normalize import clean

TESTS = Path(__file__).parent.parent / "tests"
ORDERS = TESTS / "handlers" / "orders"
HELD_OUT = "held_out"
"""How the names of the files begin that no weight is fitted on."""
REPORTS = TESTS / "knowledge" / "reports"
QUESTION, REPORT = "问方案", "报一条进展"
_STRENGTH = 50
"""How closely the weights follow the sentences."""
_RAREST = 2
"""Sentences that a part must stand in."""
_STEP, _LEAST = 4, 0.5
"""Weights are quarters; smaller ones are left out."""


def sentences(file: Path) -> Iterator[tuple[str, str]]:
    """(label, sentence) of each line."""
    for line in file.read_text(encoding="utf-8").splitlines():
        label, _, said = line.partition("\t")
        yield label, said


def _orders() -> Iterator[tuple[str, str]]:
    for file in sorted(ORDERS.glob("*.tsv")):
        if not file.name.startswith(HELD_OUT):
            yield from sentences(file)


def _corpora() -> Iterator[tuple[str, str]]:
    for case in cases():
        yield QUESTION, case.turns[0].ask
    for file in sorted(REPORTS.glob("*.yaml")):
        yield from ((REPORT, case["text"]) for case in load_yaml(file)["cases"])


def main() -> None:
    vocabulary = open_question_service().library.vocabulary
    orders = [(label, masked(clean(text), vocabulary)) for label, text in _orders()]
    known = {said for _, said in orders}
    others = ((label, masked(clean(text), vocabulary)) for label, text in _corpora())
    labels, said = zip(*orders, *(one for one in others if one[1] not in known), strict=True)
    counts = CountVectorizer(analyzer=parts, binary=True)
    found = counts.fit_transform(said)
    shares: csr_matrix = normalize(found.astype(float))  # before rare parts are left out: they make a sentence doubtful
    often = found.sum(axis=0).A1 >= _RAREST
    fitted = LogisticRegression(C=_STRENGTH, max_iter=1000, tol=1e-4).fit(shares[:, often], labels)
    names = counts.get_feature_names_out()[often]
    rows = {
        str(label): {"": round(float(constant), 2)} | _kept(names, weights)
        for label, constant, weights in zip(fitted.classes_, fitted.intercept_, fitted.coef_, strict=True)
    }
    lines = (
        f"{json.dumps(label, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}" for label, row in rows.items()
    )
    WEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _kept(names: list[str], weights: list[float]) -> dict[str, float]:
    return {
        str(part): round(float(weight) * _STEP) / _STEP
        for part, weight in zip(names, weights, strict=True)
        if abs(weight) >= _LEAST
    }


if __name__ == "__main__":
    main()
