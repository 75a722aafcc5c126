"""Pages of the ways in: authorization, invitation, interest, draft and many people at once."""
