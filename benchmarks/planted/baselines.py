"""Two documented algorithms of statistical data editing, on the same reports and the same sums.

In: the numbers of a report, all printed. Out: the cells that each would change. Next: `compared`.

`fellegi_holt` states the paradigm of Fellegi and Holt (1976) as a mixed-integer program, as de Jonge and van
der Loo do in R's `errorlocate`: a cell may leave its number only at the price of its weight, weights are one
with a little chance added, and one cheapest set is given, never none. `correct_typos` follows Scholtus
(2009).
"""

from __future__ import annotations

import random

import highspy
import numpy as np

from planted.sums import NEAR, Values, sums
from synthetic import Code

SECONDS = 10.0  # for one program; what takes longer counts as no answer
JITTER = 0.01
MOST_OFFERS = 24  # that are combined, those that mend the most first


def fellegi_holt(generation: str, known: Values, rng: random.Random) -> set[Code] | None:
    """One cheapest set of cells whose change satisfies all sums; `None` where time runs out."""
    rows = sums(generation)
    codes = list(dict.fromkeys(code for terms in rows for code, _ in terms))
    place = {code: at for at, code in enumerate(codes)}
    most = 1.0 + 2 * sum(abs(known[code]) for code in codes)
    model = highspy.Highs()
    for name, value in (("output_flag", False), ("threads", 1), ("time_limit", SECONDS)):
        model.setOptionValue(name, value)
    for _ in codes:
        model.addVar(0.0, most)
    for at in range(len(codes)):
        model.addVar(0.0, 1.0)
        model.changeColCost(len(codes) + at, 1.0 + JITTER * rng.random())
        model.changeColIntegrality(len(codes) + at, highspy.HighsVarType.kInteger)
    for terms in rows:
        _add(model, 0.0, 0.0, [(place[code], float(weight)) for code, weight in terms])
    for code, at in place.items():
        value = known[code]
        _add(model, value, highspy.kHighsInf, [(at, 1.0), (len(codes) + at, max(value, 0.0) or 0.0)])
        _add(model, -highspy.kHighsInf, value, [(at, 1.0), (len(codes) + at, value - most)])
        if value < 0:
            model.changeColBounds(len(codes) + at, 1.0, 1.0)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    chosen = model.getSolution().col_value[len(codes) :]
    return {code for code, on in zip(codes, chosen, strict=True) if on > 0.5}


def _add(model: highspy.Highs, low: float, high: float, terms: list[tuple[int, float]]) -> None:
    places, weights = zip(*terms, strict=True)
    model.addRow(low, high, len(terms), np.array(places, np.int32), np.array(weights))


def correct_typos(generation: str, known: Values) -> tuple[Values, bool]:
    """Corrections by one typing error each, and whether they satisfy all sums.

    Of the cells that stand in broken sums alone, those are corrected that one typing error away from their
    number would satisfy one; of these corrections as many sums as possible are mended, none by two of them.
    Where several choices mend as many, what they share is corrected.
    """
    rows = sums(generation)
    gaps = [sum(weight * known[code] for code, weight in terms) for terms in rows]
    broken = {n for n, gap in enumerate(gaps) if abs(gap) > NEAR}
    sound = {code for n, terms in enumerate(rows) if n not in broken for code, _ in terms}
    offers: dict[tuple[Code, float], set[int]] = {}
    for n in sorted(broken):
        for code, weight in rows[n]:
            value = known[code] - gaps[n] / weight
            if code not in sound and value >= 0 and is_typo(known[code], value):
                offers.setdefault((code, value), set()).add(n)
    edits = {code: {n for n, terms in enumerate(rows) if code in dict(terms)} for code, _ in offers}
    listed = sorted(offers.items(), key=lambda item: -len(item[1]))[:MOST_OFFERS]
    best = _choose([(code, value, mended, edits[code]) for (code, value), mended in listed])
    shared = frozenset.intersection(*best)
    mended = set().union(*(offers[offer] for offer in shared))
    return dict(shared), mended == broken


Offer = tuple[Code, float, set[int], set[int]]  # the sums that it mends, and those that the cell stands in


def _choose(offers: list[Offer]) -> list[frozenset[tuple[Code, float]]]:
    """All choices of corrections, of which none share a sum, that mend the most sums."""
    weigh = {(code, value): len(mended) for code, value, mended, _ in offers}
    ways: dict[int, set[frozenset]] = {}

    def grow(left: list[Offer], chosen: frozenset) -> None:
        if not left:
            ways.setdefault(sum(weigh[one] for one in chosen), set()).add(chosen)
            return
        (code, value, _, edits), rest = left[0], left[1:]
        others = [offer for offer in rest if not offer[3] & edits]
        grow(others, chosen | {(code, value)})
        if len(others) < len(rest):
            grow(rest, chosen)

    grow(offers, frozenset())
    return sorted(ways[max(ways)], key=sorted)


def is_typo(printed: float, meant: float) -> bool:
    """Tell whether one insertion, deletion, replacement or swap of neighbours, or a sign, lies between."""
    return printed == -meant or distance(f"{printed:.0f}", f"{meant:.0f}") == 1


def distance(one: str, other: str) -> int:
    """The restricted distance of Damerau and Levenshtein."""
    table = [[max(i, j) if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            steps = [table[i - 1][j] + 1, table[i][j - 1] + 1]
            steps.append(table[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                steps.append(table[i - 2][j - 2] + 1)
            table[i][j] = min(steps)
    return table[-1][-1]
