"""English as it is read in Asia and the Pacific: 22 November 2025."""

DATE_FORMAT = "j F Y"
