"""From addresses to files.

In: a list of addresses. Out: the files that they publish, and a registry of what came from where.
"""

from govtables.pipeline.collect.fetch import Fetched, fetch
from govtables.pipeline.registry import REGISTRY, Entry, read_registry
