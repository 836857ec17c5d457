"""How figures look: colours, hatches, markers, type, names and legends.

In: what a figure shows. Out: its look, and parts drawn on an axis. Next: the other figures.
"""

from collections.abc import Iterable, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from govtables.declared import declared, options
from govtables.language import write_number
from govtables.records import DOUBTED, FLAGS

WIDTH = 5  # inches: at 400 pixels, as on a telephone, small type is still 8.7 pixels high
NORMAL, SMALL = 9, 8  # points
# Okabe and Ito's colours, which people with colour-blindness can tell apart; the rest tells the same in grey
COLOURS = ("#0072B2", "#56B4E9", "#D55E00", "#E69F00", "#CC79A7", "#009E73", "#F0E442", "#AAAAAA")
BAR_HATCHES = ("", "////", "....", r"\\\\", "xxxx", "++++", "----", "")
# Of lines: yellow is lost on white
INKS = ("#0072B2", "#D55E00", "#CC79A7", "#E69F00", "#009E73", "#56B4E9", "#000000", "#777777")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
FORMS = {"2019": "o", "2021": "s", "mixed": "D"}  # markers, by the form of a report
DASHES = (
    "-", "--", "-.", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (7, 2)), (0, (5, 2, 1, 2, 1, 2)), (0, (9, 3, 1, 3)),
)
GREY, PALE, INK = "#888888", "#707070", "#333333"
FLAGGED = {"color": "#B2182B", "zorder": 5, "alpha": 0.8}  # what the audit speaks against, and what it leaves
MARKS = {flag: "?" if flag == DOUBTED else "!" for flag in FLAGS[1:]}
MISSING = {"facecolor": "white", "edgecolor": GREY, "hatch": "//////", "linewidth": 0.6}
SHADES = LinearSegmentedColormap.from_list("shades", ["#FFFFFF", COLOURS[0]])

STATUSES = {line["status"]: line for line in declared("forms", "statuses")}
STATUS_COLOURS = {status: line["colour"] for status, line in STATUSES.items()}
# What is hardly told apart in grey differs in this as well
HATCHES = {"total": "/////", "rough": ".....", "none": "xxxxx"}
HATCHES |= {status: line["hatch"] for status, line in STATUSES.items() if line["hatch"]}
FRAMED = {status for status, line in STATUSES.items() if line["framed"]}


def use_chinese_font() -> None:
    """Let figures show Chinese in either script, with the font that comes with the extra `analysis`.

    A character that no font has, as in a few names of townships, is a frame of Unicode's Last Resort font.
    """
    from pylopdf_fonts_zh_cn import sans_path

    font_manager.fontManager.addfont(sans_path())
    fonts = ["Noto Sans SC", "DejaVu Sans", "Last Resort High-Efficiency"]
    sizes = {"font.size": NORMAL, "axes.titlesize": NORMAL + 1, "figure.dpi": 150}
    plt.rcParams.update({"font.family": fonts} | sizes)


def call(code: str, **facts: object) -> str:
    """Name what a figure shows in the language that is chosen; what words.csv does not know stays as it is.
    """
    known = {line["word"]: line for line in declared("analysis", "words")}
    return known[code][options.language].format(**facts) if code in known else code


def show_whole_tables() -> None:
    """Let pandas show all rows and columns, whole texts, numbers with their own decimals, three at most."""
    for size in ("display.max_rows", "display.max_columns", "display.max_colwidth"):
        pd.set_option(size, None)
    pd.set_option("display.float_format", lambda number: write_number(round(number, 3)))


def make_look(name: str, colour: str) -> dict[str, object]:
    """Return how an area of this name and colour is drawn, as arguments of a patch."""
    if name in FRAMED:
        return {"facecolor": colour, "edgecolor": "black", "linewidth": 1.5}
    if name in HATCHES:
        return {"facecolor": colour, "edgecolor": INK, "hatch": HATCHES[name], "linewidth": 0.6}
    return {"facecolor": colour, "edgecolor": "white"}


def choose_ink(colour: str | tuple[float, ...]) -> str:
    """Choose black or white, whichever contrasts more with a colour, by relative luminance as in WCAG 2.2."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return "black" if np.dot(linear, [0.2126, 0.7152, 0.0722]) > 0.179 else "white"


def name_rows(axis: Axes, names: Iterable[str], beside: Iterable[str]) -> None:
    """Name the rows on the left and write numbers on the right, from the top."""
    names = list(names)
    axis.set_yticks(range(len(names)), labels=names)
    axis.set_ylim(len(names) - 0.4, -0.6)
    for row, text in enumerate(beside):
        axis.text(1.03, row, text, transform=axis.get_yaxis_transform(), va="center", size=SMALL)
    axis.tick_params(axis="y", length=0)
    axis.spines[["left", "right", "top"]].set_visible(False)


def mark_flags(axis: Axes, lines: pd.DataFrame, at: np.ndarray, across: bool = True) -> list[Artist]:
    """Mark values that the audit speaks against, with the range that it leaves; return lines of a legend.

    `at` is where the rows stand on the other axis than that of values, which is the one `across`.
    """
    told = lines.assign(at=np.asarray(at, float), mark=lines["flag"].astype(object).map(MARKS))
    told, limits = told.dropna(subset="mark"), (axis.get_xlim if across else axis.get_ylim)()
    known = told["value_low"].notna()
    highest = told["value_high"].fillna(limits[1]).where(known)
    ends = [told["value_low"].clip(*limits), highest.clip(*limits)]
    shown = told["value"].fillna(sum(ends) / 2).fillna(limits[0]).clip(*limits)
    (axis.hlines if across else axis.vlines)(told["at"][known], *(e[known] for e in ends), lw=2.5, **FLAGGED)
    above = axis.transData + ScaledTranslation(0, 7 / 72, axis.figure.dpi_scale_trans)
    for mark, which in told.groupby("mark").groups.items():
        marks = [(shown, f"${mark}$", {"transform": above})]
        for place, sign, look in marks + [(end, "|" if across else "_", {}) for end in ends]:
            pair = (place[which], told["at"][which])[:: 1 if across else -1]
            axis.plot(*pair, ls="", marker=sign, ms=8, clip_on=False, **FLAGGED, **look)
    words = {"!": call("left"), "?": call("doubted")}
    looks = {"ls": "", "ms": 7, "color": FLAGGED["color"]}
    marks = sorted(set(told["mark"]))
    return [Line2D([], [], marker=f"${mark}$", label=words[mark], **looks) for mark in marks]


def write_known(number: float) -> str:
    """Write a number in full, an unknown one as a question mark."""
    return "?" if np.isnan(number) else write_number(number)


def write_percent(share: float, _: object = None) -> str:
    """Write a share as a percentage, with as many decimals as it has."""
    return f"{100 * share:.4g}%"


def add_legend(axis: Axes, handles: Sequence[Artist] | None = None) -> None:
    """Add a legend that grows over the names on the left, not out of the figure."""
    handles = axis.get_legend_handles_labels()[0] if handles is None else handles
    place = {"loc": "lower right", "bbox_to_anchor": (1.1, 1)}
    axis.legend(handles=handles, ncols=2, frameon=False, handlelength=1.8, **place)
