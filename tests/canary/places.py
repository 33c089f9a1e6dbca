"""The two sections, and who asks for what in them."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from tests.canary import owned, routes
from tests.canary.planting import Plot
from tests.canary.visits import AS_SCRIPT, Forms, Visit, Visitor, data_for, live_pages
from tests.network import Network


class Places:
    """Cambodia, whose people ask, and Thailand, which they must not see."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.kh, self.th = (Plot(network, section) for section in (network.kh, network.th))
        self.kh.other, self.th.other = self.th, self.kh
        for plot in (self.kh, self.th):
            plot.before = owned.contents(owned.owned_rows(plot.section))
            plot.public = live_pages()
        files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
        self.files = {path: path.read_bytes() for path in files}

    def visitor(self, name: str, stranger_to: Plot | None = None) -> Visitor:
        client = Client() if name == "anonymous" else self.network.client(name)
        return Visitor(client, stranger_to or self.th, self.files)

    @cached_property
    def forms(self) -> Forms:
        return Forms(self.visitor("secretariat"))

    def seeing(self, plot: Plot) -> Iterator[Visit]:
        """Every address with the things of one section; lists are searched too."""
        for route in routes.asked():
            for url in route.addresses(plot):
                yield Visit(route.name, url)
                if not route.arguments and "?" not in url:
                    yield Visit(route.name, f"{url}?q={plot.word[:6]}")

    def doing(self, plot: Plot) -> Iterator[Visit]:
        """The same, sent with nothing, filled, and filled by script where that is different."""
        for route, url, data in self.filled(plot, self.kh):
            yield Visit(route.name, url, "POST")
            yield Visit(route.name, url, "POST", data, how="filled")
            if route.asks_how:
                yield Visit(route.name, url, "POST", data, AS_SCRIPT, how="by script")

    def crossing(self) -> Iterator[Visit]:
        """Sent with things of Cambodia: to publish them, and into the places of Thailand."""
        for route, url, data in self.filled(self.kh, self.kh):
            yield Visit(route.name, url, "POST", data, how="at home")
        for route, url, data in self.filled(self.kh, self.th):
            yield Visit(route.name, url, "POST", data, how="into the other section")

    def filled(self, plot: Plot, target: Plot) -> Iterator[tuple[routes.Route, str, Any]]:
        """Every address with the things of `plot` and a form that asks for places of `target`."""
        for route in routes.asked():
            for url in route.addresses(plot):
                # The form of a bulk action is its own, any other that of its route.
                kind = url.partition("?")[0] if "/bulk/" in url else route.pattern
                yield route, url, data_for(url, self.forms.of(kind, url), target)
