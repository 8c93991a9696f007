#!/usr/bin/env bash
# Installs or upgrades the server, as root, from an unpacked bundle (no internet) or from a clone (with internet).
# Code in /opt/qms, settings in /etc/qms/qms.env, data in /var/lib/qms, backups in /var/backups/qms.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib.sh"
. "$ROOT/deploy/packages.sh"

TARGET=/opt/qms
SETTINGS=/etc/qms/qms.env

use_bundled_packages() {
    [ -d "$ROOT/debs" ] || return 0
    say "Dùng các gói có sẵn trong $ROOT/debs và $ROOT/wheels"
    chmod 755 "$scratch"
    printf 'deb [trusted=yes] file:%s ./\n' "$ROOT/debs" >"$scratch/offline.list"
    APT_OPTIONS=(-o Dir::Etc::SourceList="$scratch/offline.list" -o Dir::Etc::SourceParts=/dev/null -o APT::Sandbox::User=root)
    export PIP_NO_INDEX=1 PIP_FIND_LINKS=$ROOT/wheels
}

make_places() {
    id qms >/dev/null 2>&1 || useradd --system --home-dir /var/lib/qms --shell /usr/sbin/nologin qms
    install -d -o qms -g qms -m 750 /var/lib/qms
    install -d -o qms -g qms -m 700 /var/backups/qms
    install -d -o root -g qms -m 750 /etc/qms
}

copy_code() {
    say "Chép chương trình vào $TARGET"
    mkdir -p "$TARGET"
    find "$TARGET" -mindepth 1 -maxdepth 1 ! -name .venv ! -name var -exec rm -rf {} +
    tar -C "$ROOT" --exclude=./debs --exclude=./wheels --exclude=./.venv --exclude=./var --exclude=./.git -cf - . | tar -C "$TARGET" -xf - ||
        die "không chép được vào $TARGET; hãy kiểm tra dung lượng ổ đĩa."
}

write_settings() {
    [ -f "$SETTINGS" ] && return
    say "Tạo $SETTINGS: hãy sửa tên miền và máy chủ thư trong tệp này"
    local key
    key=$(/usr/bin/python3 -c 'import secrets; print(secrets.token_urlsafe(64))')
    sed "s|^SECRET_KEY=.*|SECRET_KEY=$key|" "$TARGET/deploy/qms.env.example" >"$SETTINGS"
    chown root:qms "$SETTINGS"
    chmod 640 "$SETTINGS"
}

# The order of Vietnamese letters is that of ICU; the owner signs in by the system account of the same name.
make_database() {
    grep -q '^DATABASE_URL=postgres:////run/postgresql/qms$' "$SETTINGS" || return 0
    pg_isready -q || service postgresql start >/dev/null 2>&1
    wait_until 30 pg_isready -q || die "PostgreSQL chưa chạy. Hãy khởi động (systemctl start postgresql) rồi chạy lại."
    as_postgres psql -tAc "SELECT 1 FROM pg_roles WHERE rolname = 'qms'" | grep -q 1 || as_postgres createuser qms
    as_postgres psql -tAc "SELECT 1 FROM pg_database WHERE datname = 'qms'" | grep -q 1 ||
        as_postgres createdb qms --owner=qms --encoding=UTF8 --template=template0 --locale=C.UTF-8 --locale-provider=icu --icu-locale=vi-VN ||
        die "không tạo được cơ sở dữ liệu qms."
}

as_postgres() { (cd / && runuser -u postgres -- "$@"); }

manage() { "$TARGET/deploy/manage.sh" "$@"; }

# Before an upgrade: what there is now, as the version that made it.
backup_first() {
    [ -x "$TARGET/deploy/manage.sh" ] && [ -f "$SETTINGS" ] || return 0
    local file
    file=/var/backups/qms/truoc-nang-cap-$(date +%F-%H%M%S).zip
    say "Sao lưu trước khi nâng cấp: $file"
    manage backup "$file" || die "chưa sao lưu được nên chưa nâng cấp. Hãy xem lỗi phía trên."
}

install_units() {
    if [ ! -d /run/systemd/system ]; then
        say "Máy này không chạy systemd: chưa cài dịch vụ tự khởi động"
        return
    fi
    cp "$TARGET"/deploy/qms-*.service "$TARGET"/deploy/qms-*.timer /etc/systemd/system/
    systemctl daemon-reload
    systemctl enable --now qms-backup.timer
    systemctl enable qms-web qms-worker qms-beat
    systemctl restart qms-web qms-worker qms-beat
}

main() {
    [ "$(id -u)" -eq 0 ] || die "hãy chạy bằng quyền quản trị: sudo deploy/install.sh"
    [ "$ROOT" != "$TARGET" ] || die "hãy chạy từ thư mục của bản cài mới, không phải từ $TARGET."
    stop_on_exit
    make_scratch
    use_bundled_packages
    install_packages "máy chủ" "${RUNTIME_PACKAGES[@]}" "${SERVER_PACKAGES[@]}"
    make_places
    backup_first
    copy_code
    VENV=$TARGET/.venv PYTHON=$TARGET/.venv/bin/python
    (ROOT=$TARGET && prepare_venv requirements.txt) || exit 1
    write_settings
    make_database
    say "Cập nhật cơ sở dữ liệu, gom tệp giao diện"
    manage migrate --noinput --verbosity 0 || die "không cập nhật được cơ sở dữ liệu. Hãy kiểm tra DATABASE_URL trong $SETTINGS."
    (load_env "$SETTINGS" && "$PYTHON" "$TARGET/manage.py" collectstatic --noinput --clear --verbosity 0) || die "không gom được tệp giao diện."
    install_units
    say "Xong. Bước tiếp theo: xem deploy/README.md, mục Sau khi cài."
}

main "$@"
