"""The parts of a Word file: XML in a ZIP archive, unpacked within limits.

Nothing outside the archive is opened, no entity is expanded, and what an archive says of its sizes
is not believed.
"""

import io
import posixpath
import re
import zipfile

from lxml import etree

from helpers.reading.lines import ReportError

LARGEST = 100_000_000  # bytes of XML that are unpacked, all parts together
MOST_ENTRIES = 20_000  # of an archive
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO's strict names, and those that Word writes.
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument)/(\w+)")
OTHER_ARCHIVES = {
    "xl/": "this is an Excel workbook. Save the report's text as .docx or PDF",
    "ppt/": "this is a PowerPoint file. Save it as PDF",
    "index/": "this is a file of Apple Pages. Export it as .docx",
}
MIME_TYPES = {
    "opendocument.text": "this is an OpenDocument text (.odt). Open it in its own program and save "
    "it as .docx",
    "opendocument": "this is an OpenDocument file. Save the report's text as .docx",
    "epub": "this is an e-book (.epub). Save its text as .docx or .html",
}
DAMAGED = (
    "this Word file is damaged or cut off, and cannot be read. Get it anew, or open it in Word and "
    "save it again"
)


class Package:
    """The parts of a Word file.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name, for messages.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.room = LARGEST
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.error(DAMAGED) from error
        names = self.archive.namelist()
        if len(names) > MOST_ENTRIES:
            raise self.error(f"it holds {len(names)} files, and no Word file does. Ask for another")
        self.names = {name.lower(): name for name in names}

    def error(self, what: str) -> ReportError:
        """Return an error that says what is wrong with the file."""
        return ReportError(f"{self.name}: {what}.")

    def main(self) -> str:
        """Return the name of the part that holds the document."""
        for beginning, kind in OTHER_ARCHIVES.items():
            if any(name.startswith(beginning) for name in self.names):
                raise self.error(kind)
        for target in self.related("", "officeDocument"):
            return target
        if "word/document.xml" in self.names:
            return self.names["word/document.xml"]
        raise self.error(self._other_kind())

    def _other_kind(self) -> str:
        """Return what an archive is that holds no Word document, and what to do."""
        if "mimetype" in self.names:
            said = self._unpacked(self.names["mimetype"])[:100].decode("ascii", "replace")
            for word, kind in MIME_TYPES.items():
                if word in said:
                    return kind
        return "this is an archive (.zip) and no Word file. Unpack it, and name the file inside"

    def related(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts that a part leads to, of one kind ("styles")."""
        return list(self.relations(part, kind).values())

    def relations(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts that a part leads to, of one kind, by the ids that it uses."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relation in root.iterchildren(RELATIONSHIP) if root is not None else ():
            outside = relation.get("TargetMode", "") == "External"
            if outside or relation.get("Type", "").rpartition("/")[2] != kind:
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            if target.lstrip("/").lower() in self.names:
                found[relation.get("Id", "")] = self.names[target.lstrip("/").lower()]
        return found

    def part(self, name: str | None) -> etree._Element | None:
        """Return the root of a part, or None where there is no such part."""
        if not name or name.lower() not in self.names:
            return None
        data = self._unpacked(self.names[name.lower()])
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = data.decode("utf-16", "replace").encode()
            data = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", data.removeprefix("\ufeff".encode()))
        data = STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.error(
                f"{DAMAGED} ({name} is not XML as Word writes it: {_said(error)})"
            ) from error
        if root is None:
            raise self.error(f"{DAMAGED} ({name} is empty)")
        if root.getroottree().docinfo.doctype:
            raise self.error(
                f"{name} in it declares a document type, which Word never does: the file may be "
                "made to do harm. Open it in Word and save it again"
            )
        return root

    def _unpacked(self, name: str) -> bytes:
        """Return the bytes of a part, as long as there is room for them."""
        info = self.archive.getinfo(name)
        if info.flag_bits & 1:
            raise self.error("it asks for a password. Open it, save it without one, and try again")
        try:
            with self.archive.open(info) as packed:
                data = packed.read(self.room + 1)
        except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, OSError) as error:  # type: ignore[attr-defined]
            raise self.error(f"{DAMAGED} ({name} cannot be unpacked)") from error
        except NotImplementedError as error:
            raise self.error(f"{DAMAGED} ({name} is packed in an unusual way)") from error
        self.room -= len(data)
        if self.room < 0:
            raise self.error(
                f"it unpacks to more than {LARGEST // 10**6} million bytes of text and format, "
                "which no report needs. If it is one, save its chapters as files of their own"
            )
        return data


def _said(error: Exception) -> str:
    return str(error).split(", line")[0][:100]
