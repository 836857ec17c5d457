"""Figures of one table, and of counts as stacked bars, each drawn on a given axis.

In: published frames (cells, codebook, counts made of them). Out: the axis, drawn on. Next: notebooks.
"""

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch, Rectangle

from govtables.analysis.cell_verdicts import VERDICT_LOOKS
from govtables.analysis.figures.style import (
    HATCHES, MARKS, NORMAL, SMALL, STATUS_COLOURS, WIDTH, call, choose_ink, make_look,
)

RELATION_COLOURS = {"same": "#0072B2", "sum": "#56B4E9", "rough": "#E69F00"}
RELATION_COLOURS |= {"none": "#D55E00", "new": "#009E73", "dropped": "#DDDDDD"}
# In the order of the form, so that neighbours differ in grey
GROUP_COLOURS = ("#DDDDDD", "#56B4E9", "#D55E00", "#E69F00", "#009E73", "#F0E442", "#0072B2")
Look = Mapping[str, object]  # arguments of a patch
LONGEST_LABEL, LONGEST_NOTE = 14, 26  # ems, characters a line
LEGEND = 3  # columns
DIGIT = 0.038  # of the longest bar: where a number has less room a digit, it stands beside the bar


def size_bars(counts: pd.DataFrame) -> tuple[float, float]:
    """Return width and height in inches of a figure of `draw_stacks`."""
    kinds = (counts > 0).any().sum()
    return WIDTH, 0.7 + 0.38 * len(counts) + 0.2 * math.ceil(kinds / LEGEND)


def size_table(cells: pd.DataFrame, codebook: pd.DataFrame, generation: str = "2021") -> tuple[float, float]:
    """Return width and height in inches of a figure that lays out the table of these cells."""
    rows, columns = _find_lines(cells, codebook, generation)
    labels, codes = columns.str.len().max(), columns.index.str.len().max()
    return WIDTH, 1.2 + 0.155 * len(rows) + 0.125 * labels + 0.06 * codes


def draw_stacks(axis: Axes, counts: pd.DataFrame, colours: Mapping[str, str]) -> None:
    """Draw a bar for each row of `counts`, from the top, a part for each column with its number."""
    digit = DIGIT * counts.sum(axis=1).max()
    for bar, (_, parts) in enumerate(counts.iterrows()):
        parts = parts[parts > 0]
        narrow = parts < digit * parts.astype(str).str.len()
        for part, start in (parts.cumsum() - parts).items():
            axis.barh(bar, parts[part], left=start, **make_look(part, colours[part]))
        for part, middle in (parts.cumsum() - parts / 2)[~narrow].items():
            back = {"facecolor": colours[part], "edgecolor": "none", "pad": 1} if part in HATCHES else None
            ink = choose_ink(colours[part])
            axis.text(middle, bar, parts[part], ha="center", va="center", color=ink, bbox=back)
        beside = ", ".join(f"{number}\u00a0{call(part)}" for part, number in parts[narrow].items())
        axis.text(parts.sum() + digit / 2, bar, textwrap.fill(beside, LONGEST_NOTE), va="center", size=SMALL)
    # names of offices and files end with what tells them apart
    names = [[_shorten(line[::-1])[::-1] for line in str(name).split("\n")] for name in counts.index]
    axis.set_yticks(range(len(counts)), labels=map("\n".join, names))
    axis.invert_yaxis()
    _clear([axis])
    _explain(axis, {call(part): make_look(part, colours[part]) for part in counts if counts[part].any()})


def draw_statuses(axis: Axes, cells: pd.DataFrame, codebook: pd.DataFrame, generation: str = "2021") -> None:
    """Lay a table of a report out as printed: a square a cell, its status by colour, its number in it.

    A number that the audit contradicts has an exclamation mark, one that it doubts a question mark.
    """
    statuses = cells["status"].astype(str)
    looks = {status: make_look(status, STATUS_COLOURS[status]) for status in statuses.unique()}
    _draw_kinds(axis, cells, statuses, looks, codebook, generation)


def draw_verdicts(axis: Axes, cells: pd.DataFrame, codebook: pd.DataFrame, generation: str = "2021") -> None:
    """Lay a table of a report out as printed: a square a cell, its `verdict` by colour, its number in it."""
    _draw_kinds(axis, cells, cells["verdict"], VERDICT_LOOKS, codebook, generation)


def _draw_kinds(
    axis: Axes, cells: pd.DataFrame, kinds: pd.Series, looks: Mapping[str, Look], codebook: pd.DataFrame,
    generation: str,
) -> None:
    squares = cells.assign(look=kinds.map(looks), text=_write(cells["value"]))
    if kinds.name == "status":  # a verdict tells the flag by its colour
        squares["text"] += cells["flag"].astype(object).map(MARKS).fillna("")
    _draw_squares(axis, squares, codebook, generation)
    found = kinds.value_counts()
    shown = {kind: call("counted", name=call(kind), n=n) for kind, n in found.items()}
    _explain(axis, {shown[kind]: look for kind, look in looks.items() if kind in shown})


