"""Drawings (SVG) that may stand in a page: what an allow-list names, and nothing that acts or loads."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Any

_ELEMENT_NAMES = """
svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc
clipPath mask pattern marker linearGradient radialGradient stop image switch style filter feBlend
feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
"""
_ELEMENTS = {name.lower(): name for name in _ELEMENT_NAMES.split()}
_ATTRIBUTE_NAMES = """
id class style lang role tabindex version width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d dx dy
points offset rotate transform viewBox preserveAspectRatio href alignment-baseline baseline-shift clip
clip-path clip-rule color color-interpolation color-interpolation-filters color-rendering cursor
direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font
font-family font-size font-size-adjust font-stretch font-style font-variant font-weight image-rendering
letter-spacing lighting-color marker marker-end marker-mid marker-start mask opacity overflow paint-order
pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
text-rendering unicode-bidi vector-effect visibility word-spacing writing-mode clipPathUnits
gradientTransform gradientUnits lengthAdjust markerHeight markerUnits markerWidth maskContentUnits
maskUnits method orient pathLength patternContentUnits patternTransform patternUnits refX refY spacing
spreadMethod startOffset systemLanguage textLength type media amplitude azimuth baseFrequency bias
diffuseConstant divisor edgeMode elevation exponent filterUnits in in2 intercept k1 k2 k3 k4 kernelMatrix
kernelUnitLength limitingConeAngle mode numOctaves operator order pointsAtX pointsAtY pointsAtZ
preserveAlpha primitiveUnits radius result scale seed slope specularConstant specularExponent
stdDeviation stitchTiles surfaceScale tableValues targetX targetY values xChannelSelector
yChannelSelector z zoomAndPan
"""
_ATTRIBUTES = {name.lower(): name for name in _ATTRIBUTE_NAMES.split()}
#: Names of other vocabularies that say what a drawing is, and draw nothing.
_SILENT = {"metadata", "namedview", "perspective", "guide", "grid"}
_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
# any address in a style but a place in the drawing itself; escapes could hide one
_ACTS = re.compile(
    r"url\s*\(\s*['\"]?(?!\s*#)|@import|@font-face|expression\s*\(|javascript:|\\|<", re.IGNORECASE
)
_HREF = re.compile(r"\s*(?:#\S*|data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*)\s*")
_AFTER_ELEMENTS = re.compile(r"<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)


# what a drawing inside of a page may be made of: tags, and text between them
_TOKEN = re.compile(
    r"<(?P<end>/)?(?P<name>[A-Za-z]+)(?P<attributes>(?:\s+[\w:-]+=\"[^\"<>]*\")*)\s*/?>|[^<>]+"
)
_ATTRIBUTE = re.compile(r"([\w:-]+)=\"([^\"<>]*)\"")
_ID = re.compile(r'\sid="([^"]*)"')
#: In a page these would be read as the page's own.
_NOT_INSIDE = {"style", "title", "desc", "image", "switch"}


class DrawingError(ValueError):
    """A drawing that is no SVG at all."""


def allowed_drawing(svg: str) -> tuple[str, list[str]]:
    """The drawing with nothing but what the allow-list names, and the names of what was left out.

    Raises
    ------
    DrawingError
        If it cannot be read as XML or its root is no ``svg``.
    """
    # for drawings only, of which most pages of a run have none
    from lxml import etree

    try:
        root = etree.fromstring(_AFTER_ELEMENTS.sub("", svg, count=1).strip().encode("utf-8"), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DrawingError(f"a drawing is no SVG: {error}") from error
    if etree.QName(root).localname != "svg":
        raise DrawingError(f"a drawing is no SVG: its root is {etree.QName(root).localname}")
    left: list[str] = []
    _clean(root, left)
    etree.cleanup_namespaces(root, top_nsmap={None: _SVG, "xlink": _XLINK})
    return etree.tostring(root, encoding="unicode", with_tail=False), sorted(set(left))


# the same drawing is checked where it is written and for every format that is made of it
@lru_cache(maxsize=64)
def check_drawing(svg: str) -> None:
    """Hold a drawing that becomes part of a page itself against the allow-list.

    It is written into the page as it is, so every tag in it must have the plainest form there is. Not read by
    lxml: a page is read as HTML, where what XML allows (CDATA, entities, instructions) may mean more.

    Raises
    ------
    DrawingError
        If there is anything in it that is not on the list; it names the first such thing.
    """
    at = 0
    open_tags: list[str] = []
    text = svg.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise DrawingError(f"a drawing holds what is no plain tag: {text[at : at + 40]!r}")
        at = token.end()
        name = token["name"]
        if name is None:
            continue
        if _ELEMENTS.get(name.lower()) != name or name in _NOT_INSIDE:
            raise DrawingError(f"a drawing holds <{name[:40]}>, which is not allowed in one")
        if token["end"]:
            if not open_tags or open_tags.pop() != name:
                raise DrawingError(f"a drawing closes <{name}> that is not open")
        elif not token[0].endswith("/>"):
            if name == "svg" and open_tags:
                raise DrawingError("a drawing holds another one")
            open_tags.append(name)
        if not open_tags and at < len(text):
            raise DrawingError("a drawing goes on after its end")
    if open_tags or not text.startswith("<svg "):
        raise DrawingError("a drawing is not one svg element from its beginning to its end")
    for key, value in set(_ATTRIBUTE.findall(text)):
        _check_attribute(key, unescape(value) if "&" in value else value)


def _check_attribute(key: str, value: str) -> None:
    if key in ("href", "xlink:href"):
        allowed = bool(_HREF.fullmatch(value))
    elif key == "style":
        properties = [part.split(":", 1)[0].strip() for part in value.split(";") if part.strip()]
        allowed = not _ACTS.search(value) and all(name in _ATTRIBUTES for name in properties)
    else:
        known = key in _ATTRIBUTES.values() or key.startswith(("aria-", "xmlns"))
        allowed = known and not _ACTS.search(value)
    if not allowed:
        raise DrawingError(f"a drawing holds {key[:40]}={value[:40]!r}, which is not allowed in one")


def drawing_names(svg: str) -> set[str]:
    """The ids in a drawing, which are ids of the page that holds it."""
    return set(_ID.findall(svg))


def _parser() -> Any:
    from lxml import etree

    # entities are not expanded, nothing is fetched; a comment draws nothing
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _clean(root: Any, left: list[str]) -> None:
    from lxml import etree

    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            # an entity that nobody expands
            _drop(element)
            left.append("entity")
            continue
        name = etree.QName(element)
        if name.localname == "a":
            # a link in a picture leads nowhere; what it holds is drawn
            element.tag = name = etree.QName(_SVG, "g")
        proper = _ELEMENTS.get(name.localname.lower())
        if proper is None or name.namespace not in (_SVG, None):
            if element is not root:
                _drop(element)
                if name.localname.lower() not in _SILENT:
                    left.append(name.localname)
            continue
        element.tag = f"{{{_SVG}}}{proper}"
        if proper == "style" and _ACTS.search(element.text or ""):
            _drop(element)
            left.append("style")
            continue
        _clean_attributes(element, left)


def _clean_attributes(element: Any, left: list[str]) -> None:
    from lxml import etree

    for key, value in list(element.attrib.items()):
        name = etree.QName(key)
        del element.attrib[key]
        proper = _ATTRIBUTES.get(name.localname.lower())
        if (
            name.namespace == _XML
            or (not name.namespace and name.localname.startswith(("aria-", "data-")))
            or (name.namespace == _XLINK and name.localname == "href" and _HREF.fullmatch(value))
        ):
            element.attrib[key] = value
        elif name.namespace or proper is None:
            if not name.namespace or name.localname in ("href", "src"):
                left.append(name.localname)
        elif (proper == "href" and not _HREF.fullmatch(value)) or (proper != "href" and _ACTS.search(value)):
            left.append(name.localname)
        else:
            element.attrib[proper] = value


def _drop(element: Any) -> None:
    """Take an element out of the tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
