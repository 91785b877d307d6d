"""Turns passages into an answer and shows it: over HTTP, on the command line and in a page."""

import os

# A question is too small to share out. Before numpy is imported, since its OpenBLAS reads this once: more threads cost
# a third more time for an answer, and fight over the cores under load.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
