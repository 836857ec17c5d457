"""A citable archive of a dataset: what it holds, what it was made from, and with what.

In: a published dataset, and the folder of its reports if it is at hand. Out: one ZIP file, the same bytes
each time. Next: `cli`, archives.
"""

import hashlib
import os
import re
from importlib.metadata import requires, version
from importlib.resources import files as packaged
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from govtables.dataset import PARTS, Dataset, list_parts, load
from govtables.declared import mistake
from govtables.exports.descriptions import add_doi
from govtables.exports.formats import export
from govtables.language import tell

LARGE, PIECE = 1 << 30, 1 << 20  # bytes of a file that needs ZIP64, and that are read at a time
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes
BESIDE = ("registry.csv", "decisions.csv", "hierarchy.csv", "aliases.csv", "links.csv", "collection.toml")
DOI = re.compile(r"10\.\d{4,9}/\S+")


def release(
    data: Dataset | str | Path, path: str | Path, raw: str | Path | None = None, doi: str = ""
) -> Path:
    """Write a dataset as one archive with checksums; `raw` is the folder of its reports.

    Raises `ValueError` if the archive is there already, or the DOI is none.
    """
    data, path = data if isinstance(data, Dataset) else load(data), Path(path)
    if path.exists():
        raise mistake("exports.release_there", path=path)
    if doi and not DOI.fullmatch(doi):
        raise mistake("exports.no_doi", doi=doi)
    if raw is not None and not Path(raw).is_dir():
        raise mistake("pipeline.no_folder", path=raw)
    if raw is not None:
        _refuse_others(data, Path(raw))
    files = {f"parquet/{file.relative_to(data.folder).as_posix()}": file for file in _parts(data)}
    beside = [Path(raw) / name for name in BESIDE] if raw is not None else []
    files |= {f"sources/{file.name}": file for file in beside if file.is_file()}
    with TemporaryDirectory() as room:
        made = export(data, "csv", Path(room) / "csv")
        if doi:
            add_doi(made, doi)
        files |= {f"csv/{file.name}": file for file in made.iterdir() if not file.name.startswith(".")}
        for name, text in (("README.txt", _tell(data, path.stem, doi)), ("versions.csv", _list_versions())):
            files[name] = Path(room) / name
            files[name].write_text(text, encoding="utf-8", newline="\n")
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.with_name(f".{path.name}-{os.getpid()}")
        try:
            _pack(whole, path.stem, files)
            os.replace(whole, path)
        finally:
            whole.unlink(missing_ok=True)
    return path


def _refuse_others(data: Dataset, raw: Path) -> None:
    """Raise unless a folder holds the very documents that a dataset was made of; name the first that is not.

    A document whose bytes were not read, as of one that is too large, has no hash to compare.
    """
    from govtables.pipeline import NUMBERED, hash_documents  # and all that reads documents

    known = dict(zip(data.reports["report_id"], data.reports["sha256"], strict=True))
    there = set()
    for name, digest in hash_documents(raw):
        there.add(name)
        if name not in known:
            raise mistake("exports.document_unknown", path=raw / name, folder=raw)
        if known[name] not in ("", digest):
            raise mistake("exports.document_differs", path=raw / name, folder=raw)
    if lost := sorted(name for name in known if not {name, NUMBERED.sub("", name)} & there):
        raise mistake("exports.document_lost", path=raw / lost[0], folder=raw)


def _list_versions() -> str:
    """What makes the numbers, a line each."""
    forms = hashlib.sha256()
    for file in sorted(packaged("govtables").joinpath("forms").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".csv"):
            forms.update(file.name.encode() + file.read_bytes())
    needed = (re.match(r"[\w-]+", one)[0] for one in requires("govtables") or () if "extra ==" not in one)
    lines = {"govtables": version("govtables"), "forms": f"sha256:{forms.hexdigest()}"}
    lines |= {name: version(name) for name in sorted(needed)}
    return "name,version\n" + "".join(f"{name},{said}\n" for name, said in lines.items())


def _parts(data: Dataset) -> list[Path]:
    parts = list_parts(data.folder).files.values()
    return [data.folder / PARTS, *(file for files in parts for file in files)]


def _tell(data: Dataset, name: str, doi: str) -> str:
    counts = {"reports": f"{len(data.reports):,}", "cells": f"{data.count('cells'):,}"}
    cited = f"\nDOI: https://doi.org/{doi}" if doi else ""
    said = tell("exports.readme", name=name, version=version("govtables"), doi=cited, **counts)
    return f"{said}\n\n{said.zh}"


def _pack(path: Path, top: str, files: dict[str, Path]) -> None:
    """Pack files below one folder, their hashes last."""
    sums = []
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, file in sorted(files.items()):
            digest, entry = hashlib.sha256(), _entry(f"{top}/{name}")
            large = file.stat().st_size > LARGE
            with file.open("rb") as read, packed.open(entry, "w", force_zip64=large) as write:
                while piece := read.read(PIECE):
                    digest.update(piece)
                    write.write(piece)
            sums.append(f"{digest.hexdigest()}  {name}")
        packed.writestr(_entry(f"{top}/SHA256SUMS"), "\n".join(sums) + "\n")


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry
