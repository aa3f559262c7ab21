"""``python -m pipeline`` is ``hasila``."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
