"""Drawn pictures that stand in for photos: before and after, plainly not photographs."""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 720
GROUND = 470
Draw = ImageDraw.ImageDraw

SKIES = {"day": "#cfe3ee", "evening": "#e9c9a8", "night": "#27364d", "winter": "#dfe7ec"}


def draw_scene(subject: str, *, is_solved: bool, seed: int, light: str = "day") -> Image.Image:
    """Draw one scene; the same seed gives the same street before and after.

    Raises:
        KeyError: for a subject that is not in `SUBJECTS`.
    """
    image = Image.new("RGB", (WIDTH, HEIGHT), SKIES[light])
    draw = ImageDraw.Draw(image)
    chance = random.Random(seed)
    _street(draw, chance, light)
    SUBJECTS[subject](draw, random.Random(seed + 1), is_solved)
    draw.text((WIDTH - 210, HEIGHT - 36), "fictional, drawn", fill="#ffffff", font_size=24)
    return image


def _street(draw: Draw, chance: random.Random, light: str) -> None:
    wall = chance.choice(("#d8c3a5", "#c9b8a8", "#b7c3c9", "#d2b6a4"))
    left = 0
    while left < WIDTH:
        width = chance.randrange(220, 380)
        top = chance.randrange(60, 190)
        draw.rectangle((left, top, left + width - 14, GROUND), fill=wall)
        _windows(draw, chance, (left, top, left + width - 14), light)
        left += width
    draw.rectangle((0, GROUND, WIDTH, HEIGHT), fill="#8f9599")
    draw.rectangle((0, GROUND, WIDTH, GROUND + 70), fill="#b9b4aa")
    for x in range(0, WIDTH, 64):
        draw.line((x, GROUND, x - 26, GROUND + 70), fill="#a59f94", width=2)
    draw.line((0, GROUND + 70, WIDTH, GROUND + 70), fill="#7b7f82", width=8)


def _windows(draw: Draw, chance: random.Random, span: tuple[int, int, int], light: str) -> None:
    left, top, right = span
    dark, lit = ("#4c6070", "#ffe2a0") if light == "night" else ("#6f8797", "#a9c3d1")
    for y in range(top + 30, GROUND - 70, 84):
        for x in range(left + 28, right - 50, 78):
            draw.rectangle((x, y, x + 44, y + 52), fill=chance.choice((dark, dark, lit)))
            draw.line((x + 22, y, x + 22, y + 52), fill="#eef2f3", width=3)


