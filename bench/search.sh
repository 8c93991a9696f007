#!/usr/bin/env bash
# The search with many duties, on a PostgreSQL of its own: prints a Markdown table.
# Needs what bin/test installs. BENCH_DUTIES (200000), BENCH_ROUNDS (15). With DATABASE_URL set, that database is measured.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib.sh"

main() {
    cd "$ROOT" || exit 1
    stop_on_exit
    make_scratch
    if [ -z "${DATABASE_URL:-}" ]; then
        start_postgres -F -c shared_buffers=512MB
        export DATABASE_URL=$POSTGRES_URL
    fi
    export QMS_DATA_DIR=$scratch/data DEBUG=0 SECRET_KEY=bench-only-000000000000000000000000000000000
    [ -d staticfiles ] || "$PYTHON" manage.py collectstatic --noinput --verbosity 0
    "$PYTHON" -m bench.search
}

main
