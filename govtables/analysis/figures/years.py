"""Figures over the years, each drawn on a given axis: who reports when, an indicator by year, what changed.

In: indicators by year or pooled, frames of `panels`, `changes`. Out: the axis, drawn on. Next: notebooks.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import LogLocator, NullLocator

from govtables.analysis.figures.comparisons import STRIP, keep_rows
from govtables.analysis.figures.style import (
    COLOURS, DASHES, FORMS, GREY, INK, INKS, MISSING, SMALL, add_legend, call, mark_flags,
    name_rows, write_known, write_percent,
)
from govtables.analysis.panels import ALL, EMPTY, GAP, VERSION
from govtables.declared import mistake

STATES = {
    "2019": {"marker": FORMS["2019"], "color": INKS[0], "ms": 6},
    "2021": {"marker": FORMS["2021"], "color": INKS[1], "ms": 6},
    "mixed": {"marker": FORMS["mixed"], "color": INKS[2], "ms": 6},
    EMPTY: {"marker": "o", "mfc": "white", "mec": INK, "ms": 6},
    VERSION: {"marker": "$?$", "color": INK, "ms": 7},
}
SETS = (("o", INKS[0]), ("^", INKS[1]), ("D", INKS[4]))  # markers and colours of pooled sets
STEP = 0.12  # of a year, between two sets
FEW = 30  # lines; of more, those in grey let others through
CLOSEST = 0.07  # of the height of the axis, between two names
MOST_NAMED = 40  # rows that a figure can name
OUT, CHANCE = INKS[1], INKS[0]


def draw_coverage(axis: Axes, states: pd.DataFrame) -> None:
    """Draw who reports when: a line a row of the frame, its columns the years.

    `states` is what `panels.lay_out_years` returns. Circles are reports on the form of 2019, squares on that
    of 2021, diamonds on both; a hatched field is a gap between two reports.
    """
    if states.empty:
        raise mistake("analysis.no_years")
    if strange := sorted(set(np.ravel(states)) - {*STATES, GAP, ""}):
        raise mistake("analysis.no_state", given=", ".join(strange), choices=", ".join([*STATES, GAP]))
    shown = []
    for state, look in STATES.items():
        rows, columns = np.nonzero(states == state)
        if len(rows):
            shown += axis.plot(columns, rows, ls="", label=call(state), **look)
    for row, column in zip(*np.nonzero(states == GAP), strict=True):
        axis.add_patch(Rectangle((column - 0.4, row - 0.4), 0.8, 0.8, **MISSING))
    axis.set_xticks(range(states.shape[1]), labels=states.columns)
    axis.set(xlim=(-0.6, states.shape[1] - 0.4))
    name_rows(axis, states.index, [""] * len(states))
    add_legend(axis, shown + [Patch(label=call(GAP), **MISSING)] * bool((states == GAP).any(axis=None)))


def draw_slopes(
    axis: Axes, values: pd.DataFrame, label: str = "issuer", highlight: Sequence[str] | None = None,
    percent: bool = True, comparable: bool = True,
) -> None:
    """Draw one indicator over the years, a line for each issuer, with the change of the form marked.

    `values` also need the columns ``year`` and ``generation``: circles are of the form of 2019, squares of
    that of 2021, diamonds of both. A step from one form to another is dotted, or left out unless the
    indicator is `comparable` over it. `highlight` names the issuers in colour, else those eight whose
    denominators are the largest, so that chance moves them least; others are grey. A year without a value
    breaks the line; at the bottom stands how many reports have none.
    """
    kept = keep_rows(values, values["indicator"].astype(str).unique()[:1], [label, "year"], ["generation"])
    years = range(int(kept["year"].min()), int(kept["year"].max()) + 1)
    table, forms = (kept.pivot(index=label, columns="year", values=name) for name in ("value", "generation"))
    table, forms = table.reindex(kept[label].unique(), columns=years), forms.reindex(columns=years)
    sizes = kept.groupby(label)["denominator"].sum().sort_values(ascending=False, kind="stable")
    largest = [name for name in table.index if name in sizes.index[: len(COLOURS)]]
    named = largest if highlight is None else list(highlight)
    if strange := sorted(set(named) - set(table.index)):
        facts = {"given": ", ".join(strange), "choices": ", ".join(table.index)}
        raise mistake("analysis.no_highlight", label=label, **facts)
    rest = table.drop(index=named)
    look = {"color": "#BBBBBB", "lw": 0.8, "alpha": min(1, FEW / max(len(rest), 1))}
    _draw_lines(axis, rest, forms, look, comparable)
    for n, issuer in enumerate(named):
        look = {"color": INKS[n % len(INKS)], "lw": 1.6, "ls": DASHES[n % len(DASHES)], "zorder": 3}
        _draw_lines(axis, table.loc[[issuer]], forms, look, comparable)
    height = np.nanmax(table.to_numpy(), initial=0) or 1.0
    axis.set(xticks=years, xlim=(years[0] - 0.45, years[-1] + 0.45))
    axis.set(ylim=(2.6 * STRIP * height, 1.05 * height))
    axis.set_yticks([tick for tick in axis.get_yticks() if 0 <= tick <= 1.05 * height])
    for year, known in kept["value"].notna().groupby(kept["year"]):
        text = call("missing", n=sum(~known), all=len(known))
        axis.text(year, 1.4 * STRIP * height, text, size=SMALL, ha="center", va="center")
    if flags := mark_flags(axis, kept, kept["year"], across=False):
        axis.legend(handles=flags, frameon=False)
    _mark_new_form(axis, forms)
    _name_lines(axis, table.loc[named], height)
    if percent:
        axis.yaxis.set_major_formatter(write_percent)


def draw_trends(axis: Axes, pooled: pd.DataFrame, label: str = "set", percent: bool = True) -> None:
    """Draw pooled values by year with their intervals, a line for each set of reports.

    `pooled` is what `indicators.pool` makes of one indicator by `label` and ``year``. Below a year stand the
    numbers of reports with a value, set by set.
    """
    if pooled["value"].isna().all():
        raise mistake("analysis.no_pooled")
    years = np.arange(pooled["year"].min(), pooled["year"].max() + 1)
    names = list(pooled[label].unique())
    if len(names) > len(SETS):
        raise mistake("analysis.many_sets", many=len(names), most=len(SETS))
    marks: list[tuple[pd.DataFrame, np.ndarray]] = []
    counts = pooled.pivot(index="year", columns=label, values="reports").reindex(years)[names].fillna(0)
    for n, name in enumerate(names):
        marker, colour = SETS[n]
        line = pooled[pooled[label] == name].set_index("year").reindex(years)
        at = years + STEP * (n - (len(names) - 1) / 2)
        look = {"ls": DASHES[n], "marker": marker, "ms": 5, "color": colour, "lw": 1.2}
        axis.plot(at, line["value"], label=call(name) if name == ALL else name, **look)
        axis.vlines(at, line["low"], line["high"], color=colour, lw=1)
        marks.append((line, at))
    numbers = [" | ".join(map(write_known, counts.loc[year])) for year in years]
    axis.set_xticks(years, labels=[f"{year}\n{text}" for year, text in zip(years, numbers, strict=True)])
    axis.set(xlim=(years[0] - 0.4, years[-1] + 0.4))
    if percent:
        axis.yaxis.set_major_formatter(write_percent)
    flags = [handle for line, at in marks for handle in mark_flags(axis, line, at, across=False)]
    flags = list({handle.get_label(): handle for handle in flags}.values())
    add_legend(axis, axis.get_legend_handles_labels()[0] + flags)


def draw_steps(axis: Axes, steps: pd.DataFrame, label: str = "step") -> None:
    """Draw changes with their intervals, a row a step of `changes.find_steps`, in the order given.

    Filled triangles are changes whose interval leaves out 0; the interval of a step over a new form is
    dotted. Beside a row stand the numbers of both years.
    """
    steps = steps.reset_index(drop=True)
    for (out, new), lines in steps.groupby(["stands_out", "new_form"]):
        style = {"color": OUT if out else CHANCE, "ls": ":" if new else "-", "lw": 1.2}
        axis.hlines(lines.index, lines["difference_low"], lines["difference_high"], **style)
    _mark_steps(axis, steps, pd.Series(steps.index), 5)
    handles = axis.get_legend_handles_labels()[0]
    if new := steps["new_form"].sum():
        handles.append(Line2D([], [], color=INK, ls=":", label=call("over_new_form", n=new)))
    handles += _mark_flags(axis, steps, steps.index)
    add_legend(axis, handles)
    numbers = steps[["numerator_before", "denominator_before", "numerator", "denominator"]].map(write_known)
    before = numbers["numerator_before"] + "/" + numbers["denominator_before"]
    after = numbers["numerator"] + "/" + numbers["denominator"]
    name_rows(axis, steps[label], before + f" {call('to')} " + after)


def draw_step_sizes(axis: Axes, steps: pd.DataFrame) -> None:
    """Draw changes, a marker a step, against the harmonic mean of both denominators, on which they stand.

    For more steps than can be named. Filled triangles are changes whose interval leaves out 0.
    """
    size = 2 / (1 / steps["denominator"] + 1 / steps["denominator_before"])
    axis.set_yscale("log")
    axis.yaxis.set(major_locator=LogLocator(subs=(1, 2, 5)), minor_locator=NullLocator())
    axis.yaxis.set(major_formatter="{x:.0f}")
    _mark_steps(axis, steps, size, 4)
    add_legend(axis, axis.get_legend_handles_labels()[0] + _mark_flags(axis, steps, size))
    axis.spines[["right", "top"]].set_visible(False)


def _mark_flags(axis: Axes, steps: pd.DataFrame, at: pd.Series) -> list[Artist]:
    """Mark changes of which the audit speaks against one of the values, and what it leaves of them."""
    drawn = ("difference", "difference_least", "difference_most")
    names = dict(zip(drawn, ("value", "value_low", "value_high"), strict=True))
    return mark_flags(axis, steps[[*drawn, "flag"]].rename(columns=names), at)


def _mark_steps(axis: Axes, steps: pd.DataFrame, at: pd.Series, size: float) -> None:
    """Mark changes at their heights, each kind with its number for the legend."""
    if steps.empty:
        raise mistake("analysis.no_step")
    out, inside = steps["stands_out"], "none" if len(steps) > MOST_NAMED else "white"
    looks = {
        "more": (out & (steps["difference"] > 0), {"marker": "^", "color": OUT}),
        "less": (out & (steps["difference"] < 0), {"marker": "v", "color": OUT}),
        "chance": (~out, {"marker": "o", "mfc": inside, "mec": CHANCE}),
    }
    for name, (which, look) in looks.items():
        look |= {"ls": "", "ms": size, "zorder": 3, "label": call("counted", name=call(name), n=which.sum())}
        axis.plot(steps["difference"][which], at[which], **look)
    axis.axvline(0, color=GREY, lw=0.8)
    axis.xaxis.set_major_formatter(_write_points)


def _write_points(difference: float, _: object = None) -> str:
    return f"{100 * difference:+.4g}" if abs(difference) > 1e-9 else "0"


def _draw_lines(
    axis: Axes, table: pd.DataFrame, forms: pd.DataFrame, look: Mapping[str, object], comparable: bool
) -> None:
    """Draw issuers' values by year: a missing year leaves a gap, a new form a dotted step or a gap."""
    forms = forms.loc[table.index].astype("str")
    for before, after in zip(table.columns[:-1], table.columns[1:], strict=True):
        known, same = table[[before, after]].notna().all(axis=1), forms[before] == forms[after]
        for which, dots in ((known & same, {}), (known & ~same & comparable, {"ls": ":"})):
            if which.any():
                axis.plot([before, after], table.loc[which, [before, after]].to_numpy().T, **look | dots)
    for form, marker in FORMS.items():
        rows, columns = np.nonzero(((forms == form) & table.notna()).to_numpy())
        if len(rows):
            mark = look | {"ls": "", "marker": marker, "ms": 3 * look["lw"]}
            axis.plot(table.columns[columns], table.to_numpy()[rows, columns], **mark)


