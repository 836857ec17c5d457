"""The order of the steps: one document to one `Result`.

In: bytes. Out: a `Result` of plain rows for each published table. Next: `folder`, `read`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from govtables.extract import (
    Facts, Match, match_form, read_facts, section_row, split_reports, split_sections, tell_layout,
)
from govtables.forms import Alias, collect_wording
from govtables.issuers import resolve_issuer
from govtables.language import tell, to_chinese
from govtables.pipeline.registry import Origin
from govtables.proof import Decision, apply_decisions, ask_witnesses, judge_decisions, prove
from govtables.prose import find_statements, statement_finding
from govtables.readers import (
    LIMITS, Cell, Document, Grid, Section, TooLong, Unreadable, digest, open_document, time_limit, too_long,
)
from govtables.records import (
    EXTRA, PRINTED_TWICE, Bound, CellRow, Change, Check, Decided, Finding, Issuer, Statement, Status, Token,
)

CHAPTERS_FOR_A_FORM = 2
FEW_LABELS = 8
SCOPE_CHAPTERS = 2  # introduction and overview tell whose figures these are


@dataclass(slots=True)
class Result:
    """What one document gave: plain rows for each published table, or the `error` why it gave nothing."""

    name: str
    sha256: str = ""
    error: str | None = None
    document: Document | None = None
    facts: Facts | None = None
    issuer: Issuer | None = None
    generation: str | None = None
    layout: str | None = None
    cells: list[CellRow] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    proposals: list[Change] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    chapters: tuple[Section, ...] = ()
    ledger: list[Token] = field(default_factory=list)
    others: list["Result"] = field(default_factory=list)  # further reports in the document
    origin: Origin = Origin()

    def records(self, table: str) -> Sequence[tuple]:
        """Rows of a published table, without the report's id."""
        if table == "sections":
            return [section_row(section) for section in self.chapters if section.chapter]
        if table == "issuers":
            return [self.issuer] if self.issuer else []
        return getattr(self, table)

    def report(self) -> dict:
        """The document's row in the table `reports`."""
        counts = Counter(cell.status for cell in self.cells if not cell.row.startswith(EXTRA))
        facts = self.facts or Facts(None, None, None, None, None, ())
        return {
            "report_id": self.name, "sha256": self.sha256,
            **{name: getattr(self.origin, name) for name in ("url", "fetched_at", "version")},
            "media_type": self.document.media_type if self.document else None, "layout": self.layout,
            **{name: getattr(facts, name) for name in ("script", "title", "issuer", "year", "published_on")},
            "generation": self.generation, **{f"n_{status}": counts[status] for status in Status},
            "n_findings": len(self.findings), "error": self.error,
            "error_zh": to_chinese(self.error),
        }


def read_bytes(
    data: bytes, name: str, decisions: Sequence[Decision] = (), aliases: tuple[Alias, ...] = ()
) -> Result:
    """Read one document from its bytes and audit it. No document raises: what it lacks is said in `error`."""
    with time_limit(LIMITS.seconds):
        result = read_printed(data, name, aliases)
        try:
            return _audit_all(result, decisions)
        except TooLong:
            message = tell("pipeline.audit_too_long", seconds=LIMITS.seconds)
        except Exception as problem:  # what was read stands all the same
            message = tell("pipeline.audit_stopped", kind=type(problem).__name__, problem=str(problem))
        result.findings.append(Finding("audit_stopped", None, None, None, message))
        return result


def _audit_all(result: Result, decisions: Sequence[Decision]) -> Result:
    """Audit each report of a document with its own decisions; one on a report that is not there is stale."""
    number = {one.name: n for n, one in enumerate([result, *result.others])}
    for one in [*result.others, result]:
        audit_report(one, [each for each in decisions if each.report_id == one.name])
    nowhere = "pipeline.holds_several" if len(number) > 1 else "pipeline.holds_one"
    stale = [each for each in decisions if each.report_id not in number]
    result.findings += apply_decisions([], stale, tell(nowhere, count=len(number)))[1]
    result.decisions += judge_decisions(stale, [], [])
    return result


