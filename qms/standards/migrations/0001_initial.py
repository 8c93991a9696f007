import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0001_initial'),
        ('organisation', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='điều')),
                ('title', models.CharField(max_length=200, verbose_name='nội dung')),
                ('order', models.PositiveSmallIntegerField()),
                ('depth', models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'điều khoản',
                'ordering': ['edition__order', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=50, unique=True, verbose_name='số hiệu')),
                ('name', models.CharField(max_length=200, verbose_name='tên gọi')),
                ('order', models.PositiveSmallIntegerField(unique=True)),
                ('is_published', models.BooleanField(default=True, verbose_name='đã công bố')),
            ],
            options={
                'verbose_name': 'phiên bản tiêu chuẩn',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='ClauseLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='thay đổi')),
                ('newer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_links', to='standards.clause')),
                ('older', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='later_links', to='standards.clause')),
            ],
            options={
                'verbose_name': 'chuyển điều khoản',
                'ordering': ['older__order', 'newer__order'],
                'constraints': [models.UniqueConstraint(fields=('older', 'newer'), name='clause_link_once')],
            },
        ),
        migrations.AddField(
            model_name='clause',
            name='successors',
            field=models.ManyToManyField(related_name='predecessors', through='standards.ClauseLink', to='standards.clause'),
        ),
        migrations.AddField(
            model_name='clause',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='standards.edition'),
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_day', models.DateField(verbose_name='áp dụng từ ngày')),
                ('basis', models.CharField(max_length=300, verbose_name='căn cứ')),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adoptions', to='organisation.agency')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='standards.edition', verbose_name='phiên bản')),
            ],
            options={
                'verbose_name': 'áp dụng phiên bản',
                'ordering': ['-from_day'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'from_day'), name='adoption_day_once', violation_error_message='Đã có một phiên bản áp dụng từ ngày này.'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='adoption_has_basis')],
            },
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('edition', 'number'), name='clause_once'),
        ),
    ]
