"""The audit: what was decided, handed out for anybody to verify, and its digests."""
