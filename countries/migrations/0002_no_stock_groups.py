"""Takes away the groups and the workflow that Wagtail ships.

“Moderators” publish everywhere, past every approval, and “Editors” write in every section. Groups
that somebody belongs to already are left alone; `doctor` names those that may publish.
"""

from typing import Any

from django.db import migrations

GROUPS = ("Moderators", "Editors")
WORKFLOW = "Moderators approval"


def remove(apps: Any, schema_editor: Any) -> None:
    """Without members nobody misses them."""
    groups = apps.get_model("auth", "Group").objects.filter(name__in=GROUPS, user=None)
    groups.delete()
    if apps.get_model("auth", "Group").objects.filter(name="Moderators").exists():
        return
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name=WORKFLOW).delete()


class Migration(migrations.Migration):
    """After everything that gives these groups permissions."""

    dependencies = [
        ("countries", "0001_initial"),
        ("accounts", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
