"""What django-allauth asks of us: accounts are made by the agency, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Closed to sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens an existing account with the same verified e-mail, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin) -> None:
        """Connect the province's identity to the account that bears its verified e-mail."""
        if sociallogin.is_existing:
            return
        emails = [e.email for e in sociallogin.email_addresses if e.verified]
        user = User.objects.filter(email__in=emails, is_active=True).first() if emails else None
        if user:
            sociallogin.connect(request, user)


def user_display(user: User) -> str:
    """How a person is called on screen."""
    return user.full_name or user.username
