"""Make the shipped fonts: a subset of Noto Sans SC under a name of its own.

The same sources give the same bytes. ``coursekit/fonts/README.md`` says where they come from.
"""

import argparse
import bz2
import pathlib
import re

FAMILY = "CourseKit Sans SC"
FONTS = pathlib.Path(__file__).parent.parent / "coursekit" / "fonts"
STYLES = {
    "Regular": "400Regular/NotoSansSC_400Regular.ttf",
    "Bold": "700Bold/NotoSansSC_700Bold.ttf",
}
# besides Chinese: whole blocks, so that a new text seldom needs a new font
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A, for names
    (0x2000, 0x206F),  # punctuation
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # letter-like signs
    (0x2150, 0x218F),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # numbers in circles
    (0x2500, 0x257F),  # lines
    (0x2580, 0x25FF),  # squares, triangles, circles
    (0x2600, 0x27BF),  # stars, ticks
    (0x3000, 0x303F),  # Chinese punctuation
    (0xFE30, 0xFE4F),  # vertical punctuation
    (0xFE50, 0xFE6F),  # small forms
    (0xFF00, 0xFFEF),  # full-width
)
SINGLE = "円"  # of texts of the kit, in none of the sets
# layout of Chinese in figures and pages needs none of these
_NEEDLESS = ["BASE", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "DSIG"]


def characters(unihan):
    """Every character that the fonts shall have.

    Parameters
    ----------
    unihan : str
        Text of ``Unihan_OtherMappings.txt``; its ``kTGH`` lines are the general standard table.

    Returns
    -------
    frozenset of str
    """
    blocks = {chr(code) for first, last in BLOCKS for code in range(first, last + 1)}
    return gb2312() | general_standard(unihan) | traditional() | blocks | set(SINGLE)


def gb2312():
    """The 7,445 characters of GB2312: 6,763 Han and 682 signs and letters."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs))


def traditional():
    """The 5,401 common characters of Big5, for names of customers in Hong Kong and Taiwan."""
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((row, cell)) for row in range(0xA4, 0xC7) for cell in cells)
    return frozenset("".join(pair.decode("big5", "ignore") for pair in pairs))


def general_standard(unihan):
    """The 8,105 characters of the general standard table (2013), names of people among them."""
    return frozenset(chr(int(code, 16)) for code in re.findall(r"(?m)^U\+(\w+)\tkTGH\t", unihan))


def make(source, target, style, wanted):
    """Write the subset of one font.

    Parameters
    ----------
    source, target : pathlib.Path
    style : {"Regular", "Bold"}
    wanted : set of str
        Characters; those that the source lacks are left out.
    """
    from fontTools import subset

    options = subset.Options(
        hinting=False,
        layout_features=[],
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    options.drop_tables += _NEEDLESS
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted)))
    subsetter.subset(font)
    _rename(font["name"], style)
    font.save(target)


def _rename(names, style):
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    # a copyright line, a licence and the makers stay; every name of the font itself becomes ours
    for number in (16, 17, 21, 22, 25, *range(256, 32768)):
        names.removeNames(nameID=number)
    for number, text in {
        1: FAMILY,
        2: style,
        3: f"{postscript};subset of Noto Sans SC",
        4: f"{FAMILY} {style}",
        6: postscript,
    }.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)


def main(argv=None):
    """Make both weights from the npm package and Unihan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("noto", type=pathlib.Path, help="folder of @expo-google-fonts/noto-sans-sc")
    parser.add_argument("unihan", type=pathlib.Path, help="Unihan_OtherMappings.txt.bz2")
    options = parser.parse_args(argv)
    wanted = characters(bz2.decompress(options.unihan.read_bytes()).decode("utf-8"))
    FONTS.mkdir(exist_ok=True)
    for style, path in STYLES.items():
        target = FONTS / f"CourseKitSC-{style}.ttf"
        make(options.noto / path, target, style, wanted)
        print(f"{target.name}: {target.stat().st_size:,} bytes")
    (FONTS / "OFL.txt").write_bytes((options.noto / "LICENSE_FONT").read_bytes())


if __name__ == "__main__":
    main()
