"""What a body of a level can have.

In: an `Issuer`. Out: whether it may make rules. Next: `proof`.
"""

from govtables.records import Issuer

RULE_MAKERS = {"central", "province", "prefecture"}
UNDER_OTHERS = {"county", "township", "development_zone"}
PREFECTURE = "00"  # ends the code of a prefecture, or of what is above it


def may_make_rules(issuer: Issuer) -> bool | None:
    """Tell whether a body, or the government that it belongs to, may make rules; `None` where that is open.

    Ministries, provinces and prefectures may, counties and what is below them may not.
    """
    if issuer.level in RULE_MAKERS:
        return True
    if issuer.level in UNDER_OTHERS:
        return False
    county = issuer.level == "department" and issuer.code and not issuer.code.endswith(PREFECTURE)
    return False if county else None
