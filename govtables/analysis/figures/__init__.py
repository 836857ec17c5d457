"""Figures, each drawn on a given axis: of one table, of indicators, over the years.

In: published frames, indicators, panels. Out: the axis, drawn on. Next: notebooks.
"""

from govtables.analysis.figures.cells import (
    RELATION_COLOURS, draw_counts, draw_form, draw_stacks, draw_statuses, draw_verdicts, size_bars,
    size_table,
)
from govtables.analysis.figures.comparisons import draw_composition, draw_forest, draw_funnel, draw_grounds
from govtables.analysis.figures.style import (
    FORMS, STATUS_COLOURS, show_whole_tables, use_chinese_font,
)
from govtables.analysis.figures.years import (
    MOST_NAMED, draw_coverage, draw_slopes, draw_step_sizes, draw_steps, draw_trends,
)
