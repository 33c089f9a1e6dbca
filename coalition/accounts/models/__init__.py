"""People who sign in, and how they come to do so."""

from .invitation import Invitation, InvitationState
from .user import User

__all__ = ["Invitation", "InvitationState", "User"]
