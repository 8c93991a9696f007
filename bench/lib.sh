# Shared by bench/*.sh: a folder, settings and a web server of one's own. Sourced, never run.
# shellcheck shell=bash

. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib.sh"

begin() {
    cd "$ROOT" || exit 1
    stop_on_exit
    make_scratch
    export QMS_DATA_DIR=$scratch/data DEBUG=0 SECRET_KEY=bench-only-000000000000000000000000000000000
    [ -d staticfiles ] || "$PYTHON" manage.py collectstatic --noinput --verbosity 0
}

# serve: the web server on QMS_PORT; the database of DATABASE_URL is filled already.
serve() {
    start "$VENV/bin/gunicorn" --config deploy/gunicorn.conf.py qms.wsgi
    wait_until 60 answers "$QMS_PORT" || die "máy chủ không trả lời."
}
