"""The demonstration's sections, topics and pages, and the pictures that are drawn for them."""
