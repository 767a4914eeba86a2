"""The value side: what customers buy, what serving them takes, and what the time goes into."""

from coursekit.making import inquiries, orders, serving, surroundings, traits, visits


def tables(world):
    """Orders, visits, costs, inquiries, traits, segments, days, events and the time logs."""
    sold = orders.numbered(orders.lines(world, world.tables["shipments"]))
    days = surroundings.calendar()
    seen, checklists = visits.visits(world, days)
    return {
        "orders": sold,
        "visits": seen,
        "visit_checklists": checklists,
        "cost_inputs": serving.cost_inputs(world, sold, seen, world.tables["dealer_costs"]),
        "cost_prices": serving.prices(world),
        "inquiries": inquiries.inquiries(world),
        "traits": traits.traits(world, sold),
        "market_segments": surroundings.market_segments(world),
        "calendar": days,
        "events": surroundings.events(world),
        "duties": surroundings.duties(world),
    }
