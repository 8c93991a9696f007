"""People: one login each."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from qms.text import fold

from ..access import access_of
from .agencies import Agency


class UserQuerySet(models.QuerySet):
    """Accounts."""

    def visible_to(self, user: "User | AnonymousUser") -> "UserQuerySet":
        """The people of the agencies this person may see, and always oneself."""
        return self.filter(Q(agency__in=access_of(user).known) | Q(pk=user.pk))


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    """Creates accounts; migrations do not need it."""

    use_in_migrations = False

    def _create_user_object(self, username, email, password, **fields):
        """Django's own, without `is_staff`, which follows from `is_superuser` here."""
        fields.pop("is_staff", None)
        return super()._create_user_object(username, email, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with one login. The name is written as Vietnamese people write it: family name first.

    `must_change_password`: the password was set by somebody else and opens nothing but the page to change it.
    """

    username = models.CharField(
        "tên đăng nhập", max_length=100, unique=True, error_messages={"unique": "Tên đăng nhập này đã có người dùng."}
    )
    email = models.EmailField("thư điện tử", blank=True)
    full_name = models.CharField("họ và tên", max_length=100)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="cơ quan"
    )
    is_active = models.BooleanField("đang hoạt động", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False, editable=False)
    date_joined = models.DateTimeField("ngày tạo", auto_now_add=True)
    roles_synced_on = models.DateField(null=True, editable=False)
    search = models.CharField(max_length=300, editable=False, blank=True, default="", db_index=True)

    sort_name = models.CharField(max_length=100, editable=False, blank=True, default="", db_index=True)

    objects = PeopleManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", condition=~Q(email=""),
                violation_error_message="Thư điện tử này đã có người dùng.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args, **kwargs):
        """Keep the folded columns in step: for searching, and for lists, which stand in the order of given names."""
        family, _, given = fold(self.full_name).rpartition(" ")
        self.sort_name = f"{given} {family}".strip()[:100]
        self.search = fold(f"{self.full_name} {self.username} {self.email}")[:300]
        super().save(*args, **kwargs)

    @property
    def is_staff(self) -> bool:
        """The Django admin is not used; libraries ask nevertheless."""
        return self.is_superuser
