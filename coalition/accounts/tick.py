"""What `tick` does for accounts."""

from coalition.jobs.tick import on_tick


@on_tick("invitations-expired")
def invitations_expired() -> int:
    """Forget the addresses of those who did not come."""
    from coalition.accounts.domain.invitations import expire_due

    return expire_due()


@on_tick("recoveries-expired")
def recoveries_expired() -> int:
    """What nobody confirmed in time."""
    from coalition.accounts.domain.recovery import expire_due

    return expire_due()


@on_tick("sign-ins-over")
def sign_ins_over() -> int:
    """Forget when people signed in, once those sessions are over."""
    from coalition.accounts.sessions import forget_old

    return forget_old()
