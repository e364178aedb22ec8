#!/usr/bin/env bash
# The main job on the sample plot, by the same commands that a user types: raster to crowns to heights to shapefile.
# Leaves its files in demo_out/ (or in the folder given as argument) and opens the window where there is a screen.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
readonly OUT=${1:-demo_out}
readonly SAMPLE=$OUT/sample

birchtree() {
    printf '  $ python main.py %s\n' "$*"
    .venv/bin/python main.py "$@"
}
step() { printf '\n%s\n' "$*"; }

has_screen() {
    [[ -z ${CI:-} && (-n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-}) ]]
}

mkdir -p "$OUT"
# Those of an earlier demo; `segment` would add to the project.
rm -f "$OUT"/sample.birch.gpkg* "$OUT"/crowns.* "$OUT"/overview.png

step "1. Make the sample plot: a drone survey of a made-up forest (orthomosaic, DSM, DTM, and the true crowns)."
birchtree sample -o "$SAMPLE"

step "2. Outline every crown."
birchtree segment "$SAMPLE/demo_ortho.tif" --dsm "$SAMPLE/demo_dsm.tif" --dtm "$SAMPLE/demo_dtm.tif" \
    -o "$OUT/sample.birch.gpkg"

step "3. Measure every crown: height, diameter, area, stem diameter and biomass."
birchtree measure "$OUT/sample.birch.gpkg"

step "4. Write the shapefile for the GIS."
birchtree export "$OUT/sample.birch.gpkg" -o "$OUT/crowns.shp"

step "5. Draw the overview picture."
birchtree overview "$OUT/sample.birch.gpkg" -o "$OUT/overview.png"

step "6. Compare with the true crowns."
birchtree evaluate "$OUT/sample.birch.gpkg" --truth "$SAMPLE/demo_crowns.gpkg"

step "Done. Look at:"
printf '  %-28s %s\n' \
    "$OUT/crowns.shp" "the crowns with their measures; opens in any GIS" \
    "$OUT/overview.png" "the plot with the crowns drawn on it" \
    "$OUT/sample.birch.gpkg" "the project; QGIS opens it as it is" \
    "$SAMPLE/" "the survey itself"
if has_screen; then
    step "Opening the window; close it to end the demo."
    birchtree gui "$OUT/sample.birch.gpkg"
else
    printf '\nThere is no screen here, so the window stays closed. On a desktop:\n  .venv/bin/python main.py gui %s\n' \
        "$OUT/sample.birch.gpkg"
fi
