import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("objectives", "0001_initial"),
        ("standards", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="objective",
            name="clause",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="standards.clause", verbose_name="điều khoản"),
        ),
        migrations.AddField(
            model_name="objectiveset",
            name="edition",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="standards.edition", verbose_name="phiên bản tiêu chuẩn"),
        ),
    ]
