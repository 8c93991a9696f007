"""Word repairs, or refuses, a file whose properties stand in another order than its schema has them."""

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from qms.documents.tests import samples

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
}
"""The children we use, in the order of the schema (ECMA-376, part 1)."""


def _parents(docx: bytes) -> Iterator[tuple[str, list[str]]]:
    """Every element with a demanded order, and the names of its children."""
    with ZipFile(BytesIO(docx)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                for parent in ORDER:
                    for element in etree.fromstring(package.read(name)).iter(qn(f"w:{parent}")):
                        yield parent, [etree.QName(child).localname for child in element]


@pytest.mark.parametrize("name", samples.ALL)
def test_everything_stands_in_the_order_of_the_schema(docx: Callable[[str], bytes], name: str) -> None:
    for parent, children in _parents(docx(name)):
        order = ORDER[parent].split()
        assert [child for child in children if child not in order] == []
        assert children == sorted(children, key=order.index)
