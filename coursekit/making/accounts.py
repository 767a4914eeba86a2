"""Key accounts of the running case: sixty farms and groups, and what we know of them."""

from coursekit.making import accounts_cards, accounts_rivals, accounts_work
from coursekit.making.accounts_people import contacts


def tables(world):
    """Contacts, facts and answers of the accounts, rivals, promises, trials and talks.

    Needs ``orders`` and ``deals`` of the world.
    """
    return {
        "contacts": contacts(world),
        "accounts": accounts_cards.facts(world),
        "account_answers": accounts_cards.answers(world),
        "account_inputs": accounts_work.inputs(world),
        "account_prices": accounts_work.prices(world),
        "rivals": accounts_rivals.rivals(world),
        "rival_scores": accounts_rivals.scores(world),
        "account_points": accounts_rivals.points(world),
        "partnership": accounts_rivals.partnership(world),
        "promises": accounts_work.promises(world),
        "product_trials": accounts_work.trials(world),
        "talks": accounts_work.talks(world),
        "transcripts": accounts_work.transcripts(world),
    }
