"""A page as an image: rendered, straightened, its ink and its rules found."""
