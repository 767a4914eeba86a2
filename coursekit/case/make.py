"""Making the tables of a skin in a course folder."""

import pathlib

from coursekit.errors import InputError


def make(skin, folder):
    """Write a skin's tables to ``datasets/<skin>`` of a course folder.

    Parameters
    ----------
    skin : str
    folder : str or path

    Returns
    -------
    pathlib.Path
        Where they are.

    Raises
    ------
    InputError
        There is no such skin, or that folder holds something already.
    """
    from coursekit import making

    world = making.world(skin)
    target = pathlib.Path(folder, "datasets", skin)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError("case.there_already", folder=str(target))
    making.write(world, target)
    return target
