#!/usr/bin/env bash
# Proof of the Debian package on a system that has nothing else: a fresh root made by debootstrap, the package and what it
# depends on, an ordinary user, no network, another program's PROJ in the way, a screen that is not part of that system.
#
#   sudo packaging/proof_deb.sh [PACKAGE.deb]        takes dist/birchtree_*.deb, builds it where there is none
#
#   SUITE=bookworm MIRROR=address   the system; the mirror of this machine's own apt by default
#
# Leaves report.txt, screenshots and logs in build/proof_deb/. Ends with 1 at the first thing that is not as it should be.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
# shellcheck source=packaging/build_parts.sh
source packaging/build_parts.sh

readonly SUITE=${SUITE:-bookworm} DISPLAY_NUMBER=${DISPLAY_NUMBER:-77}
out=$BUILD/proof_deb
base=$BUILD/debian-$SUITE
root=$out/root
report=$out/report.txt
readonly out base root report
readonly HOME_INSIDE=/home/forester
exec 3>&2 # what fails inside a step, whose own output goes to a log, is told here
fail() {
    printf '%s\n' "$*" >&3
    exit 1
}
screen_pid=''
window_pid=''

# --- what it needs ------------------------------------------------------------------------------------

need() { command -v "$1" >/dev/null || fail "$1 is not here: sudo apt-get install $2"; }
[[ $(id -u) -eq 0 ]] || fail "A fresh root can be made only by root: sudo packaging/proof_deb.sh"
need debootstrap debootstrap
need Xvfb xvfb
need xdotool xdotool
need import imagemagick
need unshare util-linux

clean_up() {
    [[ -z $window_pid ]] || kill "$window_pid" 2>/dev/null || true
    [[ -z $screen_pid ]] || kill "$screen_pid" 2>/dev/null || true
    window_pid=''
    screen_pid=''
    local place
    for place in tmp/.X11-unix proc; do
        ! mountpoint -q "$root/$place" || umount -l "$root/$place"
    done
}
trap clean_up EXIT

# Never remove a folder into which something of this machine is still mounted.
remove_root() {
    ! grep -qF " $root/" /proc/mounts || fail "$root has mounts that could not be undone; nothing was removed."
    rm -rf --one-file-system "$root"
}

tell() { printf '%s\n' "$*" | tee -a "$report"; }

# Run "$@" and tell how long it took; its output goes to a log of its own, which is shown when it fails.
timed() {
    local title=$1 begun=$EPOCHREALTIME
    shift
    if ! "$@" >"$out/step.log" 2>&1; then
        cat "$out/step.log" >&2
        fail "FAILED: $title"
    fi
    cat "$out/step.log" >>"$out/full.log"
    tell "$(awk -v a="$begun" -v b="$EPOCHREALTIME" 'BEGIN { printf "%7.1f s", b - a }')   $title"
}

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }

# As the ordinary user, without network (an empty network namespace), with another program's PROJ and GDAL paths set.
as_forester() {
    unshare --net chroot --userspec=forester:forester "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=$HOME_INSIDE \
        LANG=C.UTF-8 DISPLAY=":$DISPLAY_NUMBER" PROJ_LIB=/opt/foreign/proj PROJ_DATA=/opt/foreign/proj \
        GDAL_DATA=/opt/foreign/gdal "$@"
}

# --- the system ---------------------------------------------------------------------------------------

make_root() {
    local mirror=${MIRROR:-}
    if [[ ! -e $base/etc/debian_version ]]; then
        # shellcheck disable=SC2016  # apt's own variable
        [[ -n $mirror ]] || mirror=$(apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" | sed 's#/*$##' |
            grep '/debian$' | head -n 1)
        [[ -n $mirror ]] || fail "No Debian mirror is known here: MIRROR=address packaging/proof_deb.sh"
        rm -rf "$base"
        debootstrap --variant=minbase "$SUITE" "$base" "$mirror"
    fi
    remove_root
    cp -a --reflink=auto "$base" "$root"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    mkdir -p "$root/tmp/.X11-unix" "$root/opt/foreign/proj" "$root/opt/foreign/gdal"
    echo "not a database of PROJ" >"$root/opt/foreign/proj/proj.db"
    mount -t proc proc "$root/proc"
    inside useradd --create-home --shell /bin/bash forester
}

