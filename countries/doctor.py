"""Rights, collections and workflows of the sections, for `doctor`."""

from coalition.core.doctor import examines
from coalition.sections.models import Section
from countries.domain.drift import Deviation, deviations


@examines("sections")
def sections() -> list[str]:
    """What is missing in a section, or is there and should not be."""
    return [_finding(deviation) for deviation in deviations(list(Section.objects.all()))]


def _finding(deviation: Deviation) -> str:
    if deviation.mend is None:
        return deviation.words
    command = deviation.command or f"repair_sections {deviation.code}".strip()
    return f"{deviation.words} Run: manage.py {command}."
