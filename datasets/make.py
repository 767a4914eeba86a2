"""Make the data of the course anew: the sample team and the running case, the same bytes always.

What is built in on purpose stands in README.md beside this file.
"""

import pathlib

from coursekit import making
from coursekit.making import team

HERE = pathlib.Path(__file__).parent

if __name__ == "__main__":
    team.write(HERE)
    making.write(making.world("feed"), HERE / "feed")
