"""What `doctor` says about files: those that are missing, and those that nobody knows."""

from django.utils.translation import ngettext

from coalition.core.doctor import examines


@examines("files")
def problems() -> list[str]:
    """Whole sentences, one for each thing that is wrong and what to do; empty when all is well."""
    # The models are not there yet when this module is imported.
    from . import orphans

    return [*_missing(list(orphans.missing_files())), *_unknown(list(orphans.unknown_files()))]


def _missing(names: list[str]) -> list[str]:
    if not names:
        return []
    return [
        ngettext(
            "%(count)d picture or document has lost its file %(name)s. Bring it back from a "
            "backup, or upload it again.",
            "%(count)d pictures or documents have lost their files, the first is %(name)s. Bring "
            "them back from a backup, or upload them again.",
            len(names),
        )
        % {"count": len(names), "name": names[0]}
    ]


def _unknown(names: list[str]) -> list[str]:
    if not names:
        return []
    return [
        ngettext(
            "%(count)d file in the media folder belongs to nothing: %(name)s. Delete it.",
            "%(count)d files in the media folder belong to nothing, the first is %(name)s. "
            "Delete them.",
            len(names),
        )
        % {"count": len(names), "name": names[0]}
    ]
