"""The admin's pages of translation: queue, coverage, submission, and the editor of segments."""
