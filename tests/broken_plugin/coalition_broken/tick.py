from coalition.jobs.tick import on_tick

from .raising import fail

on_tick("broken-tick")(fail)