def read_printed(data: bytes, name: str, aliases: tuple[Alias, ...] = ()) -> Result:
    """Read one document as it is printed, without the audit."""
    try:
        with time_limit(LIMITS.seconds):
            return _read_all(open_document(data, name), aliases)
    except TooLong:
        return Result(name, digest(data), too_long(LIMITS))
    except Unreadable as problem:
        return Result(name, digest(data), str(problem))
    except Exception as problem:  # one bad document never stops a run
        error = tell("pipeline.reading_stopped", kind=type(problem).__name__, problem=str(problem))
        return Result(name, digest(data), error)


def _read_all(document: Document, aliases: tuple[Alias, ...]) -> Result:
    """Read the reports of a document, nearly always one; each says where the others stand."""
    parts = split_reports(document, collect_wording(aliases))
    result, *others = [_read_document(part, aliases) for part in parts]
    result.others = others
    for n, one in enumerate([result, *others] if others else [], 1):
        title = (one.facts.title if one.facts else None) or tell("pipeline.untitled")
        said = tell("pipeline.several_reports", count=len(parts), number=n, title=title)
        first = parts[n - 1].blocks[0]
        place = first.place if isinstance(first, Cell) else None
        one.findings.append(Finding("several_reports", None, None, place, said))
    return result


def _read_document(document: Document, aliases: tuple[Alias, ...]) -> Result:
    sections = split_sections(document)
    found = match_form(sections, aliases)
    facts = read_facts(document, sections)
    result = Result(document.name, document.sha256, _why_nothing(found, sections), document, facts)
    notes = [("facts", note) for note in facts.notes] + [("decoding", note) for note in document.notes]
    result.findings = [Finding(kind, None, None, None, note) for kind, note in notes]
    if facts.year or facts.title or result.error is None:
        result.chapters = sections
        result.issuer = resolve_issuer(facts.issuer, facts.year, "\n".join(_context(result)))
    if result.error is None:
        result.generation, result.cells, result.layout = found.generation, found.cells, tell_layout(found)
        result.findings = found.findings + result.findings
        result.ledger = found.ledger
    return result


def _context(result: Result) -> Iterator[str]:
    """What tells the place of an issuer besides its name: title, path, introduction and first chapter."""
    yield result.facts.title or ""
    yield result.name
    for section in result.chapters:
        if section.chapter < SCOPE_CHAPTERS:
            yield from (block.text for block in section.blocks if isinstance(block, Cell))


def audit_report(result: Result, decisions: Sequence[Decision] = ()) -> Result:
    """Apply decisions, prove what the cells prove, compare the prose with them."""
    cells, stale = apply_decisions(result.cells, decisions, result.error)
    twice = {(one.table, one.row) for one in result.findings if one.kind == PRINTED_TWICE}
    result.decisions = judge_decisions(decisions, result.cells, cells, twice)
    proof = prove(cells, twice)
    result.cells, result.checks = proof.cells, proof.checks
    result.bounds, result.proposals = proof.bounds, proof.proposals
    result.findings += stale + proof.findings + [*ask_witnesses(result.cells, result.issuer)]
    if result.cells and (facts := result.facts):
        result.statements = find_statements(result.chapters, result.cells, facts.year, facts.issuer)
        differing = [said for said in result.statements if said.verdict == "differs"]
        result.findings += map(statement_finding, differing)
    return result


def _why_nothing(found: Match, sections: Sequence[Section]) -> str | None:
    """Say why a document has no statutory number; `None` when it has some."""
    if _deduplicated(found):
        return tell("pipeline.deduplicated")
    if any(cell.status not in (Status.ABSENT, Status.BLANK) for cell in found.cells):
        return None
    if found.known_labels > FEW_LABELS:
        return tell("pipeline.without_number")
    own = [section for section in sections if section.chapter in (2, 3, 4)]
    grids = [block for section in own for block in section.blocks if isinstance(block, Grid)]
    if any(block.layout != "picture" for block in grids):
        return tell("pipeline.other_tables")
    if len(own) >= CHAPTERS_FOR_A_FORM:
        return tell("pipeline.no_tables")
    return tell("pipeline.no_form")


def _deduplicated(found: Match) -> bool:
    """A form in single lines repeats many of its labels; a copy without any repeat has lost lines."""
    texts = [cell.text for row in found.rows if row.grid is None for cell in row.labels + row.values]
    return len(texts) > 20 and len(set(texts)) == len(texts)
