"""Resources: documents and links that a network keeps for those who need them."""
