"""A small site beside the real one, for tests of what happens to text and order in the browser."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

SAVED = {"note": "", "version": 1, "order": []}

PAGE = """{% extends "base.html" %}
{% block title %}Ghi chú{% endblock %}{% block page_title %}Ghi chú{% endblock %}
{% block main %}
  <form method="post" data-save data-draft-key="ghi-chu" data-draft-version="{{ version }}">{% csrf_token %}
    {% form_errors form %}{% field form.note %}<button class="btn btn-primary" type="submit">Lưu</button>
  </form>
{% endblock %}"""

ROWS = """{% extends "base.html" %}
{% block title %}Thứ tự{% endblock %}{% block page_title %}Thứ tự{% endblock %}
{% block scripts %}<script type="module" src="{% static 'js/rows.js' %}"></script>{% endblock %}
{% block main %}
  <table class="table table-edit" data-rows-url="{{ url }}" data-rows-name="việc">
    {% for group, names in groups.items %}<tbody data-rows="{{ group }}">{% for name in names %}
      <tr data-row="{{ name }}">
        <td><button class="row-handle" type="button" data-row-handle aria-label="Dời {{ name }}"></button></td>
        <td><input class="form-control" value="{{ name }}" aria-label="Tên {{ name }}"></td>
      </tr>
    {% endfor %}</tbody>{% endfor %}
  </table>
{% endblock %}"""


class NoteForm(forms.Form):
    """One text that must not hold the word "sai"."""

    note = forms.CharField(label="Ghi chú", widget=forms.Textarea)

    def clean_note(self) -> str:
        if "sai" in self.cleaned_data["note"]:
            raise forms.ValidationError("Viết lại câu này.")
        return self.cleaned_data["note"]


def drawn(request: HttpRequest, source: str, **context: object) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render(context, request))


def note(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST or None, initial={"note": SAVED["note"]})
    if request.method == "POST" and form.is_valid():
        SAVED["note"] = form.cleaned_data["note"]
        messages.success(request, "Đã lưu ghi chú.")
        return redirect("done")
    return drawn(request, PAGE, form=form, version=SAVED["version"])


def done(request: HttpRequest) -> HttpResponse:
    return drawn(request, '{% extends "base.html" %}{% block page_title %}Xong{% endblock %}')


def rows(request: HttpRequest) -> HttpResponse:
    return drawn(request, ROWS, groups={"1": ["a", "b", "c"], "2": ["d", "e"]}, url=request.GET.get("url", "/thu/luu/"))


def order(request: HttpRequest) -> JsonResponse:
    SAVED["order"] = request.POST.getlist("order")
    return JsonResponse({})


urlpatterns = [
    path("thu/ghi-chu/", note, name="note"),
    path("thu/xong/", done, name="done"),
    path("thu/tim/", done, name="search"),
    path("thu/dong/", rows, name="rows"),
    path("thu/luu/", order, name="order"),
    path("", include("qms.urls")),
]
