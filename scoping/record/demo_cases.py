"""The projects of the demo portfolio: which worked example each is made from, what it is about, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..vocabulary import Recommendation


class Course(StrEnum):
    """How a project of the demo went."""

    RUNS = "runs"
    STOPPED_BUILDING = "stopped while it was built"
    STOPPED_IN_USE = "stopped in use"
    NOT_BEGUN = "not begun"


@dataclass(frozen=True)
class DemoProject:
    """One project. `money` and `cases` are factors on the example's amounts and on its number of cases."""

    example: str
    title: str
    about: str
    team: str
    industry: str
    money: float = 1.0
    cases: float = 1.0
    outcome: Recommendation = Recommendation.BUILD
    course: Course = Course.RUNS


_BUILD, _SIMPLER, _PILOT = Recommendation.BUILD, Recommendation.SIMPLER, Recommendation.PILOT
_STOP, _REWORK = Recommendation.STOP, Recommendation.REWORK

PROJECTS: tuple[DemoProject, ...] = (
    DemoProject(
        "visual_inspection",
        "Cracks in brake discs",
        "Cracked discs slip through the end-of-line check.",
        "Quality engineering",
        "Automotive",
        1.1,
        0.9,
    ),
    DemoProject(
        "visual_inspection",
        "Surface faults on steel strip",
        "Scratches and scale are found by the customer.",
        "Rolling mill",
        "Steel",
        1.4,
        1.3,
    ),
    DemoProject(
        "visual_inspection",
        "Solder joints on control boards",
        "Cold joints fail in the field.",
        "Board assembly",
        "Electronics",
        0.8,
        1.2,
    ),
    DemoProject(
        "payment_fraud",
        "Fraud in instant transfers",
        "Money sent within seconds cannot be called back.",
        "Payments risk",
        "Banking",
        1.2,
        1.1,
    ),
    DemoProject(
        "payment_fraud",
        "Chargebacks in the web shop",
        "Orders paid with stolen cards are shipped.",
        "Shop operations",
        "Retail",
        0.6,
        1.1,
    ),
    DemoProject(
        "support_assistant",
        "Drafted answers for a utility's help desk",
        "Every meter question is answered by hand.",
        "Customer service",
        "Energy",
        0.9,
        4.0,
    ),
    DemoProject(
        "support_assistant",
        "Drafted answers for the service desk",
        "Password and access questions take hours a day.",
        "IT operations",
        "Public sector",
        0.7,
        3.5,
    ),
    DemoProject(
        "support_assistant",
        "Replies to tenants",
        "Letters about heating and repairs wait for days.",
        "Tenant services",
        "Housing",
        0.8,
        3.0,
        _PILOT,
        Course.STOPPED_BUILDING,
    ),
    DemoProject(
        "customer_retention",
        "Keeping broadband customers",
        "Customers leave when their contract ends.",
        "Customer analytics",
        "Telecommunications",
        1.0,
        1.2,
    ),
    DemoProject(
        "customer_retention",
        "Keeping policyholders at renewal",
        "Policies lapse without a word.",
        "Portfolio management",
        "Insurance",
        1.3,
        0.8,
        _SIMPLER,
    ),
    DemoProject(
        "customer_retention",
        "Keeping members of a gym chain",
        "Members who stop coming cancel in spring.",
        "Membership",
        "Leisure",
        0.5,
        0.6,
        _SIMPLER,
    ),
    DemoProject(
        "donor_mailing",
        "Whom to write to in the winter appeal",
        "Most letters are never answered.",
        "Fundraising",
        "Charity",
        0.8,
        0.9,
        _SIMPLER,
    ),
    DemoProject(
        "donor_mailing",
        "Whom to send the spring catalogue",
        "Two of three catalogues bring no order.",
        "Direct sales",
        "Mail order",
        1.4,
        3.0,
    ),
    DemoProject(
        "demand_forecast",
        "Ordering fresh fish for 40 counters",
        "Unsold fish is thrown away each evening.",
        "Replenishment",
        "Food retail",
        0.7,
        0.5,
    ),
    DemoProject(
        "demand_forecast",
        "Bread for 90 bakeries",
        "Shelves are empty at five and full at closing.",
        "Production planning",
        "Food",
        0.8,
        0.8,
    ),
    DemoProject(
        "demand_forecast",
        "Magazines for 600 kiosks",
        "Every third copy comes back unsold.",
        "Distribution",
        "Publishing",
        0.9,
        0.7,
        _SIMPLER,
    ),
    DemoProject(
        "invoice_routing",
        "Posting freight invoices",
        "Clerks type what carriers have printed.",
        "Finance operations",
        "Logistics",
        0.9,
        1.1,
    ),
    DemoProject(
        "invoice_routing",
        "Coding doctors' bills",
        "Bills wait for a code before they are paid.",
        "Claims",
        "Health insurance",
        1.2,
        1.3,
    ),
    DemoProject(
        "invoice_routing",
        "Sorting a city's incoming mail",
        "Letters travel through three offices.",
        "Registry",
        "Public sector",
        0.6,
        0.7,
        _BUILD,
        Course.STOPPED_IN_USE,
    ),
    DemoProject(
        "search_ranking",
        "Search in a furniture shop",
        "Shoppers leave after the first page of results.",
        "Search",
        "Retail",
        0.9,
        2.5,
    ),
    DemoProject(
        "search_ranking",
        "Search in a parts catalogue",
        "Mechanics ring up because they find nothing.",
        "Online sales",
        "Wholesale",
        0.7,
        1.3,
        _SIMPLER,
    ),
    DemoProject(
        "pump_maintenance",
        "Warning of failing compressors",
        "A compressor that stops, stops the plant.",
        "Plant maintenance",
        "Chemicals",
        1.3,
        1.0,
    ),
    DemoProject(
        "pump_maintenance",
        "Warning of failing escalators",
        "Escalators stand still for days.",
        "Station technology",
        "Public transport",
        0.8,
        1.2,
        _PILOT,
        Course.STOPPED_BUILDING,
    ),
    DemoProject(
        "heat_pump_scheduling",
        "Charging buses when power is cheap",
        "All buses draw power at six in the evening.",
        "Depot",
        "Public transport",
        1.0,
        0.9,
    ),
    DemoProject(
        "heat_pump_scheduling",
        "Cooling a cold store when power is cheap",
        "The store cools most when power is dearest.",
        "Site services",
        "Logistics",
        0.8,
        0.8,
    ),
    DemoProject(
        "order_picking",
        "Picking lists for a mail-order warehouse",
        "Pickers walk nine kilometres a shift.",
        "Warehouse operations",
        "Mail order",
        1.1,
        1.2,
    ),
    DemoProject(
        "order_picking",
        "Picking lists for hospital supplies",
        "Wards wait for what lies at the far end.",
        "Supply",
        "Health care",
        0.7,
        1.2,
        _BUILD,
        Course.STOPPED_BUILDING,
    ),
    DemoProject(
        "stock_price",
        "The price of copper from its own history",
        "Purchasing would like to know when to buy.",
        "Purchasing",
        "Metals",
        1.0,
        1.0,
        _STOP,
        Course.NOT_BEGUN,
    ),
    DemoProject(
        "stock_price",
        "The exchange rate from its own history",
        "Treasury would like to know when to hedge.",
        "Treasury",
        "Trade",
        1.2,
        1.0,
        _STOP,
        Course.NOT_BEGUN,
    ),
    DemoProject(
        "visual_inspection",
        "Faults in woven cloth",
        "Nobody has agreed on what a fault is.",
        "Weaving",
        "Textiles",
        0.7,
        0.3,
        _REWORK,
        Course.NOT_BEGUN,
    ),
)
