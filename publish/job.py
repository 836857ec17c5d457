"""What one run of the site generator publishes.

In: paths, a title, a language. Out: a `Job`, which all that writes pages is given. Next: `notebooks`,
`downloads`, `front`, `edition`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import govtables as gt
from govtables.dataset import read_collection
from govtables.language import Said

TOP = Path(__file__).parents[1]
DOCS = TOP / "docs"
EXTRA = "_extra"  # goes into the site as it is


@dataclass(frozen=True, slots=True)
class Job:
    """What is published as one edition, and where its pages are put together."""

    notebooks: Path
    data: gt.Dataset
    source: Path
    own: str  # title of the site of a reader's own, else nothing
    most: int | str  # how many reports have a page, or which
    lang: str = "en"  # the language of the edition
    first: str = "en"  # the language of the edition that stands at the top of the site
    left_out: Mapping[str, Said] = field(default_factory=dict)  # why formats are not for download

    @property
    def about(self) -> dict[str, Any]:
        """What is said of a reader's own collection, nothing of the sample."""
        return read_collection(self.data.folder) if self.own else {}

    @property
    def extra(self) -> Path:
        """The folder of what goes into the site as it is."""
        return self.source / EXTRA

    @property
    def packed(self) -> Path:
        """The folder of the dataset packed for download, for all editions."""
        return self.source.parent / "downloads"

    @property
    def top(self) -> str:
        """The way from the top of the edition to the top of the site, where the downloads are."""
        return "" if self.lang == self.first else "../"
