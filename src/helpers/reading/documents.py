"""From a file to its lines, whatever its format: known by its content, not by its name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from helpers.reading import text as plain_text
from helpers.reading.lines import Line, Repair, ReportError

Cut = tuple[int, int, str]
READ = "PDF, Markdown (.md) or plain text (.txt)"
# How the files begin that people have and that are not read: by the first bytes.
OTHER_FORMATS = {
    b"PK\x03\x04": "a Word file or another office file. Save it as PDF in its own program",
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc). Save it as PDF in its own program",
    b"{\\rtf": "a rich text file (.rtf). Save it as PDF or plain text in its own program",
}
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
OLD_ENCODINGS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}
WIDE_ENCODINGS = [
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
]
# What stands in no word: a sign that is no apostrophe, or a capital, between two small letters.
ODD = re.compile(r"(?<=[a-z])(?:[^\w\s\x00-\x7f’‘]|(?=[^\x00-\x7f])[À-ÝŒŠŽŸ])(?=[a-z])")
LOOKED_AT = 200_000  # bytes that are enough to tell an encoding


@dataclass(frozen=True)
class Document:
    """A file or text as its format gives it.

    Parameters
    ----------
    name : str
        What it is called in messages.
    kind : str
        "text", "Markdown" or "PDF".
    source : str
        Its text as received; of a PDF, its lines as they are printed.
    lines : list of Line
        Its lines in reading order.
    encoding : str
        What its bytes were read as, if it is a file of text.
    repairs : list of tuple
        What its format says was left out or changed: position, kind, page, text, reason.
    """

    name: str
    kind: str
    source: str
    lines: list[Line]
    encoding: str = ""
    repairs: list[Repair] = field(default_factory=list)


def read_document(source: str | Path) -> Document:
    r"""Read the lines of a file or of a text.

    Parameters
    ----------
    source : str or pathlib.Path
        A file, or the text itself if it has more than one line.

    Returns
    -------
    Document
        The text and its lines.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ReportError
        If the file is of a kind that is not read, damaged, or holds no text.

    Examples
    --------
    >>> read_document("# Outcome\n\n1. *One*.").kind
    'Markdown'
    """
    if not isinstance(source, str | Path):
        raise TypeError(
            "A report is read from a file's path or from its text, "
            f"and this is of the type {type(source).__name__}."
        )
    if isinstance(source, str) and re.search(r"[\n\r]", source):
        return text_document("The text", source)
    path = Path(source)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):  # a text in one long line is no path
        is_file = False
    if not is_file:
        raise FileNotFoundError(_not_found(path, str(source)))
    data = path.read_bytes()
    if b"%PDF-" in data[:1024]:
        from helpers.reading.pdf import read_pdf

        return Document(path.name, "PDF", *read_pdf(data, path.name))
    if data.startswith(b"PK\x03\x04"):
        from helpers.reading.word import read_word

        source, lines, repairs = read_word(data, path.name)
        return Document(path.name, "Word", source, lines, repairs=repairs)
    from helpers.reading.web import declared_charset

    text, encoding = decode(data, path.name, declared_charset(data))
    return text_document(path.name, text, encoding)


def _not_found(path: Path, given: str) -> str:
    if len(given) > 200:
        return (
            f'There is no report at "{given[:60]}...". A text that is given itself, not as a '
            "file, must have more than one line."
        )
    if path.is_dir():
        return (
            f"{given!r} is a folder, and no report. Name the file in it: "
            f"{READ}, for example {str(path / 'report.pdf')!r}."
        )
    return (
        f"There is no report at {given!r}. Check the spelling and the folder: "
        f"a relative path starts from {Path.cwd().name!r}, the folder you work in."
    )


def text_document(name: str, text: str, encoding: str = "") -> Document:
    """Return the lines of a text, Markdown or plain."""
    if not text.strip():
        raise ReportError(f"{name} is empty. Save the report's text into it and try again.")
    from helpers.reading import markdown, web

    if web.is_web_page(text):
        source, lines, repairs = web.read_web(text, name)
        return Document(name, "web page", source, lines, encoding, repairs)
    if markdown.is_markdown(text):
        return Document(name, "Markdown", text, markdown.read_lines(text), encoding)
    return Document(name, "text", text, plain_text.read_lines(text), encoding)


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """Return the text that bytes stand for, and the name of the encoding they were read as.

    Parameters
    ----------
    data : bytes
        A file's content.
    name : str
        The file's name, for messages.
    declared : str
        The encoding that the file itself says it has, as a web page does.

    Returns
    -------
    tuple of str
        Text, without a byte order mark, and encoding.

    Raises
    ------
    ReportError
        If the bytes are no text.

    Examples
    --------
    >>> decode("Côte d’Ivoire".encode("cp1252"), "a.txt")
    ('Côte d’Ivoire', 'Windows-1252')
    """
    for start, kind in OTHER_FORMATS.items():
        if data.startswith(start):
            raise ReportError(f"{name} is {kind}; what can be read is {READ}.")
    if data.startswith(PICTURES):
        raise ReportError(
            f"{name} is a picture. Have a program for optical character recognition (OCR) make "
            f"text of it; what can be read is {READ}."
        )
    codec, encoding = _encoding(data, name, declared)
    try:
        return data.decode(codec).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{name} cannot be read as {encoding}, which its bytes seem to be: it breaks off at "
            f"byte {error.start}. Save the file again with the encoding UTF-8."
        ) from error


def _encoding(data: bytes, name: str, declared: str) -> tuple[str, str]:
    """Return Python's and people's name for the encoding of bytes."""
    for mark, codec, encoding in WIDE_ENCODINGS:
        if data.startswith(mark):
            return codec, encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in data:
            return "utf-8", "UTF-8"
    for codec, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = data[first:LOOKED_AT:2].count(0)
        if zeros > 0.6 * len(data[:LOOKED_AT]) / 2 and b"\0" not in data[1 - first : LOOKED_AT : 2]:
            return codec, "UTF-16"
    if b"\0" in data:
        raise ReportError(
            f"{name} is not a text file, whatever its ending says: it holds bytes that stand for "
            f"no letters. What can be read is {READ}."
        )
    codec = _declared_encoding(data, declared) or _old_encoding(data)
    return codec, OLD_ENCODINGS.get(codec, codec)


def _declared_encoding(data: bytes, declared: str) -> str:
    """Return the encoding that a file says it has, if it can be read as that; else ""."""
    # Browsers take Latin-1 for its extension by Windows, which most such pages are in.
    codec = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(declared, declared)
    try:
        data.decode(codec)
    except (LookupError, UnicodeDecodeError):
        return ""
    return codec


def _old_encoding(data: bytes) -> str:
    """Return which encoding of the time before UTF-8 bytes are in."""
    from charset_normalizer import from_bytes

    try:
        odd = {codec: len(ODD.findall(data.decode(codec))) for codec in OLD_ENCODINGS}
    except UnicodeDecodeError:
        return "mac_roman"  # every byte stands for something there
    if len(set(odd.values())) > 1:
        return min(odd, key=lambda codec: odd[codec])
    best = from_bytes(data[:LOOKED_AT], cp_isolation=list(OLD_ENCODINGS)).best()
    return best.encoding if best else "cp1252"


@dataclass(frozen=True)
class CleanText:
    """A source and its clean reading.

    Parameters
    ----------
    source : str
        The text as received.
    text : str
        The text without marks, page breaks and invisible characters: one line per paragraph or
        heading, an empty line between two of them.
    origin : numpy.ndarray of int
        For each character of `text`, its position in `source`.
    """

    source: str
    text: str
    origin: np.ndarray

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in `source` of a piece of `text`.

        Parameters
        ----------
        start, end : int
            Offsets into `text`; `end` is exclusive.

        Returns
        -------
        tuple of int
            Start and end in `source`, the end exclusive.

        Examples
        --------
        >>> from helpers.reading import clean_text
        >>> clean = clean_text("in resolution [77/231](#) of 2022")
        >>> clean.text[14:20], clean.to_source(14, 20)
        ('77/231', (15, 21))
        """
        if start >= end:
            raise ValueError(f"an empty piece of text has no place in the source: {start}-{end}")
        return int(self.origin[start]), int(self.origin[end - 1]) + 1


