"""Figures of indicators, each drawn on a given axis.

In: rows of `indicators.compute`, with columns that name the reports joined to them. Out: the axis, drawn on. Next: notebooks.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import PercentFormatter

from govtables.analysis.figures.style import (
    COLOURS,
    DASHES,
    FORMS,
    GREY,
    INK,
    INKS,
    MARKERS,
    MISSING,
    PALE,
    SHADES,
    SMALL,
    add_legend,
    name_rows,
    write_number,
    write_percent,
)

BAR_HATCHES = ("", "////", "....", r"\\\\", "xxxx", "++++", "----", "")
FEW = 30  # lines; of more, those in grey let others through
STRIP = -0.07  # of the height of the axis: where reports without a value stand
CLOSEST = 0.07  # of the height of the axis, between two names


def draw_composition(axis: Axes, values: pd.DataFrame, parts: Mapping[str, str], label: str = "report_id") -> None:
    """Draw a bar for each report, split by the indicators of a whole: outcomes, denials or kinds of applicants.

    `parts` are codes with words for the legend, as from `indicators.parts`; `label` is the column that names the reports. Beside
    a bar stands what its shares are of. A report without shares is a hatched bar that says why.
    """
    kept = _keep(values, parts, [label])
    shares, totals = _spread(kept, "value", parts, label), _spread(kept, "denominator", parts, label)
    known, at = shares.notna().all(axis=1).to_numpy(), np.arange(len(shares))
    starts = shares.cumsum(axis=1) - shares
    looks = [{"facecolor": c, "hatch": h, "edgecolor": INK, "linewidth": 0.3} for c, h in zip(COLOURS, BAR_HATCHES, strict=True)]
    for part, look in zip(parts, looks, strict=False):
        axis.barh(at[known], shares[part][known], left=starts[part][known], **look)
    axis.barh(at[~known], 1, **MISSING)
    for row, why in zip(at[~known], _reasons(kept, label)[~known], strict=True):
        axis.text(0.5, row, why, ha="center", va="center", size=SMALL, color=INK, backgroundcolor="white")
    axis.set(xlim=(0, 1))
    axis.xaxis.set_major_formatter(PercentFormatter(1))
    name_rows(axis, shares.index, totals.iloc[:, 0].map(write_number))
    add_legend(axis, [Patch(label=words, **look) for words, look in zip(parts.values(), looks, strict=False)])


def draw_forest(
    axis: Axes,
    values: pd.DataFrame,
    parts: Mapping[str, str],
    label: str = "report_id",
    most: float | None = None,
    percent: bool = True,
) -> None:
    """Draw values with their intervals, a row a report, a marker for each of the indicators.

    For rates, and with ``percent=False`` for disputes per 100. Beside a row stand numerator and denominator of the first
    indicator. The axis ends at `most`; an interval that goes on has an arrow. An unknown value is a hatched bar over what blanks
    leave of it; one that cannot be, an open marker with the reason.
    """
    kept = _keep(values, parts, [label])
    top = most or np.nanmax(kept[["value", "high", "value_high"]].to_numpy(float), initial=0) or 1.0
    rows = pd.Index(kept[label].unique())
    steps = np.linspace(-0.22, 0.22, len(parts)) if len(parts) > 1 else [0.0]
    for n, (code, step) in enumerate(zip(parts, steps, strict=True)):
        lines = kept[kept["indicator"] == code]
        at = rows.get_indexer(lines[label]) + step
        known = lines["value"].notna().to_numpy()
        _draw_intervals(axis, lines[known], at[known], n, top)
        _draw_unknown(axis, lines[~known], at[~known], n, top)
    axis.set(xlim=(-0.02 * top, top))
    if percent:
        axis.xaxis.set_major_formatter(PercentFormatter(1))
    first = kept[kept["indicator"] == next(iter(parts))].set_index(label).reindex(rows)
    name_rows(axis, rows, first["numerator"].map(write_number) + "/" + first["denominator"].map(write_number))
    looks = [{"color": INKS[n], "marker": MARKERS[n]} for n in range(len(parts))]
    add_legend(axis, [Line2D([], [], label=words, ls="", **look) for words, look in zip(parts.values(), looks, strict=True)])


def draw_funnel(axis: Axes, values: pd.DataFrame, limits: pd.DataFrame) -> None:
    """Draw a rate of many reports against its denominator, with control limits around the pooled rate.

    `values` are the rows of one indicator, `limits` what `indicators.funnel` makes of them. A filled triangle is a report whose
    interval leaves out the pooled rate. Below 0 stand reports without a value: crosses where there is nothing to divide by, open
    squares where a number is unknown.
    """
    kept = _keep(values, values["indicator"].astype(str).unique()[:1], ["report_id"])
    pooled = limits["value"].iloc[0]
    for n, (level, line) in enumerate(limits.groupby("level"), 1):
        axis.plot(line["denominator"], line["low"], color=INK, lw=0.8, ls=DASHES[n], label=f"{100 * level:g} % limits")
        axis.plot(line["denominator"], line["high"], color=INK, lw=0.8, ls=DASHES[n])
    axis.axhline(pooled, color=INK, lw=0.8, label=f"pooled: {100 * pooled:.3g} %")
    outside = (kept["low"] > pooled) | (kept["high"] < pooled)
    known, empty = kept["value"].notna(), kept["denominator"] == 0
    looks = {
        "within": (known & ~outside, "value", {"marker": "o", "facecolor": "white", "edgecolor": COLOURS[0]}),
        "outside": (outside, "value", {"marker": "^", "color": COLOURS[2]}),
        "nothing to divide by": (~known & empty, "strip", {"marker": "x", "color": GREY}),
        "unknown": (~known & ~empty, "lower strip", {"marker": "s", "facecolor": "white", "edgecolor": GREY}),
    }
    axis.set_xscale("symlog", linthresh=1, linscale=0.4)
    for name, (which, where, look) in looks.items():
        lines = kept[which].assign(**{"strip": STRIP, "lower strip": 2 * STRIP}).fillna({"denominator": 0})
        axis.scatter(lines["denominator"], lines[where], s=18, lw=0.9, zorder=3, label=f"{name} ({len(lines)})", **look)
    axis.axhline(0, color=GREY, lw=0.5)
    axis.set(ylim=(3 * STRIP, 1.03), xlim=(-0.4, limits["denominator"].max() * 1.4), yticks=np.linspace(0, 1, 6))
    axis.yaxis.set_major_formatter(PercentFormatter(1))
    axis.xaxis.set_major_formatter("{x:.0f}")
    add_legend(axis)


def draw_slopes(
    axis: Axes,
    values: pd.DataFrame,
    label: str = "issuer",
    highlight: Sequence[str] | None = None,
    percent: bool = True,
    comparable: bool = True,
) -> None:
    """Draw one indicator over the years, a line for each issuer, with the change of the form marked.

    `values` also need the columns ``year`` and ``generation``: circles are of the form of 2019, squares of that of 2021, diamonds
    of both. A step from one form to another is dotted, or left out unless the indicator is `comparable` over it. `highlight`
    names the issuers in colour (all, if eight at most); others are grey. A year without a value breaks the line, and at the
    bottom stands how many of a year's reports have none.
    """
    kept = _keep(values, values["indicator"].astype(str).unique()[:1], [label, "year"], ["generation"])
    table, forms = (kept.pivot(index=label, columns="year", values=name).sort_index(axis=1) for name in ("value", "generation"))
    years = range(int(kept["year"].min()), int(kept["year"].max()) + 1)
    table, forms = table.reindex(kept[label].unique(), columns=years), forms.reindex(columns=years)
    named = list(table.index) if highlight is None and len(table) <= len(COLOURS) else list(highlight or ())
    if strange := sorted(set(named) - set(table.index)):
        raise ValueError(f"no {label} {', '.join(strange)} to highlight; choose of {', '.join(table.index)}")
    rest = table.drop(index=named)
    _draw_lines(axis, rest, forms, {"color": "#BBBBBB", "lw": 0.8, "alpha": min(1, FEW / max(len(rest), 1))}, comparable)
    for n, issuer in enumerate(named):
        look = {"color": INKS[n % len(INKS)], "lw": 1.6, "ls": DASHES[n % len(DASHES)], "zorder": 3}
        _draw_lines(axis, table.loc[[issuer]], forms, look, comparable)
    height = np.nanmax(table.to_numpy(), initial=0) or 1.0
    axis.set(xticks=years, xlim=(years[0] - 0.45, years[-1] + 0.45), ylim=(2.6 * STRIP * height, 1.05 * height))
    axis.set_yticks([tick for tick in axis.get_yticks() if 0 <= tick <= 1.05 * height])
    for year, known in kept["value"].notna().groupby(kept["year"]):
        text = f"{sum(~known)} of {len(known)}\nmissing"
        axis.text(year, 1.4 * STRIP * height, text, size=SMALL, ha="center", va="center")
    _mark_new_form(axis, forms)
    _name_lines(axis, table.loc[named], height)
    if percent:
        axis.yaxis.set_major_formatter(write_percent)


def draw_grounds(axis: Axes, values: pd.DataFrame, parts: Mapping[str, str], label: str = "report_id") -> None:
    """Draw counts as a heat map, reports by parts of a whole, such as the grounds of denial.

    The number in a square is the count, its shade the share of the report's whole. An unknown count is hatched.
    """
    kept = _keep(values, parts, [label])
    counts, shares = (_spread(kept, name, parts, label) for name in ("numerator", "value"))
    axis.imshow(shares.fillna(0).to_numpy(), cmap=SHADES, vmin=0, vmax=1, aspect="auto")
    for (row, column), count in np.ndenumerate(counts.to_numpy()):
        if np.isnan(count):
            axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, **MISSING))
        else:
            ink = "white" if shares.iat[row, column] > 0.93 else PALE if not count else "black"
            axis.text(column, row, write_number(count), ha="center", va="center", size=SMALL, color=ink)
    axis.set_xticks(range(len(parts)), labels=parts.values(), rotation=90)
    axis.set_yticks(range(len(counts)), labels=counts.index)
    axis.set_xticks(np.arange(len(parts) - 1) + 0.5, minor=True)
    axis.set_yticks(np.arange(len(counts) - 1) + 0.5, minor=True)
    axis.grid(which="minor", color="#DDDDDD", lw=0.5)
    axis.tick_params(which="both", length=0)


def _keep(values: pd.DataFrame, codes: Iterable[str], names: list[str], further: Sequence[str] = ()) -> pd.DataFrame:
    """Keep the rows of some indicators; raise `ValueError` where nothing can be drawn, or two rows have one place."""
    codes = list(codes)
    absent = [name for name in (*names, *further) if name not in values]
    if absent:
        raise ValueError(f"no column {', '.join(absent)} in the values; join it from the reports. Columns: {', '.join(values)}")
    kept = values[values["indicator"].isin(codes)].astype({"indicator": "str"})
    if kept.empty or len(codes) > len(COLOURS):
        named = ", ".join(codes) or "any indicator"
        raise ValueError(f"nothing to draw: no row, or more than {len(COLOURS)} kinds, of {named}; pass rows of indicators.compute")
    wrong = kept[kept.duplicated([*names, "indicator"]) | kept[names].isna().any(axis=1)]
    if len(wrong):
        named = ", ".join(map(str, wrong[names].iloc[0]))
        raise ValueError(f"two reports are named {named}, or one has no name; name them by a column that tells them apart")
    return kept


def _spread(kept: pd.DataFrame, name: str, parts: Mapping[str, str], label: str) -> pd.DataFrame:
    """Lay one column out, reports by indicators, both in their given order."""
    return kept.pivot(index=label, columns="indicator", values=name).reindex(index=kept[label].unique(), columns=list(parts))


def _reasons(kept: pd.DataFrame, label: str) -> pd.Series:
    """By report, in short why the first of its missing values is missing."""
    return kept.groupby(label, sort=False)["reason"].first().str.partition(":")[0]


def _draw_intervals(axis: Axes, lines: pd.DataFrame, at: np.ndarray, n: int, top: float) -> None:
    colour = INKS[n]
    low, high = (lines[end].fillna(lines["value"]) for end in ("low", "high"))
    axis.hlines(at, low, high.clip(upper=top), color=colour, lw=1.2)
    within, beyond = (lines["value"] <= top).to_numpy(), (lines["high"] > top).to_numpy()
    _mark(axis, np.full(beyond.sum(), top), at[beyond], marker=">", ms=4, color=colour)
    _mark(axis, lines["value"][within], at[within], marker=MARKERS[n], ms=5, color=colour)


def _draw_unknown(axis: Axes, lines: pd.DataFrame, at: np.ndarray, n: int, top: float) -> None:
    width = lines["value_high"].fillna(top).clip(upper=top) - lines["value_low"]
    axis.barh(at, width, left=lines["value_low"], height=0.2, **MISSING | {"edgecolor": INKS[n]})
    none = lines["value_low"].isna().to_numpy()
    _mark(axis, np.zeros(none.sum()), at[none], marker=MARKERS[n], ms=5, mfc="white", mec=INKS[n])
    for row, why in zip(at[none], lines["reason"][none], strict=True):
        axis.text(0.03 * top, row, why.partition(":")[0], size=SMALL, va="center", color=INK)


def _mark(axis: Axes, x: Iterable[float], y: np.ndarray, **look: object) -> None:
    """Draw markers whole at the ends of the axis; none at all would widen the margins."""
    if len(y):
        axis.plot(x, y, ls="", clip_on=False, **look)


def _draw_lines(axis: Axes, table: pd.DataFrame, forms: pd.DataFrame, look: Mapping[str, object], comparable: bool) -> None:
    """Draw issuers' values from year to year: a missing year leaves a gap, a new form a dotted step or a gap."""
    forms = forms.loc[table.index].astype("str")
    for before, after in zip(table.columns[:-1], table.columns[1:], strict=True):
        known, same = table[[before, after]].notna().all(axis=1), forms[before] == forms[after]
        for which, dots in ((known & same, {}), (known & ~same & comparable, {"ls": ":"})):
            if which.any():
                axis.plot([before, after], table.loc[which, [before, after]].to_numpy().T, **look | dots)
    for form, marker in FORMS.items():
        rows, columns = np.nonzero(((forms == form) & table.notna()).to_numpy())
        if len(rows):
            axis.plot(table.columns[columns], table.to_numpy()[rows, columns], **look | {"ls": "", "marker": marker, "ms": 3 * look["lw"]})


def _mark_new_form(axis: Axes, forms: pd.DataFrame) -> None:
    """Mark where issuers leave the form of 2019, and how many do."""
    for before, after in zip(forms.columns[:-1], forms.columns[1:], strict=True):
        pairs = forms[[before, after]].dropna().astype("str")
        if changed := ((pairs[before] == "2019") & (pairs[after] != "2019")).sum():
            at, text = (before + after) / 2, f"new form ({changed})"
            axis.axvline(at, color=GREY, lw=0.8, ls=":")
            axis.text(at, 1.01, text, transform=axis.get_xaxis_transform(), size=SMALL, ha="center", va="bottom")


def _name_lines(axis: Axes, table: pd.DataFrame, height: float) -> None:
    """Write names beside the last values, far enough from each other to be read."""
    ends = table.ffill(axis=1).iloc[:, -1].dropna().sort_values()
    at = -np.inf
    for name, value in ends.items():
        at = max(value, at + CLOSEST * height)
        axis.annotate(
            name,
            (table.loc[name].last_valid_index(), value),
            (table.columns[-1] + 0.5, at),
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.5},
        )
