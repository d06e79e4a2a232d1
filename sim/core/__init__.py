"""Core: calendar, chance, people, status table, rules, limits, requests, ledger, routes, state: numpy and numba only."""
