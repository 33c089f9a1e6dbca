"""What `tick` does for accounts."""

from coalition.jobs.tick import on_tick


@on_tick("invitations-expired")
def invitations_expired() -> int:
    """Forget the addresses of those who did not come."""
    from coalition.accounts.domain.invitations import expire_due

    return expire_due()
