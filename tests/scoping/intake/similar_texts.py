"""Short proposals in groups: those of one group are about the same thing, those of two are not.

English groups begin with a bundled example; the others are written as people would who do not know of it.
"""

from __future__ import annotations

from scoping import examples

PARAPHRASES: dict[str, tuple[tuple[str, str], ...]] = {
    "visual_inspection": (
        ("Camera inspection of brake discs", "Inspectors miss surface defects on discs, which come back as warranty."),
        ("Spotting scratches on machined parts", "Each part is looked at by hand; defects slip through to customers."),
    ),
    "customer_retention": (
        ("Who is about to cancel their contract", "Customers cancel at renewal and we call them too late."),
        ("Churn warning for the retention team", "Every month contracts are not renewed; we do not know whom to call."),
    ),
    "invoice_routing": (
        ("Invoice coding in accounts payable", "Clerks type the account code of each supplier invoice by hand."),
        ("Reading supplier invoices", "Incoming invoices wait for days until a clerk has posted them."),
    ),
    "payment_fraud": (
        ("Stop fraudulent card payments", "Stolen cards are used to pay, and charge-backs cost us money."),
        ("Card fraud alerts", "Fraud is noticed when the charge-back comes; good payments are blocked."),
    ),
    "demand_forecast": (
        (
            "Order quantities for fresh produce",
            "Shops order fresh food by feeling: some is thrown away, shelves are empty.",
        ),
        ("Less food waste in the shops", "Fresh food that is ordered and not sold is thrown away every evening."),
    ),
    "search_ranking": (
        (
            "Better ranking in the shop's search",
            "Shoppers search, scroll past the first row and leave without an order.",
        ),
        ("Search that sells", "The first results of a search are seldom clicked and few sessions end in an order."),
    ),
    "support_assistant": (
        ("Answer suggestions for support agents", "Agents write the same answers to written questions every day."),
        ("Drafts from the knowledge base", "The support desk copies answers out of the knowledge base by hand."),
    ),
    "order_picking": (
        ("Shorter walks for warehouse pickers", "Pickers walk far since picking lists follow orders, not shelves."),
        ("Sorting picking lists by shelf", "In the spare-parts warehouse pickers cross the hall for every order."),
    ),
    "pump_maintenance": (
        ("Which pump will fail next", "Process pumps break down without warning and the line stops."),
        (
            "Pump failures from vibration sensors",
            "A breakdown of a pump stops production for hours; sensors hang on it.",
        ),
    ),
    "donor_mailing": (
        ("Choosing donors for the appeal", "We write to every donor although few give; postage gets dearer."),
        ("Smaller mailing to donors", "The spring mailing costs more in paper and postage than it brings."),
    ),
}
GERMAN: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("Rechnungen automatisch kontieren", "Sachbearbeiter kontieren jede Eingangsrechnung von Hand."),
        ("Rechnungseingang beschleunigen", "Eingangsrechnungen liegen tagelang, bis jemand sie kontiert hat."),
        ("Kontierung im Rechnungswesen", "Für jede Rechnung sucht die Buchhaltung das Konto heraus."),
    ),
    (
        ("Rückrufe im Kundendienst vorhersehen", "Kunden rufen nach einer Reparatur noch einmal an."),
        (
            "Zweite Anfahrten des Kundendienstes",
            "Nach der Reparatur ruft der Kunde wieder an: Techniker fahren doppelt.",
        ),
        ("Rueckrufe nach Reparaturen", "Wiederholte Anrufe nach einer Reparatur kosten den Kundendienst Stunden."),
    ),
    (
        ("Ausschuss beim Spritzguss", "Teile aus dem Spritzguss haben Lunker, die erst am Ende auffallen."),
        ("Lunker im Spritzguss früh sehen", "Fehlerhafte Spritzgussteile werden zu spät aussortiert."),
        ("Spritzgussfehler per Kamera", "Prüfer übersehen fehlerhafte Teile, der Ausschuss wächst."),
    ),
    (
        ("Kündigungen von Verträgen erkennen", "Kunden kündigen ihren Stromvertrag, ohne dass jemand anruft."),
        ("Stromkunden halten", "Die Kündigung eines Stromvertrags erfahren wir erst aus dem Brief."),
        ("Wer kündigt seinen Vertrag?", "Bei Vertragsende kündigen viele Kunden, die zu halten wären."),
    ),
    (
        ("Bettenbelegung im Krankenhaus planen", "Stationen sind überbelegt, auf anderen stehen Betten leer."),
        ("Entlassungen auf der Station vorhersagen", "Betten werden frei, ohne dass die Belegung geplant ist."),
        ("Freie Betten im Krankenhaus", "Die Belegung der Stationen kennt man erst am Morgen."),
    ),
    (
        ("Schäden aus Fotos schätzen", "Gutachter fahren zu jedem Schaden am Auto, auch zu kleinen."),
        ("Fotos von Autoschäden bewerten", "Der Schaden am Auto wird erst nach einem Termin geschätzt."),
        ("Gutachten für kleine Autoschäden", "Kleine Schäden kosten so viel Gutachten wie große."),
    ),
)


def groups() -> list[list[tuple[str, str]]]:
    """Title and problem of each text, group by group."""
    english = [[(_example(name)), *others] for name, others in PARAPHRASES.items()]
    return [
        *english,
        *([*group] for group in GERMAN),
        *([_example(name)] for name in ("stock_price", "heat_pump_scheduling")),
    ]


def _example(name: str) -> tuple[str, str]:
    document = examples.load(name)
    return document.title, document.problem.statement
