"""The editor: a draft and its parts, each on a page of its own."""
