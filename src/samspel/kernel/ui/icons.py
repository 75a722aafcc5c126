"""Our own few icons: strokes on a field of 24 by 24, always beside words and hidden from readers of the text."""

from __future__ import annotations

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "success": '<circle cx="12" cy="12" r="9"/><path d="m7.5 12.5 3 3 6-7"/>',
    "warning": '<path d="M12 3.5 22 20.5H2zM12 10v5M12 17.5v.5"/>',
    "error": '<path d="M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v6M12 16v.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5.5 5.5"/>',
    "menu": '<path d="M3 6h18M3 12h18M3 18h18"/>',
    "close": '<path d="m5 5 14 14M19 5 5 19"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"/>',
    "person": '<circle cx="12" cy="8" r="4.5"/><path d="M3.5 21c1-5 4-7 8.5-7s7.5 2 8.5 7"/>',
    "ascending": '<path d="M12 20V4M6 10l6-6 6 6"/>',
    "descending": '<path d="M12 4v16M6 14l6 6 6-6"/>',
    "unsorted": '<path d="m7 9 5-5 5 5M7 15l5 5 5-5"/>',
    "previous": '<path d="M20 12H4M10 6l-6 6 6 6"/>',
    "next": '<path d="M4 12h16M14 6l6 6-6 6"/>',
    "download": '<path d="M12 3v12M6.5 10l5.5 5.5L17.5 10M4 20.5h16"/>',
    "calendar": '<path d="M4 5.5h16v15H4zM4 10h16M8 3v4M16 3v4"/>',
    "check": '<path d="m4 13 5 5L20 6"/>',
    "source": '<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7"/>',
}


@cache
def icon(name: str) -> SafeString:
    """The icon of that name as inline SVG. Raises KeyError for a name that is not ours."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(SHAPES[name]),
    )
