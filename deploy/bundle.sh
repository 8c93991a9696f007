#!/usr/bin/env bash
# On a machine with internet and the SAME operating system as the server: packs everything an installation needs.
# deploy/bundle.sh [FILE]: the project, its Python wheels, and a small package archive of the system.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../bin/lib.sh"
. "$ROOT/deploy/packages.sh"

# The whole closure, whatever this machine has already, as an archive from which apt takes what the server lacks.
collect_debs() {
    local folder=$1
    say "Tải các gói hệ thống"
    mkdir -p "$folder/partial" && : >"$scratch/status"
    chmod 755 "$scratch"
    apt_get -o Dir::State::status="$scratch/status" -o Dir::Cache::archives="$folder" -o APT::Sandbox::User=root -q \
        --download-only --no-install-recommends install "${RUNTIME_PACKAGES[@]}" "${SERVER_PACKAGES[@]}" >"$scratch/debs.log" 2>&1 ||
        die "chưa tải được gói hệ thống: $(tail -n 1 "$scratch/debs.log")"
    as_root rm -rf "$folder/partial" "$folder/lock"
    (cd "$folder" && apt-ftparchive packages . >Packages) || die "không lập được danh mục gói."
}

collect_wheels() {
    say "Tải các thư viện Python"
    "$PYTHON" -m pip wheel --disable-pip-version-check -q -r "$ROOT/requirements.txt" -w "$1" || die "chưa tải được thư viện Python."
}

main() {
    local target
    target=$(realpath -m -- "${1:-qms-offline-$(. /etc/os-release && echo "$VERSION_CODENAME").tar}")
    stop_on_exit
    make_scratch
    install_packages "đóng gói" "${RUNTIME_PACKAGES[@]}" apt-utils git
    prepare_venv requirements.txt
    mkdir -p "$scratch/qms-offline"
    git -C "$ROOT" archive --prefix=qms-offline/ HEAD | tar -x -C "$scratch" || die "không lấy được mã nguồn từ git."
    collect_debs "$scratch/qms-offline/debs"
    collect_wheels "$scratch/qms-offline/wheels"
    tar -C "$scratch" -cf "$target" qms-offline || die "không ghi được $target."
    say "Xong: $target ($(du -h "$target" | cut -f1))"
    sha256sum "$target"
}

main "$@"
