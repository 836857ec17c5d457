"""Words of the State around its tables: how bodies are called, what stands in titles, fields and openings.

In: a role of `words.csv`. Out: its words, as one group of a pattern. Next: `titles`, `years`, `facts`.
"""

from functools import cache

from govtables.declared import declared


@cache
def words(role: str) -> str:
    """The words of a role as alternatives, each a pattern, the first that fits first.

    >>> words("notice")
    '(?:通知|方案|批复|函)'
    """
    return f"(?:{'|'.join(line['word'] for line in declared('extract', 'words') if line['role'] == role)})"
