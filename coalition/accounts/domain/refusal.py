"""Why something is not done with an account, in words for whoever asked."""


class RefusedError(ValueError):
    """Nothing was changed; `str(error)` says why and what to do."""
