"""What is done with accounts: inviting, giving roles, revoking, handing over, recovering."""
