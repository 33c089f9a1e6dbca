"""Writes (`index`), reads (`queries`, `entries`) and checks (`drift`) of search."""
