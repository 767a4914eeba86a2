# The first page of the lab: where to go on.
# %%
from coursekit.notebook import home

home()
