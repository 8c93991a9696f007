import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("objectives", "0003_edition_of_standing_sets"),
    ]

    operations = [
        migrations.AlterField(
            model_name="objectiveset",
            name="edition",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="standards.edition", verbose_name="phiên bản tiêu chuẩn"),
        ),
        migrations.RemoveField(
            model_name="objectiveset",
            name="standard",
        ),
    ]
