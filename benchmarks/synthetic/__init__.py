"""Synthetic annual reports whose every cell is known.

In: a seed, a generation of the form, a layout and whether to damage it. Out: `Sample`, the bytes of one
document and the truth of each statutory cell. Next: `accuracy.py`. Independent of the package on purpose.
"""

from synthetic.boxes import (
    Block, Box, Code, Form, Placed, Printed, Rows, Sample, boxes_of, break_rows, carry, edit, place,
    read_labels, read_truth,
)
from synthetic.figures import draw_disclosure, draw_disputes, draw_requests
from synthetic.label_noises import label_spaces, split_labels
from synthetic.layouts import lay_text, LAYOUTS
from synthetic.noises import MOST_NOISES, NOISES, damage_form, pick_noises, reword, word_noises
from synthetic.number_noises import blanks, full_width, not_applicable, thousands
from synthetic.official import APPLICANTS, GENERATIONS, RESULTS, SUITS, outcome_rows
from synthetic.report import Draft, draw_draft, make_report
from synthetic.tables import build_disclosure, build_disputes, build_form, build_requests
from synthetic.words import draw_blocks, make_writer, punctuate
