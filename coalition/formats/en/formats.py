"""English as it is read in Asia and the Pacific: 22 November 2025, 16:05."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
