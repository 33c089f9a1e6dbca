"""Pictures and documents that betray nobody: what is stored was written here, not by a camera."""
