"""Whose figures a text gives: those of a whole place and its bodies, or those of one body.

In: introduction and chapter 1, folded by `plain`. Out: the scope of the figures, None where they do not say.
Next: `resolve`.
"""

import re
from collections.abc import Iterator
from functools import cache

from govtables.declared import declared

SENTENCE, CLAUSE = re.compile("[^。!?\n]+"), re.compile("[^,;:]+")


def tell_scope(text: str) -> str | None:
    """Tell whose figures a text gives: ``"aggregate"``, ``"own"``, ``"both"``, or None where it does not say.

    >>> tell_scope("全县共收到申请19件,其中县政府办理15件。"), tell_scope("我镇主动公开信息20条。"), tell_scope("全县召开会议3次。")
    ('both', 'own', None)
    """
    found = {scope for sentence in SENTENCE.findall(text) for scope in _scopes_in(sentence)}
    if "aggregate" in found:
        return "both" if found & {"own", "among"} else "aggregate"
    return "own" if "own" in found else None


def _scopes_in(sentence: str) -> Iterator[str]:
    """Scopes of the clauses that give figures; one without a subject has that of the clause before it."""
    scope = None
    for clause in CLAUSE.findall(sentence) if _has("counted", sentence) else ():
        words = [(scope, found) for scope, words in _scope_words("word") for found in words.finditer(clause)]
        scope = max(words, key=lambda word: (word[1].end(), word[0]))[0] if words else scope
        if _has("counted", clause) and (_has("about", clause) or _has("among", clause)):
            yield from filter(None, (scope, "among" if _has("among", clause) else None))


def _has(part: str, text: str) -> bool:
    return _pattern(part).search(text) is not None


@cache
def _pattern(part: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _scope_words(part)))


@cache
def _scope_words(part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = declared("issuers", "scopes")
    return tuple((line["scope"], re.compile(line["pattern"])) for line in lines if line["part"] == part)
