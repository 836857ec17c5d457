"""Chinese government information disclosure annual reports as tidy tables."""

from govtables.dataset import Dataset, codebook, load
from govtables.forms import Status, form
from govtables.run import build
from govtables.show import Report, Source, read, source

__all__ = ["Dataset", "Report", "Source", "Status", "build", "codebook", "form", "load", "read", "source"]
