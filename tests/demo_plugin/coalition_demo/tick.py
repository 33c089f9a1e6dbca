from coalition.jobs.tick import on_tick

from .models import Heard


@on_tick("demo-tick")
def demo_tick():
    Heard.objects.create(what="tick")
    return 1
