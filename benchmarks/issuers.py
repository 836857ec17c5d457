"""Measure how issuers are placed: `python benchmarks/issuers.py`.

In: tests/issuers/issuers.csv, the issuers met in published reports. Out: shares placed right, wrong and not
at all; time a call.
"""

import csv
import time
from pathlib import Path

from govtables.issuers import resolve_issuer

CASES = Path(__file__).parents[1] / "tests" / "issuers" / "issuers.csv"
ROUNDS = 20


def main() -> None:
    """Print one line for names alone, one for names with the note on their place."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        cases = list(csv.DictReader(lines))
    for heading, column, known in (("name alone", "alone", ""), ("with the note", "place", "note")):
        found = [resolve_issuer(case["name"], int(case["year"]), case.get(known, "")) for case in cases]
        level = sum(one.level == case["level"] for one, case in zip(found, cases, strict=True))
        placed = [(one.place or "", case) for one, case in zip(found, cases, strict=True)]
        right = sum(place == case[column] for place, case in placed)
        wrong = sum(place not in ("", case["place"]) for place, case in placed)
        unknown = sum(not place for place, _ in placed)
        said = all(one.reason for one in found if not one.place and one.level != "central")
        total = len(cases)
        print(f"{heading}: {total} issuers, level right {level / total:.1%},", end=" ")
        print(f"place as it should be {right / total:.1%},", end=" ")
        print(f"left unknown {unknown} (reason always said: {said}), wrong {wrong}")
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for case in cases:
            resolve_issuer(case["name"], int(case["year"]), case["note"])
    print(f"{(time.perf_counter() - start) / ROUNDS / len(cases) * 1e3:.3f} ms a call")


if __name__ == "__main__":
    main()