FOR_NAMES = [
    (re.compile(r"(?<!\n)\n(?!\n)"), " "),
    # "agenda1", "UNODC2", "Corruption,5": up to two digits behind a word, then white space.
    (
        re.compile(
            r"\d{1,2}(?=[\s,.;:)”]|\Z)(?:(?<=[a-z]{3}\d)|(?<=[a-z]{3}\d\d)|(?<=[A-Z]{4}\d)|"
            r"(?<=[A-Z]{4}\d\d)|(?<=[A-Za-z][,.;]\d)|(?<=[A-Za-z][,.;]\d\d))"
        ),
        "",
    ),
    (re.compile(r"–(?<=\w–)(?=\w)"), "-"),
]


def text_to_match(text: str) -> CleanText:
    r"""Return a reading of clean text in which names can be found, with the way back.

    A paragraph becomes one line, for a name may be broken over two; the digits of footnotes that
    are glued to a word are left out; an en dash within a word is a hyphen.

    Parameters
    ----------
    text : str
        Clean text.

    Returns
    -------
    CleanText
        The reading; its `source` is `text`.

    Examples
    --------
    >>> text_to_match("the 2030 Agenda1 and the Tokyo\nRules,12 as noted").text
    'the 2030 Agenda and the Tokyo Rules, as noted'
    """
    source, origin = text, np.arange(len(text))
    for pattern, new in FOR_NAMES:
        text, origin = _cut(text, origin, ((*m.span(), new) for m in pattern.finditer(text)))
    return CleanText(source, text, origin)


def _cut(text: str, origin: np.ndarray, cuts: Iterable[Cut]) -> tuple[str, np.ndarray]:
    """Replace pieces of a text; `cuts` are (start, end, new), in order and not overlapping."""
    pieces, kept, last = [], [], 0
    for start, end, new in cuts:
        pieces += [text[last:start], new]
        kept += [origin[last:start], origin[start : start + len(new)]]
        last = end
    if not pieces:
        return text, origin
    return "".join(pieces) + text[last:], np.concatenate([*kept, origin[last:]])
