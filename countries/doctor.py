"""Rights, collections and workflows of the sections, for `doctor`."""

from coalition.core.doctor import examines
from coalition.sections.models import Section, SectionStatus
from countries.domain.provision import provision_section


@examines("sections")
def sections() -> list[str]:
    """Sections of which something is missing: found by provisioning them and rolling back."""
    return [
        f"Section {section.code} lacks {', '.join(missing)}. Run: manage.py provision_section "
        f"{section.code} --kind {section.kind}."
        for section in Section.objects.filter(status=SectionStatus.OPEN)
        if (missing := _missing(section))
    ]


def _missing(section: Section) -> list[str]:
    return provision_section(
        code=section.code, kind=section.kind, languages_used=[], dry_run=True
    ).done
