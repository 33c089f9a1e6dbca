"""Work that follows a commit: tasks as rows first, then run at once or by a worker, and `tick`."""
