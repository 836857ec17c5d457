"""Names of issuers as keys: one body, one key, however it is worded.

In: a printed name. Out: its key, and whether it says a kind of body and no place. Next: `bodies`, `proof`.
"""

from functools import cache, lru_cache

from govtables.declared import declared
from govtables.language import plain


def issuer_key(name: str) -> str:
    """Fold the name of an issuer, so that different wordings for one body give one key.

    >>> issuer_key("漢陰縣 人民政府"), issuer_key("汉阴县教育局")
    ('汉阴县', '汉阴县教育局')
    """
    key = plain(name)
    for line in declared("issuers", "wordings"):
        if key.endswith(line["ending"]):
            return key if key == line["ending"] else key.removesuffix(line["ending"]) + line["read_as"]
    return key


@lru_cache(maxsize=1 << 12)
def names_no_place(key: str) -> bool:
    """Tell whether the key of an issuer says what kind of body it is, and of no place.

    >>> names_no_place("区教育局"), names_no_place("永康市教育局"), names_no_place("永康教育局"), names_no_place("花街镇")
    (True, False, False, False)
    """
    places = [*_words("place"), *_words("township")]
    return key in places or any(_is_kind_of_body(key.removeprefix(word)) for word in ("", *places))


def _is_kind_of_body(words: str) -> bool:
    """Tell whether a name is made of known words alone, the last one for a kind of body."""
    if not words.endswith(tuple(_words("body"))):
        return False
    ends, known = {0}, (*_words("body"), *_words("topic"))
    for at in range(len(words)):
        if at in ends:
            ends.update(at + len(word) for word in known if words.startswith(word, at))
    return len(words) in ends


@lru_cache(maxsize=1 << 12)
def is_bare_township(key: str) -> bool:
    """Tell whether the key of an issuer is a township's name without its county, which others may share.

    >>> is_bare_township("太平镇"), is_bare_township("佳县螅镇"), is_bare_township("通州镇")
    (True, False, True)
    """
    ending = next((len(word) for word in _words("township") if key.endswith(word)), len(key))
    within = ((key.find(word, least - len(word)), len(word)) for word, least in _words("place").items())
    return 0 < ending < len(key) and not any(0 <= at < len(key) - ending - length for at, length in within)


@cache
def _words(role: str) -> dict[str, int]:
    """Words of issuers' names in one role, each with how many characters a name that ends so has at least."""
    lines = [line for line in declared("issuers", "words") if line["role"] == role]
    return {line["word"]: int(line["least"] or 0) for line in lines}
