"""What `tick` does for campaigns."""

from coalition.jobs.tick import on_tick


@on_tick("expired-consents")
def expired_consents() -> int:
    """Take down stories whose consents have expired."""
    from campaigns.domain.consent import take_down_expired_stories

    return take_down_expired_stories()
