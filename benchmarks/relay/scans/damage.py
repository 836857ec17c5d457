"""What scanners, copiers and seals do to a page.

In: the picture of a page. Out: one that is damaged. Next: `report`.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from relay.scans.press import A4, load_font

RED = (205, 30, 35)


def skew(page: Image.Image, rng: random.Random) -> Image.Image:
    """Lay the page aslant."""
    return page.rotate(rng.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor="white")


def blur(page: Image.Image, rng: random.Random) -> Image.Image:
    """Take the picture out of focus."""
    return page.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.9) * page.width / 1654))


def light(page: Image.Image, rng: random.Random) -> Image.Image:
    """Light the page unevenly."""
    wide, high = page.size
    across = np.linspace(rng.uniform(0.72, 1), rng.uniform(0.72, 1), wide)[None, :]
    slope = across * np.linspace(rng.uniform(0.8, 1), 1, high)[:, None]
    return Image.fromarray((np.asarray(page) * slope[:, :, None]).astype(np.uint8))


def speckle(page: Image.Image, rng: random.Random) -> Image.Image:
    """Strew dust, dark and light, and grain."""
    pixels = np.asarray(page).astype(np.int16)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    pixels = pixels + noise.normal(0, rng.uniform(1, 6), pixels.shape[:2])[:, :, None]
    for _ in range(rng.randint(200, 1500)):
        y, x = (int(noise.integers(side)) for side in pixels.shape[:2])
        size = int(noise.integers(1, 3))
        pixels[y : y + size, x : x + size] = 255 if noise.random() < 0.2 else noise.integers(0, 140)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def stamp(page: Image.Image, rng: random.Random) -> Image.Image:
    """Press a red seal on the page, black letters staying black under it."""
    seal = Image.new("RGB", page.size, "white")
    inch = page.width / A4[0]
    radius = 0.8 * inch
    x, y = rng.uniform(0.2, 0.8) * page.width, rng.uniform(0.2, 0.85) * page.height
    pen = ImageDraw.Draw(seal)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=RED, width=round(0.06 * inch))
    pen.text((x, y), "★", font=load_font("DejaVuSans.ttf", round(0.5 * inch)), fill=RED, anchor="mm")
    pen.text((x, y + 0.45 * inch), "办公室", font=load_font("", round(0.2 * inch)), fill=RED, anchor="mm")
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(seal)))


def jpeg(page: Image.Image, rng: random.Random) -> Image.Image:
    """Store the page as a small JPEG."""
    file = io.BytesIO()
    page.save(file, "JPEG", quality=rng.randint(35, 75))
    return Image.open(file).convert("RGB")


NOISES: dict[str, tuple[float, Callable[[Image.Image, random.Random], Image.Image]]] = {
    "stamp": (0.3, stamp),
    "skew": (0.6, skew),
    "light": (0.4, light),
    "blur": (0.4, blur),
    "speckle": (0.4, speckle),
    "jpeg": (0.6, jpeg),
}
