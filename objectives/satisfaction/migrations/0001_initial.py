import django.db.models.deletion
import objectives.satisfaction.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('objectives', '0001_initial'),
        ('organisation', '0001_initial'),
        ('organisation', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='FigureSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(blank=True, max_length=200, verbose_name='tiêu chí')),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objective', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='survey_source', to='objectives.objective')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='khảo sát của đơn vị')),
            ],
            options={
                'verbose_name': 'mục tiêu lấy số liệu từ khảo sát',
            },
        ),
        migrations.CreateModel(
            name='SurveyImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('kind', models.CharField(choices=[('month', 'hằng tháng'), ('quarter', 'hằng quý'), ('half_year', '6 tháng một lần'), ('year', 'cả năm')], max_length=20, verbose_name='loại kỳ')),
                ('index', models.PositiveSmallIntegerField(verbose_name='kỳ thứ')),
                ('file_name', models.CharField(max_length=255, verbose_name='tên tệp')),
                ('sha256', models.CharField(max_length=64)),
                ('channel', models.CharField(choices=[('paper', 'phiếu giấy tại Bộ phận Một cửa'), ('kiosk', 'máy đánh giá tại Bộ phận Một cửa'), ('online', 'trực tuyến'), ('phone', 'điện thoại'), ('post', 'bưu chính'), ('other', 'hình thức khác')], max_length=10, verbose_name='hình thức')),
                ('replaces', models.BooleanField(default=False, verbose_name='thay khảo sát đã có')),
                ('headings', models.JSONField(default=list)),
                ('roles', models.JSONField(default=list)),
                ('rows', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('draft', 'chờ xem lại'), ('queued', 'chờ lưu'), ('running', 'đang lưu'), ('done', 'đã lưu'), ('failed', 'chưa lưu được')], default='draft', max_length=10, verbose_name='trạng thái')),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tệp khảo sát',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['agency', 'sha256'], name='satisfactio_agency__a24548_idx')],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('kind', models.CharField(choices=[('month', 'hằng tháng'), ('quarter', 'hằng quý'), ('half_year', '6 tháng một lần'), ('year', 'cả năm')], max_length=20, verbose_name='loại kỳ')),
                ('index', models.PositiveSmallIntegerField(verbose_name='kỳ thứ')),
                ('starts_on', models.DateField(editable=False)),
                ('ends_on', models.DateField(editable=False)),
                ('channel', models.CharField(choices=[('paper', 'phiếu giấy tại Bộ phận Một cửa'), ('kiosk', 'máy đánh giá tại Bộ phận Một cửa'), ('online', 'trực tuyến'), ('phone', 'điện thoại'), ('post', 'bưu chính'), ('other', 'hình thức khác')], max_length=10, verbose_name='hình thức')),
                ('sent', models.PositiveIntegerField(blank=True, null=True, verbose_name='số phiếu phát ra')),
                ('received', models.PositiveIntegerField(verbose_name='số phiếu thu về')),
                ('highest', models.PositiveSmallIntegerField()),
                ('good_from', models.PositiveSmallIntegerField()),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('author_name', models.CharField(max_length=100)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='bỏ ngày')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do bỏ')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='organisation.agency')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='organisation.unit', verbose_name='đơn vị')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='satisfaction.surveyimport', verbose_name='tệp')),
            ],
            options={
                'verbose_name': 'khảo sát hài lòng',
                'ordering': ['-ends_on', 'unit__order', 'pk'],
                'indexes': [models.Index(fields=['agency', '-ends_on'], name='satisfactio_agency__3a5e56_idx'), models.Index(fields=['unit', '-ends_on'], name='satisfactio_unit_id_d54093_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('unit', 'year', 'kind', 'index', 'channel'), name='survey_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True), ('withdrawn_on__isnull', True)), fields=('agency', 'year', 'kind', 'index', 'channel'), name='survey_of_all_once'), models.CheckConstraint(condition=models.Q(('sent__isnull', True), ('received__lte', models.F('sent')), _connector='OR'), name='survey_received_of_sent'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_on__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='survey_withdrawn_says_why'), models.CheckConstraint(condition=models.Q(('good_from__gte', 2), ('highest__gte', models.F('good_from')), ('highest__lte', 10)), name='survey_scale'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='survey_days')],
            },
        ),
        migrations.CreateModel(
            name='SurveyScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criteria', models.JSONField(default=objectives.satisfaction.models.default_criteria, verbose_name='tiêu chí')),
                ('words', models.JSONField(default=objectives.satisfaction.models.default_words, verbose_name='các mức')),
                ('good_from', models.PositiveSmallIntegerField(default=4, verbose_name='hài lòng từ mức')),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='survey_scheme', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'tiêu chí và thang khảo sát',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='ý kiến')),
                ('line', models.PositiveIntegerField(blank=True, null=True)),
                ('handling', models.TextField(blank=True, verbose_name='cách xử lý')),
                ('handled_name', models.CharField(blank=True, max_length=100)),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('search', models.CharField(default='', editable=False, max_length=700)),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='satisfaction.survey')),
            ],
            options={
                'verbose_name': 'ý kiến',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('handled_at__isnull', True), ('handled_by__isnull', True), ('handling', '')), models.Q(models.Q(('handling', ''), _negated=True), ('handled_at__isnull', False), ('handled_by__isnull', False)), _connector='OR'), name='comment_handled_has_stamp')],
            },
        ),
        migrations.CreateModel(
            name='Answers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('criterion', models.CharField(max_length=200, verbose_name='tiêu chí')),
                ('folded', models.CharField(editable=False, max_length=200)),
                ('counts', models.JSONField(default=list, verbose_name='số lượt từng mức')),
                ('answered', models.PositiveIntegerField(verbose_name='số lượt chấm')),
                ('satisfied', models.PositiveIntegerField(verbose_name='số lượt hài lòng')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='satisfaction.survey')),
            ],
            options={
                'verbose_name': 'kết quả theo tiêu chí',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('survey', 'folded'), name='answers_once'), models.CheckConstraint(condition=models.Q(('satisfied__lte', models.F('answered'))), name='answers_satisfied_of_answered')],
            },
        ),
    ]