def _rubbish(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    for x in (380, 480):
        draw.rounded_rectangle((x, 400, x + 84, 530), 10, fill="#0f766e")
        draw.rectangle((x - 6, 388, x + 90, 408), fill="#0b5a54")
    if is_solved:
        return
    for _ in range(16):
        x, y = chance.randrange(300, 660), chance.randrange(490, 570)
        size = chance.randrange(28, 62)
        colour = chance.choice(("#2b2f33", "#4b5a3a", "#e8e4d8", "#6b4f3a", "#3b5bdb"))
        draw.ellipse((x, y, x + size, y + size * 0.8), fill=colour)


def _clutter(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.rectangle((420, 250, 560, GROUND), fill="#5c4a3d")
    draw.rectangle((436, 266, 544, GROUND), fill="#8a6f58")
    if is_solved:
        return
    for _ in range(9):
        x, size = chance.randrange(330, 620), chance.randrange(46, 96)
        draw.rectangle((x, 540 - size, x + size, 540), fill="#c49a6c", outline="#8a6a45", width=3)
    draw.rectangle((600, 400, 690, 540), fill="#7d5a45", outline="#4e3729", width=4)


def _pothole(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    box = (360, 560, 620, 650)
    draw.ellipse(box, fill="#767b7f" if is_solved else "#3b3d3f")
    if is_solved:
        return
    draw.ellipse((390, 578, 590, 636), fill="#25282a")
    for _ in range(12):
        x, y = chance.randrange(340, 640), chance.randrange(548, 660)
        draw.ellipse((x, y, x + 12, y + 8), fill="#5a5f63")


def _manhole(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.ellipse((380, 556, 600, 652), fill="#55595c" if is_solved else "#15181a")
    if is_solved:
        for step in range(5):
            draw.line((410 + step * 36, 580, 430 + step * 36, 630), fill="#7b8084", width=6)
        return
    draw.chord((380, 556, 600, 652), 200, 330, fill="#55595c")
    for _ in range(5):
        x = chance.randrange(360, 620)
        draw.line((490, 604, x, chance.randrange(540, 670)), fill="#46494b", width=4)


def _lamp(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    x = chance.randrange(430, 520)
    draw.rectangle((x, 150, x + 14, 520), fill="#3a444c")
    draw.line((x + 7, 156, x + 96, 136), fill="#3a444c", width=10)
    draw.ellipse((x + 76, 126, x + 126, 154), fill="#fff3c4" if is_solved else "#59636b")
    if is_solved:
        draw.polygon([(x + 80, 152), (x + 122, 152), (x + 220, 520), (x - 20, 520)], fill="#f5e3ae")


def _cars(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.rectangle((250, 540, 720, 552), fill="#f2c94c")
    places = (600,) if is_solved else (230, 460, 690)
    for x in places:
        y = 590 if is_solved else 500
        colour = chance.choice(("#7a8b99", "#a83e36", "#e7e9ea", "#33485e"))
        draw.rounded_rectangle((x, y, x + 200, y + 62), 16, fill=colour)
        draw.rounded_rectangle((x + 40, y - 42, x + 160, y + 12), 18, fill=colour)
        draw.rectangle((x + 56, y - 30, x + 144, y + 4), fill="#b9d2de")
        for wheel in (x + 30, x + 136):
            draw.ellipse((wheel, y + 40, wheel + 44, y + 84), fill="#1d2226")


def _bicycles(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    for number in range(6):
        x = 220 + number * 92
        tilt = 0 if is_solved else chance.randrange(-34, 34)
        y = 486 if is_solved else 500
        for wheel in (x, x + 58):
            draw.ellipse((wheel, y + tilt, wheel + 48, y + 48 + tilt), outline="#22282d", width=5)
        draw.line((x + 24, y + 24 + tilt, x + 52, y - 8), fill="#f2994a", width=7)
        draw.line((x + 52, y - 8, x + 82, y + 24 + tilt), fill="#f2994a", width=7)


def _stall(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    if is_solved:
        return
    for x in (240, 480):
        draw.rectangle((x, 430, x + 190, 530), fill="#9b6b43")
        draw.polygon([(x - 20, 360), (x + 210, 360), (x + 180, 310), (x + 10, 310)], fill="#c2362b")
        for _ in range(10):
            left = x + chance.randrange(8, 160)
            colour = chance.choice(("#e2b93b", "#6fa84f", "#d96b3b"))
            draw.ellipse((left, 410, left + 26, 436), fill=colour)


def _snow(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.rectangle((0, GROUND, WIDTH, HEIGHT), fill="#aeb6bb" if is_solved else "#eef3f6")
    banks = ((0, 160), (800, WIDTH)) if is_solved else ((0, WIDTH),)
    for left, right in banks:
        for x in range(left, right, 60):
            y = chance.randrange(430, 520)
            draw.ellipse((x - 40, y, x + 110, y + 130), fill="#f9fcfd")
    if not is_solved:
        draw.ellipse((380, 560, 640, 640), fill="#c9dde8")


def _icicles(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.rectangle((180, 120, 780, 150), fill="#6e5b4b")
    if is_solved:
        return
    for x in range(190, 770, 24):
        length = chance.randrange(30, 170)
        draw.polygon([(x, 150), (x + 18, 150), (x + 9, 150 + length)], fill="#e6f4fb")


def _burst(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.ellipse((400, 560, 580, 620), fill="#6f7579" if is_solved else "#4f6f86")
    if is_solved:
        return
    draw.ellipse((240, 570, 760, 690), fill="#86aec6")
    for _ in range(26):
        x = chance.randrange(420, 560)
        draw.line((490, 590, x, chance.randrange(330, 560)), fill="#d8ecf6", width=5)


def _posters(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.rectangle((380, 230, 580, GROUND), fill="#7c8a91")
    draw.rectangle((396, 246, 564, GROUND), fill="#94a3ab")
    if is_solved:
        return
    for _ in range(14):
        x, y = chance.randrange(386, 530), chance.randrange(240, 430)
        colour = chance.choice(("#f4e36b", "#f7f7f2", "#f2a1a1", "#a9d5b5"))
        draw.rectangle((x, y, x + 44, y + 30), fill=colour)
        draw.line((x + 6, y + 10, x + 36, y + 10), fill="#55595c", width=3)
        draw.line((x + 6, y + 20, x + 28, y + 20), fill="#55595c", width=3)


def _tree(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.rectangle((470, 300, 500, 540), fill="#6b4f3a")
    crown = 90 if is_solved else 170
    for _ in range(9):
        x, y = 485 + chance.randrange(-crown, crown), 270 + chance.randrange(-90, 60)
        draw.ellipse((x - 60, y - 50, x + 60, y + 50), fill=chance.choice(("#4f7f4b", "#5f9157")))
    if not is_solved:
        draw.line((120, 210, 860, 250), fill="#22282d", width=4)


def _radiator(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill="#efe6d8")
    draw.rectangle((0, 590, WIDTH, HEIGHT), fill="#b98d62")
    draw.rectangle((250, 60, 700, 300), fill="#bcd4e2", outline="#ffffff", width=14)
    for x in range(270, 690, 52):
        draw.rounded_rectangle(
            (x, 350, x + 36, 570), 14, fill="#f7f7f5", outline="#c9c5bc", width=4
        )
    warm = 140 if is_solved else 52
    draw.rounded_rectangle((780, 180, 820, 420), 18, fill="#ffffff", outline="#8b949a", width=5)
    draw.rectangle((794, 400 - warm, 806, 400), fill="#c2362b")
    draw.ellipse((782, 390, 818, 426), fill="#c2362b")
    draw.rectangle((60, 420 + chance.randrange(20), 200, 600), fill="#8a6f58")


def _nothing(draw: Draw, chance: random.Random, is_solved: bool) -> None:
    """Leave the street as it is."""


SUBJECTS: dict[str, Callable[[Draw, random.Random, bool], None]] = {
    "rubbish": _rubbish,
    "clutter": _clutter,
    "pothole": _pothole,
    "manhole": _manhole,
    "lamp": _lamp,
    "cars": _cars,
    "bicycles": _bicycles,
    "stall": _stall,
    "snow": _snow,
    "icicles": _icicles,
    "burst": _burst,
    "posters": _posters,
    "tree": _tree,
    "radiator": _radiator,
    "street": _nothing,
}
