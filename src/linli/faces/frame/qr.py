"""Addresses as QR codes, for a screen that a phone looks at."""

from __future__ import annotations

import io

import qrcode
import qrcode.image.svg
from django.utils.safestring import SafeString, mark_safe


def draw_qr(address: str) -> SafeString:
    """Draw an address as a QR code in SVG, without any style of its own."""
    code = qrcode.QRCode(border=2, image_factory=qrcode.image.svg.SvgPathImage)
    code.add_data(address)
    drawing = io.BytesIO()
    code.make_image().save(drawing)
    svg = drawing.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn by ourselves from our own address
