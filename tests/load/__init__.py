"""The service under load and among faults: long runs of their own, and short ones of the same code as tests."""
