"""Printed Chinese: its script, its labels and its numbers.

In: a printed text. Out: the same in simplified script, a key to compare it by, or a `Reading` of its number;
and what is said of it, in English and in Chinese.
"""

from govtables.language.chinese import read_chinese, read_numeral, write_chinese
from govtables.language.numbers import (
    DOUBT, EXACT, Reading, is_label, is_signed, is_spoken, join_spoken, list_readings, read_number,
    read_value, write_number,
)
from govtables.language.said import Said, join, phrase, speak, tell, to_chinese
from govtables.language.script import (
    ENUMERATOR, FULL_WIDTH, HAN, INVISIBLE, NUMERALS, fold, plain, simplify, strip_annotations, unescape,
)
from govtables.language.units import MONEY, convert, read_unit, unit_pattern
