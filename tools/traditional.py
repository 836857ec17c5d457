"""List the characters that OpenCC writes otherwise in simplified script: `python tools/traditional.py`.

In: the dictionary of OpenCC. Out: `govtables/language/traditional.txt`, so that OpenCC is loaded only for texts that hold one.
"""

from pathlib import Path

from opencc import OpenCC

FILE = Path(__file__).resolve().parents[1] / "govtables" / "language" / "traditional.txt"


def list_traditional() -> str:
    """The characters, in the order of Unicode."""
    han = [chr(c) for c in range(0x4E00, 0xA000)]
    simple = OpenCC("t2s").convert("\n".join(han)).split("\n")
    return "".join(a for a, b in zip(han, simple, strict=True) if a != b)


if __name__ == "__main__":
    FILE.write_text(list_traditional() + "\n", encoding="utf-8")
