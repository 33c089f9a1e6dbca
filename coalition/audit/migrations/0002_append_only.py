"""The database refuses to change or delete entries of the audit trail."""

from django.db import migrations

from coalition.audit.migrations._triggers import lock, unlock


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_trail")]

    operations = [migrations.RunPython(lock, unlock)]
