"""Figures, each drawn on a given axis.

In: published frames, indicators, panels. Out: the axis, drawn on.
"""

from govtables.analysis.figures.cells import size_bars, size_table, draw_stacks, draw_statuses, draw_verdicts, draw_counts, draw_form
from govtables.analysis.figures.rates import draw_composition, draw_forest, draw_funnel, draw_slopes, draw_grounds
from govtables.analysis.figures.style import FORMS, name_rows, write_number, write_percent, add_legend, use_chinese_font
from govtables.analysis.figures.years import draw_coverage, draw_trends, draw_steps, draw_step_sizes
