#!/usr/bin/env bash
# manage.py as the service runs it: settings of /etc/qms/qms.env, account qms. Run it as root.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib.sh"

cd "$ROOT"
load_env /etc/qms/qms.env
export HOME=/var/lib/qms
exec setpriv --reuid qms --regid qms --init-groups "$PYTHON" manage.py "$@"
