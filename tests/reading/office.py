"""Word files made of a few lines of XML, for the features that python-docx cannot write."""

import io
import zipfile
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
# A list that counts 1., 2. on its first level, and (a), (b) on its second.
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
"""


def run(text: str, look: str = "") -> str:
    """Return a run; `look` is what its properties hold."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, level: int | None = None, style: str = "", more: str = "") -> str:
    """Return a paragraph of runs (or of texts), on a level of the list if one is given."""
    numbered = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        if level is not None
        else ""
    )
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f"<w:p><w:pPr>{styled}{numbered}{more}</w:pPr>{inner}</w:p>"


def word_file(*blocks: str, numbering: str = NUMBERING, **parts: str) -> bytes:
    """Return a Word file with these blocks in its body; parts by the kind of their relation."""
    parts = {"numbering": numbering, **parts}
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": _part("document", f"<w:body>{''.join(blocks)}</w:body>"),
        "word/_rels/document.xml.rels": _relations({kind: f"{kind}.xml" for kind in parts}),
        **{f"word/{kind}.xml": _part(kind, content) for kind, content in parts.items()},
    }
    return archive(files)


def archive(files: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive of files by their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in files.items():
            into.writestr(name, content)
    return packed.getvalue()


def _part(name: str, content: str) -> str:
    root = {"header": "hdr", "footer": "ftr"}.get(name, name)
    return f'<?xml version="1.0"?><w:{root} {NAMESPACES}>{content}</w:{root}>'


def _relations(targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'
