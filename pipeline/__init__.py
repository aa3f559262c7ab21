"""Hasila: yearly reports in PDF to one tidy dataset, every figure traced to a box on a page.

The path of the data is the layout; read ``run.py`` first::

    archive  → pages → readings → series → validation → warehouse → workbench
    bytes      Page    Reading    Observation  Finding      Edition     a person's decision
"""

__version__ = "0.1.0"
