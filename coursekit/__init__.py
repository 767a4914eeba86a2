"""Sales-training course kit on Jupyter: methods, exercises, lessons and reports."""

__version__ = "0.1.0"