def _mark_new_form(axis: Axes, forms: pd.DataFrame) -> None:
    """Mark where issuers leave the form of 2019, and how many do."""
    for before, after in zip(forms.columns[:-1], forms.columns[1:], strict=True):
        pairs = forms[[before, after]].dropna().astype("str")
        if changed := ((pairs[before] == "2019") & (pairs[after] != "2019")).sum():
            at, text = (before + after) / 2, call("new_form", n=changed)
            axis.axvline(at, color=GREY, lw=0.8, ls=":")
            above = {"transform": axis.get_xaxis_transform(), "ha": "center", "va": "bottom"}
            axis.text(at, 1.01, text, size=SMALL, **above)


def _name_lines(axis: Axes, table: pd.DataFrame, height: float) -> None:
    """Write names beside the last values, far enough from each other to be read."""
    ends = table.ffill(axis=1).iloc[:, -1].dropna().sort_values()
    at = -np.inf
    for name, value in ends.items():
        at = max(value, at + CLOSEST * height)
        end, beside = (table.loc[name].last_valid_index(), value), (table.columns[-1] + 0.5, at)
        line = {"arrowstyle": "-", "color": GREY, "lw": 0.5}
        axis.annotate(name, end, beside, va="center", annotation_clip=False, arrowprops=line)
