"""People who sign in, and how they come to do so."""

from .invitation import Invitation, InvitationState
from .recovery import Recovery, RecoveryConfirmation, RecoveryState
from .sign_in import SignIn
from .user import User

__all__ = [
    "Invitation",
    "InvitationState",
    "Recovery",
    "RecoveryConfirmation",
    "RecoveryState",
    "SignIn",
    "User",
]
