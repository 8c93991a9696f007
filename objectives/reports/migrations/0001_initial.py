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
            name='ReportRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('kind', models.CharField(choices=[('month', 'hằng tháng'), ('quarter', 'hằng quý'), ('half_year', '6 tháng một lần'), ('year', 'cả năm')], max_length=20, verbose_name='loại kỳ')),
                ('index', models.PositiveSmallIntegerField(verbose_name='kỳ thứ')),
                ('submit_by', models.DateField(verbose_name='hạn gửi')),
                ('note', models.TextField(blank=True, verbose_name='hướng dẫn')),
                ('opened_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objective_rounds', to='organisation.agency')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'đợt báo cáo mục tiêu',
                'ordering': ['-year', '-submit_by', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'year', 'kind', 'index'), name='objective_round_once', violation_error_message='Kỳ này đã có đợt báo cáo.')],
            },
        ),
        migrations.CreateModel(
            name='ObjectiveReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'dự thảo'), ('submitted', 'chờ Thư ký ISO nhận'), ('accepted', 'đã nhận'), ('approval', 'chờ ký'), ('numbering', 'chờ cấp số'), ('issued', 'đã ban hành'), ('dropped', 'đã bỏ')], default='draft', max_length=20, verbose_name='trạng thái')),
                ('as_of', models.DateField(verbose_name='số liệu đến hết ngày')),
                ('data', models.JSONField(verbose_name='số liệu')),
                ('subject', models.CharField(max_length=500, verbose_name='trích yếu')),
                ('conclusions', models.TextField(blank=True, verbose_name='đánh giá chung')),
                ('causes', models.TextField(blank=True, verbose_name='tồn tại, nguyên nhân')),
                ('next_steps', models.TextField(blank=True, verbose_name='nhiệm vụ kỳ tới')),
                ('proposals', models.TextField(blank=True, verbose_name='kiến nghị, đề xuất')),
                ('recipients', models.JSONField(default=list, verbose_name='nơi nhận')),
                ('issuer', models.CharField(max_length=300)),
                ('superior', models.CharField(blank=True, max_length=300)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('symbol', models.CharField(blank=True, max_length=100, verbose_name='ký hiệu')),
                ('number', models.CharField(blank=True, max_length=30, verbose_name='số')),
                ('date', models.DateField(blank=True, null=True, verbose_name='ngày')),
                ('sign_on_behalf', models.CharField(blank=True, max_length=100)),
                ('sign_position', models.CharField(blank=True, max_length=150)),
                ('sign_name', models.CharField(blank=True, max_length=100)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('search', models.CharField(default='', editable=False, max_length=600)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objective_reports', to='organisation.agency')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người soạn')),
                ('editors', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='objective_reports.reportround', verbose_name='đợt')),
            ],
            options={
                'verbose_name': 'báo cáo mục tiêu',
                'ordering': [models.OrderBy(models.F('round__year'), descending=True), models.OrderBy(models.F('round__submit_by'), descending=True), models.OrderBy(models.F('unit__order'), nulls_first=True), 'pk'],
                'indexes': [models.Index(fields=['agency', 'state'], name='objective_report_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('round', 'unit'), name='objective_report_of_unit_once', violation_error_message='Đơn vị đã có báo cáo của kỳ này.'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True), models.Q(('state', 'dropped'), _negated=True)), fields=('round',), name='objective_report_of_department_once', violation_error_message='Sở đã có báo cáo của kỳ này.'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('state__in', ['accepted', 'numbering', 'issued'])), models.Q(models.Q(('state__in', ['accepted', 'numbering', 'issued']), _negated=True), ('approved_at__isnull', True), ('approved_by__isnull', True)), _connector='OR'), name='objective_report_approved_has_stamp'), models.CheckConstraint(condition=models.Q(models.Q(('date__isnull', False), ('issued_at__isnull', False), ('state', 'issued'), models.Q(('number', ''), _negated=True)), models.Q(models.Q(('state', 'issued'), _negated=True), ('issued_at__isnull', True), ('number', '')), _connector='OR'), name='objective_report_issued_has_number')],
            },
        ),
    ]
