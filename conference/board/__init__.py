"""The board: what a record should have and what it lacks, who sees to it until when, the gate before publishing."""

from conference.board.gate import GateClosed, check_gate, lacks
from conference.board.matrix import Matrix, examine, in_force
from conference.board.requirement import Checklist, Lack, Requirement, State

__all__ = [
    "Checklist",
    "GateClosed",
    "Lack",
    "Matrix",
    "Requirement",
    "State",
    "check_gate",
    "examine",
    "in_force",
    "lacks",
]
