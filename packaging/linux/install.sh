#!/bin/sh
# Install BirchTree for yourself, without root: unpack the archive and run this file in it.
#
#   ./install.sh                 into ~/.local (or $PREFIX)
#   ./install.sh --uninstall     remove it again; your plots, settings and models stay
set -eu

HERE=$(cd -- "$(dirname -- "$0")" && pwd)
case $HERE in
*/lib/birchtree) PREFIX=${PREFIX:-${HERE%/lib/birchtree}} ;; # the installed copy knows where it is
*) PREFIX=${PREFIX:-$HOME/.local} ;;
esac
APP=$PREFIX/lib/birchtree
SHARE=$PREFIX/share

say() { printf '%s\n' "$*"; }

# Tell the desktop what changed, with what it has.
refresh() {
    if command -v update-desktop-database >/dev/null 2>&1; then
        update-desktop-database -q "$SHARE/applications" 2>/dev/null || true
    fi
    if command -v update-mime-database >/dev/null 2>&1 && [ -d "$SHARE/mime/packages" ]; then
        update-mime-database "$SHARE/mime" 2>/dev/null || true
    fi
    if command -v gtk-update-icon-cache >/dev/null 2>&1 && [ -d "$SHARE/icons/hicolor" ]; then
        gtk-update-icon-cache -q -t "$SHARE/icons/hicolor" 2>/dev/null || true
    fi
}

# Everything that an installation put outside its own folder; the list was written then.
remove_files() {
    [ -f "$APP/installed-files" ] || return 0
    while IFS= read -r file; do
        rm -f -- "$file"
    done <"$APP/installed-files"
}

remove_links() {
    for name in birchtree birchtree-cli; do
        case $(readlink "$PREFIX/bin/$name" 2>/dev/null || true) in
        "$APP"/*) rm -f -- "$PREFIX/bin/$name" ;;
        esac
    done
}

if [ "${1:-}" = --uninstall ]; then
    if [ ! -d "$APP" ]; then
        say "There is no BirchTree in $APP."
        exit 1
    fi
    remove_files
    remove_links
    rm -rf -- "$APP"
    refresh
    say "BirchTree is removed. Your plots lie where you saved them, settings in $HOME/.config/BirchTree, your own models"
    say "in $HOME/.local/share/BirchTree."
    exit 0
fi
if [ $# -gt 0 ]; then
    say "install.sh knows only --uninstall."
    exit 2
fi
if [ ! -x "$HERE/app/birchtree" ]; then
    say "The folder app is not beside this script. Unpack the whole archive first:  tar -xf birchtree-*.tar.zst"
    exit 1
fi

# Copied beside the old one and then put in its place, so that a full disk leaves the old one as it was.
mkdir -p "$PREFIX/lib" "$PREFIX/bin" "$SHARE"
new=$APP.new
rm -rf -- "$new"
cp -a -- "$HERE/app" "$new"
cp -- "$HERE/install.sh" "$new/install.sh"
(cd "$HERE/share" && find . -type f) | while IFS= read -r file; do
    printf '%s\n' "$SHARE/${file#./}"
done >"$new/installed-files"
remove_files
if [ -d "$APP" ]; then
    # A training pack may lie beside the program; it is told by its own version whether it still fits.
    if [ -d "$APP/training-pack" ]; then mv -- "$APP/training-pack" "$new/training-pack"; fi
    rm -rf -- "$APP"
fi
mv -- "$new" "$APP"
cp -R -- "$HERE/share/." "$SHARE/"
# Menus start programs without the shell's PATH.
sed "s|^Exec=birchtree |Exec=\"$APP/birchtree\" |" "$HERE/share/applications/birchtree.desktop" \
    >"$SHARE/applications/birchtree.desktop"
for name in birchtree birchtree-cli; do
    ln -sf -- "$APP/$name" "$PREFIX/bin/$name"
done
refresh

say "BirchTree $("$APP/birchtree-cli" --version | sed 's/^BirchTree //') is installed in $APP."
case :$PATH: in
*":$PREFIX/bin:"*) say "Start it from the menu, or with: birchtree" ;;
*) say "Start it from the menu, or with: $PREFIX/bin/birchtree   ($PREFIX/bin is not in your PATH)" ;;
esac
say "To try every part: $PREFIX/bin/birchtree doctor --self-test     To remove it: $APP/install.sh --uninstall"
