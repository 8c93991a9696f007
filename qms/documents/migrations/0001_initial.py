import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('organisation', '0001_initial'),
        ('organisation', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('code', models.CharField(blank=True, max_length=30, verbose_name='dãy')),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='number_series', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'dãy số',
                'constraints': [models.UniqueConstraint(fields=('agency', 'year', 'code'), name='number_series_once')],
            },
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('symbol', models.CharField(max_length=100, verbose_name='ký hiệu')),
                ('issued_on', models.DateField(verbose_name='ngày ban hành')),
                ('subject', models.CharField(max_length=500, verbose_name='trích yếu')),
                ('status', models.CharField(choices=[('issued', 'đã ban hành'), ('cancelled', 'số bỏ, có lý do')], default='issued', max_length=20)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('at', models.DateTimeField()),
                ('search', models.CharField(default='', editable=False, max_length=700)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='documents.numberseries')),
            ],
            options={
                'verbose_name': 'mục sổ đăng ký',
                'ordering': ['-issued_on', '-number'],
                'constraints': [models.UniqueConstraint(fields=('series', 'number'), name='register_number_once', violation_error_message='Số này đã dùng trong năm.'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='register_number_positive'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='register_cancelled_explained', violation_error_message='Số bỏ phải ghi lý do.')],
            },
        ),
        migrations.CreateModel(
            name='FrozenDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('file_name', models.CharField(max_length=150)),
                ('pdf', models.FileField(upload_to='documents/%Y/')),
                ('pdf_sha256', models.CharField(max_length=64)),
                ('pdf_size', models.PositiveIntegerField()),
                ('docx', models.FileField(upload_to='documents/%Y/')),
                ('docx_sha256', models.CharField(max_length=64)),
                ('docx_size', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_documents', to='organisation.agency')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='document', to='documents.registerentry')),
            ],
            options={
                'verbose_name': 'bản gốc',
                'ordering': ['-at'],
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id'), name='frozen_document_once')],
            },
        ),
        migrations.CreateModel(
            name='RegisterSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one_series', models.BooleanField(default=False, verbose_name='chung một dãy số cho mọi loại văn bản')),
                ('numbers_from_elsewhere', models.BooleanField(default=False, verbose_name='số do hệ thống văn bản điều hành cấp')),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='register_settings', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'cách đánh số',
            },
        ),
    ]
