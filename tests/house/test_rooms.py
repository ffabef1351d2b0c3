"""What imports alone don't show about the rooms of the house."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model, OneToOneField

import linli

SOURCE = Path(linli.__file__).parent
# From the lowest floor up; a foreign key may point to its own room or below.
FLOORS = (
    "kernel",
    "territory",
    "people",
    "notices",
    "cases",
    "callback",
    "couriers",
    "enforcement",
    "hotline",
    "keeping",
    "shifts",
    "talk",
    "whistle",
    "returns",
    "reactions",
    "frame",
    "public",
    "field",
    "desk",
    "api",
    "demonstration",
)
BANNED_NAMES = {"utils", "helpers", "manager", "data", "common", "misc", "base2"}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
# Who may write: commands of a room (some stand in a module of their own), and what is loaded as
# a whole.
WRITERS = re.compile(
    r"/(services(/|\.py)|migrations/|tests/|management/|demonstration/|replay/)"
    r"|^/ground/kernel/(calendar_store|photos|uploads|exports|imports)\.py|^/ground/people/tokens\.py"
)


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("linli.")]


def python_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    return f"/{path.relative_to(SOURCE)}"


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_downward(model: type[Model]) -> None:
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
            target = field.related_model
            assert isinstance(target, type)
            if target._meta.app_label in FLOORS:
                assert FLOORS.index(target._meta.app_label) <= FLOORS.index(
                    model._meta.app_label
                ), f"{model._meta.label}.{field.name} points up to {target._meta.label}"


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_declares_its_personal_data(model: type[Model]) -> None:
    privacy = model.__dict__.get("Privacy")
    assert privacy is not None, f"{model._meta.label} has no Privacy"
    assert privacy.purpose
    assert privacy.retention
    attributes = {
        name for f in model._meta.get_fields() for name in (f.name, getattr(f, "attname", ""))
    }
    assert set(privacy.data) <= attributes


def test_no_name_says_nothing() -> None:
    named = {path: path.stem for path in SOURCE.rglob("*") if "node_modules" not in path.parts}
    assert [name_of(path) for path, stem in named.items() if stem in BANNED_NAMES] == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in python_files()}
    assert [name_of(f) for f in folders if not (f / "__init__.py").exists()] == []


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        name_of(path): length
        for path in python_files()
        if "/migrations/" not in name_of(path)
        and (length := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_function_is_longer_than_50_lines() -> None:
    assert {name: n for name, n in function_lengths() if n > 50} == {}


def test_functions_are_short() -> None:
    lengths = sorted(n for _name, n in function_lengths())
    assert lengths[len(lengths) // 2] <= 7
    assert lengths[len(lengths) * 9 // 10] <= 22


def function_lengths() -> Iterator[tuple[str, int]]:
    for path in python_files():
        if "/tests/" in name_of(path) or "/migrations/" in name_of(path):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name_of(path)}:{node.name}", body_length(node)


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first, *rest = node.body
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    body = rest if is_docstring else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 1  # type: ignore[operator]


def test_only_services_write() -> None:
    assert [place for place in writes() if not WRITERS.search(place)] == []


def writes() -> Iterator[str]:
    """Find calls like `Case.objects.create` and `Case.objects.filter(…).update`."""
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and is_write(node.func):
                yield f"{name_of(path)}:{node.lineno}"


def is_write(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and called.attr in WRITES
        and ".objects" in ast.unparse(called.value)
    )


def test_every_template_is_used() -> None:
    templates = {
        str(path).split("/templates/", 1)[1] for path in SOURCE.rglob("templates/**/*.html")
    }
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in ("*.py", "*.html", "*.txt")
        for path in SOURCE.rglob(pattern)
    )
    ours = {name for name in templates if not name.startswith(ASKED_FOR_BY_OTHERS)}
    assert {name for name in ours if f'"{name}"' not in sources} == set()


# Django and allauth ask for these by name.
ASKED_FOR_BY_OTHERS = (
    "account/",
    "mfa/",
    "allauth/",
    "admin/",
    "400",
    "403",
    "404",
    "500",
    "django/",
)
