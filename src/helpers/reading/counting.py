"""Numbers of lists as they are printed: digits, letters, Roman numerals."""

ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip
LARGEST_ROMAN = 3999
LARGEST_NUMBER = 10**6  # a number beyond is none that somebody has given a list


def printed_number(number: int, kind: str, *, repeat: bool = False) -> str:
    """Return a number as a list prints it.

    Parameters
    ----------
    number : int
        The number.
    kind : str
        "digit", "padded" (two digits), "letter", "LETTER", "roman", "ROMAN"; what a kind cannot
        say is printed in digits.
    repeat : bool
        Whether "aa", "bb" follow "z" (as in Word), and not "aa", "ab" (as in a browser).

    Examples
    --------
    >>> [printed_number(28, kind) for kind in ("digit", "letter", "ROMAN")]
    ['28', 'ab', 'XXVIII']
    >>> printed_number(28, "letter", repeat=True), printed_number(7, "padded")
    ('bb', '07')
    """
    small = kind.lower()
    if small == "letter" and number > 0:
        text = _letters(number, repeat)
    elif small == "roman" and 0 < number <= LARGEST_ROMAN:
        text = _roman(number)
    else:
        return f"{number:02}" if kind == "padded" else str(number)
    return text.upper() if kind.isupper() else text


def _letters(number: int, repeat: bool) -> str:
    if repeat:
        times, letter = divmod(number - 1, 26)
        return chr(ord("a") + letter) * min(times + 1, 30)
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
