"""Synthetic annual reports as Word documents, whose every cell is known.

In: a seed, a generation of the form, and whether to damage it. Out: a `Sample` with the bytes of a DOCX file.
Next: `score`. Paragraphs and tables are written as WordprocessingML, in the ways that offices write them.
"""

from relay.words.container import pack
from relay.words.habits import Habits, draw_habits
from relay.words.report import make_words, read_with_python_docx, write_words
