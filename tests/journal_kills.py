"""Writers of one journal that are killed; run as a script it is such a writer."""

import os
import pathlib
import random
import subprocess
import sys
import time

from coursekit.practice.journal import Journal


class Dribbling(Journal):
    """A journal that writes few bytes at a time, so that kills fall inside lines."""

    def _write(self, data):
        with self.path.open("r+b", buffering=0) as file:
            file.seek(0, os.SEEK_END)
            for start in range(0, len(data), 7):
                file.write(data[start : start + 7])
                time.sleep(0.0002)
            os.fsync(file.fileno())


def write(folder, name, start):
    """Append without end, and note each event only once it is acknowledged."""
    journal = Dribbling(folder) if int(start) % 2 else Journal(folder)
    with open(pathlib.Path(folder, f"{name}.acknowledged"), "ab", buffering=0) as acknowledged:
        for n in range(int(start), 10**9):
            event = journal.append(
                "attempt",
                token=f"{name}-{n}",
                exercise="m.1.1/x",
                draw=1,
                raw={"text": "答" * (n % 99)},
            )
            acknowledged.write(f"{event['token']}\n".encode())
            time.sleep(0.002)  # people pause too; without it one writer holds the lock for good


def acknowledged(folder, name):
    """Tokens that a writer was told are safe."""
    path = pathlib.Path(folder, f"{name}.acknowledged")
    return path.read_text().split() if path.exists() else []


def survive(folder, kills, seed, writers=("a", "b")):
    """Kill writers at random moments; each goes on with the first event not acknowledged.

    Returns the events that stand in the journal, and every token that was acknowledged.
    """
    rng = random.Random(seed)
    for _ in range(0, kills, len(writers)):
        starts = {name: len(acknowledged(folder, name)) for name in writers}
        running = [
            subprocess.Popen([sys.executable, __file__, str(folder), name, str(start)])
            for name, start in starts.items()
        ]
        try:
            deadline = time.monotonic() + 60
            while any(len(acknowledged(folder, name)) == start for name, start in starts.items()):
                assert time.monotonic() < deadline, "no writer gets through"
                time.sleep(0.005)
        finally:
            for writer in running:
                time.sleep(rng.uniform(0, 0.03))
                writer.kill()
                writer.wait()
    told = [token for name in writers for token in acknowledged(folder, name)]
    return Journal(folder).events(), told


if __name__ == "__main__":
    write(*sys.argv[1:])
