"""Indicators as declared: formulas over cells, their values and intervals, and what is left of unknown cells.

In: published frames, or definitions of one's own. Out: the published table `indicators`, and its frames.
"""

from govtables.indicators.compute import (
    INSIDE, KINDS, NOT_ASKED, NOTHING, SCALE, compute, definitions, divide, indicators_table, kinds_of, parts,
)
from govtables.indicators.evaluation import (
    CellArray, Line, Weights, add_up, check_formula, lay_out, name_unknown, read_definitions, stack, weigh,
)
from govtables.indicators.intervals import garwood, newcombe, wilson
