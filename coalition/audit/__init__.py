"""The audit trail. `coalition.audit.record(…)` writes into it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coalition.audit.trail import record as record
else:

    def record(**entry: Any) -> Any:
        """Write one entry, as `coalition.audit.trail` does; models are not ready at import."""
        from coalition.audit import trail

        return trail.record(**entry)
