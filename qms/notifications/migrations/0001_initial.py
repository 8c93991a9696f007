import django.db.models.deletion
import qms.notifications.models
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
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('state', models.CharField(choices=[('claimed', 'đang gửi'), ('sent', 'đã gửi'), ('skipped', 'không gửi thư'), ('failed', 'không gửi được')], default='claimed', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('claimed_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'thư tổng hợp',
                'ordering': ['-day', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['claimed', 'failed'])), fields=['user'], name='digest_unsettled')],
                'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='digest_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='digest_sent_has_stamp'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['skipped', 'failed']), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='digest_not_sent_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail', models.BooleanField(default=True, verbose_name='nhận thư tổng hợp hằng ngày')),
                ('muted', models.JSONField(blank=True, default=list, verbose_name='loại không nhận qua thư')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notification_preference', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tùy chọn thông báo',
            },
        ),
        migrations.CreateModel(
            name='ReminderRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('considered', models.PositiveIntegerField(default=0)),
                ('sent', models.PositiveIntegerField(default=0)),
                ('skipped', models.PositiveIntegerField(default=0)),
                ('failed', models.PositiveIntegerField(default=0)),
                ('errors', models.JSONField(default=list)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_runs', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'lần chạy nhắc việc',
                'ordering': ['-started_at', '-pk'],
                'indexes': [models.Index(fields=['agency', 'day'], name='reminder_run_day')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('reminder', 'nhắc việc'), ('decision', 'việc chờ quyết định'), ('returned', 'việc bị trả lại'), ('answer', 'kết quả xét, duyệt'), ('news', 'văn bản mới')], max_length=20)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('body', models.TextField(blank=True)),
                ('url', models.CharField(blank=True, max_length=300)),
                ('about', models.CharField(blank=True, max_length=20)),
                ('about_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn')),
                ('search', models.CharField(default='', editable=False, max_length=700)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.agency')),
                ('digest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='notifications.digest')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='notifications.reminderrun')),
            ],
            options={
                'verbose_name': 'thông báo',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['user', '-created_at'], name='notificatio_user_id_4e33c2_idx'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='message_unread'), models.Index(condition=models.Q(('digest__isnull', True)), fields=['agency', 'user'], name='message_undigested')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('about', ''), ('about_id__isnull', True)), models.Q(models.Q(('about', ''), _negated=True), ('about_id__isnull', False)), _connector='OR'), name='message_about_whole')],
            },
        ),
        migrations.CreateModel(
            name='ReminderSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.PositiveSmallIntegerField(default=7, verbose_name='giờ gửi')),
                ('before', models.JSONField(default=qms.notifications.models.default_before, verbose_name='nhắc trước (ngày làm việc)')),
                ('head_after', models.PositiveSmallIntegerField(default=2, verbose_name='báo trưởng đơn vị sau (ngày làm việc)')),
                ('secretary_after', models.PositiveSmallIntegerField(default=5, verbose_name='báo Thư ký ISO sau (ngày làm việc)')),
                ('leadership_after', models.PositiveSmallIntegerField(default=10, verbose_name='báo lãnh đạo sau (ngày làm việc)')),
                ('open_links', models.BooleanField(default=False, verbose_name='mở liên kết trong thư không cần đăng nhập')),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_settings', to='organisation.agency')),
            ],
            options={
                'verbose_name': 'cách nhắc việc',
                'constraints': [models.CheckConstraint(condition=models.Q(('hour__lte', 23)), name='reminder_hour'), models.CheckConstraint(condition=models.Q(('head_after__lte', models.F('secretary_after')), ('secretary_after__lte', models.F('leadership_after'))), name='reminder_climbs')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.CharField(default=qms.notifications.models.new_secret, max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.unit')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lịch đăng ký',
                'constraints': [models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('user',), name='feed_once_per_person'), models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('user', 'unit'), name='feed_once_per_unit')],
            },
        ),
    ]
