"""The dataset for other tools, one module a format.

In: a published dataset. Out: a folder of files.
"""

from govtables.exports.check import Checked, check
from govtables.exports.descriptions import describe
from govtables.exports.differences import compare, tell
from govtables.exports.flat_csv import CannotHold
from govtables.exports.formats import export, formats
from govtables.exports.review import Review, decide, review
from govtables.exports.releases import release
from govtables.exports.slips import (
    Doubtful, Slip, find_slips, score_reports, tell_cell, tell_implied, tell_why,
)
