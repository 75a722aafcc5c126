"""How a notice looks: style by part, since mail programs read attributes and little else. Pure: no Django here."""

from __future__ import annotations

from typing import Final

HOUSE_COLOUR: Final = "#0e4f5b"
_FONT: Final = "font-family:'Source Sans 3',-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"

_STYLES: Final = {
    "page": f"margin:0;padding:0;background-color:#f1f0e9;color:#16262c;{_FONT}",
    "frame": "width:100%;border-collapse:collapse;background-color:#f1f0e9",
    "frame_cell": "padding:16px 8px",
    "sheet": "width:100%;max-width:600px;margin:0 auto;border-collapse:collapse;background-color:#ffffff",
    "head": "padding:16px 24px;background-color:{colour};color:#ffffff;font-size:18px;font-weight:600;line-height:1.3",
    "body": "padding:8px 24px 24px;font-size:17px;line-height:1.5;color:#16262c",
    "title": "margin:16px 0 8px;font-size:22px;line-height:1.3;font-weight:600;color:#16262c",
    "para": "margin:0 0 16px;overflow-wrap:anywhere",
    "heading": "margin:24px 0 8px;font-size:19px;line-height:1.3;font-weight:600",
    "list": "margin:0 0 16px;padding-left:24px",
    "facts": "width:100%;margin:0 0 16px;border-collapse:collapse;font-size:16px",
    "fact_name": "padding:6px 12px 6px 0;border-bottom:1px solid #d8d6ca;text-align:left;vertical-align:top;"
    "font-weight:600;width:38%",
    "fact_value": "padding:6px 0;border-bottom:1px solid #d8d6ca;vertical-align:top;overflow-wrap:anywhere",
    # A column of a table is as wide as its longest word at least: a year is never broken.
    "cell": "padding:6px 12px 6px 0;border-bottom:1px solid #d8d6ca;text-align:left;vertical-align:top;"
    "overflow-wrap:break-word",
    "quote": "margin:0 0 16px;padding:4px 0 4px 16px;border-left:4px solid {colour};overflow-wrap:anywhere",
    "code": "margin:0 0 16px;font-family:ui-monospace,'Cascadia Mono','Liberation Mono',monospace;font-size:28px;"
    "letter-spacing:2px;font-weight:600",
    "button_line": "margin:8px 0 24px",
    "button": "display:inline-block;padding:12px 20px;background-color:{colour};color:#ffffff;font-weight:600;"
    "text-decoration:none;border-radius:4px",
    "foot": "padding:16px 24px;border-top:1px solid #d8d6ca;font-size:14px;line-height:1.5;color:#46575d",
    "foot_line": "margin:0 0 4px",
}

DARK: Final = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    "@media (prefers-color-scheme:dark){"
    ".page,.frame{background-color:#10181b!important}"
    ".sheet{background-color:#182327!important}"
    ".body,.title{color:#eef2f1!important}"
    ".foot{color:#b8c4c7!important;border-color:#3a4a50!important}"
    ".fact{border-color:#3a4a50!important}"
    "}"
)


def style(name: str, colour: str) -> str:
    """The style of a part. colour: "#rrggbb" on which white is readable; it carries the sender's look."""
    return _STYLES[name].replace("{colour}", colour)
