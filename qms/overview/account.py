"""One's own account, where the sign-in library leaves a gap: ending a single session, seeing one's mail address."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe


@require_safe
def email_page(request: HttpRequest) -> HttpResponse:
    """The address, read-only: it is kept by those who manage the organisation, because it opens the account."""
    return render(request, "account/email.html")


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions; somebody else's is unknown (404)."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        logout(request)
        return redirect("account_login")
    session.end()
    messages.success(request, "Đã kết thúc phiên đăng nhập đó.")
    return redirect("usersessions_list")
