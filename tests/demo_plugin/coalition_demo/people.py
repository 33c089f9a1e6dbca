from datetime import timedelta

from coalition.plugins.base import PersonalData

from .models import Person


def export(address):
    return list(Person.objects.filter(address=address).values("address"))


def erase(address):
    return Person.objects.filter(address=address).delete()[0]


DATA = PersonalData(
    name="demo-people",
    what="Addresses of people who like demonstrations.",
    kept_for=timedelta(days=30),
    export=export,
    erase=erase,
    expire=lambda: 0,
)
