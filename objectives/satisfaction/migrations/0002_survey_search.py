from django.db import migrations, models

from objectives.periods import Period
from objectives.satisfaction.models import WHOLE, Channel, folded_survey
from objectives.terms import PeriodKind


def fold_standing_surveys(apps, schema_editor):
    surveys = apps.get_model("satisfaction", "Survey").objects.using(schema_editor.connection.alias)
    changed = []
    for survey in surveys.select_related("unit").order_by("pk").iterator():
        period = Period(survey.year, PeriodKind(survey.kind), survey.index)
        owner = survey.unit.name if survey.unit else WHOLE
        survey.search = folded_survey(period, owner, Channel(survey.channel).label, survey.note)
        changed.append(survey)
    surveys.bulk_update(changed, ["search"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("satisfaction", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="search",
            field=models.CharField(default="", editable=False, max_length=700),
        ),
        migrations.RunPython(fold_standing_surveys, migrations.RunPython.noop),
    ]
