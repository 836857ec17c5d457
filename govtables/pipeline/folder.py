"""Many documents to one dataset: in parts, in one process or in many; what was read before is kept.

In: a folder of documents. Out: a folder of Parquet tables. Next: `cli`, notebooks.
"""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pyarrow as pa

from govtables.dataset import carry_collection, load, refuse_others, replace_folder
from govtables.declared import mistake, say
from govtables.forms import read_aliases
from govtables.language import Said, tell
from govtables.pipeline.beside import NUMBERED, read_decisions_for, read_hierarchy, read_links
from govtables.pipeline.kept import Kept, Plan, find_part, make_plan, open_kept
from govtables.pipeline.listing import (
    ALIASES, HIERARCHY, LINKS, LISTING, check_folders, find_origin, list_table,
)
from govtables.pipeline.making import Making
from govtables.pipeline.registry import Origin
from govtables.pipeline.reading import read_piece, tell_code
from govtables.pipeline.workers import hire
from govtables.proof import Decision, relate

MOST_NOTED = 20  # reports named with their findings after a build


def build(
    raw: str | Path, out: str | Path, processes: int | None = None, progress: bool = True,
    executor: Executor | None = None, fresh: bool = False,
) -> "Path":
    """Read every document under `raw` and publish the tables in `out`; return `out`.

    What the last build read of documents that are as they were is kept, unless `fresh`. The bytes written
    depend on the documents alone: not on what was kept, nor on `processes`, nor on the `executor` of
    `concurrent.futures`, or of Dask, that takes their place; its workers must see both folders by the same
    paths. A run that is stopped leaves `out` as it was.
    """
    raw, out = Path(raw), Path(out)
    if processes is not None and processes < 1:
        raise mistake("pipeline.processes", processes=processes)
    check_folders(raw, out)
    refuse_others(out)
    aliases, panel = read_aliases(raw / ALIASES), (read_hierarchy(raw / HIERARCHY), read_links(raw / LINKS))
    told = {"code": _hash(tell_code(), aliases), "compared": _hash(panel)}
    carried, replaced = carry_collection(raw, out), replace_folder(out, keep=True)
    with carried, replaced as room, hire(processes, executor) as do:
        now = time.time_ns()
        kept = Kept() if fresh else open_kept(out, told["code"])
        listing, origins = list_table(raw, out, kept.manifest.select(LISTING.names))
        decisions = read_decisions_for(raw, listing["name"].to_pylist())
        taken = frozenset(filter(NUMBERED.search, listing["name"].to_pylist()))
        plan = make_plan(listing, origins, _tell_given(listing, origins, decisions, taken), kept)
        with _progress(plan, progress) as bar:
            if not _is_changed(plan, told["compared"]):
                return out
            related = kept.compared == told["compared"]
            making = Making(plan, out.absolute(), room, relate(*panel), related)
            reading = partial(read_piece, raw.absolute(), room, tell_code(), aliases, taken)
            for piece in do(reading, making.list_items(decisions)):
                making.add(piece)
                bar.update(len(piece.sha256))
        making.compare(do)
        making.complete(told, now)
    return out


def _hash(*given: object) -> str:
    return hashlib.sha256(repr(given).encode()).hexdigest()[:32]


def _tell_given(
    listing: pa.Table, origins: Mapping[str, Origin] | None, decisions: Mapping[str, Sequence[Decision]],
    taken: frozenset[str],
) -> pa.Array:
    """For each document a hash of what its rows depend on besides its bytes."""
    most = _hash(sorted(taken))
    if origins is None and not decisions:
        return pa.repeat(_hash(most, None, None), len(listing))
    pairs = zip(listing["name"].to_pylist(), map(os.fsdecode, listing["path"].to_pylist()), strict=True)
    told = ((decisions.get(name), find_origin(origins, name, path)) for name, path in pairs)
    return pa.array([_hash(most, *some) for some in told], pa.string())


def _is_changed(plan: Plan, compared: str) -> bool:
    stand = len(plan.kept.files) == plan.count and all(find_part(plan, n) == n for n in range(plan.count))
    return not (stand and plan.kept.compared == compared)


def _progress(plan: Plan, wanted: bool):
    from tqdm import tqdm

    kept = int(plan.is_same.sum())
    said = say("pipeline.reading_kept" if kept else "pipeline.reading", kept=kept)
    shown = {"unit": say("pipeline.unit_reports"), "desc": said, "disable": None if wanted else True}
    return tqdm(total=len(plan.listing), initial=kept, **shown)


def tell_build(out: Path) -> Iterator[Said]:
    """Say of a dataset how many documents it has, which of them gave no tables, and which have findings."""
    reports = load(out, columns={"reports": ["report_id", "error", "error_zh", "n_findings"]}).reports
    failed, noted = reports[reports["error"].notna()], reports[reports["n_findings"] > 0]
    built = "pipeline.built_one" if len(reports) == 1 else "pipeline.built"
    yield tell(built, n=len(reports), tables=len(reports) - len(failed), out=str(out))
    for one in failed.head(MOST_NOTED).itertuples():
        yield tell("pipeline.no_tables_in", report=one.report_id, why=Said(one.error, one.error_zh))
    if (more := len(failed) - MOST_NOTED) > 0:
        yield tell("pipeline.no_tables_more", n=more, folder=str(out / "reports"))
    for one in noted.head(MOST_NOTED).itertuples():
        told = {"n": one.n_findings, "report": one.report_id, "folder": str(out / "findings")}
        yield tell("pipeline.findings_in", **told)
    if len(rest := noted["n_findings"].iloc[MOST_NOTED:]):
        yield tell("pipeline.findings_more", n=rest.sum(), reports=len(rest))
