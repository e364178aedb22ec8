#!/usr/bin/env bash
# The whole chain on real plots, by the commands that a user types: outline, measure, correct, make a training set, train,
# outline again with the new model, and compare.
#
#   bash docs/whole_chain.sh ../shared/data/teak chain_out 10      train for 10 minutes
#   STEPS=60 bash docs/whole_chain.sh ../shared/data/teak chain_out     or for so many steps, to see that all of it works
#
# FOLDER holds plots as NAME_rgb.tif, NAME_dsm.tif and NAME_dtm.tif, and crowns.gpkg: the crowns as people corrected them.
# In the field those come out of the window (File > Export) or out of QGIS; a file of crowns is a file of crowns.
set -euo pipefail
if (($# < 2)); then
    printf 'usage: %s FOLDER OUT [MINUTES]\n' "$0" >&2
    exit 2
fi
readonly FOLDER=$1 OUT=$2 MINUTES=${3:-10}
readonly ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
readonly MODEL=my-crowns
how_long=(--minutes "$MINUTES")
[[ -z ${STEPS:-} ]] || how_long=(--steps "$STEPS" --every "$STEPS")

birchtree() {
    printf '  $ python main.py %s\n' "$*"
    "$ROOT/.venv/bin/python" "$ROOT/main.py" "$@"
}
step() { printf '\n%s\n' "$*"; }

outline() { # PLOT PROJECT [more options]
    local plot=$1 project=$2
    shift 2
    birchtree segment "$FOLDER/${plot}_rgb.tif" --dsm "$FOLDER/${plot}_dsm.tif" --dtm "$FOLDER/${plot}_dtm.tif" \
        -o "$project" "$@"
}

mkdir -p "$OUT"
mapfile -t plots < <(find "$FOLDER" -maxdepth 1 -name '*_rgb.tif' -printf '%f\n' | sed 's/_rgb\.tif$//' | sort)
# The last plot is kept out of everything: what the new model does there is what it has learned.
readonly KEPT=${plots[-1]}

step "1. Outline the crowns of $KEPT with the model inside, and measure them."
outline "$KEPT" "$OUT/before.birch.gpkg"
birchtree measure "$OUT/before.birch.gpkg"
birchtree export "$OUT/before.birch.gpkg" -o "$OUT/before.shp"

step "2. Correct the crowns of the other plots: in the window, or in QGIS. Here people have done so: crowns.gpkg."
mkdir -p "$OUT/corrected"
for plot in "${plots[@]:0:${#plots[@]}-1}"; do
    for part in rgb dsm dtm; do
        ln -sf "$(realpath "$FOLDER/${plot}_$part.tif")" "$OUT/corrected/${plot}_$part.tif"
    done
done

step "3. Make a training set of them."
birchtree dataset "$FOLDER/crowns.gpkg" --rasters "$OUT/corrected" --complete all --gsd 0.2 --tile 256 -o "$OUT/set"

step "4. Go on training the model inside (${how_long[*]}); it lands in the list of models."
birchtree train "$OUT/set" --from birch-crowns "${how_long[@]}" --id "$MODEL" --replace -o "$OUT/training"

step "5. Outline $KEPT again, with the new model, and compare both with what people say."
outline "$KEPT" "$OUT/after.birch.gpkg" --model "$MODEL"
birchtree export "$OUT/after.birch.gpkg" -o "$OUT/after.shp"
for when in before after; do
    printf '\n%s:\n' "$when"
    birchtree evaluate "$OUT/$when.birch.gpkg" --truth "$FOLDER/crowns.gpkg" --boxes
done