start_screen() {
    Xvfb ":$DISPLAY_NUMBER" -screen 0 1366x768x24 -ac -nolisten tcp >"$out/xvfb.log" 2>&1 &
    screen_pid=$!
    local tries=0
    until [[ -S /tmp/.X11-unix/X$DISPLAY_NUMBER ]]; do
        ((++tries < 100)) || fail "The screen did not start; $out/xvfb.log tells why."
        sleep 0.1
    done
    # The socket alone: the system under test has no X server, and shares no network with this one.
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
}

# The package as it could have been before: an older version with a file that the new one does not have.
make_older() {
    local old=$out/older
    rm -rf "$old"
    dpkg-deb -R "$deb" "$old"
    sed -i 's/^Version: .*/Version: 0.0.1/' "$old/DEBIAN/control"
    echo "left by an older version" >"$old/usr/lib/birchtree/_internal/left-behind.txt"
    dpkg-deb --root-owner-group -Znone --build "$old" "$out/older.deb"
    rm -rf "$old"
    cp "$out/older.deb" "$root/tmp/older.deb"
    rm "$out/older.deb"
}

install_in_root() { inside apt-get install -y --no-install-recommends "$1"; }

# --- the window ---------------------------------------------------------------------------------------

on_screen() { DISPLAY=":$DISPLAY_NUMBER" "$@"; }
picture() { on_screen import -window root "$out/$1.png"; }

query() { python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])' "$plot" "$1"; }

# Wait until the question "$1" to the plot's file answers "$2"; every edit is in the file at once.
await_in_plot() {
    local tries=0
    until [[ $(query "$1") == "$2" ]]; do
        ((++tries < 300)) || fail "FAILED: the plot's file should answer $2 to: $1 (it says $(query "$1"))"
        sleep 0.2
    done
}

open_window() {
    as_forester birchtree "$HOME_INSIDE/plot.birch.gpkg" >"$out/window.log" 2>&1 &
    window_pid=$!
    on_screen timeout 120 xdotool search --sync --onlyvisible --name 'BirchTree' >/dev/null
}

# Wait until the map shows forest, which has thousands of colours where the empty window has some hundred.
await_map() {
    local tries=0
    until (($(on_screen import -window root -crop 700x600+100+80 png:- | identify -format '%k' -) > 4000)); do
        ((++tries < 300)) || fail "FAILED: the map shows no forest"
        sleep 0.5
    done
    sleep "${SETTLE_S:-5}"
    picture "$1"
}

deleted() { query "SELECT count(*) FROM crowns WHERE review = 'deleted'"; }

# A crown is chosen on the map and deleted, by mouse and keyboard; undone; done again.
correct_in_window() {
    local before place
    before=$(deleted)
    for place in "348 375" "430 170" "250 570"; do # large crowns of the sample plot; one of them is enough
        # shellcheck disable=SC2086  # two words on purpose
        on_screen xdotool mousemove $place click 1
        sleep "${SETTLE_S:-5}"
        picture 2-chosen
        on_screen xdotool key Delete
        sleep "${SETTLE_S:-5}"
        (($(deleted) == before)) || break
    done
    (($(deleted) == before + 1)) || fail "FAILED: Delete on a chosen crown deleted $(($(deleted) - before)) crowns"
    picture 3-corrected
    on_screen xdotool key ctrl+z
    await_in_plot "SELECT count(*) FROM crowns WHERE review = 'deleted'" "$before"
    on_screen xdotool key ctrl+shift+z
    await_in_plot "SELECT count(*) FROM crowns WHERE review = 'deleted'" "$((before + 1))"
}

close_window() {
    # Without a window manager a click gives the window its keys; grey ground beside the plot chooses nothing.
    on_screen xdotool mousemove 70 60 click 1
    sleep 1
    on_screen xdotool key ctrl+q
    local tries=0
    while kill -0 "$window_pid" 2>/dev/null; do
        ((++tries < 300)) || fail "FAILED: the window did not close within 60 s"
        sleep 0.2
    done
    wait "$window_pid" || fail "FAILED: the window ended with $?; $out/window.log"
    window_pid=''
}

# --- the proof ----------------------------------------------------------------------------------------

deb=${1:-$(find "$DIST" -maxdepth 1 -name 'birchtree_*.deb' | sort -V | tail -n 1)}
if [[ -z $deb ]]; then
    bash packaging/build.sh
    deb=$(find "$DIST" -maxdepth 1 -name 'birchtree_*.deb' | sort -V | tail -n 1)
fi
remove_root
rm -rf --one-file-system "$out"
mkdir -p "$out"
plot=$root$HOME_INSIDE/plot.birch.gpkg

