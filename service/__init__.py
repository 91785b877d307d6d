"""Turns passages into an answer and shows it: over HTTP, on the command line and in a page."""
