"""What the screens of every workflow share: a step asked for by its name, and what a refusal answers."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from .engine import Incomplete, NotAllowed, Refused, TooLate, Transition, Workflow
from .revisions import Overtaken

REFUSAL_STATUS: dict[type[Refused], int] = {TooLate: 409, NotAllowed: 403, Incomplete: 422}


def transition_or_404(workflow: Workflow, name: str) -> Transition:
    """The step of that name."""
    try:
        return workflow[name]
    except KeyError:
        raise Http404 from None


def carry_out(
    request: HttpRequest, name: str, form: Form, write: Callable[[], None], show: Callable[..., HttpResponse],
    *, done: str, back: str,
) -> HttpResponse:  # fmt: skip
    """`write()` what a form of the page asks for and go to `back`.

    Refused, `show(trouble=sentence, forms={name: form}, status=)` shows the page as it is now, with what was typed.
    """
    if not form.is_valid():
        return show(forms={name: form}, status=422)
    try:
        write()
    except Refused as error:
        return show(trouble=str(error), forms={name: form}, status=REFUSAL_STATUS[type(error)])
    except Overtaken as error:
        told = f"{error.message} Phần anh chị viết còn ở dưới, chưa được lưu; mở trang này ở cửa sổ khác để so sánh."
        return show(trouble=told, forms={name: form}, status=409)
    except PermissionDenied as error:
        return show(trouble=str(error), status=403)
    except ValidationError as error:
        return show(trouble=" ".join(error.messages), forms={name: form}, status=422)
    messages.success(request, done)
    return redirect(back)
