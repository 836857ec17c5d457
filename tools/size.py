"""Count the lines of the package: by wing, of the thin core, and in all.

In: govtables/. Out: a table on standard output. The core is text and HTML in, audited Parquet out.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "govtables"
CORE = ("language", "forms", "readers", "extract", "proof", "dataset", "pipeline", "face")
OPTIONAL = ("readers/office", "readers/ofd", "readers/pdf", "readers/scan", "pipeline/collect")


def count_lines() -> dict[str, int]:
    """Lines of Python by wing; the modules of no wing are the face, the optional readers stand apart."""
    found: dict[str, int] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        wing = "face" if len(parts) == 1 else "/".join(parts[:2]) if "/".join(parts[:2]) in OPTIONAL else parts[0]
        found[wing] = found.get(wing, 0) + len(path.read_text(encoding="utf-8").splitlines())
    return found


if __name__ == "__main__":
    lines = count_lines()
    lines |= {"thin core": sum(lines[wing] for wing in CORE), "govtables": sum(lines.values())}
    print("\n".join(f"{wing:16}{number:7,}" for wing, number in lines.items()))
