"""Approval: how small a correction passes with one word, and when people are reminded."""

from .environment import text

# Characters that differ from what is public; 0 lets nothing pass.
APPROVAL_SMALL_CHANGE = int(text("APPROVAL_SMALL_CHANGE", "120"))
# Working days, Monday to Friday, without a decision.
APPROVAL_REMIND_AFTER = int(text("APPROVAL_REMIND_AFTER", "3"))
# How often the secretariat is told of all that waits: day, week or never.
APPROVAL_DIGEST = text("APPROVAL_DIGEST", "day")
