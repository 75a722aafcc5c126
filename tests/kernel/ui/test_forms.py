"""Forms: label, hint and error tied to their control."""

from django import forms


class Round(forms.Form):
    name = forms.CharField(label="Namn", help_text="Syns för <alla>.")
    mail = forms.EmailField(label="E-post", required=False)
    choice = forms.ChoiceField(label="Val", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.data.get("mail") == "same@example.com":
            raise forms.ValidationError("Samma person får inte göra båda.")


def test_a_form_is_accessible_as_it_stands():
    shown = str(Round())

    assert (
        '<label class="field__label" for="id_name">Namn <span class="field__required">(obligatoriskt)</span>' in shown
    )
    assert '<div class="field__hint" id="id_name_helptext">Syns för &lt;alla&gt;.</div>' in shown
    assert 'id="id_name"' in shown
    assert 'aria-describedby="id_name_helptext"' in shown
    assert '<legend class="field__label">Val <span class="field__required">' in shown
    assert '<input type="hidden" name="secret" id="id_secret">' in shown


def test_a_field_that_need_not_be_filled_in_does_not_say_required():
    shown = str(Round()["mail"].as_field_group())

    assert "(obligatoriskt)" not in shown


def test_an_error_is_tied_to_its_control():
    shown = Round({"mail": "<b>"})["mail"].as_field_group()

    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_mail_error"' in shown
    assert '<div class="field__error" id="id_mail_error">' in shown
    assert "<b>" not in shown


def test_a_hint_given_on_the_page_is_tied_to_the_control(write):
    shown = write('{% field field=form.mail label="Adress" hint="Dit svaret går." %}', form=Round())

    assert '<label class="field__label" for="id_mail">Adress</label>' in shown
    assert '<div class="field__hint" id="id_mail_helptext">Dit svaret går.</div>' in shown
    assert 'aria-describedby="id_mail_helptext"' in shown


def test_the_error_summary_links_to_each_field_and_takes_focus(write):
    shown = write("{% error_summary form=form %}", form=Round({"mail": "x"}))

    assert 'role="alert" tabindex="-1" autofocus' in shown
    assert "3 saker behöver rättas" in shown
    assert '<a href="#id_name">Namn: ' in shown
    assert '<a href="#id_choice_0">Val: ' in shown


def test_errors_of_the_whole_form_and_refusals_stand_in_the_summary(write):
    shown = write(
        "{% error_summary form=form errors=errors %}",
        form=Round({"name": "N", "choice": "a", "mail": "same@example.com"}),
        errors=[("Omgången är <fryst>.", "")],
    )

    assert "<li>Samma person får inte göra båda.</li><li>Omgången är &lt;fryst&gt;.</li>" in shown


def test_one_error_is_said_in_the_singular(write):
    assert "En sak behöver rättas" in write("{% error_summary errors=errors %}", errors=[("Fel.", "")])


def test_nothing_wrong_shows_nothing(write):
    assert write("{% error_summary form=form %}", form=Round()) == ""


def test_the_buttons_of_a_form(write):
    shown = write('{% form_buttons submit="Spara" cancel_url="/ut/" %}')

    assert '<button class="button button--primary" type="submit">Spara</button>' in shown
    assert '<a href="/ut/">Avbryt</a>' in shown
