"""What askpost is measured against, each in an environment of its own, with the same passages, vectors and model.

The scripts named `*_peer.py` run in those environments and import nothing of this project.
"""
