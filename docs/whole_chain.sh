#!/usr/bin/env bash
# The whole chain on real plots, by the commands that a user types: outline, measure, correct, make a training set, train,
# outline again with the new model, and compare.
#
#   bash docs/whole_chain.sh ../shared/data/teak chain_out 10      train for 10 minutes
#   STEPS=60 bash docs/whole_chain.sh ../shared/data/teak chain_out     or for so many steps, to see that all of it works
#   BY_HAND=1 bash docs/whole_chain.sh ...                              you correct the exported shapefiles yourself
#
# FOLDER holds plots as NAME_rgb.tif, NAME_dsm.tif and NAME_dtm.tif, and crowns.gpkg: crowns that people have labelled.
# They say how good the outlines are, and correct the exports as a person does in QGIS (docs/corrected_in_gis.py).
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

mapfile -t plots < <(find "$FOLDER" -maxdepth 1 -name '*_rgb.tif' -printf '%f\n' | sed 's/_rgb\.tif$//' | sort)
# The last plot is kept out of everything: what the new model does there is what it has learned.
readonly KEPT=${plots[-1]} COUNT=$((${#plots[@]} - 1))
mkdir -p "$OUT/surveys" "$OUT/kept"
for plot in "${plots[@]}"; do
    folder=$OUT/surveys
    [[ $plot != "$KEPT" ]] || folder=$OUT/kept
    for part in rgb dsm dtm; do
        [[ ! -e $FOLDER/${plot}_$part.tif ]] || ln -sf "$(realpath "$FOLDER/${plot}_$part.tif")" "$folder/"
    done
done

step "1. Outline the crowns of $COUNT plots and of $KEPT with the model inside, and measure them."
birchtree segment "$OUT/surveys" -o "$OUT/plots"
birchtree measure "$OUT/plots"
birchtree segment "$OUT/kept/${KEPT}_rgb.tif" --dsm "$OUT/kept/${KEPT}_dsm.tif" --dtm "$OUT/kept/${KEPT}_dtm.tif" \
    -o "$OUT/before.birch.gpkg"
birchtree measure "$OUT/before.birch.gpkg"

step "2. Correct the crowns of the $COUNT plots: out as shapefiles, through a GIS, and back into the plots' history."
for plot in "${plots[@]:0:COUNT}"; do
    birchtree export "$OUT/plots/${plot}_rgb.birch.gpkg" -o "$OUT/plots/$plot.shp"
done
if [[ -n ${BY_HAND:-} ]]; then
    read -rp "Open the shapefiles in $OUT/plots in QGIS, correct and save them, then press Enter. "
fi
for plot in "${plots[@]:0:COUNT}"; do
    corrected=$OUT/plots/$plot.shp
    if [[ -z ${BY_HAND:-} ]]; then
        corrected=$OUT/plots/${plot}_corrected.shp
        "$ROOT/.venv/bin/python" "$ROOT/docs/corrected_in_gis.py" \
            "$OUT/plots/$plot.shp" "$FOLDER/crowns.gpkg" "$plot" "$corrected"
    fi
    birchtree import "$OUT/plots/${plot}_rgb.birch.gpkg" "$corrected" --corrected
done
birchtree measure "$OUT/plots"

step "3. Make a training set of the corrected plots; every crown in them is outlined now."
birchtree dataset "$OUT"/plots/*.birch.gpkg --complete all --gsd 0.2 --tile 256 -o "$OUT/set"

step "4. Go on training the model inside (${how_long[*]}); it lands in the list of models."
birchtree train "$OUT/set" --from birch-crowns "${how_long[@]}" --id "$MODEL" --replace -o "$OUT/training"

step "5. Outline $KEPT again, with the new model, and compare both with what people say."
birchtree segment "$OUT/kept/${KEPT}_rgb.tif" --dsm "$OUT/kept/${KEPT}_dsm.tif" --dtm "$OUT/kept/${KEPT}_dtm.tif" \
    --model "$MODEL" -o "$OUT/after.birch.gpkg"
birchtree measure "$OUT/after.birch.gpkg"
for when in before after; do
    printf '\n%s:\n' "$when"
    birchtree evaluate "$OUT/$when.birch.gpkg" --truth "$FOLDER/crowns.gpkg" --boxes
done
printf '\nDone in %d minutes.\n' $((SECONDS / 60))
