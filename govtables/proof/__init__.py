"""Statistical data editing: what the identities prove, contradict and leave open.

In: the cells of a report, of many reports. Out: a `Proof` of inferred cells, checks, bounds, proposals and
findings; decisions applied; reports compared.
"""

from govtables.proof.between_reports import Bodies, Comparison, relate
from govtables.proof.decisions import FILE, Decision, apply_decisions, judge_decisions, read_decisions
from govtables.proof.fingerprints import Fingerprint, fingerprint, read_fingerprint, write_fingerprint
from govtables.proof.prove import Proof, prove
from govtables.proof.register import MARK, Index, make_index, mark
from govtables.proof.solver import TooLarge
from govtables.proof.witnesses import ask_witnesses
from govtables.proof.years import Changes, Jump, find_jumps, jumping, take_jumping, tell_changes, tell_jump
