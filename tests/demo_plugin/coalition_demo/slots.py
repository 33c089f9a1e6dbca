from django.utils.html import format_html


def before(place):
    return format_html("<p>demo before {}</p>", place.language)


def after(place):
    return format_html("<p>demo after {}</p>", place.page.title if place.page else "no page")


def aside(place):
    return format_html("<p>demo aside {}</p>", place.section.code)


def footer(place):
    return "demo <footer>"
