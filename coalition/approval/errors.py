"""Why something cannot be decided or submitted, in words for who tried."""

from coalition.core.publishing import PublishingRefusedError


class ApprovalRefusedError(PublishingRefusedError):
    """Nothing was done. In Wagtail's own views a middleware shows the words."""

    def __init__(self, words: str) -> None:
        super().__init__([words])
