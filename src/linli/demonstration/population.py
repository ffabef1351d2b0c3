"""The demonstration's invented households and residents: 19,000 and 36,000, none of them real."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

HOUSEHOLDS, RESIDENTS = 19_000, 36_000
SEED = 36_000

SURNAMES = tuple(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN_FIRST = tuple(
    "建国志文明永春秀玉桂淑丽海晓红立德福兴宝振家庆世学长金凤兰雅思子雨欣浩宇俊嘉梓一"
)
GIVEN_SECOND = tuple(
    "华军平强伟芳英梅霞燕玲刚勇杰涛斌峰林生义成民辉云珍琴娟洁静敏慧轩涵怡然博睿晨阳泽彤诺"
)


@dataclass(frozen=True, kw_only=True)
class Home:
    """A household to be made: its unit, its door and the names of who lives there."""

    unit_code: str
    door: str
    names: tuple[str, ...]


def homes(unit_codes: list[str]) -> Iterator[Home]:
    """Give 19,000 households spread evenly over the units, with 36,000 residents in all."""
    chance = random.Random(SEED)
    sizes = _sizes(chance)
    share, rest = divmod(HOUSEHOLDS, len(unit_codes))
    for index, code in enumerate(unit_codes):
        for place in range(share + (index < rest)):
            floor, door = divmod(place, 3)
            surname = chance.choice(SURNAMES)
            yield Home(
                unit_code=code,
                door=f"{floor + 1}{door + 1:02d}",
                names=tuple(_family(surname, sizes.pop(), chance)),
            )


def _sizes(chance: random.Random) -> list[int]:
    sizes = [1] * HOUSEHOLDS
    remaining = RESIDENTS - HOUSEHOLDS
    while remaining:
        place = chance.randrange(HOUSEHOLDS)
        if sizes[place] < 5 and chance.random() < 1 / sizes[place]:
            sizes[place] += 1
            remaining -= 1
    return sizes


def _family(surname: str, size: int, chance: random.Random) -> Iterator[str]:
    for place in range(size):
        yield invent_name(chance, surname if place != 1 else chance.choice(SURNAMES))


def invent_name(chance: random.Random, surname: str | None = None) -> str:
    """Put a common surname and one or two common given characters together."""
    given = chance.choice(GIVEN_SECOND)
    if chance.random() < 0.8:
        given = chance.choice(GIVEN_FIRST) + given
    return (surname or chance.choice(SURNAMES)) + given
