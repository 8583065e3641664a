#!/bin/sh
# Fonts for rendering drafts: the six Fandol faces, unpacked from Debian's texlive-lang-chinese without installing it,
# and a fontconfig file that puts them in the place of the fonts that the Word style names.
#
#   .ci/fonts.sh FOLDER          then render with FONTCONFIG_FILE=FOLDER/fonts.conf
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 FOLDER" >&2
    exit 2
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)

fonts_present() {
    [ "$(find "$folder" -name 'Fandol*.otf' | wc -l)" -ge 6 ]
}

unpack_fonts() {
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    # apt would hand the download to a user who may not write here
    (cd "$work" && apt-get -o APT::Sandbox::User=root download texlive-lang-chinese)
    dpkg-deb --fsys-tarfile "$work"/texlive-lang-chinese_*.deb |
        tar -x -C "$work" --wildcards --no-anchored 'Fandol*.otf'
    find "$work" -name 'Fandol*.otf' ! -name 'FandolBraille*' -exec cp {} "$folder/" \;
}

# One rule: the name that a document asks for, the face that stands in, its weight (empty: as asked).
match() {
    printf '  <match target="pattern"><test name="family" compare="eq"><string>%s</string></test>' "$1"
    printf '<edit name="family" mode="assign" binding="strong"><string>%s</string></edit>' "$2"
    if [ -n "${3:-}" ]; then
        printf '<edit name="weight" mode="assign" binding="strong"><const>%s</const></edit>' "$3"
    fi
    printf '</match>\n'
}

write_config() {
    {
        echo '<?xml version="1.0"?>'
        echo '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        echo '<fontconfig>'
        echo '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        echo "  <dir>$folder</dir>"
        for name in 仿宋_GB2312 仿宋 FangSong 方正仿宋_GBK; do match "$name" FandolFang; done
        for name in 楷体_GB2312 楷体 KaiTi 方正楷体_GBK; do match "$name" FandolKai; done
        for name in 黑体 SimHei 方正黑体_GBK; do match "$name" FandolHei; done
        for name in 宋体 SimSun 方正书宋_GBK; do match "$name" FandolSong; done
        for name in 方正小标宋简体 方正小标宋_GBK; do match "$name" FandolSong bold; done
        echo '</fontconfig>'
    } >"$folder/fonts.conf"
}

fonts_present || unpack_fonts
fonts_present || { echo "$0: the Fandol fonts were not found in the package" >&2; exit 1; }
write_config
