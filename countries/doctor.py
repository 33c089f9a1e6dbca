"""Rights, collections and workflows of the sections, for `doctor`."""

from coalition.core.doctor import examines
from coalition.sections.models import Section, SectionStatus
from countries.domain.lacking import lacking
from countries.domain.rights import strangers_who_publish


@examines("sections")
def sections() -> list[str]:
    """Sections of which something is missing, and groups that may publish and should not."""
    open_sections = list(Section.objects.filter(status=SectionStatus.OPEN))
    return [
        *(
            f"Section {section.code} lacks {', '.join(missing)}. Run: manage.py "
            f"provision_section {section.code} --kind {section.kind}."
            for section, missing in lacking(open_sections).items()
        ),
        *(
            f"Group “{name}” may publish, past every approval. Take that right from it in "
            "Settings, Groups."
            for name in strangers_who_publish()
        ),
    ]
