"""The PDFs of the demonstration of `resources`: printed from its texts by chromium.

A text is `plugins/resources/demo/texts/NAME-LANGUAGE.txt`: `# title`, `## heading`, `- item`,
`[ ] item to tick`, `> what stands below`, and paragraphs between empty lines. It becomes
`plugins/resources/demo/media/NAME-LANGUAGE.pdf`, the same bytes each time with the same chromium
and fonts (Debian's fonts-noto-core).
"""

import argparse
import html
import re
import subprocess
import tempfile
from pathlib import Path

import pikepdf
from pypdf import PdfReader

DEMO = Path(__file__).resolve().parents[1] / "plugins" / "resources" / "demo"
TEXTS, MEDIA = DEMO / "texts", DEMO / "media"
CHROMIUM = "/usr/bin/chromium"
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--no-pdf-header-footer",
)  # fmt: skip
LARGEST = 80_000  # bytes
FONTS = {
    "hi": "Noto Sans Devanagari",
    "km": "Noto Sans Khmer",
    "th": "Noto Sans Thai",
    "ur": "Noto Naskh Arabic",
}
LARGER = "14pt"  # scripts whose letters look small
KINDS = {"# ": "h1", "## ": "h2", "- ": "li", "[ ] ": "li", "> ": "footer"}
STYLE = """
@page { size: A4; margin: 22mm 22mm 18mm }
body { font: SIZE/1.6 FONT, "Noto Sans", sans-serif; color: #1b1f24; margin: 0 }
h1 { font-size: 22pt; line-height: 1.4; margin: 0 0 4mm; border-bottom: 2pt solid #0b5d57 }
h2 { font-size: 15pt; margin: 6mm 0 1mm; color: #0b5d57 }
p, ul { margin: 0 0 2mm } ul { padding-inline-start: 6mm } li { margin: 0 0 1mm }
ul.ticks { list-style: "\\2610\\00a0\\00a0" } footer { font-size: 10pt; margin-top: 8mm }
h2, li, p { break-inside: avoid } h2 { break-after: avoid }
"""


def parts(text: str) -> list[tuple[str, str, str]]:
    """The mark, element and words of each line; empty lines carry nothing."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        mark = next((mark for mark in KINDS if line.startswith(mark)), "")
        found.append((mark, KINDS.get(mark, "p"), line.removeprefix(mark)))
    return found


def page(text: str, language: str) -> str:
    """A text as HTML."""
    body, title = [], ""
    for mark, element, words in parts(text):
        title = title or words
        body.append((mark, f"<{element}>{html.escape(words)}</{element}>"))
    lines = re.sub(
        r"(?:^(?:- |\[ \] )\t.*\n)+",
        lambda run: f"<ul{' class=ticks' if run[0].startswith('[') else ''}>\n{run[0]}</ul>\n",
        "".join(f"{mark}\t{line}\n" for mark, line in body),
        flags=re.MULTILINE,
    )
    content = re.sub(r"^.*\t", "", lines, flags=re.MULTILINE)
    size = LARGER if language in FONTS else "12pt"
    style = STYLE.replace("FONT", f'"{FONTS.get(language, "Noto Sans")}"').replace("SIZE", size)
    direction = "rtl" if language in ("ar", "ur") else "ltr"
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title><style>{style}</style><body>{content}</body></html>"
    )


def language_of(source: Path) -> str:
    """The language that a text's name ends on."""
    return source.stem.rpartition("-")[2]


def make(source: Path, target: Path) -> None:
    """Print one text, and take out what differs from one run to the next."""
    with tempfile.TemporaryDirectory() as folder:
        written, printed = Path(folder) / "page.html", Path(folder) / "page.pdf"
        written.write_text(page(source.read_text("utf-8"), language_of(source)), "utf-8")
        subprocess.run(
            [CHROMIUM, *OPTIONS, f"--user-data-dir={folder}/profile",
             f"--print-to-pdf={printed}", written.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        with pikepdf.open(printed) as pdf:
            del pdf.docinfo
            pdf.save(
                target,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )


def measured(source: Path, target: Path) -> str:
    """Size, pages, and which share of the source's words a search finds in the text of the PDF."""
    pages = PdfReader(target).pages
    found = "".join("".join(page.extract_text() for page in pages).split())
    words = " ".join(line for _mark, _element, line in parts(source.read_text("utf-8"))).split()
    share = sum(word in found for word in words) / len(words)
    size = target.stat().st_size
    late = "" if size <= LARGEST else ", TOO LARGE"
    return f"{target.name}: {size} bytes{late}, {len(pages)} pages, {share:.0%} of words found"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME-LANGUAGE", help="these alone")
    parser.add_argument("--out", type=Path, default=MEDIA, help="the folder to write into")
    parser.add_argument("--measure", action="store_true", help="make none, read those there")
    options = parser.parse_args()
    sources = [TEXTS / f"{name}.txt" for name in options.names] or sorted(TEXTS.glob("*.txt"))
    for source in sources:
        target = options.out / f"{source.stem}.pdf"
        if not options.measure:
            make(source, target)
        print(measured(source, target))


if __name__ == "__main__":
    main()
