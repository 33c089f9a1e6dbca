"""`topics.jsonl`: a topic per line, with its name in every language."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.core import languages
from coalition.core.interchange.block_values import expect
from coalition.core.interchange.line import LineError, json_object
from coalition.core.interchange.reader import RawLine, raw_lines
from coalition.core.interchange.reports import LineReport, Outcome
from coalition.core.interchange.values import validation_words
from coalition.core.models import Topic, TopicName

MEMBERS: dict[str, type] = {"slug": str, "name": str, "names": dict}


def topic_lines(slugs: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
    """The line of each topic, or of those with these slugs."""
    topics = Topic.objects.prefetch_related("names")
    if slugs is not None:
        topics = topics.filter(slug__in=list(slugs))
    for topic in sorted(topics, key=lambda topic: topic.slug):
        names = {name.language: name.name for name in topic.names.all()}
        yield {"slug": topic.slug, "name": topic.name, "names": dict(sorted(names.items()))}


def import_topics(file: BinaryIO, *, keep: bool = False) -> Iterator[LineReport]:
    """Make or complete the topic of every line. Yields a report for each.

    With `keep` a name that a topic has already stays as it is.
    """
    for raw in raw_lines(file):
        try:
            with transaction.atomic():
                report = LineReport(raw.number, _import(raw, keep))
        except LineError as error:
            report = LineReport(raw.number, Outcome.REFUSED, str(error))
        except ValidationError as error:
            report = LineReport(raw.number, Outcome.REFUSED, validation_words(error))
        yield report


def _import(raw: RawLine, keep: bool) -> Outcome:
    line = _line(raw)
    topic = Topic.objects.filter(slug=line["slug"]).first()
    outcome = Outcome.UNCHANGED if topic else Outcome.CREATED
    if topic is None:
        topic = Topic(slug=line["slug"])
    if not topic.name or (topic.name != line["name"] and not keep):
        topic.name = line["name"]
        topic.full_clean()
        topic.save()
        outcome = Outcome.CREATED if outcome is Outcome.CREATED else Outcome.CHANGED
    for language, name in line.get("names", {}).items():
        known = TopicName.objects.filter(topic=topic, language=language)
        if known.filter(name=name).exists() or (keep and known.exists()):
            continue
        TopicName(topic=topic, language=language, name=name).clean_fields()
        known.update_or_create(topic=topic, language=language, defaults={"name": name})
        outcome = Outcome.CHANGED if outcome is Outcome.UNCHANGED else outcome
    return outcome


def _line(raw: RawLine) -> dict[str, Any]:
    """The members of a line; raises LineError."""
    line = json_object(raw.text, example='{"slug": …, "name": …, "names": {"en": …}}')
    if unknown := sorted(set(line) - set(MEMBERS)):
        raise LineError(f"unknown members: {', '.join(unknown)}")
    if missing := [name for name in ("slug", "name") if not line.get(name)]:
        raise LineError(f"{', '.join(missing)}: missing")
    for name, value in line.items():
        expect(value, MEMBERS[name], name)
    for language, name in line.get("names", {}).items():
        expect(name, str, f"names, {language}")
        if not languages.is_known(language):
            raise LineError(f"names: unknown language “{language}”")
    return line
