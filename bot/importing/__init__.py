"""Points and kudos that another tool counted, from its export into the ledger."""