def draw_counts(
    axis: Axes, counts: pd.DataFrame, most: int, codebook: pd.DataFrame, generation: str = "2021"
) -> None:
    """Lay one table out as printed: a square a cell with its `count`, the darker the nearer to `most`."""
    looks = [_shade(count / most) for count in counts["count"]]
    _draw_squares(axis, counts.assign(look=looks, text=counts["count"].astype(str)), codebook, generation)
    shown = sorted({0, *counts["count"], most})[-6:]
    _explain(axis, {call("of_most", n=count, most=most): _shade(count / most) for count in shown})


def draw_form(axis: Axes, cells: pd.DataFrame, codebook: pd.DataFrame, generation: str = "2021") -> None:
    """Draw what one table asks for: a square a cell, the group of its row by colour, totals hatched."""
    book = codebook[codebook["table"] == cells["table"].iloc[0]].set_index(["axis", "code"])
    role = book[f"role_{generation}"]
    groups = cells["row"].astype(str).map(book["parent"]["row"]).fillna("")
    total = [cells[axis].astype(str).map(role[axis]).eq("total") for axis in ("row", "column")]
    roles = (total[0] | total[1]).map({True: "total", False: "leaf"})
    colours = dict(zip(groups.unique(), GROUP_COLOURS, strict=False))
    looks = [make_look(role, colours[group]) for role, group in zip(roles, groups, strict=True)]
    _draw_squares(axis, cells.assign(look=looks, text=""), codebook, generation)
    shown = {role: call("counted", name=call(role), n=sum(roles == role)) for role in ("leaf", "total")}
    _explain(axis, {words: make_look(role, "#EEEEEE") for role, words in shown.items()})


def _draw_squares(axis: Axes, squares: pd.DataFrame, codebook: pd.DataFrame, generation: str) -> None:
    """Draw a square a cell with its `look` and `text`, labels left and above, codes right and below."""
    rows, columns = _find_lines(squares, codebook, generation)
    known = squares[squares["row"].isin(rows.index) & squares["column"].isin(columns.index)]
    for row, column, look, text in known[["row", "column", "look", "text"]].itertuples(index=False):
        x, y = columns.index.get_loc(column), rows.index.get_loc(row)
        axis.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, **look))
        ink = choose_ink(look["facecolor"])
        axis.text(x, y, text, ha="center", va="center_baseline", color=ink, size=SMALL)
    codes = [f"   {code.rpartition('.')[2]}" if "." in code else code for code in rows.index]
    room = _measure_room(codes, len(columns), known["text"])
    axis.set(xlim=(-0.6, len(columns) - 0.4), ylim=(len(rows) - 0.4, -0.6))
    axis.set_yticks(range(len(rows)), labels=[_shorten(name, room) for name in rows])
    axis.set_xticks(range(len(columns)), labels=["\n".join(name) for name in columns], linespacing=1)
    axis.tick_params(bottom=False, labelbottom=False, labeltop=True)
    right, bottom = axis.secondary_yaxis("right"), axis.secondary_xaxis("bottom")
    right.set_yticks(range(len(rows)), labels=codes)
    bottom.set_xticks(range(len(columns)), labels=columns.index, rotation=90)
    _clear([axis, right, bottom])


def _write(values: pd.Series) -> list[str]:
    """Write counts in full and money to two decimals, for which a square has room."""
    return ["" if pd.isna(value) else f"{round(value, 2):.10g}" for value in values]


def _find_lines(cells: pd.DataFrame, codebook: pd.DataFrame, generation: str) -> tuple[pd.Series, pd.Series]:
    """Rows and columns of the table of these cells, labels by code, in the order of the form."""
    label = f"label_{generation}"
    lines = codebook[(codebook["table"] == cells["table"].iloc[0]) & codebook[label].notna()]
    rows, columns = (lines[lines["axis"] == name].set_index("code")[label] for name in ("row", "column"))
    return rows, columns


def _measure_room(codes: Sequence[str], columns: int, texts: Iterable[str]) -> float:
    """Tell how many ems are left for the labels of rows, once codes and numbers have theirs."""
    digits = max(map(len, texts), default=0)
    left = WIDTH * 72 / NORMAL - 0.47 * max(map(len, codes)) - columns * (0.5 * digits + 0.4) - 1
    return min(max(left, LONGEST_LABEL / 2), LONGEST_LABEL)


def _shorten(text: str, most: float = LONGEST_LABEL) -> str:
    """Cut a text to a width in ems; a hanzi or its punctuation takes one, any other character half of one."""
    widths = [1 if character >= "\u2010" else 0.5 for character in text]
    kept = sum(width <= most - 1 for width in accumulate(widths))
    return text if sum(widths) <= most else f"{text[:kept]}…"


def _shade(share: float) -> Look:
    blue = to_rgb(STATUS_COLOURS["reported"])
    return {"facecolor": tuple(1 - share * (1 - part) for part in blue), "edgecolor": "#AAAAAA"}


def _explain(axis: Axes, looks: Mapping[str, Look]) -> None:
    """Name the looks in a legend below the axis."""
    patches = [Patch(label=name, **look) for name, look in looks.items()]
    look = {"loc": "outside lower center", "frameon": False, "handlelength": 1.2}
    axis.figure.legend(handles=patches, ncols=LEGEND, **look)


def _clear(axes: Sequence[Axes]) -> None:
    for axis in axes:
        axis.tick_params(length=0)
        axis.spines[:].set_visible(False)
