"""The channel side: dealers, their goods, their money, and the files kept on them."""

from coursekit.making import channel_cast, channel_files, channel_flow, channel_money


def tables(world):
    """All tables about dealers: name -> rows."""
    dealers = channel_cast.cast(world)
    shops = channel_flow.outlets(world, dealers)
    sent = channel_flow.shipments(world, dealers)
    sold = channel_flow.sell_out(world, dealers, shops, sent)
    payers = channel_files.accounts(dealers)
    bills = channel_money.invoices(world, sent)
    income = channel_money.receipts(world, bills, payers)
    agreed = channel_money.targets(world, dealers)
    booked = channel_money.rebates(world, sent, agreed)
    listed = channel_money.price_list(world)
    return {
        "dealers": channel_files.files(world, dealers, bills, income, payers),
        "dealer_answers": channel_files.answers(world, dealers, bills),
        "behaviours": channel_files.behaviours(world, dealers),
        "candidates": channel_files.candidates(world, dealers),
        "training": channel_files.training(world, dealers),
        "promotions": channel_files.promotions(world, dealers),
        "borders": channel_flow.borders(world),
        "outlets": shops,
        "places": channel_flow.places(dealers),
        "shipments": sent,
        "sell_out": sold,
        "batches": channel_flow.batches(world, dealers, shops, sent),
        "ratings": channel_files.ratings(world, sold),
        "invoices": bills,
        "receipts": income,
        "targets": agreed,
        "rebate_schemes": channel_money.schemes(world),
        "rebates": booked,
        "dealer_costs": channel_money.costs(world, sent, booked),
        "market": channel_money.market(world, sold),
        "price_list": listed,
        "specials": channel_money.specials(world),
        "prices": channel_money.prices(world, dealers, listed),
    }
