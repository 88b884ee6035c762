"""Files as strangers send them, made here: PDFs with Chinese text, pages of newspapers, and what is built to harm."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

LINES = (
    "截至2024年6月底，苏州工业园区集聚人工智能企业超1800家，",
    "2024年规上工业总产值达6518亿元，同比增长百分之六。",
    "苏州市累计建成省级智能工厂100家，制造业稳中向好。",
)
TEXT = "\n".join(LINES)
BOM = "\ufeff"

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>园区产业再上台阶_新闻网</title>{head}</head><body>
<div class="nav"><a href="/">首页</a> <a href="/2">要闻6.6万条</a></div><h1>园区产业再上台阶</h1>{info}
<div class="content"><p>截至2024年6月底，苏州工业园区集聚人工智能企业超1800家，2024年规上工业总产值达6518亿元，同比增长百分之六。</p>
<p>苏州市累计建成省级智能工厂100家，工业投资保持增长，全市制造业稳中向好，创新动能不断增强，产业体系更加完整。</p></div>
</body></html>"""
INFO = '<div class="info"><span>2024年9月10日 08:12</span> <span>来源：苏州日报</span> <span>作者：甲某</span></div>'


def page(head: str = "", info: str = "") -> bytes:
    """A page of a newspaper's site, with or without declarations and a byline."""
    return PAGE.format(head=head, info=info).encode()


def pdf(*pages: Iterable[str], title: str = "", author: str = "", trailer: str = "") -> bytes:
    """A PDF with a line of text for each line of each page, in a font that every reader brings."""
    return _assembled(_objects(pages, title, author), trailer)


def _objects(pages: Iterable[Iterable[str]], title: str = "", author: str = "") -> dict[int, str]:
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        4: "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/DW 1000/FontDescriptor 5 0 R>>",
        5: "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 752/Descent -271/CapHeight 737/StemV 58>>",
        6: f"<</Title{_string(BOM + title)}/Author{_string(BOM + author)}>>",
    }
    numbers = []
    for lines in pages:
        number = len(objects) + 2  # 2 is kept for the list of pages
        rows = [f"BT/F1 10 Tf 40 {800 - 16 * row} Td{_string(line)}Tj ET" for row, line in enumerate(lines)]
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {number + 1} 0 R>>"
        )
        objects[number + 1] = _stream("\n".join(rows).encode())
        numbers.append(f"{number} 0 R")
    objects[2] = f"<</Type/Pages/Kids[{' '.join(numbers)}]/Count {len(numbers)}>>"
    return objects


def _assembled(objects: dict[int, str], trailer: str) -> bytes:
    """A PDF of numbered objects, with its table of where they stand."""
    content, table = b"%PDF-1.7\n", "0000000000 65535 f \n"
    for number, body in sorted(objects.items()):
        table += f"{len(content):010} 00000 n \n"
        content += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    end = f"xref\n0 {len(objects) + 1}\n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 6 0 R{trailer}>>\n"
    return content + f"{end}startxref\n{len(content)}\n%%EOF\n".encode()


#: What the trailer of a PDF says that wants a password which nobody knows.
ENCRYPTED = f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>"


def pdf_bomb(megabytes: int, repeated: bytes = b"BT/F1 10 Tf 40 800 Td<82cf>Tj ET\n") -> bytes:
    """A PDF of a few kilobytes whose one page unpacks to so many megabytes."""
    packer, chunk = zlib.compressobj(9), repeated * (1_000_000 // len(repeated))
    packed = b"".join(packer.compress(chunk) for _ in range(megabytes)) + packer.flush()
    packed = zlib.compress(packed, 9)
    objects = _objects([LINES])
    objects[8] = (
        f"<</Length {len(packed)}/Filter[/FlateDecode/FlateDecode]>>stream\n{packed.decode('latin-1')}\nendstream"
    )
    return _assembled(objects, "")


def nested(tag: str, depth: int = 100_000) -> bytes:
    """A page whose text stands inside so many elements."""
    return f"<html><body>{f'<{tag}>' * depth}{TEXT}{f'</{tag}>' * depth}</body></html>".encode()


def entities() -> bytes:
    """A page that grows tenfold with each of its entities, if anybody lets it."""
    names = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "苏州">{"".join(names)}]><html><body><p>&a11;</p><p>{TEXT}</p></body></html>'.encode()


def _string(text: str) -> str:
    return f"<{text.encode('utf-16-be').hex()}>"


def _stream(content: bytes) -> str:
    return f"<</Length {len(content)}>>stream\n{content.decode('latin-1')}\nendstream"
