"""Points that moderators set right by hand, with a reason that the member reads."""
