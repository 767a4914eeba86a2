"""What each customer of the case leaves, once he is served."""

import pandas as pd

from coursekit.screening import cost_to_serve


def profit(case, since=None):
    """Revenue, margin, cost to serve and profit per customer.

    Parameters
    ----------
    case : coursekit.case.Case
    since : datetime or str, optional
        First day that counts; the whole history without it.

    Returns
    -------
    DataFrame
        Index customer, sorted: ``revenue`` of what was kept, ``margin`` over the products' cost,
        ``cost`` of serving, ``profit``.
    """
    orders, inputs = case.orders, case.cost_inputs
    if since is not None:
        orders = orders[orders["date"] >= pd.Timestamp(since)]
        inputs = inputs[inputs["quarter"] >= pd.Timestamp(since)]
    kept = orders["quantity"] - orders["returned"]
    unit_cost = orders["product"].map(case.products.set_index("product")["unit_cost"])
    table = pd.DataFrame(
        {
            "revenue": kept * orders["unit_price"],
            "margin": kept * (orders["unit_price"] - unit_cost),
        }
    )
    table = table.groupby(orders["customer"]).sum()
    prices = case.cost_prices.set_index("activity")["price"].to_dict()
    served = cost_to_serve(inputs, prices)["cost"]
    table = table.join(served, how="outer").fillna(0.0).rename_axis("customer")
    return table.assign(profit=table["margin"] - table["cost"])
