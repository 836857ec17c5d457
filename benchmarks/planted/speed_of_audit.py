"""Table (d): speed of the audit.

In: a number of reports, a seed. Out: two lines on standard output; a noisy machine misses no bar. Next:
`errors.py`.
"""

from __future__ import annotations

from planted.damage import KINDS
from planted.judging import audit, score_wrong, spread
from planted.trials import Trial, make_wrong, remove, true_report
from synthetic import GENERATIONS

BAR_TOTAL = 20.0
BAR_EACH = 0.5
SPEED_REPORTS = 10_000


def run_speed(reports: int, seed: int, show: int) -> list[str]:
    """Print the time for consistent and for contradicted reports; a noisy machine misses no bar."""
    prepared = [draw_consistent(seed, at).cells() for at in range(SPEED_REPORTS)]
    took = sum(audit(cells)[1] for cells in prepared)
    names = [(f"speed {number} {seed} {at}", number) for number in (1, 2, 3) for at in range(reports)]
    results = [score_wrong(make_wrong(name, seed, list(KINDS.values()), number)) for name, number in names]
    middle, late = spread([r.seconds for r in results])
    bars = [(took, BAR_TOTAL), (float(late), BAR_EACH)]
    met = ["met" if value < bar else "missed" for value, bar in bars]
    print("(d) Speed on one core")
    print(
        f"{SPEED_REPORTS:,} consistent reports (in full, zeros blank, 5 % taken out): {took:.1f} s; "
        f"bar {BAR_TOTAL:g} s {met[0]}"
    )
    print(f"{len(results)} contradicted reports: median {middle} s, 99 % {late} s;", end=" ")
    print(f"bar {BAR_EACH:g} s {met[1]}\n")
    show_slow = sorted(results, key=lambda r: -r.seconds)[:show]
    print("".join(f"{r.seconds:.3f} s {r.trial.describe()}\n" for r in show_slow), end="")
    return []


def draw_consistent(seed: int, at: int) -> Trial:
    """Draw a consistent report, no two alike: in full, with zeros blank, or with numbers taken out."""
    style = (0.0, "zeros", 0.05)[at % 3]
    generation = GENERATIONS[at // 3 % 2]
    truth = true_report.__wrapped__(f"speed {seed} {at}", generation)
    return remove(f"speed {seed} {at}", seed, style, Trial("", generation, truth))
