"""Small files in the shapes of the official ones, with figures and schools that are made up."""

import io
import zipfile

import openpyxl

MUNICIPALITIES = {"0114": "Upplands Väsby", "0380": "Uppsala", "1440": "Ale", "2518": "Övertorneå"}
COUNTIES = {"01": "Stockholms län", "03": "Uppsala län", "14": "Västra Götalands län", "25": "Norrbottens län"}
# They pass the check digit; made up.
PRIVATE_ORGANIZER, FEDERATION = "5599990016", "2229990011"
NOTES = "\nRapportbeskrivning och definitioner etc.\n;ett;två\n"

PUPILS_HEADING = (
    "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Andel (%) flickor, årskurs 1-9;"
    "Andel (%) elever med utländsk bakgrund, åk 1-9;Elever, årskurs 1;Elever, årskurs 1-9;"
)


def export(title, period, *lines, notes=NOTES, more=()):
    """A statistics export: the preamble, the lines of the table, and the notes after it."""
    head = ["Statistik från Skolverket, https://www.skolverket.se", "", title, period, *more, ""]
    return ("\ufeff" + "\n".join([*head, *lines]) + "\n" + notes).encode()


def town(code, kind="Samtliga"):
    """The cells that open a municipality's row."""
    return f"{MUNICIPALITIES[code]};{code};{COUNTIES[code[:2]]};{code[:2]};{kind}"


def pupils(*rows, heading=PUPILS_HEADING, period="Valt läsår: 2024/25"):
    """An export of pupils by municipality."""
    rows = rows or (f"{town('1440')};47,8;24,3;444;4 102;", f"{town('1440', 'Enskild')};..;~100;.;0;")
    return export("Grundskola - Antal elever per årskurs", period, heading, *rows)


def kolada(*rows, kpi="n15505"):
    """A Kolada file."""
    rows = rows or ("0000,2020,230.1", "0001,2020,240.0", "1440,2020,221.5", "1440,2021,")
    return ("\n".join([f"geo,year,{kpi}", *rows]) + "\n").encode()


def municipality_table(*rows):
    """A municipality table; the organization numbers are made up."""
    rows = rows or (
        "0114,Upplands Väsby,Upplands Väsby kommun,01,Stockholms län,212999-0012,49262,2022",
        "1440,Ale,Ale kommun,14,Västra Götalands län,212999-0020,32000,2022",
    )
    heading = "kommunkod,kommun,kommun_fullt_namn,lanskod,lan,orgnr,folkmangd,folkmangd_ar"
    return ("\r\n".join([heading, *rows]) + "\r\n").encode()


def plain_table(*rows, heading="Indikator;Kommunkod;Värde;År;Källa"):
    """A plain table."""
    rows = rows or ("mother_tongue_other;1440;24,5;2024/25;Kommunens egen räkning",)
    return ("\r\n".join([heading, *rows]) + "\r\n").encode()


def workbook(**sheets):
    """An XLSX workbook with a list of rows per sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def shared_workbook(texts, rows):
    """An XLSX workbook as spreadsheet programs write it: texts in one part, and cells that point at them by number."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    cells = ["".join(f'<c t="s"><v>{text}</v></c>' for text in row) for row in rows]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="Ark" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>"
        + "".join(f"<row>{row}</row>" for row in cells)
        + "</sheetData></worksheet>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return held.getvalue()


UNIT_HEADING = [
    "HUVUDMANNATYP", "ORGANISATIONSNR", "LÄN", "LÄNSNAMN", "KOMMUN", "KOMMUNNAMN", "SKOLENHETSKOD", "NAMN", "TELENR",
    "EPOST", "FKLASS", "ÅR1", "ÅR2", "HUVUDMANS NAMN", "REKTORS NAMN", "ELEVER FKLASS", "ELEVER ÅR1", "ELEVER ÅR2",
    "INRIKTNING", "JURIDISK FORM",
]  # fmt: skip
ORGANIZER_HEADING = ["ORGANISATIONSNR", "HUVUDMANNATYP", "GRUNDSKOLA", "NAMN", "TELENR", "EPOST", "JURIDISK FORM"]
PRINCIPAL, MAIL, PHONE = "Påhittad Rektorsson", "pahittad.rektorsson@skola.example", "08-123 45 67"


def unit_row(**changed):
    """A row of a unit, with the personal data a real extract carries."""
    row = dict(zip(UNIT_HEADING, [
        "Enskild", PRIVATE_ORGANIZER, "14", "Västra Götalands län", "1440", "Ale", "10000001", "Påhittade skolan",
        PHONE, MAIL, "J", "J", "N", "Påhittade skolor AB", PRINCIPAL, 12, 20, 0, "Waldorf",
        "Aktiebolag utom bank- och försäkringsaktiebolag",
    ], strict=True))  # fmt: skip
    return list({**row, **changed}.values())


def organizer_row(**changed):
    """A row of an organizer."""
    row = dict(zip(ORGANIZER_HEADING, [
        PRIVATE_ORGANIZER, "Enskild                  ", "J", "Påhittade skolor AB", PHONE, MAIL,
        "Aktiebolag utom bank- och försäkringsaktiebolag",
    ], strict=True))  # fmt: skip
    return list({**row, **changed}.values())


def register(units=None, organizers=None, **sheets):
    """An extract of the register with a sheet of compulsory schools and one of organizers."""
    return workbook(
        Grundskola=[UNIT_HEADING, *(units or [unit_row()])],
        **sheets,
        Huvudmän=[ORGANIZER_HEADING, *(organizers or [organizer_row()])],
    )


def archive(**files):
    """A zip file; `__` in a name stands for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "."), data)
    return held.getvalue()
