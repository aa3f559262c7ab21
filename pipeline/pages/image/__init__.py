"""A page as an image: rendered, straightened, its ink and its rules found."""

import cv2

# A second thread takes a sixth of our part of a page in processor time, for less of the clock: pages are read side by
# side in processes.
cv2.setNumThreads(1)
