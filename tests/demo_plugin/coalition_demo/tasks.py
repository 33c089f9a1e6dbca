from django_tasks import task


@task()
def remember(what):
    from .models import Heard

    Heard.objects.create(what=f"job {what}")
