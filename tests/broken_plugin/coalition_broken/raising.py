"""What every hook of this plugin leads to."""


class BrokenError(Exception):
    """Raised on purpose."""


def fail(*args, **kwargs):
    raise BrokenError("on purpose")
