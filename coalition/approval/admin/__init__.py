"""Approval in the admin: the list of what waits, one text, what is urgent, deputies."""
