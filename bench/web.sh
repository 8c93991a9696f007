#!/usr/bin/env bash
# Web benchmark on PostgreSQL and Valkey of its own, two web workers: prints a Markdown table of ratios.
# Needs what bin/test installs. BENCH_SECONDS (6) per measurement.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib.sh"

main() {
    cd "$ROOT" || exit 1
    stop_on_exit
    make_scratch
    start_postgres
    start_valkey
    export DJANGO_SETTINGS_MODULE=bench.settings DATABASE_URL=$POSTGRES_URL QMS_DATA_DIR=$scratch/data QMS_PORT=${QMS_PORT:-8097}
    export SECRET_KEY=bench-only-000000000000000000000000000000000 DEBUG=0
    say "Tạo 500 kế hoạch, 10.000 nhiệm vụ"
    "$PYTHON" -m bench.fill || die "không tạo được dữ liệu."
    [ -d staticfiles ] || "$PYTHON" manage.py collectstatic --noinput --verbosity 0
    start "$VENV/bin/gunicorn" --config deploy/gunicorn.conf.py qms.wsgi
    wait_until 60 "$PYTHON" -c "import urllib.request as web; web.urlopen('http://127.0.0.1:$QMS_PORT/healthz')" || die "máy chủ không trả lời."
    "$PYTHON" -m bench.web
}

main
