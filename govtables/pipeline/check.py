"""One report before it is published: what its office would be asked to mend.

In: a file, and if you like the report of the year before. Out: a `Checked`, as text, HTML or JSON in the
language of the office. Next: `cli`. All is done in a folder that is gone at the end; nothing is sent.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from govtables.dataset import Doubtful, Slip, codebook, find_slips, load, name_cell, score_reports
from govtables.declared import choose, declared
from govtables.pipeline.folder import build

LANGUAGES, FORMATS = ("en", "zh"), ("text", "html", "json")
BEFORE = "before"
