"""Core: calendar, chance, people, rules, limits, requests, ledger, routes and state, with numpy and numba only."""
