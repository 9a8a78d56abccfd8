"""`make bench`: every measurement that ends by itself, from the quickest to the slowest."""

from benchmarks import cost, delivery, mutations, province, questions, readback, standing, tick, worst
from benchmarks.set_questions import __main__ as set_questions

if __name__ == "__main__":
    for title, run in (
        ("Time to answer", questions.main),
        ("The worst inputs", worst.main),
        ("Where things stand", standing.main),
        ("A look at the schedule", tick.main),
        ("Written and read back", readback.main),
        ("Questions for sets", set_questions.main),
        ("Damaged questions", mutations.main),
        ("Cost per update", cost.main),
        ("Delivery", delivery.main),
        ("A province", province.main),
    ):
        print(f"\n== {title}", flush=True)
        run()