tell "Package: $(basename "$deb"), $(($(stat -c %s "$deb") / 1000000)) MB; installed $(($(dpkg-deb -f "$deb" Installed-Size) / 1024)) MiB"
tell "Depends: $(dpkg-deb -f "$deb" Depends)"
timed "a fresh $SUITE (debootstrap, minbase)" make_root
size_before=$(du -s -m -x "$root" | cut -f1)
timed "the package lists of the fresh system" inside apt-get update
timed "an older version of the package made" make_older
timed "apt installs the older version with everything it depends on" install_in_root /tmp/older.deb
rm "$root/tmp/older.deb"
tell "           the system grew from $size_before MB to $(du -s -m -x "$root" | cut -f1) MB"
start_screen

as_forester cat /proc/net/dev >"$out/net.txt"
! grep -Eq 'eth|ens|enp|wlan' "$out/net.txt" || fail "FAILED: there is a network"
timed "birchtree doctor --self-test (older)" as_forester birchtree doctor --self-test
timed "birchtree sample" as_forester birchtree sample -o "$HOME_INSIDE/sample"
timed "birchtree segment: 120 x 120 m" as_forester birchtree segment "$HOME_INSIDE/sample/demo_ortho.tif" \
    --dsm "$HOME_INSIDE/sample/demo_dsm.tif" --dtm "$HOME_INSIDE/sample/demo_dtm.tif" -o "$HOME_INSIDE/plot.birch.gpkg" \
    --progress none
timed "birchtree measure" as_forester birchtree measure "$HOME_INSIDE/plot.birch.gpkg" --progress none
tell "           $(query 'SELECT count(*) FROM crowns') crowns"
timed "the window is on the screen" open_window
timed "the map shows the plot" await_map 1-opened
timed "a crown deleted, undone, deleted again in the window" correct_in_window
timed "the window closed" close_window
settings=$(find "$root$HOME_INSIDE/.config/BirchTree" -type f -exec sha256sum {} + | sort)
[[ -n $settings ]] || fail "FAILED: the window left no settings"

cp "$deb" "$root/tmp/birchtree.deb"
plot_before=$(sha256sum "$plot")
timed "apt upgrades to $(dpkg-deb -f "$deb" Version)" install_in_root /tmp/birchtree.deb
[[ ! -e $root/usr/lib/birchtree/_internal/left-behind.txt ]] || fail "FAILED: a file of the older version is still there"
[[ $(sha256sum "$plot") == "$plot_before" ]] || fail "FAILED: the upgrade touched the plot"
[[ $(find "$root$HOME_INSIDE/.config/BirchTree" -type f -exec sha256sum {} + | sort) == "$settings" ]] ||
    fail "FAILED: the upgrade touched the settings"
timed "birchtree doctor --self-test (new)" as_forester birchtree doctor --self-test
cp "$out/step.log" "$out/doctor.log"
timed "the plot opens in the new window" open_window
timed "the map shows the plot" await_map 4-after-upgrade
timed "the window closed" close_window
timed "birchtree export" as_forester birchtree export "$HOME_INSIDE/plot.birch.gpkg" -o "$HOME_INSIDE/crowns.shp"
kept=$(query "SELECT count(*) FROM crowns WHERE review <> 'deleted'")
in_shapefile=$(od -A n -t u4 -j 4 -N 4 "$root$HOME_INSIDE/crowns.dbf" | tr -d ' ')
[[ $kept == "$in_shapefile" ]] || fail "FAILED: $kept crowns in the plot, $in_shapefile in the shapefile"
tell "           $in_shapefile crowns in crowns.shp: the deleted one is not among them"

inside dpkg -L birchtree | sort >"$out/files.txt"
timed "apt removes it" inside apt-get purge -y birchtree
while IFS= read -r file; do
    [[ ! -e $root$file && ! -L $root$file || -d $root$file ]] || fail "FAILED: $file was left behind"
done <"$out/files.txt"
left=$(find "$root/usr" "$root/etc" "$root/var/lib" -iname '*birchtree*' -not -path '*/var/lib/apt/*' | head)
[[ -z $left ]] || fail "FAILED: left behind: $left"
[[ -s $plot && -d $root$HOME_INSIDE/.config/BirchTree ]] || fail "FAILED: removal took the user's files"
tell "           nothing of it is left in the system; plot and settings are where they were"
cp "$plot" "$root$HOME_INSIDE/crowns.dbf" "$out/"
clean_up
remove_root
tell "All as it should be."
