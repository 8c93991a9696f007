"""What django-allauth asks of us: accounts are made by the agency, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.db.models.functions import Lower
from django.http import HttpRequest

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Closed to sign-up; a password chosen by its owner lifts the duty to change it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """The one place where people set their own password: by changing it, or from a mail."""
        user.must_change_password = False
        super().set_password(user, password)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens an existing account with the same verified e-mail, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect the province's identity to the account that bears its verified e-mail."""
        if sociallogin.is_existing:
            return
        emails = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        people = User.objects.annotate(address=Lower("email")).filter(address__in=emails, is_active=True)
        if user := people.first():
            sociallogin.connect(request, user)


def user_display(user: User) -> str:
    """How a person is called on screen."""
    return user.full_name or user.username
