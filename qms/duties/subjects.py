"""What a reminder is about, for the room of notifications, which imports this module when the program starts."""

from qms.notifications.about import Subject, register

from .reminders import ASKED, FOLLOWED, mail_link, still_owed

register(ASKED, Subject(still_matters=still_owed, address=mail_link))
register(FOLLOWED, Subject(still_matters=still_owed))
