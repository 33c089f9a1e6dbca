from django.http import HttpResponse
from django.shortcuts import render

from coalition.plugins import gate


def listing(request):
    where = request.section.code if request.section else "network"
    settings = gate.settings_of("demo", request.section)
    return render(request, "coalition_demo/list.html", {"where": where, "settings": settings})


def one(request, number):
    return HttpResponse(f"demo number {number}")
