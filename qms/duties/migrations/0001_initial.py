import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('files', '0001_initial'),
        ('organisation', '0001_initial'),
        ('organisation', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('key', models.CharField(max_length=100)),
                ('kind', models.CharField(choices=[('plan_task', 'nhiệm vụ kế hoạch'), ('contribution', 'phối hợp'), ('check_in', 'việc thường xuyên'), ('figure', 'số liệu mục tiêu'), ('step', 'biện pháp thực hiện mục tiêu'), ('risk_action', 'biện pháp xử lý rủi ro, cơ hội'), ('reading', 'đọc tài liệu'), ('corrective', 'hành động khắc phục'), ('decision', 'kết luận xem xét của lãnh đạo')], max_length=20, verbose_name='loại')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('title', models.TextField(verbose_name='việc')),
                ('context', models.CharField(blank=True, max_length=300, verbose_name='thuộc')),
                ('period', models.CharField(blank=True, max_length=50, verbose_name='kỳ')),
                ('state', models.CharField(choices=[('dormant', 'chờ sự kiện'), ('open', 'chưa bắt đầu'), ('in_progress', 'đang làm'), ('done', 'xong'), ('not_applicable', 'không áp dụng'), ('withdrawn', 'đã rút')], default='open', max_length=20, verbose_name='trạng thái')),
                ('percent', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='phần trăm')),
                ('opens_on', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn')),
                ('original_due_on', models.DateField(blank=True, null=True, verbose_name='hạn ban đầu')),
                ('explanation', models.TextField(blank=True, verbose_name='vì sao có hạn này')),
                ('waits_for', models.TextField(blank=True, verbose_name='chờ')),
                ('evidence_required', models.BooleanField(default=False, verbose_name='phải có minh chứng')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='ngày xong')),
                ('opened_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('search', models.CharField(default='', editable=False, max_length=500)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='organisation.agency')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='organisation.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'việc phải làm',
                'ordering': [models.OrderBy(models.F('due_on'), nulls_last=True), 'pk'],
                'indexes': [models.Index(fields=['agency', 'year', 'state', 'due_on'], name='duty_agency_year'), models.Index(fields=['unit', 'state', 'due_on'], name='duty_unit'), models.Index(fields=['person', 'state', 'due_on'], name='duty_person'), models.Index(condition=models.Q(('state__in', ['open', 'in_progress'])), fields=['due_on'], name='duty_due')],
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'key'), name='duty_once'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='duty_percent'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ['done', 'not_applicable', 'withdrawn'])), models.Q(('closed_on__isnull', True), ('state__in', ['dormant', 'open', 'in_progress'])), _connector='OR'), name='duty_closed_has_day'), models.CheckConstraint(condition=models.Q(models.Q(('percent', 100), ('state', 'done')), models.Q(('percent', 0), ('state', 'open')), models.Q(models.Q(('state__in', ['done', 'open']), _negated=True), ('percent__lt', 100)), _connector='OR'), name='duty_percent_agrees'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dormant'), _negated=True), ('due_on__isnull', True), _connector='OR'), name='duty_dormant_has_no_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dormant'), _negated=True), models.Q(('waits_for', ''), _negated=True), _connector='OR'), name='duty_dormant_says_why'), models.CheckConstraint(condition=models.Q(('due_on__isnull', True), ('original_due_on__isnull', False), _connector='OR'), name='duty_original_day_kept')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('new_due_on', models.DateField(verbose_name='hạn mới')),
                ('previous_due_on', models.DateField(verbose_name='hạn khi xin')),
                ('reason', models.TextField(verbose_name='lý do')),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('asked', 'chờ xét'), ('granted', 'đồng ý'), ('refused', 'không đồng ý')], default='asked', max_length=20)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='ý kiến')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='duties.duty')),
            ],
            options={
                'verbose_name': 'xin gia hạn',
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('duty',), name='extension_one_open', violation_error_message='Việc này đã có một đề nghị gia hạn đang chờ xét.'), models.CheckConstraint(condition=models.Q(('new_due_on__gt', models.F('previous_due_on'))), name='extension_later', violation_error_message='Hạn mới phải sau hạn hiện tại.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='extension_decided_has_stamp'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='extension_refusal_says_why', violation_error_message='Ghi lý do không đồng ý.')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='duties.duty')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'giao việc',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Occurrence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('day', models.DateField(verbose_name='ngày xảy ra')),
                ('what', models.TextField(verbose_name='sự kiện')),
                ('reference', models.CharField(blank=True, max_length=300, verbose_name='văn bản')),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occurrences', to='organisation.agency')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'verbose_name': 'sự kiện',
                'ordering': ['-day', '-pk'],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='duties_occu_content_8e7361_idx')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('dormant', 'chờ sự kiện'), ('open', 'chưa bắt đầu'), ('in_progress', 'đang làm'), ('done', 'xong'), ('not_applicable', 'không áp dụng'), ('withdrawn', 'đã rút')], max_length=20)),
                ('percent', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)])),
                ('text', models.TextField(blank=True, verbose_name='kết quả')),
                ('author_name', models.CharField(max_length=100)),
                ('by_link', models.BooleanField(default=False, verbose_name='qua liên kết trong thư, không đăng nhập')),
                ('at', models.DateTimeField()),
                ('returned_reason', models.TextField(blank=True, verbose_name='lý do trả lại')),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='duties.duty')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'báo cáo',
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_applicable'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='report_not_applicable_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('percent', 100), ('state', 'done')), models.Q(('percent', 0), ('state__in', ['open', 'not_applicable'])), models.Q(('percent__lt', 100), ('state', 'in_progress')), _connector='OR'), name='report_percent_agrees'), models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by__isnull', True), ('returned_reason', '')), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('returned_reason', ''), _negated=True)), _connector='OR'), name='report_return_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link', models.URLField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(message='Liên kết phải bắt đầu bằng http:// hoặc https://.', schemes=['http', 'https'])], verbose_name='liên kết')),
                ('effective_on', models.DateField(verbose_name='ngày của minh chứng')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='files.storedfile')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='duties.report')),
            ],
            options={
                'verbose_name': 'minh chứng',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('link', '')), models.Q(('file__isnull', True), models.Q(('link', ''), _negated=True)), _connector='OR'), name='evidence_file_or_link', violation_error_message='Minh chứng là một tệp hoặc một liên kết.')],
            },
        ),
        migrations.CreateModel(
            name='UrgingLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'dự thảo'), ('signed', 'đã ký, chờ cấp số'), ('issued', 'đã ban hành'), ('dropped', 'bỏ')], default='draft', max_length=10, verbose_name='trạng thái')),
                ('subject', models.CharField(max_length=200, verbose_name='về việc')),
                ('opening', models.TextField(verbose_name='mở đầu')),
                ('request', models.TextField(verbose_name='đề nghị')),
                ('symbol', models.CharField(max_length=60, verbose_name='ký hiệu')),
                ('number', models.CharField(blank=True, max_length=10, verbose_name='số')),
                ('date', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                ('sign_on_behalf', models.CharField(blank=True, max_length=100)),
                ('sign_position', models.CharField(blank=True, max_length=150)),
                ('sign_name', models.CharField(blank=True, max_length=100)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('search', models.CharField(default='', editable=False, max_length=400)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urging_letters', to='organisation.agency')),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'công văn đôn đốc',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('agency',), name='urging_one_draft'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True), ('state__in', ['draft', 'dropped'])), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False), ('state__in', ['signed', 'issued'])), _connector='OR'), name='urging_signed_has_stamp'), models.CheckConstraint(condition=models.Q(models.Q(('date__isnull', False), ('state', 'issued'), models.Q(('number', ''), _negated=True)), models.Q(models.Q(('state', 'issued'), _negated=True), ('date__isnull', True), ('number', '')), _connector='OR'), name='urging_issued_has_number')],
            },
        ),
        migrations.CreateModel(
            name='UrgingItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='urgings', to='duties.duty')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='duties.urgingletter')),
            ],
            options={
                'verbose_name': 'việc được đôn đốc',
                'ordering': ['duty__unit__order', 'due_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('duty', 'due_on'), name='urging_once_a_day_due')],
            },
        ),
    ]
