"""Pages of the admin about people, for the secretariat and for focal points."""
