"""Drawings on a page of a PDF, through PDFium: ruled lines, and the share of the page that images cover."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from pincite.ingest.readers.pdf.characters import Box

THIN = 3.0  # points: a thinner shape is a ruled line
SHORTEST = 5.0  # points of a ruled line
MOST_RULES = 400  # on a page: more are a picture, unrelated to the text
MOST_PATHS = 1500
MOST_POINTS = 500  # of a path
DEPTH = 3  # of nested forms
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
UNCHANGED: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class RuledLine:
    """A horizontal or vertical ruled line; coordinates in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Drawings:
    """Ruled lines of a page, the share of it that its largest image covers, and whether it has any object."""

    rules: tuple[RuledLine, ...] = ()
    image_share: float = 0.0
    has_objects: bool = False


def drawings_of(page: Any, box: Box) -> Drawings:
    """Drawings on a page of PDFium; `box` is its visible part."""
    rules: list[RuledLine] = []
    share, paths, has_objects = 0.0, 0, False
    for drawn, matrix in objects_of(page):
        has_objects = True
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            if paths <= MOST_PATHS:
                rules += path_rules(drawn, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            share = max(share, covered_share(drawn, matrix, box))
    is_picture = paths > MOST_PATHS or len(rules) > MOST_RULES
    return Drawings(() if is_picture else tuple(rules), share, has_objects)


def objects_of(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Objects of a page, including those in forms, with their transformation matrix."""
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        yield from flattened(pdfium.FPDFPage_GetObject(page, number), UNCHANGED, DEPTH)


def flattened(drawn: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """An object, or the objects in it if it is a form."""
    if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_FORM:
        yield drawn, matrix
    elif depth:
        inner = product(matrix_of(drawn), matrix)
        for number in range(pdfium.FPDFFormObj_CountObjects(drawn)):
            yield from flattened(pdfium.FPDFFormObj_GetObject(drawn, number), inner, depth - 1)


def matrix_of(drawn: Any) -> Matrix:
    """Transformation of an object into the coordinates of its container."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner`, then `outer`.

    >>> product((2, 0, 0, 2, 1, 1), (1, 0, 0, 1, 10, 0))
    (2, 0, 0, 2, 11, 1)
    """
    a, b, c, d, e, f = inner
    left, bottom = transformed((e, f), outer)
    across, up = transformed((a, b), (*outer[:4], 0, 0)), transformed((c, d), (*outer[:4], 0, 0))
    return (*across, *up, left, bottom)


def transformed(point: Point, matrix: Matrix) -> Point:
    """A point transformed by a matrix."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def covered_share(drawn: Any, matrix: Matrix, box: Box) -> float:
    """Share of the page that an object covers."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    corners = [transformed((x.value, y.value), matrix) for x in (left, right) for y in (bottom, top)]
    width = min(box[2], max(x for x, _ in corners)) - max(box[0], min(x for x, _ in corners))
    height = min(box[3], max(y for _, y in corners)) - max(box[1], min(y for _, y in corners))
    area = (box[2] - box[0]) * (box[3] - box[1])
    return max(width, 0) * max(height, 0) / area if area > 0 else 0.0


def path_rules(drawn: Any, matrix: Matrix) -> Iterator[RuledLine]:
    """Ruled lines of a path: its thin shapes, and the edges of outlined shapes."""
    if pdfium.FPDFPath_CountSegments(drawn) > MOST_POINTS:
        return
    filled, outlined = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, filled, outlined)
    transform = product(matrix_of(drawn), matrix)
    for shape in shapes_of(drawn):
        points = [transformed(point, transform) for point in shape]
        rule = bounding_rule(points)
        if is_rule(rule):
            yield rule
        elif outlined.value:
            yield from (edge for pair in pairwise(points) if is_rule(edge := bounding_rule(pair)))


def shapes_of(path: Any) -> Iterator[list[Point]]:
    """Points of each shape of a path."""
    shape: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and shape:
            yield shape
            shape = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        shape.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            shape.append(shape[0])
    if shape:
        yield shape


def bounding_rule(points: list[Point] | tuple[Point, Point]) -> RuledLine:
    """The bounding box of points."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return RuledLine(min(across), min(up), max(across), max(up))


def is_rule(shape: RuledLine) -> bool:
    """Whether a rectangle is thin and long enough to be a ruled line."""
    width, height = shape.right - shape.left, shape.top - shape.bottom
    return min(width, height) < THIN and max(width, height) >= SHORTEST
