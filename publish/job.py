"""What one run of the site generator publishes.

In: paths and a title. Out: a `Job`, which all that writes pages is given. Next: `notebooks`, `downloads`,
`front`, `site`.
"""

from dataclasses import dataclass
from pathlib import Path

import govtables as gt

TOP = Path(__file__).parents[1]
DOCS = TOP / "docs"
EXTRA = "_extra"  # goes into the site as it is


@dataclass(frozen=True, slots=True)
class Job:
    """What is published, and where its pages are put together."""

    notebooks: Path
    data: gt.Dataset
    source: Path
    own: str  # title of the site of a reader's own, else nothing
    most: int
    lang: str = "en"  # the language of the edition

    @property
    def extra(self) -> Path:
        """The folder of what goes into the site as it is."""
        return self.source / EXTRA
