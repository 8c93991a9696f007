#!/usr/bin/env bash
# Fifty users report at once on PostgreSQL and Valkey of its own, two web workers. BENCH_SECONDS (60).
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

main() {
    begin
    start_postgres
    start_valkey
    export DJANGO_SETTINGS_MODULE=bench.settings DATABASE_URL=$POSTGRES_URL QMS_PORT=${QMS_PORT:-8097}
    start "$VENV/bin/gunicorn" --config deploy/gunicorn.conf.py qms.wsgi
    "$PYTHON" -m bench.duties_parallel
}

main
