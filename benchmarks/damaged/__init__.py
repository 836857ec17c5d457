"""Synthetic reports with exactly one realistic damage each.

In: a seed, a kind of damage, a layout, a generation. Out: `Damaged`, a document and what each cell of it
still shows. Next: `damage.py`. The modules imported whole enter their kinds.
"""

import damaged.clerk
import damaged.copies
import damaged.numbers
import damaged.shifts
import damaged.tables
import damaged.text
import damaged.web
from damaged.document import Damaged, make_damaged
from damaged.judging import BUCKETS, VERDICTS, Flagged, Seen, is_plain, judge, judge_cells, keeps_sums
from damaged.kinds import ALL, FORMATS, KINDS, Kind, Page
