"""`GET /catalogue`: what can be reported, and what each matter asks and promises."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from linli.ground.kernel.marking import N_
from linli.ground.people.tokens import TokenScope
from linli.spine.cases.catalogue_terms import Audience, CategoryKind, CategoryView, CheckedBy
from linli.spine.cases.queries import catalogue as queries

from .callers import anyone
from .limits import READING
from .parsing import check_text

router = Router(tags=["catalogue"])


class CategoryOut(BaseModel):
    """One category in the version in force."""

    key: str = Field(description=N_("上报时填写的类别，如 matter:06012。"))
    kind: CategoryKind
    code: str
    name: str
    name_en: str
    major_code: str
    major_name: str
    major_name_en: str
    is_extension: bool = Field(description=N_("本地扩展，不属于国家标准。"))
    is_transcribed: bool = Field(description=N_("据标准转录，使用前请与正式文本核对。"))
    source: str
    filing_condition: str
    closing_condition: str
    limit_amount: int
    limit_unit: str
    checked_by: CheckedBy
    is_public: bool
    effective_from: date
    effective_to: date | None


class CatalogueOut(BaseModel):
    """The categories asked for, in the order of the catalogue."""

    categories: list[CategoryOut]
    total: int


class CatalogueQuestion(BaseModel):
    """Which categories are asked for."""

    text: str = Field("", max_length=80, description=N_("按名称、编码或拼音首字母查找。"))
    kind: CategoryKind | None = None
    audience: Audience = Field(
        Audience.STAFF, description=N_("public：只列居民可选的类别；staff：全部。")
    )
    on: date | None = Field(None, description=N_("哪一天有效的类别；默认最新。"))


@router.get(
    "/catalogue",
    response=CatalogueOut,
    auth=anyone(READING, scope=TokenScope.READ),
    summary=N_("列出事项目录"),
)
def list_catalogue(request: HttpRequest, asked: Query[CatalogueQuestion]) -> CatalogueOut:
    """List categories, or search them."""
    found = [one for one in _found(asked) if asked.kind is None or one.kind == asked.kind]
    return CatalogueOut(categories=[_category(one) for one in found], total=len(found))


def _found(asked: CatalogueQuestion) -> list[CategoryView]:
    check_text(asked.text, field="text")
    if asked.text.strip():
        return queries.search_categories(
            text=asked.text, audience=asked.audience, on=asked.on, limit=100
        )
    return queries.list_categories(audience=asked.audience, on=asked.on)


def _category(one: CategoryView) -> CategoryOut:
    return CategoryOut(**{name: getattr(one, name) for name in CategoryOut.model_fields})
