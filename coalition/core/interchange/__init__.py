"""The interchange format: pages as lines of JSON, in and out (docs/operators.md)."""
