"""The addresses of the board within the editorial site."""

from django.urls import path

from conference.board import views
from sessions_app.board.checklists import CHECKLISTS


def urls(site):
    passed = {"site": site, "checklists": CHECKLISTS}
    return [
        path("tafel/", site.admin_view(views.board), passed, name="board"),
        path("tafel/liste/", site.admin_view(views.board_list), passed, name="board_list"),
        path("tafel/anforderungen/", site.admin_view(views.board_requirements), passed, name="board_requirements"),
        path(
            "tafel/<slug:conference>/<slug:noun>/<int:number>/<str:key>/",
            site.admin_view(views.board_gap),
            passed,
            name="board_gap",
        ),
    ]
