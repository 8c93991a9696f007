#!/usr/bin/env bash
# One archive a day in /var/backups/qms, kept for QMS_BACKUP_DAYS (30). Old ones go only after a new one is complete.
set -euo pipefail

folder=${QMS_BACKUP_DIR:-/var/backups/qms}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
.venv/bin/python manage.py backup "$folder/qms-$(date +%F).zip"
find "$folder" -maxdepth 1 -name 'qms-*.zip' -mtime "+${QMS_BACKUP_DAYS:-30}" -delete
