"""Figures of panels, each drawn on a given axis: who reports when, what is pooled by year, what changed.

In: frames of `panels` and `changes`, pooled indicators. Out: the axis, drawn on. Next: notebooks.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import LogLocator, NullLocator

from govtables.analysis.figures.style import (
    DASHES,
    FORMS,
    GREY,
    INK,
    INKS,
    MISSING,
    add_legend,
    name_rows,
    write_number,
    write_percent,
)

STATES = {
    "2019": ("form of 2019", {"marker": FORMS["2019"], "color": INKS[0], "ms": 6}),
    "2021": ("form of 2021", {"marker": FORMS["2021"], "color": INKS[1], "ms": 6}),
    "mixed": ("both forms", {"marker": FORMS["mixed"], "color": INKS[2], "ms": 6}),
    "no table read": ("no table read", {"marker": "o", "mfc": "white", "mec": INK, "ms": 6}),
    "differing versions": ("differing versions", {"marker": "$?$", "color": INK, "ms": 7}),
}
GAP = "gap"
SETS = (("o", INKS[0]), ("^", INKS[1]), ("D", INKS[4]))  # markers and colours of pooled sets
STEP = 0.12  # of a year, between two sets
MOST_NAMED = 40  # rows that a figure can name
OUT, CHANCE = INKS[1], INKS[0]


def draw_coverage(axis: Axes, states: pd.DataFrame) -> None:
    """Draw who reports when: a row of the frame a line, its columns the years, as from `panels.lay_out_years`.

    Circles are reports on the form of 2019, squares on that of 2021, diamonds on both; a hatched field is a gap between two reports.
    """
    if states.empty:
        raise ValueError("nothing to draw: no report tells both issuer and year; pass what panels.lay_out_years returns")
    if strange := sorted(set(np.ravel(states)) - {*STATES, GAP, ""}):
        raise ValueError(f"no state {', '.join(map(repr, strange))} of a year; choose of {', '.join(STATES)}, {GAP} or an empty text")
    for state, (_, look) in STATES.items():
        rows, columns = np.nonzero(states == state)
        axis.plot(columns, rows, ls="", **look)
    for row, column in zip(*np.nonzero(states == GAP), strict=True):
        axis.add_patch(Rectangle((column - 0.4, row - 0.4), 0.8, 0.8, **MISSING))
    axis.set_xticks(range(states.shape[1]), labels=states.columns)
    axis.set(xlim=(-0.6, states.shape[1] - 0.4))
    name_rows(axis, states.index, [""] * len(states))
    shown = [Line2D([], [], ls="", label=words, **look) for state, (words, look) in STATES.items() if (states == state).any(axis=None)]
    add_legend(axis, shown + [Patch(label=GAP, **MISSING)] * bool((states == GAP).any(axis=None)))


def draw_trends(axis: Axes, pooled: pd.DataFrame, label: str = "set", percent: bool = True) -> None:
    """Draw pooled values by year with their intervals, a line for each set of reports.

    `pooled` is what `indicators.pool` makes of one indicator by `label` and ``year``. Below a year stand the numbers of reports
    with a value, set by set.
    """
    if pooled["value"].isna().all():
        raise ValueError("nothing to draw: no pooled value; pass rows of indicators.pool with a value")
    years = np.arange(pooled["year"].min(), pooled["year"].max() + 1)
    names = list(pooled[label].unique())
    if len(names) > len(SETS):
        raise ValueError(f"{len(names)} sets, and {len(SETS)} at most can be told apart; draw fewer in a figure")
    counts = pooled.pivot(index="year", columns=label, values="reports").reindex(years)[names].fillna(0)
    for n, name in enumerate(names):
        marker, colour = SETS[n]
        line = pooled[pooled[label] == name].set_index("year").reindex(years)
        at = years + STEP * (n - (len(names) - 1) / 2)
        axis.plot(at, line["value"], ls=DASHES[n], marker=marker, ms=5, color=colour, lw=1.2, label=name)
        axis.vlines(at, line["low"], line["high"], color=colour, lw=1)
    axis.set_xticks(years, labels=[f"{year}\n{' | '.join(map(write_number, counts.loc[year]))}" for year in years])
    axis.set(xlim=(years[0] - 0.4, years[-1] + 0.4))
    if percent:
        axis.yaxis.set_major_formatter(write_percent)
    add_legend(axis)


def draw_steps(axis: Axes, steps: pd.DataFrame, label: str = "step") -> None:
    """Draw changes with their intervals, a row a step of `changes.find_steps`, in the order given.

    Filled triangles are changes whose interval leaves out 0; the interval of a step over a new form is dotted. Beside a row stand the
    numbers of both years.
    """
    _forbid_nothing(steps)
    steps = steps.reset_index(drop=True)
    for (out, new), lines in steps.groupby(["stands_out", "new_form"]):
        style = {"color": OUT if out else CHANCE, "ls": ":" if new else "-", "lw": 1.2}
        axis.hlines(lines.index, lines["difference_low"], lines["difference_high"], **style)
    _mark_steps(axis, steps, pd.Series(steps.index), 5)
    new = [Line2D([], [], color=INK, ls=":", label=f"over a new form ({steps['new_form'].sum()})")] * bool(steps["new_form"].any())
    add_legend(axis, axis.get_legend_handles_labels()[0] + new)
    numbers = steps[["numerator_before", "denominator_before", "numerator", "denominator"]].map(write_number)
    before, after = (numbers[f"numerator{side}"] + "/" + numbers[f"denominator{side}"] for side in ("_before", ""))
    name_rows(axis, steps[label], before + " to " + after)


def draw_step_sizes(axis: Axes, steps: pd.DataFrame) -> None:
    """Draw changes, a marker a step, against how many requests they stand on: the harmonic mean of both denominators.

    For more steps than can be named. Filled triangles are changes whose interval leaves out 0.
    """
    _forbid_nothing(steps)
    size = 2 / (1 / steps["denominator"] + 1 / steps["denominator_before"])
    axis.set_yscale("log")
    axis.yaxis.set(major_locator=LogLocator(subs=(1, 2, 5)), major_formatter="{x:.0f}", minor_locator=NullLocator())
    _mark_steps(axis, steps, size, 4)
    add_legend(axis)
    axis.spines[["right", "top"]].set_visible(False)


def _forbid_nothing(steps: pd.DataFrame) -> None:
    if steps.empty:
        raise ValueError("nothing to draw: no step; pass what changes.find_steps returns")


def _mark_steps(axis: Axes, steps: pd.DataFrame, at: pd.Series, size: float) -> None:
    """Mark changes at their heights, each kind with its number for the legend."""
    out = steps["stands_out"]
    looks = {
        "more": (out & (steps["difference"] > 0), {"marker": "^", "color": OUT}),
        "less": (out & (steps["difference"] < 0), {"marker": "v", "color": OUT}),
        "may be chance": (~out, {"marker": "o", "mfc": "none" if len(steps) > MOST_NAMED else "white", "mec": CHANCE}),
    }
    for name, (which, look) in looks.items():
        axis.plot(steps["difference"][which], at[which], ls="", ms=size, zorder=3, label=f"{name} ({which.sum()})", **look)
    axis.axvline(0, color=GREY, lw=0.8)
    axis.xaxis.set_major_formatter(_write_points)


def _write_points(difference: float, _: object = None) -> str:
    return f"{100 * difference:+.4g}" if abs(difference) > 1e-9 else "0"
