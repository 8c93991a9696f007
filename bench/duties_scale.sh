#!/usr/bin/env bash
# Pages with 10,000 and 1,000,000 duties, one web worker for each, on PostgreSQL and Valkey of its own; then the reminder
# run. BENCH_ROUNDS (40) per page; BENCH_SLOW=1 prints the slowest SQL. Needs 3 GB of disk in /tmp.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

sql() { DATABASE_URL=$POSTGRES_URL "$PYTHON" -c "import django; django.setup(); from django.db import connection; connection.cursor().execute('''$1''')"; }

main() {
    begin
    start_postgres -c shared_buffers=512MB -c synchronous_commit=off -c max_wal_size=4GB
    start_valkey
    export DJANGO_SETTINGS_MODULE=bench.settings SMALL_PORT=8098 LARGE_PORT=8099
    local base=${POSTGRES_URL%/postgres}
    sql "CREATE DATABASE small" || die "không tạo được cơ sở dữ liệu."
    say "10.000, 100.000 và 1.000.000 việc"
    DATABASE_URL=$base/small "$PYTHON" -m bench.duties_fill || die "không tạo được dữ liệu."
    sql "CREATE DATABASE middle TEMPLATE small" && sql "CREATE DATABASE large TEMPLATE small" || die "không tạo được cơ sở dữ liệu."
    DATABASE_URL=$base/middle "$PYTHON" -m bench.duties_fill 10 || die "không tạo được dữ liệu."
    DATABASE_URL=$base/large "$PYTHON" -m bench.duties_fill 100 || die "không tạo được dữ liệu."
    export WEB_WORKERS=1 WEB_THREADS=1
    DATABASE_URL=$base/small QMS_PORT=$SMALL_PORT serve
    DATABASE_URL=$base/large QMS_PORT=$LARGE_PORT serve
    DATABASE_URL=$base/large "$PYTHON" -m bench.duties_scale
    printf '\n| duties | run | looked at | messages | mails | seconds | looked at per second | peak MB |\n'
    printf '|---:|---|---:|---:|---:|---:|---:|---:|\n'
    local size
    for size in small middle large; do
        DATABASE_URL=$base/$size EMAIL_URL=dummymail:// "$PYTHON" -m bench.duties_reminders
    done
    [ -z "${BENCH_HOLD:-}" ] || { say "$base/large"; sleep "$BENCH_HOLD"; }
}

main
