"""The table of the desk's pages as a page of the reference: which right opens each, who has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext, override

from linli.faces.desk.access import list_roles_who_may, rights_for
from linli.ground.people.terms import Action

_INTRODUCTION = """\
# Pages of the desk and what opens them 工作台页面与权限

Made from the addresses of `linli.faces.desk` by `./linli check --write`. A page opens to posts that
have the right, or one of several; what they reach on it is decided by [area and
organisation](permissions.md). Whoever is not signed in is led to sign in, whoever lacks the right
is told which posts have it 未登录的先登录，没有权限的会看到哪些岗位可以办.

| 地址 address | 权限 right | 岗位 posts |
| --- | --- | --- |
"""
_NO_RIGHT = "— | 只有能收听的人知道它在，其他人只看到“没有” told to nobody else that it is there"


def render() -> str:
    """Write the whole page."""
    return _INTRODUCTION + "".join(f"| {row} |\n" for row in _rows())


def _rows() -> Iterator[str]:
    from linli.faces.desk.urls import urlpatterns

    for route, view in _walk(urlpatterns, "/desk/"):
        rights = rights_for(view)
        yield f"`{route}` | {_named(rights)}" if rights else f"`{route}` | {_NO_RIGHT}"


def _walk(patterns: list[Any], before: str) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route, one.callback


def _named(rights: tuple[Action, ...]) -> str:
    roles = dict.fromkeys(role for right in rights for role in list_roles_who_may(right))
    with override("en"):
        said = [f"{right.label} {gettext(right.label)} `{right.value}`" for right in rights]
    return f"{' / '.join(said)} | {'、'.join(roles)}"
