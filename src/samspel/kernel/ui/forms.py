"""Django forms written out with our own markup: label, hint and error tied to their control, required said in words."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """The default renderer of forms (setting FORM_RENDERER)."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
