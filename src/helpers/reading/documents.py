"""From a file to its lines, whatever its format: known by its content, not by its name."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from helpers.reading import text as plain_text
from helpers.reading.lines import Line, Repair, ReportError

READ = "a Word file (.docx), a PDF, a web page (.html), Markdown (.md) or plain text (.txt)"
LARGEST_FILE = 200_000_000  # bytes
LARGEST_TEXT = 20_000_000  # characters: twenty times the longest reports
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files
# What stands in that container, in UTF-16, and what to do.
IN_OFFICE = {
    "EncryptedPackage": "asks for a password. Open it in Word, save it without one, and try again",
    "WordDocument": "is an old Word file (.doc). Open it in Word and save it as .docx",
    "Workbook": "is an Excel workbook. Save the report's text as .docx or PDF",
    "PowerPoint Document": "is a PowerPoint file. Save it as PDF",
}
# How the files begin that people have and that are not read.
OTHER_FORMATS = {
    re.escape(OFFICE): "is an old Office file. Open it in its own program and save it as .docx",
    rb"\{\\rtf": "is a rich text file (.rtf). Open it in Word and save it as .docx",
    rb"MIME-Version:|From: <Saved by": "is a web archive (.mht). Open it in Word or a browser and "
    "save it as .docx or .html",
    rb"(?:<\?xml[^>]{0,200}>\s*)?<\?mso-application": "is a Word file in a single piece of XML. "
    "Open it in Word and save it as .docx",
}
BYTE_ORDER_MARK = rb"(?:\xef\xbb\xbf)?"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
OLD_ENCODINGS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}
WIDE_ENCODINGS = [
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
]
# What stands in no word: a sign that is no apostrophe, or a capital, between two small letters.
ODD = re.compile(r"(?<=[a-z])(?:[^\w\s\x00-\x7f’‘]|(?=[^\x00-\x7f])[À-ÝŒŠŽŸ])(?=[a-z])")
# The beginning of a web page, and of a piece of one; Markdown may begin like the second.
TAG = r"\ufeff?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<"
WEB_PAGE = re.compile(rf"{TAG}(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
WEB_PIECE = re.compile(
    rf"{TAG}(?:article|aside|b|blockquote|br|center|div|dl|font|footer|h[1-6]|header|hr|main|meta|nav|"
    r"ol|p|pre|section|span|style|table|title|ul)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
MARKDOWN_HEADING = re.compile(r"(?m)^#{1,6} \S")
CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
RARE = 2  # letters that are well written for each that is not
LOOKED_AT = 200_000  # bytes that are enough to tell an encoding


@dataclass(frozen=True)
class Document:
    """A file or text as its format gives it.

    Parameters
    ----------
    name : str
        What it is called in messages.
    kind : str
        "text", "Markdown", "PDF", "Word" or "web page".
    source : str
        Its text as received; of a PDF, Word file or web page, its lines as they are printed.
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
        If the file is of a kind that is not read, damaged, too large, or holds no text.

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
    data = _content(path, str(source))
    if b"%PDF-" in data[:1024] or data.startswith(b"%PDF"):
        return _opened_apart("PDF", data, path.name)
    if data.startswith(b"PK\x03\x04"):
        return _opened_apart("Word", data, path.name)
    return text_document(path.name, *decode(data, path.name))


