"""Printed Chinese: its script, its labels and its numbers.

In: a printed text. Out: the same in simplified script, a key to compare it by, or a `Reading` of its number.
"""

from govtables.language.numerals import DOUBT, EXACT, is_label, list_readings, read_number
from govtables.language.script import (
    ENUMERATOR,
    FULL_WIDTH,
    HAN,
    INVISIBLE,
    fold,
    plain_text,
    simplify,
    strip_annotations,
)
