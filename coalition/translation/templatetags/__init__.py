"""What templates of translation need."""
