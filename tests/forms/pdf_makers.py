"""Makes filled PDF forms as different programs write them: plain ones, as Acrobat saves, as Preview does."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdf
from pikepdf import Array, Dictionary, Name, String
from pypdf.generic import NameObject, TextStringObject

Fields = Mapping[str, str | bool | tuple[str, list[str]]]


def plain(fields: Fields, change: Callable[[pikepdf.Pdf], None] | None = None, *, pages: int = 1, **save) -> bytes:
    """A form of those fields. A text; True or False for a box; (chosen, states) for a group of radio buttons.

    change: what else is done to it before it is saved.
    """
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    made = [_field(pdf, name, value) for name, value in fields.items()]
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(made), DA=String("/Helv 10 Tf 0 g")))
    if change:
        change(pdf)
    return saved(pdf, **save)


def saved(pdf: pikepdf.Pdf, **save) -> bytes:
    """Its bytes."""
    out = BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None], **save) -> bytes:
    """A PDF with something done to it, written anew."""
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        return saved(pdf, **save)


def _field(pdf: pikepdf.Pdf, name: str, value) -> pikepdf.Object:
    if isinstance(value, bool):
        return _on_page(pdf, Dictionary(FT=Name.Btn, T=String(name), **_state("/Yes" if value else "/Off", "/Yes")))
    if isinstance(value, tuple):
        return _group(pdf, name, *value)
    return _on_page(pdf, Dictionary(FT=Name.Tx, T=String(name), V=String(value)))


def _group(pdf: pikepdf.Pdf, name: str, chosen: str, states: list[str]) -> pikepdf.Object:
    group = pdf.make_indirect(
        Dictionary(FT=Name.Btn, Ff=(1 << 15) | (1 << 14), T=String(name), V=Name(f"/{chosen}" if chosen else "/Off"))
    )
    kids = []
    for state in states:
        shown = _state(f"/{state}" if state == chosen else "/Off", f"/{state}")
        del shown["V"]
        kids.append(_on_page(pdf, Dictionary(Parent=group, **shown)))
    group.Kids = Array(kids)
    return group


def _state(state: str, on: str) -> dict:
    looks = Dictionary({on: Dictionary(), "/Off": Dictionary()})
    return {"V": Name(state), "AS": Name(state), "AP": Dictionary(N=looks)}


def _on_page(pdf: pikepdf.Pdf, widget: Dictionary) -> pikepdf.Object:
    page = pdf.pages[0]
    widget.Type, widget.Subtype, widget.Rect = Name.Annot, Name.Widget, Array([50, 50, 200, 70])
    made = pdf.make_indirect(widget)
    if Name.Annots not in page.obj:
        page.obj.Annots = Array([])
    page.obj.Annots.append(made)
    return made


def as_acrobat(content: bytes, values: Mapping[str, str | bool]) -> bytes:
    """Filled in as Acrobat saves: what is new is added after the file as it was, texts in UTF-16, /V and /AS both."""
    writer = pypdf.PdfWriter(BytesIO(content), incremental=True)
    for field in writer._root_object["/AcroForm"]["/Fields"]:
        _fill(field.get_object(), values, as_text=_utf_16)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def as_preview(content: bytes, values: Mapping[str, str | bool]) -> bytes:
    """Filled in as Preview saves: the whole file written anew, without NeedAppearances, texts with a box drawn."""

    def fill(pdf: pikepdf.Pdf) -> None:
        if "/NeedAppearances" in pdf.Root.AcroForm:
            del pdf.Root.AcroForm["/NeedAppearances"]
        for field in pdf.Root.AcroForm.Fields:
            name = str(field.T)
            if name in values:
                _fill_anew(pdf, field, values[name])

    return changed(content, fill, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)


def signed(content: bytes) -> bytes:
    """Signed by a made-up certificate, so that the form may still be filled in."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    out = BytesIO()
    about = signers.PdfSignatureMetadata(field_name="Signature1")
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), about, signer=_signer(), output=out)
    return out.getvalue()


def _utf_16(text: str) -> TextStringObject:
    made = TextStringObject(text)
    made.autodetect_utf16, made.autodetect_pdfdocencoding = True, False
    made.utf16_bom = codecs.BOM_UTF16_BE
    return made


def _fill(field, values, *, as_text) -> None:
    value = values.get(field["/T"])
    if value is None:
        return
    if field["/FT"] == "/Tx":
        field[NameObject("/V")] = as_text(value)
        return
    state = NameObject(f"/{value}" if isinstance(value, str) else "/Yes" if value else "/Off")
    field[NameObject("/V")] = state
    for widget in [kid.get_object() for kid in field.get("/Kids", [])] or [field]:
        on = next(name for name in widget["/AP"]["/N"] if name != "/Off")
        widget[NameObject("/AS")] = NameObject(on if on == state else "/Off")


def _fill_anew(pdf: pikepdf.Pdf, field: pikepdf.Object, value: str | bool) -> None:
    if Name.Tx == field.FT:
        field.V = String(value)
        field.AP = Dictionary(N=pikepdf.Stream(pdf, b"/Tx BMC q BT ET Q EMC"))
        return
    state = Name(f"/{value}" if isinstance(value, str) else "/Yes" if value else "/Off")
    field.V = state
    for widget in field.get("/Kids", [field]):
        on = next(name for name in widget.AP.N if name != "/Off")
        widget.AS = Name(on) if Name(on) == state else Name.Off


def _signer():
    """A signer with a certificate of her own making."""
    from asn1crypto import keys, x509
    from cryptography import x509 as made
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = made.Name([made.NameAttribute(made.NameOID.COMMON_NAME, "Påhittad underskrift")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    built = made.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(day).not_valid_after(day.replace(year=2046))
    usage = made.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = built.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    as_der = serialization.Encoding.DER
    plain_key = key.private_bytes(as_der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(as_der)),
        signing_key=keys.PrivateKeyInfo.load(plain_key),
        cert_registry=SimpleCertificateStore(),
    )
