"""Benchmarks: ratios, never part of the tests."""
