"""Statistical data editing: what the identities prove, contradict and leave open.

In: the cells of a report, of many reports. Out: a `Proof` of inferred cells, checks, bounds, proposals and
findings; decisions applied; reports compared.
"""

from govtables.proof.between_reports import Comparison
from govtables.proof.decisions import FILE, Decision, apply_decisions, judge_decisions, read_decisions
from govtables.proof.fingerprints import Fingerprint, fingerprint, in_order
from govtables.proof.prove import Proof, prove
from govtables.proof.solver import TooLarge
from govtables.proof.witnesses import ask_witnesses
