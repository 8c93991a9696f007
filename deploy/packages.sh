# What a server needs beside RUNTIME_PACKAGES; sourced by bundle.sh and install.sh.
# shellcheck shell=bash disable=SC2034
SERVER_PACKAGES=(postgresql redis-server nginx)
