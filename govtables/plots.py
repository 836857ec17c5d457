"""Figures, each drawn on a given axis.

In: published frames (cells, codebook, counts made of them). Out: the axis, drawn on. Next: notebooks.
"""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch, Rectangle

# Okabe and Ito's colours, which people with colour-blindness can tell apart
STATUS_COLOURS = {
    "reported": "#0072B2",
    "blank": "#DDDDDD",
    "not_applicable": "#CC79A7",
    "unreadable": "#D55E00",
    "absent": "#FFFFFF",
    "inferred": "#56B4E9",
}
GROUP_COLOURS = ("#999999", "#0072B2", "#D55E00", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")
HATCHED = {"absent", "total"}
LONGEST_LABEL = 14
ROOM = 0.06  # a narrower part of a bar has its number beside the bar


def use_chinese_font() -> None:
    """Let figures show Chinese in either script, with the font that comes with the notebooks."""
    from pylopdf_fonts_zh_cn import sans_path

    font_manager.fontManager.addfont(sans_path())
    plt.rcParams.update({"font.family": ["Noto Sans SC", "DejaVu Sans"], "font.size": 9, "axes.titlesize": 10})
    plt.rcParams.update({"figure.dpi": 150, "hatch.color": "#777777", "hatch.linewidth": 0.6})


def draw_stacks(axis: Axes, counts: pd.DataFrame, colours: Mapping[str, str]) -> None:
    """Draw a bar for each row of `counts`, from the top, a part for each column; each part shows its number."""
    for bar, (_, parts) in enumerate(counts.iterrows()):
        parts = parts[parts > 0]
        small = parts[parts < ROOM * counts.sum(axis=1).max()]
        for part, start in (parts.cumsum() - parts).items():
            axis.barh(bar, parts[part], left=start, **_look(part, colours[part]))
            if part not in small:
                axis.text(start + parts[part] / 2, bar, parts[part], ha="center", va="center", color=_ink(colours[part]))
        beside = ", ".join(f"{number} {part}" for part, number in small.items())
        axis.text(parts.sum() * 1.01, bar, beside, va="center")
    axis.set_yticks(range(len(counts)), labels=counts.index)
    axis.invert_yaxis()
    _clear(axis)
    shown = [part for part in counts if counts[part].any()]
    _add_legend(axis, {part: _look(part, colours[part]) for part in shown})


def draw_statuses(axis: Axes, cells: pd.DataFrame, codebook: pd.DataFrame) -> None:
    """Lay one table of one report out as printed: a square a cell, its status by colour, its number written in it."""
    status = cells["status"].astype(str)
    looks = [_look(name, STATUS_COLOURS[name]) for name in status]
    texts = ["" if pd.isna(value) else f"{value:.10g}" for value in cells["value"]]
    _draw_squares(axis, cells.assign(look=looks, text=texts), codebook)
    counts = status.value_counts()
    _add_legend(axis, {f"{name} ({number})": _look(name, STATUS_COLOURS[name]) for name, number in counts.items()})


def draw_form(axis: Axes, cells: pd.DataFrame, codebook: pd.DataFrame) -> None:
    """Draw what one table asks for: a square a cell, the group of its row by colour, totals hatched."""
    lines = codebook[codebook["table"] == cells["table"].iloc[0]].set_index(["axis", "code"])
    parents = [lines["parent"].get(("row", row)) for row in cells["row"]]
    colours = dict(zip(pd.Series(parents).fillna("").unique(), GROUP_COLOURS, strict=False))
    roles = [{lines["role"]["row", r], lines["role"]["column", c]} for r, c in zip(cells["row"], cells["column"], strict=True)]
    names = ["total" if "total" in role else "leaf" for role in roles]
    looks = [_look(name, colours[parent or ""]) for name, parent in zip(names, parents, strict=True)]
    _draw_squares(axis, cells.assign(look=looks, text=""), codebook)
    _add_legend(axis, {f"{name} ({names.count(name)})": _look(name, "#EEEEEE") for name in ("leaf", "total")})


def _draw_squares(axis: Axes, squares: pd.DataFrame, codebook: pd.DataFrame, label: str = "label_2021") -> None:
    lines = codebook[(codebook["table"] == squares["table"].iloc[0]) & codebook[label].notna()]
    rows, columns = (lines[lines["axis"] == name].set_index("code")[label] for name in ("row", "column"))
    for row, column, look, text in squares[["row", "column", "look", "text"]].itertuples(index=False):
        x, y = columns.index.get_loc(column), rows.index.get_loc(row)
        axis.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, **look))
        axis.text(x, y, text, ha="center", va="center_baseline", color=_ink(look["facecolor"]), size=7)
    axis.set(xlim=(-0.6, len(columns) - 0.4), ylim=(len(rows) - 0.4, -0.6))
    axis.set_yticks(range(len(rows)), labels=rows.map(_shorten))
    axis.set_xticks(range(len(columns)), labels=["\n".join(name) for name in columns], linespacing=1)
    _clear(axis)
    axis.tick_params(bottom=False, labelbottom=False, labeltop=True)
    codes = [code.rpartition(".")[2].rjust(0 if "." not in code else len(code.rpartition(".")[2]) + 2) for code in rows.index]
    axis.secondary_yaxis("right").set_yticks(range(len(rows)), labels=codes)
    axis.secondary_xaxis("bottom").set_xticks(range(len(columns)), labels=columns.index, rotation=90)


def _look(name: str, colour: str) -> dict[str, str]:
    return {"facecolor": colour, "edgecolor": "white" if name not in HATCHED else "#777777", "hatch": "////" * (name in HATCHED)}


def _ink(colour: str) -> str:
    return "black" if sum(to_rgb(colour)) > 1.6 else "white"


def _shorten(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL - 1]}…"
