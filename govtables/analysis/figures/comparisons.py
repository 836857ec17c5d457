"""Figures of the indicators of some reports, each drawn on a given axis.

In: rows of `indicators.compute`, with columns that name the reports joined to them. Out: the axis, drawn on.
Next: notebooks.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import PercentFormatter

from govtables.analysis.figures.style import (
    BAR_HATCHES, COLOURS, DASHES, GREY, INK, INKS, MARKERS, MARKS, MISSING, PALE, SHADES, SMALL, add_legend,
    call, mark_flags, name_rows, write_known,
)
from govtables.analysis.indicators import worst_flag
from govtables.declared import mistake
from govtables.records import NEAR

FEW = 20  # requests, on which a rate hardly can stand outside
MARKED = ("flag", "value_low", "value_high")
STRIP = -0.07  # of the height of the axis: where reports without a value stand


def draw_composition(
    axis: Axes, values: pd.DataFrame, parts: Mapping[str, str], label: str = "report_id"
) -> None:
    """Draw a bar for each report, split by the indicators of a whole: outcomes, denials or applicants.

    `parts` are codes with words for the legend, as from `indicators.parts`; `label` is the column that names
    the reports. Beside a bar stands what its shares are of. A report without shares is a hatched bar that
    says why. Shares that add to more than the whole are drawn beyond its line.
    """
    kept = keep_rows(values, parts, [label])
    shares, totals = _spread(kept, "value", parts, label), _spread(kept, "denominator", parts, label)
    known, at, legend = shares.notna().all(axis=1).to_numpy(), np.arange(len(shares)), []
    starts = shares.cumsum(axis=1) - shares
    kinds = zip(parts.items(), COLOURS, BAR_HATCHES, strict=False)
    for (part, words), colour, hatch in kinds:
        look = {"facecolor": colour, "hatch": hatch, "edgecolor": INK, "linewidth": 0.3, "label": call(words)}
        axis.barh(at[known], shares[part][known], left=starts[part][known], **look)
        legend.append(Patch(**look))
    axis.barh(at[~known], 1, **MISSING)
    reasons = kept.groupby(label, sort=False)["missing"].first().map(call, na_action="ignore")
    for row, why in zip(at[~known], reasons[~known], strict=True):
        axis.text(0.5, row, why, ha="center", va="center", size=SMALL, color=INK, backgroundcolor="white")
    longest = shares[known].sum(axis=1).max()
    axis.set(xlim=(0, longest if longest > 1 + NEAR else 1))
    if longest > 1 + NEAR:
        axis.axvline(1, color=INK, lw=1.2, ls=DASHES[1])
    axis.xaxis.set_major_formatter(PercentFormatter(1))
    name_rows(axis, shares.index, totals.iloc[:, 0].map(write_known))
    grouped = kept.groupby(label, sort=False)
    whole = grouped[["value", "value_low", "value_high"]].sum(min_count=len(parts))
    whole.loc[~known, ["value_low", "value_high"]] = np.nan
    whole["flag"] = grouped["flag"].agg(worst_flag)
    add_legend(axis, legend + mark_flags(axis, whole, at))


def draw_forest(
    axis: Axes, values: pd.DataFrame, parts: Mapping[str, str], label: str = "report_id",
    most: float | None = None, percent: bool = True,
) -> None:
    """Draw values with their intervals, a row a report, a marker for each of the indicators.

    For rates, and with ``percent=False`` for disputes per 100. Beside a row stand numerator and denominator
    of the first indicator. The axis ends at `most`; an interval that goes on has an arrow. An unknown value
    is a hatched bar over what blanks leave of it; one that cannot be, an open marker with the reason.
    """
    kept = keep_rows(values, parts, [label])
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
    places = rows.get_indexer(kept[label]) + kept["indicator"].map(dict(zip(parts, steps, strict=True)))
    flags = mark_flags(axis, kept, places)
    if percent:
        axis.xaxis.set_major_formatter(PercentFormatter(1))
    first = kept[kept["indicator"] == next(iter(parts))].set_index(label).reindex(rows)
    name_rows(axis, rows, first["numerator"].map(write_known) + "/" + first["denominator"].map(write_known))
    looks = zip(parts.values(), INKS, MARKERS, strict=False)
    legend = [Line2D([], [], label=call(words), ls="", color=c, marker=m) for words, c, m in looks]
    add_legend(axis, legend + flags)


def draw_funnel(axis: Axes, values: pd.DataFrame, limits: pd.DataFrame) -> None:
    """Draw a rate of many reports against its denominator, with control limits around the pooled rate.

    `values` are the rows of one indicator, `limits` what `indicators.funnel` makes of them. A filled triangle
    is a report outside the limits of the lowest level; reports on few requests are grey. Below 0 stand
    reports without a value: crosses where there is nothing to divide by, open squares where a number is
    unknown.
    """
    kept = keep_rows(values, values["indicator"].astype(str).unique()[:1], ["report_id"])
    pooled = limits["value"].iloc[0]
    for n, (level, line) in enumerate(limits.groupby("level"), 1):
        look = {"color": INK, "lw": 0.8, "ls": DASHES[n]}
        axis.plot(line["denominator"], line["low"], label=call("limits", level=100 * level), **look)
        axis.plot(line["denominator"], line["high"], **look)
    axis.axhline(pooled, color=INK, lw=0.8, label=call("pooled", rate=100 * pooled))
    narrow = limits[limits["level"] == limits["level"].min()].set_index("denominator")
    low, high = (narrow[end].reindex(kept["denominator"].round()).to_numpy() for end in ("low", "high"))
    outside = (kept["value"] < low) | (kept["value"] > high)
    known, empty = kept["value"].notna(), kept["denominator"] == 0
    few = known & ~outside & (kept["denominator"] < FEW)
    inside = {"marker": "o", "facecolor": "white", "edgecolor": COLOURS[0]}
    looks = {
        "within": (known & ~outside & ~few, "value", inside),
        "few": (few, "value", inside | {"edgecolor": GREY}),
        "outside": (outside, "value", {"marker": "^", "color": COLOURS[2]}),
        "nothing": (~known & empty, "strip", {"marker": "x", "color": GREY}),
        "unknown": (~known & ~empty, "lower strip", {"marker": "s", "facecolor": "white", "edgecolor": GREY}),
    }
    axis.set_xscale("symlog", linthresh=1, linscale=0.4)
    for name, (which, where, look) in looks.items():
        lines = kept[which].assign(**{"strip": STRIP, "lower strip": 2 * STRIP}).fillna({"denominator": 0})
        words = call("counted", name=call(name, few=FEW), n=len(lines))
        look |= {"s": 18, "lw": 0.9, "zorder": 3, "label": words}
        axis.scatter(lines["denominator"], lines[where], **look)
    axis.axhline(0, color=GREY, lw=0.5)
    axis.set(ylim=(3 * STRIP, 1.03), yticks=np.linspace(0, 1, 6))
    axis.set(xlim=(-0.4, limits["denominator"].max() * 1.4))
    axis.yaxis.set_major_formatter(PercentFormatter(1))
    axis.xaxis.set_major_formatter("{x:.0f}")
    flags = mark_flags(axis, kept, kept["denominator"].fillna(0), across=False)
    add_legend(axis, axis.get_legend_handles_labels()[0] + flags)


def draw_grounds(
    axis: Axes, values: pd.DataFrame, parts: Mapping[str, str], label: str = "report_id"
) -> None:
    """Draw counts as a heat map, reports by parts of a whole, such as the grounds of denial.

    The number in a square is the count, its shade the share of the report's whole. An unknown count is
    hatched; beside one that the audit speaks against stands what it leaves.
    """
    kept = keep_rows(values, parts, [label])
    kept = kept.assign(said=[_tell_left(line) for _, line in kept.iterrows()])
    flags = _spread(kept, "said", parts, label)
    counts, shares = (_spread(kept, name, parts, label) for name in ("numerator", "value"))
    axis.imshow(shares.fillna(0).to_numpy(), cmap=SHADES, vmin=0, vmax=1, aspect="auto")
    for (row, column), count in np.ndenumerate(counts.to_numpy()):
        if np.isnan(count):
            axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, **MISSING))
        else:
            ink = "white" if shares.iat[row, column] > 0.93 else PALE if not count else "black"
            text = write_known(count) + flags.iat[row, column]
            axis.text(column, row, text, ha="center", va="center", size=SMALL, color=ink)
    axis.set_xticks(range(len(parts)), labels=map(call, parts.values()), rotation=90)
    axis.set_yticks(range(len(counts)), labels=counts.index)
    axis.set_xticks(np.arange(len(parts) - 1) + 0.5, minor=True)
    axis.set_yticks(np.arange(len(counts) - 1) + 0.5, minor=True)
    axis.grid(which="minor", color="#DDDDDD", lw=0.5)
    axis.tick_params(which="both", length=0)


def _tell_left(line: pd.Series) -> str:
    """Write the mark of a flagged count, and between what it lies."""
    if line["flag"] not in MARKS:
        return ""
    pairs = ((line[f"value_{end}"], line[f"denominator_{end}"]) for end in ("low", "high"))
    ends = dict.fromkeys(write_known(round(share * whole, 6)) for share, whole in pairs)
    return f"{MARKS[line['flag']]}\n{'–'.join(ends)}"


def keep_rows(
    values: pd.DataFrame, codes: Iterable[str], names: list[str], further: Sequence[str] = ()
) -> pd.DataFrame:
    """Keep the rows of some indicators; raise where nothing can be drawn, or two rows have one place."""
    codes = list(codes)
    if absent := [name for name in (*names, *further, *MARKED) if name not in values]:
        raise mistake("analysis.no_columns", names=", ".join(absent), columns=", ".join(values))
    kept = values[values["indicator"].isin(codes)].astype({"indicator": "str"})
    if kept.empty or len(codes) > len(COLOURS):
        raise mistake("analysis.no_rows", most=len(COLOURS), codes=", ".join(codes) or "–")
    wrong = kept[kept.duplicated([*names, "indicator"]) | kept[names].isna().any(axis=1)]
    if len(wrong):
        named = ", ".join(map(str, wrong[names].iloc[0]))
        raise mistake("analysis.same_name", named=named)
    return kept


def _spread(kept: pd.DataFrame, name: str, parts: Mapping[str, str], label: str) -> pd.DataFrame:
    """Lay one column out, reports by indicators, both in their given order."""
    wide = kept.pivot(index=label, columns="indicator", values=name)
    return wide.reindex(index=kept[label].unique(), columns=list(parts))


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
    for row, why in zip(at[none], lines["missing"][none], strict=True):
        axis.text(0.03 * top, row, call(why), size=SMALL, va="center", color=INK)


def _mark(axis: Axes, x: Iterable[float], y: np.ndarray, **look: object) -> None:
    """Draw markers whole at the ends of the axis; none at all would widen the margins."""
    if len(y):
        axis.plot(x, y, ls="", clip_on=False, **look)
