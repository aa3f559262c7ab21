"""Connected pieces of ink are those that OpenCV counts, whatever the image."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.pages.image import raster
from pipeline.pages.image.components import boxes_of, components

SIZES = ((1, 1), (1, 40), (40, 1), (37, 53), (120, 90))


def images() -> list[NDArray[np.uint8]]:
    """Blank ones, full ones, dust, blots with holes and pieces within them."""
    lot = np.random.default_rng(5)
    made = [np.full(size, shade, np.uint8) for size in SIZES for shade in (0, 255)]
    made += [
        np.where(lot.random(size) < share, 255, 0).astype(np.uint8) for size in SIZES for share in (0.1, 0.5)
    ]
    nested = np.zeros((60, 60), np.uint8)
    for at, shade in ((0, 255), (8, 0), (16, 255), (24, 0), (28, 255)):
        nested[at : 60 - at, at : 60 - at] = shade
    sparse = np.zeros((90, 70), np.uint8)
    sparse[[3, 4, 40, 41, 89]] = lot.integers(0, 2, (5, 70)) * 255
    sparse[:, 20:60] = 0
    return [*made, nested, sparse, np.ascontiguousarray(sparse.T)]


@pytest.mark.parametrize("connectivity", [4, 8])
def test_pieces_of_ink_have_the_boxes_and_areas_that_opencv_counts(connectivity: int) -> None:
    for ink in images():
        count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=connectivity)
        found = components(ink, connectivity)
        assert len(found.boxes) == count
        # Each has another number than in OpenCV.
        first = found.strips[np.unique(found.strips[:, 2], return_index=True)[1], 0]
        theirs = np.concatenate([[0], labels.reshape(-1)[first]]).astype(np.int64)
        assert sorted(theirs) == list(range(count))
        assert np.array_equal(found.boxes[1:], stats[theirs[1:], :4])
        assert np.array_equal(found.areas, stats[theirs, cv2.CC_STAT_AREA])
        for number in range(1, min(count, 20)):
            x, y, width, height = found.boxes[number]
            mine = labels == theirs[number]
            assert np.array_equal(found.alone(number), mine[y : y + height, x : x + width])
            assert np.array_equal(found.drawn(np.arange(count) == number) > 0, mine)


def test_boxes_alone_are_those_of_the_pieces() -> None:
    for ink in images():
        boxes = sorted(components(ink).boxes[1:].tolist())
        assert sorted(boxes_of(ink).tolist()) == boxes


def test_pieces_that_are_chosen_are_drawn_alone() -> None:
    for ink in images():
        found = components(ink)
        odd = np.arange(len(found.boxes)) % 2 == 1
        drawn = found.drawn(odd) > 0
        assert int(drawn.sum()) == int(found.areas[odd].sum())
        assert not (drawn & (ink == 0)).any()


@pytest.mark.parametrize("angle", [-3.1, -0.4, 0.0, 0.725, 2.0])
def test_a_sheet_that_lies_askew_is_turned_by_its_angle(angle: float) -> None:
    page = np.full((1200, 850), 255, np.uint8)
    for top in range(100, 1100, 30):
        page[top : top + 8, 100:750:3] = 0
    turn = cv2.getRotationMatrix2D((425, 600), angle, 1.0)
    askew = cv2.warpAffine(page, turn, (850, 1200), borderValue=255).astype(np.uint8)
    assert raster.skew_of(askew) == pytest.approx(-angle, abs=0.05)
