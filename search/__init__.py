"""Search: what readers may find, the engines that find it, the page and the JSON."""
