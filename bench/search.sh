#!/usr/bin/env bash
# The search with many duties, on a PostgreSQL of its own: prints a Markdown table.
# Needs what bin/test installs. BENCH_DUTIES (200000), BENCH_ROUNDS (15). With DATABASE_URL set, that database is measured.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

main() {
    begin
    if [ -z "${DATABASE_URL:-}" ]; then
        start_postgres -F -c shared_buffers=512MB
        export DATABASE_URL=$POSTGRES_URL
    fi
    "$PYTHON" -m bench.search
}

main
