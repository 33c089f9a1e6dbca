from coalition.plugins.base import SearchFacet


def text(page):
    return "demosaurus"


def moods(page):
    return ["calm"] if "calm" in page.title else ["brave", "loud"]


MOOD = SearchFacet(label="Mood", values=moods, label_of=str.capitalize)
