"""What is written into the history of pages and people."""

URGENT = "approval.urgent"
SKIPPED = "approval.skipped"
MARKED = "approval.marked"
NOTED = "approval.noted"
DEPUTY_NAMED = "approval.deputy_named"
DEPUTY_ENDED = "approval.deputy_ended"
