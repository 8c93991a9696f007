#!/usr/bin/env bash
# Web benchmark on PostgreSQL and Valkey of its own, two web workers: prints a Markdown table of ratios.
# Needs what bin/test installs. BENCH_SECONDS (6) per measurement.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

main() {
    begin
    start_postgres
    start_valkey
    export DJANGO_SETTINGS_MODULE=bench.settings DATABASE_URL=$POSTGRES_URL QMS_PORT=${QMS_PORT:-8097}
    say "Tạo 500 kế hoạch, 10.000 nhiệm vụ"
    "$PYTHON" -m bench.fill || die "không tạo được dữ liệu."
    serve
    "$PYTHON" -m bench.web
}

main
