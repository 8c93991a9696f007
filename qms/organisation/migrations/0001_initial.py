import django.db.models.deletion
import django.db.models.functions.text
import qms.organisation.models.periods
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
            ],
            options={
                'verbose_name': 'thành viên của nhóm',
                'ordering': ['member__order', 'member__name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='group_member_period', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.')],
            },
            bases=(qms.organisation.models.periods.Dated, models.Model),
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='chức vụ')),
                ('roles', models.JSONField(blank=True, default=list, verbose_name='vai trò')),
                ('rank', models.PositiveSmallIntegerField(default=100, help_text='Số nhỏ đứng trước', verbose_name='thứ bậc')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
            ],
            options={
                'verbose_name': 'vị trí',
                'ordering': ['rank', 'title', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='position_period', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.')],
            },
            bases=(qms.organisation.models.periods.Dated, models.Model),
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên cơ quan')),
                ('superior', models.CharField(blank=True, help_text='Ví dụ: UBND TỈNH SÔNG GIANG', max_length=200, verbose_name='cơ quan chủ quản')),
                ('abbreviation', models.CharField(help_text='Dùng trong ký hiệu văn bản: KH-SKHCN', max_length=30, verbose_name='chữ viết tắt')),
                ('place', models.CharField(help_text='Ghi trước ngày tháng của văn bản', max_length=100, verbose_name='địa danh')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='mã cơ quan')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='địa chỉ')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reporting', to='organisation.agency', verbose_name='cơ quan theo dõi')),
            ],
            options={
                'verbose_name': 'cơ quan',
                'verbose_name_plural': 'cơ quan',
                'ordering': ['name'],
                'permissions': [('read_agency', 'Xem nội dung của cơ quan'), ('oversee_agency', 'Xem các cơ quan báo cáo'), ('draft_plan', 'Soạn kế hoạch'), ('comment_plan', 'Góp ý kế hoạch'), ('check_content', 'Kiểm tra nội dung'), ('check_layout', 'Kiểm tra thể thức'), ('approve_plan', 'Phê duyệt, ký'), ('number_document', 'Cấp số, ban hành'), ('manage_layouts', 'Sửa mẫu trình bày'), ('see_progress', 'Xem tiến độ toàn cơ quan'), ('follow_duties', 'Theo dõi việc, ghi nhận sự kiện, trả lại báo cáo'), ('decide_extensions', 'Xét gia hạn'), ('manage_objectives', 'Quản lý mục tiêu chất lượng'), ('manage_calendar', 'Sửa lịch làm việc'), ('manage_organisation', 'Quản lý đơn vị, con người')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'Tên đăng nhập này đã có người dùng.'}, max_length=100, unique=True, verbose_name='tên đăng nhập')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
                ('full_name', models.CharField(max_length=100, verbose_name='họ và tên')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='điện thoại')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang hoạt động')),
                ('must_change_password', models.BooleanField(default=False, editable=False, verbose_name='phải đổi mật khẩu')),
                ('date_joined', models.DateTimeField(auto_now_add=True, verbose_name='ngày tạo')),
                ('roles_synced_on', models.DateField(editable=False, null=True)),
                ('search', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=300)),
                ('sort_name', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=100)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='organisation.agency', verbose_name='cơ quan')),
            ],
            options={
                'verbose_name': 'người dùng',
                'verbose_name_plural': 'người dùng',
                'ordering': ['sort_name', 'pk'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='user_email_once', violation_error_message='Thư điện tử này đã có người dùng.')],
            },
        ),
        migrations.CreateModel(
            name='AgencyGroupPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='organisation.agency')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
            ],
            options={
                'verbose_name': 'quyền trên cơ quan',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ComingAgencyName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên cơ quan')),
                ('superior', models.CharField(blank=True, help_text='Ví dụ: UBND TỈNH SÔNG GIANG', max_length=200, verbose_name='cơ quan chủ quản')),
                ('abbreviation', models.CharField(help_text='Dùng trong ký hiệu văn bản: KH-SKHCN', max_length=30, verbose_name='chữ viết tắt')),
                ('place', models.CharField(help_text='Ghi trước ngày tháng của văn bản', max_length=100, verbose_name='địa danh')),
                ('used_from', models.DateField(verbose_name='dùng từ ngày')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ đổi tên')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coming_names', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'tên sắp dùng của cơ quan',
                'constraints': [models.UniqueConstraint(fields=('agency',), name='coming_agency_name_once', violation_error_message='Đã có một lần đổi tên đang chờ đến ngày.')],
            },
        ),
        migrations.CreateModel(
            name='ConfirmedYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('source', models.CharField(help_text='Số, ngày, cơ quan ban hành', max_length=300, verbose_name='văn bản')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmed_years', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'năm đã có lịch nghỉ chính thức',
                'ordering': ['year'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'year'), name='confirmed_year_once', violation_error_message='Năm này đã được xác nhận.')],
            },
        ),
        migrations.CreateModel(
            name='DecreedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='ngày')),
                ('is_off', models.BooleanField(help_text='Bỏ chọn nếu là ngày làm bù', verbose_name='được nghỉ')),
                ('name', models.CharField(max_length=200, verbose_name='nội dung')),
                ('source', models.CharField(help_text='Số, ngày, cơ quan ban hành', max_length=300, verbose_name='văn bản')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decreed_days', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'ngày nghỉ, ngày làm bù',
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'day'), name='decreed_day_once', violation_error_message='Ngày này đã có trong lịch.')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('KT', 'KT. (ký thay)'), ('TL', 'TL. (thừa lệnh)'), ('TUQ', 'TUQ. (thừa ủy quyền)'), ('Q', 'Q. (quyền)')], max_length=5, verbose_name='hình thức ký')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('basis', models.CharField(help_text='Số, ngày văn bản phân công hoặc ủy quyền', max_length=300, verbose_name='căn cứ')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='organisation.agency', verbose_name='cơ quan')),
                ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to=settings.AUTH_USER_MODEL, verbose_name='người được giao')),
                ('grantor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL, verbose_name='người giao')),
            ],
            options={
                'verbose_name': 'ủy nhiệm ký',
                'ordering': ['-valid_from', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='delegation_period', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'), models.CheckConstraint(condition=models.Q(('grantor__isnull', True), models.Q(('grantor', models.F('delegate')), _negated=True), _connector='OR'), name='delegation_to_another', violation_error_message='Người giao và người được giao phải khác nhau.'), models.CheckConstraint(condition=models.Q(('form', 'Q'), ('grantor__isnull', False), _connector='OR'), name='delegation_has_grantor', violation_error_message='Chọn người giao.'), models.CheckConstraint(condition=models.Q(models.Q(('form', 'TUQ'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='delegation_tuq_ends', violation_error_message='Thừa ủy quyền phải có thời hạn.')],
            },
            bases=(qms.organisation.models.periods.Dated, models.Model),
        ),
        migrations.CreateModel(
            name='FormerAgencyName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên cơ quan')),
                ('superior', models.CharField(blank=True, help_text='Ví dụ: UBND TỈNH SÔNG GIANG', max_length=200, verbose_name='cơ quan chủ quản')),
                ('abbreviation', models.CharField(help_text='Dùng trong ký hiệu văn bản: KH-SKHCN', max_length=30, verbose_name='chữ viết tắt')),
                ('place', models.CharField(help_text='Ghi trước ngày tháng của văn bản', max_length=100, verbose_name='địa danh')),
                ('used_until', models.DateField(verbose_name='dùng đến hết ngày')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ đổi tên')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'tên cũ của cơ quan',
                'ordering': ['-used_until'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'used_until'), name='former_agency_name_once')],
            },
        ),
        migrations.CreateModel(
            name='PositionHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('basis', models.CharField(blank=True, help_text='Số quyết định bổ nhiệm, phân công', max_length=200, verbose_name='căn cứ')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='organisation.position', verbose_name='vị trí')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to=settings.AUTH_USER_MODEL, verbose_name='người giữ')),
            ],
            options={
                'verbose_name': 'người giữ vị trí',
                'ordering': ['position__rank', 'pk'],
                'indexes': [models.Index(fields=['user', 'valid_to'], name='organisatio_user_id_213455_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='holding_period', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('position', 'user'), name='holding_once', violation_error_message='Người này đang giữ vị trí này.')],
            },
            bases=(qms.organisation.models.periods.Dated, models.Model),
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'sáp nhập, hợp nhất'), ('split', 'chia, tách'), ('rename', 'đổi tên'), ('dissolve', 'giải thể')], max_length=20, verbose_name='việc')),
                ('decision_number', models.CharField(max_length=100, verbose_name='số quyết định')),
                ('decision_date', models.DateField(verbose_name='ngày quyết định')),
                ('effective_on', models.DateField(verbose_name='có hiệu lực từ ngày')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('changes', models.JSONField(default=list, editable=False)),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reorganisations', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'sắp xếp tổ chức',
                'ordering': ['-effective_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('leadership', 'lãnh đạo'), ('division', 'phòng, văn phòng, thanh tra'), ('affiliated', 'đơn vị trực thuộc'), ('committee', 'ban, tổ, hội đồng'), ('group', 'nhóm đơn vị'), ('external', 'đơn vị ngoài cơ quan')], max_length=20, verbose_name='loại')),
                ('name', models.CharField(max_length=200, verbose_name='tên đơn vị')),
                ('short_name', models.CharField(blank=True, max_length=50, verbose_name='tên viết tắt')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Số nhỏ đứng trước', verbose_name='thứ tự')),
                ('search', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=400)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisation.agency', verbose_name='cơ quan')),
                ('members', models.ManyToManyField(related_name='groups', through='organisation.GroupMember', through_fields=('group', 'member'), to='organisation.unit')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisation.unit', verbose_name='đơn vị cấp trên')),
            ],
            options={
                'verbose_name': 'đơn vị',
                'verbose_name_plural': 'đơn vị',
                'ordering': ['order', 'name', 'pk'],
                'permissions': [('answer_for_unit', 'Báo cáo việc của đơn vị'), ('lead_unit', 'Phụ trách đơn vị')],
                'indexes': [models.Index(fields=['agency', 'kind', 'valid_to'], name='organisatio_agency__262408_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_period', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('agency', 'name'), name='unit_name_once', violation_error_message='Đã có một đơn vị đang hoạt động mang tên này.')],
            },
            bases=(qms.organisation.models.periods.Dated, models.Model),
        ),
        migrations.CreateModel(
            name='RoleGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('director', 'Giám đốc'), ('deputy', 'Phó Giám đốc'), ('secretary', 'Thư ký ISO'), ('chief', 'Chánh Văn phòng'), ('clerk', 'Văn thư'), ('head', 'Trưởng đơn vị'), ('staff', 'Chuyên viên'), ('auditor', 'Chuyên gia đánh giá nội bộ'), ('consultant', 'Tư vấn'), ('admin', 'Quản trị hệ thống'), ('overseer', 'Theo dõi các cơ quan báo cáo'), ('signer', 'Người ký thay theo ủy nhiệm')], max_length=20)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_groups', to='organisation.agency')),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='role_group', to='auth.group')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='role_groups', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'nhóm quyền',
                'constraints': [models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('unit', 'role'), name='unit_role_group_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('agency', 'role'), name='agency_role_group_once')],
            },
        ),
        migrations.AddField(
            model_name='position',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='organisation.unit', verbose_name='đơn vị'),
        ),
        migrations.CreateModel(
            name='OrganisationChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('actor_name', models.CharField(max_length=100)),
                ('sentence', models.CharField(max_length=500, verbose_name='việc')),
                ('search', models.TextField(blank=True, default='', editable=False)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thực hiện')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.agency')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'thay đổi tổ chức',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['agency', '-at'], name='organisatio_agency__76edce_idx')],
            },
        ),
        migrations.AddField(
            model_name='groupmember',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='organisation.unit', verbose_name='nhóm'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_memberships', to='organisation.unit', verbose_name='đơn vị'),
        ),
        migrations.CreateModel(
            name='FormerUnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('short_name', models.CharField(blank=True, max_length=50, verbose_name='tên viết tắt')),
                ('used_until', models.DateField(verbose_name='dùng đến hết ngày')),
                ('reorganisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.reorganisation', verbose_name='quyết định')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'tên cũ của đơn vị',
                'ordering': ['-used_until'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'used_until'), name='former_unit_name_once')],
            },
        ),
        migrations.CreateModel(
            name='ComingUnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('short_name', models.CharField(blank=True, max_length=50, verbose_name='tên viết tắt')),
                ('used_from', models.DateField(db_index=True, verbose_name='dùng từ ngày')),
                ('reorganisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.reorganisation', verbose_name='quyết định')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coming_names', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'tên sắp dùng của đơn vị',
                'constraints': [models.UniqueConstraint(fields=('unit',), name='coming_unit_name_once', violation_error_message='Đơn vị đã có một lần đổi tên đang chờ đến ngày.')],
            },
        ),
        migrations.CreateModel(
            name='UnitAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='cách viết khác')),
                ('folded', models.CharField(blank=True, editable=False, max_length=200)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unit_aliases', to='organisation.agency')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'cách viết khác của đơn vị',
                'ordering': ['text', 'pk'],
                'indexes': [models.Index(fields=['agency', 'folded'], name='organisatio_agency__cdd8eb_idx')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'folded'), name='unit_alias_once', violation_error_message='Đơn vị đã có cách viết này.')],
            },
        ),
        migrations.CreateModel(
            name='UnitGroupPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='organisation.unit')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
            ],
            options={
                'verbose_name': 'quyền trên đơn vị',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeded_by', to='organisation.unit')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='organisation.reorganisation')),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='succeeds', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'kế thừa đơn vị',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('reorganisation', 'predecessor', 'successor'), name='succession_once')],
            },
        ),
        migrations.AlterUniqueTogether(
            name='agencygrouppermission',
            unique_together={('group', 'permission', 'content_object')},
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.UniqueConstraint(fields=('group', 'member', 'valid_from'), name='group_member_once'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(('group', models.F('member')), _negated=True), name='group_not_own_member'),
        ),
        migrations.AlterUniqueTogether(
            name='unitgrouppermission',
            unique_together={('group', 'permission', 'content_object')},
        ),
    ]
