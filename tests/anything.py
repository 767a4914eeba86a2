"""What may come from a page, for tests of whatever kind."""

from hypothesis import strategies as st


def anything(*names):
    """Any JSON, and some that is not, with these names in it."""
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(names),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(names), inner, max_size=4)
        ),
        max_leaves=8,
    )
