from django_tasks import task

from .raising import fail


@task()
def break_down():
    fail()
