#!/usr/bin/env bash
# Fifty users report at once on PostgreSQL and Valkey of its own, two web workers. BENCH_SECONDS (60).
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
    [ -d staticfiles ] || "$PYTHON" manage.py collectstatic --noinput --verbosity 0
    start "$VENV/bin/gunicorn" --config deploy/gunicorn.conf.py qms.wsgi
    "$PYTHON" -m bench.duties_parallel
}

main
