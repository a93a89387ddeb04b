"""Benchmarks beside what people would use instead: figures go to a table, never into an assertion.

`python -m tests.bench [checklist|broadcast|timers] [--quick]`
"""