def _content(path: Path, given: str) -> bytes:
    """Return the bytes of a file, if it is one and not too large."""
    try:
        status = path.stat()
    except PermissionError as error:
        raise _cannot_open(path, error) from error
    except (OSError, ValueError) as error:  # a text in one long line is no path
        raise FileNotFoundError(_not_found(path, given)) from error
    if path.is_dir():
        raise FileNotFoundError(
            f"{given!r} is a folder, and no report. Name the file in it: {READ}; "
            f"for example {str(path / 'report.docx')!r}."
        )
    if not path.is_file():
        raise ReportError(
            f"{given!r} is no file but a device or a pipe, and cannot be read. Save the report as "
            f"{READ}."
        )
    size = status.st_size
    if size > LARGEST_FILE:
        raise ReportError(
            f"{path.name} is too large: {size:,} bytes; up to {LARGEST_FILE:,} are "
            f"read. Save it without its pictures, or save "
            "its chapters as files of their own."
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise _cannot_open(path, error) from error


def _cannot_open(path: Path, error: OSError) -> ReportError:
    return ReportError(
        f"{path.name} cannot be opened ({error.strerror}). Close it in other programs, and look "
        "whether you have the right to read it."
    )


def _opened_apart(kind: str, data: bytes, name: str, encoding: str = "") -> Document:
    from helpers.reading.apart import read_apart

    source, lines, repairs = read_apart(kind, data, name)
    _check_length(source, name)
    return Document(name, kind, source, lines, encoding, repairs)


def _check_length(text: str, name: str) -> None:
    if len(text) > LARGEST_TEXT:
        raise ReportError(
            f"{name} is too long: {len(text):,} characters of text; up to "
            f"{LARGEST_TEXT:,} are read. Save its chapters as files of their "
            "own."
        )


def _not_found(path: Path, given: str) -> str:
    if len(given) > 200:
        return (
            f'There is no report at "{given[:60]}...": no such file. A text that is given itself, '
            "not as a file, must have more than one line."
        )
    if path.is_symlink():
        return (
            f"{given!r} is a link to a file that does not exist, or leads in a circle. Name the "
            "report itself."
        )
    shown = given.replace("\0", "?")
    return (
        f"There is no report at {shown!r}: no such file. Check the spelling and the folder: "
        f"a relative path starts from {Path.cwd().name!r}, the folder you work in."
    )


def text_document(name: str, text: str, encoding: str = "") -> Document:
    """Return the lines of a text: a web page, Markdown, or plain."""
    if not text.strip():
        raise ReportError(f"{name} is empty. Save the report's text into it and try again.")
    if is_web_page(text):
        return _opened_apart("web page", text.encode("utf-8", "replace"), name, encoding)
    return typed_document(name, text, encoding)


def typed_document(name: str, text: str, encoding: str = "") -> Document:
    """Return the lines of a text that is Markdown or plain, whatever tags stand in it."""
    _check_length(text, name)
    from helpers.reading import markdown

    if markdown.is_markdown(text):
        return Document(name, "Markdown", text, markdown.read_lines(text), encoding)
    return Document(name, "text", text, plain_text.read_lines(text), encoding)


def is_web_page(text: str) -> bool:
    """Return whether a text is a web page, or a piece of one."""
    if WEB_PAGE.match(text):
        return True
    return WEB_PIECE.match(text) is not None and not MARKDOWN_HEADING.search(text)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text that bytes stand for, and the name of the encoding they were read as.

    Parameters
    ----------
    data : bytes
        A file's content.
    name : str
        The file's name, for messages.

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
    for beginning, advice in OTHER_FORMATS.items():
        if re.match(BYTE_ORDER_MARK + beginning, data):
            held = IN_OFFICE.items() if data.startswith(OFFICE) else ()
            found = (said for held_name, said in held if held_name.encode("utf-16-le") in data)
            raise ReportError(f"{name} {next(found, advice)}. What can be read is {READ}.")
    if data.startswith(PICTURES):
        raise ReportError(
            f"{name} is a picture. Have a program for optical character recognition (OCR) make "
            f"text of it. What can be read is {READ}."
        )
    codec, encoding = _encoding(data, name)
    try:
        errors = "replace" if codec == "utf-8" else "strict"
        return data.decode(codec, errors).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{name} cannot be read as {encoding}, which its bytes seem to be: it breaks off at "
            f"byte {error.start}. Save the file again with the encoding UTF-8."
        ) from error


def _encoding(data: bytes, name: str) -> tuple[str, str]:
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
    if _is_nearly_utf8(data):
        return "utf-8", "UTF-8"
    codec = _declared_encoding(data) or _old_encoding(data)
    return codec, OLD_ENCODINGS.get(codec, codec)


def _is_nearly_utf8(data: bytes) -> bool:
    """Return whether a few bytes only keep a file from being UTF-8, as in pages put together."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(letter > "\x7f" for letter in text) - bad
    return good >= RARE * bad


def _declared_encoding(data: bytes) -> str:
    """Return the encoding that a web page says it has, if it can be read as that; else ""."""
    found = CHARSET.search(data[:2048])
    declared = found[1].decode("ascii", "replace").lower() if found else ""
    # Browsers take Latin-1 for its extension by Windows, which most such pages are in.
    codec = "cp1252" if declared in ("iso-8859-1", "latin1", "us-ascii") else declared
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
