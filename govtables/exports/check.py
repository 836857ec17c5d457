"""One report before it is published: what its office would be asked to mend.

In: a file, and if you like the report of the year before. Out: `Checked`, as text, HTML or JSON, in either
language. Next: `cli`. Copies are read in a folder that is gone at the end; nothing leaves the machine.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from govtables.dataset import load
from govtables.declared import choose, mistake, pick_language
from govtables.exports.slips import (
    Slip, find_slips, score_reports, tell_cell, tell_implied, tell_why,
)
from govtables.forms import FILE as ALIASES
from govtables.language import Said, tell, to_chinese
from govtables.pipeline import build

FORMATS = ("text", "html", "json")
EARLIER = "earlier"  # folder of the report of the year before, beside the one that is checked
PAGE = "<!DOCTYPE html><html lang='{lang}'><meta charset='utf-8'><title>{head}</title><h1>{head}</h1>{lists}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one report: its slips, and by merit how often it lacks it, `None` if that is open."""

    name: str
    slips: tuple[Slip, ...]
    scores: dict[str, int | None]
    lang: str

    @property
    def failed(self) -> bool:
        """Tell whether there is something to mend."""
        return bool(self.slips or any(self.scores.values()))

    def __str__(self) -> str:
        return self.write()

    def _repr_html_(self) -> str:
        return self.write("html")

    def write(self, to: str = "text") -> str:
        """Write it as ``text``, ``html`` or ``json``."""
        choose("format", to, FORMATS)
        said = [[*_tell_slip(slip)] for slip in self.slips] or [[tell("exports.nothing")]] * (not self.failed)
        told = [[self._say(one) for one in lines] for lines in said]
        head = self._say(tell("exports.title", name=self.name))
        scores = [self._say(_tell_score(*score)) for score in self.scores.items()]
        if to == "json":
            slips = [_plain(slip) | {"told": lines} for slip, lines in zip(self.slips, told, strict=False)]
            known = {"report": self.name, "scores": self.scores, "slips": slips}
            return json.dumps(known, ensure_ascii=False, indent=1)
        if to == "html":
            items = [map(escape, scores), ("<br>".join(map(escape, lines)) for lines in told)]
            lists = "".join(f"<ol>{''.join(f'<li>{one}</li>' for one in some)}</ol>" for some in items)
            return PAGE.format(lang=self.lang, head=escape(head), lists=lists)
        numbered = [f"{n}. " + "\n   ".join(lines) for n, lines in enumerate(told, 1)]
        return "\n".join([head, *(f"  {one}" for one in scores), "", *numbered]).rstrip()

    def _say(self, said: Said) -> str:
        return str(said) if self.lang == "en" else to_chinese(said)


def _tell_score(merit: str, bad: int | None) -> Said:
    sign, word = ("✗", f"{merit}_mend") if bad else ("?", "untold") if bad is None else ("✓", "fine")
    told = tell(f"exports.{word}", n=bad) if bad else tell(f"exports.{word}")
    return tell("exports.score", sign=sign, merit=tell(f"exports.{merit}"), told=told)


def _tell_slip(slip: Slip) -> Iterator[Said]:
    """Say a slip: its cells, each with what is printed and what should stand there; why; and where."""
    for cell in slip.cells:
        printed = cell.printed or tell("exports.empty" if cell.printed == "" else "exports.no_number")
        implied, facts = tell_implied(cell), {"name": tell_cell(cell), "printed": printed}
        yield tell("exports.should" if implied else "exports.cell", **facts, implied=implied)
    yield tell_why(slip)
    if place := slip.findings[0]["place"]:
        yield tell("exports.at", place=place)


def _plain(slip: Slip) -> dict[str, object]:
    known = {name: slip.findings[0][name] for name in ("kind", "place")}
    cells = [cell._asdict() for cell in slip.cells]
    return {"severity": slip.severity, "located": slip.located, **known, "cells": cells}


def check(path: str | Path, before: str | Path | None = None, lang: str | None = None) -> Checked:
    """Check one report, and whether it goes on from that of the year `before`; aliases beside it count.

    >>> print(check("data/raw/linping-2022.txt"))
    linping-2022.txt: what to mend before publishing
      ✓ readable: yes
      ✓ complete: yes
      ✓ consistent: yes
      ✓ prose agrees: yes
      ? last year agrees: cannot be told
    <BLANKLINE>
    1. Nothing to mend was found.
    """
    lang = pick_language(lang)
    files = {Path(before): f"{EARLIER}/{Path(before).name}"} if before else {}
    files[Path(path)] = Path(path).name
    if missing := [file for file in files if not file.is_file()]:
        raise mistake("exports.no_report", path=missing[0])
    if (aliases := Path(path).parent / ALIASES).is_file():
        files[aliases] = ALIASES
    with TemporaryDirectory() as room:
        raw = Path(room) / "raw"
        for file, name in files.items():
            (raw / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, raw / name)
        data = load(build(raw, Path(room) / "out", processes=1, progress=False))
        own = data.reports.loc[~data.reports["report_id"].str.startswith(f"{EARLIER}/")]
        scores = score_reports(data).loc[own["report_id"]].sum(min_count=1).astype(object)
        slips = tuple(slip for slip in find_slips(data) if slip.report_id in set(own["report_id"]))
    known = scores.where(scores.notna(), None).to_dict()
    return Checked(Path(path).name, slips, known, lang)
