import django.db.models.deletion
import django.utils.timezone
import plans.content
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
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('state', models.CharField(choices=[('draft', 'đang soạn'), ('consultation', 'đang lấy ý kiến'), ('content_check', 'chờ kiểm tra nội dung'), ('layout_check', 'chờ kiểm tra thể thức'), ('approval', 'chờ phê duyệt'), ('numbering', 'chờ cấp số'), ('issued', 'đang thực hiện'), ('replaced', 'đã được thay thế'), ('closed', 'đã đóng'), ('dropped', 'đã bỏ')], default='draft', max_length=20, verbose_name='trạng thái')),
                ('title', models.CharField(default='KẾ HOẠCH', max_length=200, verbose_name='tên loại')),
                ('subject', models.TextField(blank=True, verbose_name='trích yếu')),
                ('issuer', models.CharField(max_length=300, verbose_name='cơ quan ban hành')),
                ('superior', models.CharField(blank=True, max_length=300, verbose_name='cơ quan chủ quản')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='địa danh')),
                ('number', models.CharField(blank=True, max_length=30, verbose_name='số')),
                ('symbol', models.CharField(blank=True, max_length=100, verbose_name='ký hiệu')),
                ('date', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                ('bases', models.JSONField(blank=True, default=list, verbose_name='căn cứ')),
                ('intro', models.TextField(blank=True, verbose_name='câu dẫn')),
                ('closing', models.TextField(blank=True, verbose_name='câu kết')),
                ('recipients', models.JSONField(blank=True, default=list, verbose_name='nơi nhận')),
                ('sign_on_behalf', models.CharField(blank=True, max_length=300, verbose_name='ký thay')),
                ('sign_position', models.CharField(blank=True, max_length=300, verbose_name='chức vụ người ký')),
                ('sign_name', models.CharField(blank=True, max_length=200, verbose_name='người ký')),
                ('standard', models.CharField(default='TCVN ISO 9001:2015', max_length=50, verbose_name='tiêu chuẩn')),
                ('amendment_reason', models.TextField(blank=True, verbose_name='lý do điều chỉnh')),
                ('from_paper', models.BooleanField(default=False, verbose_name='đã ban hành trên giấy')),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('head_changed_at', models.DateTimeField(blank=True, null=True)),
                ('looks', models.JSONField(blank=True, default=list)),
                ('seen_looks', models.JSONField(blank=True, default=list)),
                ('search', models.CharField(default='', editable=False, max_length=700)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='organisation.agency', verbose_name='cơ quan')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người soạn')),
                ('carried_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan')),
                ('editors', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='những người đã sửa')),
                ('head_changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='plans.plan', verbose_name='thay thế kế hoạch')),
            ],
            options={
                'verbose_name': 'kế hoạch',
                'ordering': ['-year', '-pk'],
                'indexes': [models.Index(fields=['agency', '-year', 'state'], name='plans_plan_agency__5a35c1_idx'), models.Index(fields=['search'], name='plans_plan_search_3b0039_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='plan_year_sensible'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['numbering', 'issued', 'replaced', 'closed']), _negated=True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), ('from_paper', True), _connector='OR'), name='plan_approved_has_stamp'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['draft', 'consultation', 'content_check', 'layout_check', 'approval']), _negated=True), models.Q(('approved_at__isnull', True), ('approved_by__isnull', True), ('issued_at__isnull', True)), _connector='OR'), name='plan_unapproved_has_no_stamp'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['issued', 'replaced', 'closed']), _negated=True), models.Q(models.Q(('number', ''), _negated=True), models.Q(('symbol', ''), _negated=True), ('date__isnull', False), ('issued_at__isnull', False)), _connector='OR'), name='plan_issued_has_number_and_date'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='plan_closed_has_stamp')],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('number', models.CharField(blank=True, max_length=50, verbose_name='số')),
                ('title', models.TextField(blank=True, verbose_name='tên giai đoạn')),
                ('in_table', models.BooleanField(default=False, verbose_name='tên giai đoạn là một dòng của bảng')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='plans.plan')),
            ],
            options={
                'verbose_name': 'giai đoạn',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=255)),
                ('content', models.JSONField()),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.agency')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tệp chờ nhập',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='PlanLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='tên mẫu')),
                ('style', models.CharField(choices=[('table', 'table'), ('paragraphs', 'paragraphs'), ('annex', 'annex')], max_length=20, verbose_name='cách trình bày')),
                ('columns', models.JSONField(default=list, verbose_name='các cột')),
                ('annex_title', models.CharField(blank=True, max_length=300, verbose_name='tên phụ lục')),
                ('landscape', models.BooleanField(default=False, verbose_name='phụ lục khổ ngang')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_layouts', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'mẫu trình bày',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='plan_layout_name_once', violation_error_message='Đã có mẫu mang tên này.')],
            },
        ),
        migrations.AddField(
            model_name='plan',
            name='layout',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='plans.planlayout', verbose_name='mẫu trình bày'),
        ),
        migrations.CreateModel(
            name='PlanSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('text', 'text'), ('tasks', 'tasks'), ('responsibilities', 'responsibilities')], default=plans.content.SectionKind['TEXT'], max_length=20)),
                ('number', models.CharField(blank=True, max_length=50, verbose_name='số mục')),
                ('heading', models.TextField(blank=True, verbose_name='tên mục')),
                ('text', models.TextField(blank=True, verbose_name='nội dung')),
                ('text_after', models.TextField(blank=True, verbose_name='nội dung sau bảng')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='plans.plan')),
            ],
            options={
                'verbose_name': 'mục của kế hoạch',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consultation', models.BooleanField(default=True, verbose_name='lấy ý kiến các đơn vị')),
                ('content_check', models.BooleanField(default=True, verbose_name='Chánh Văn phòng kiểm tra nội dung')),
                ('layout_check', models.BooleanField(default=True, verbose_name='văn thư kiểm tra thể thức')),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='plan_settings', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'các bước của kế hoạch',
            },
        ),
        migrations.CreateModel(
            name='RemovedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('task', 'nhiệm vụ'), ('section', 'mục'), ('phase', 'giai đoạn'), ('responsibility', 'đơn vị trong tổ chức thực hiện')], max_length=20)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('label', models.CharField(max_length=200)),
                ('data', models.JSONField()),
                ('at', models.DateTimeField()),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plans.phase')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='removed', to='plans.plan')),
                ('removed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'dòng đã bỏ',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('heading', models.CharField(blank=True, max_length=50, verbose_name='số')),
                ('unit_text', models.TextField(blank=True, verbose_name='đơn vị')),
                ('text', models.TextField(blank=True, verbose_name='trách nhiệm')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='plans.plan')),
            ],
            options={
                'verbose_name': 'trách nhiệm',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('ordinal', models.CharField(blank=True, max_length=50, verbose_name='TT')),
                ('title', models.TextField(blank=True, verbose_name='nhiệm vụ')),
                ('description', models.TextField(blank=True, verbose_name='diễn giải')),
                ('outputs', models.JSONField(blank=True, default=list, verbose_name='sản phẩm')),
                ('lead_text', models.TextField(blank=True, verbose_name='chủ trì')),
                ('support_text', models.TextField(blank=True, verbose_name='phối hợp')),
                ('approver_text', models.TextField(blank=True, verbose_name='người duyệt')),
                ('timing_text', models.TextField(blank=True, verbose_name='thời gian')),
                ('timing_data', models.JSONField(default=dict, editable=False)),
                ('timing_confirmed', models.BooleanField(default=False, verbose_name='đã xác nhận thời gian')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('search', models.CharField(blank=True, default='', editable=False, max_length=1000)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='plans.phase')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='plans.plan')),
            ],
            options={
                'verbose_name': 'nhiệm vụ',
                'ordering': ['phase__order', 'order', 'pk'],
                'indexes': [models.Index(fields=['plan', 'phase', 'order'], name='plans_task_plan_id_f0af14_idx')],
            },
        ),
        migrations.CreateModel(
            name='PlanComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('author_name', models.CharField(max_length=100)),
                ('agrees', models.BooleanField(default=False, verbose_name='thống nhất với dự thảo')),
                ('text', models.TextField(blank=True, verbose_name='ý kiến')),
                ('reply', models.TextField(blank=True, verbose_name='tiếp thu, giải trình')),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='plans.plan')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to='plans.task')),
            ],
            options={
                'verbose_name': 'ý kiến góp ý',
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('text', ''), _negated=True), _connector='OR'), name='plan_comment_says_something', violation_error_message='Ghi ý kiến hoặc chọn thống nhất.')],
            },
        ),
        migrations.CreateModel(
            name='TaskUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('lead', 'chủ trì'), ('support', 'phối hợp'), ('approver', 'duyệt')], max_length=10)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='plans.task')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'đơn vị của nhiệm vụ',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('task', 'unit', 'part'), name='task_unit_once')],
            },
        ),
    ]
