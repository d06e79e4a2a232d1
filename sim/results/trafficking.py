"""Measures of trafficking: what is latent, and what offices record; no measure holds both (S013, S158)."""

from typing import Literal

Row = tuple[str, str, str, str, Literal["stock", "flow", "flag"], bool]

TRAFFICKING: tuple[Row, ...] = (
    (
        "approached",
        "Women whom traffickers met (latent)",
        "persons",
        "Women who wait for work abroad and met a recruiter who deceives; no office counts them.",
        "flow",
        False,
    ),
    (
        "trafficked",
        "Women trafficked (latent)",
        "persons",
        "Women who came to a host for work that does not exist, and are held there; no office counts them.",
        "flow",
        True,
    ),
    (
        "victims",
        "Victims of trafficking (latent)",
        "persons",
        "Women whom traffickers hold abroad at the end of the month; no office counts them.",
        "stock",
        True,
    ),
    (
        "escaped",
        "Victims who escaped (latent)",
        "persons",
        "Victims of trafficking who got free in the host, as they did; no office counts them.",
        "flow",
        False,
    ),
    (
        "rescued",
        "Victims found and helped home (recorded)",
        "persons",
        "Victims whom an inspection found and saw as such; others found are fined, detained or removed.",
        "flow",
        True,
    ),
    (
        "victims_returned",
        "Victims who came home (latent)",
        "persons",
        "Victims of trafficking back home, however they got there; counted in the month after.",
        "flow",
        False,
    ),
    (
        "exploited_usd",
        "Pay kept by traffickers (latent)",
        "USD",
        "Pay for the work of victims, which those who hold them keep.",
        "flow",
        False,
    ),
    (
        "trafficking_cases",
        "Trafficking cases (recorded)",
        "cases",
        "Cases that broke in the year, by origin and host of the victims; dated with its last month.",
        "flow",
        True,
    ),
    (
        "trafficking_prosecutions",
        "Trafficking prosecutions (recorded)",
        "cases",
        "Cases taken to court, by origin and host of the victims; the origin is the state of the court.",
        "flow",
        True,
    ),
)
