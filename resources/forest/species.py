"""The trees of the sample forest: names, allometry and how each looks from above.

Crown diameter from height joins two published equations and solves them for the crown diameter CD (m):
    CD  = (a1 / b1) * DBH**(a2 - b2)   Russell & Weiskittel 2011, doi 10.1093/njaf/28.2.84: largest crown width of
                                       stand-grown trees in Maine (maximum width a1, a2 over b1, b2; DBH in cm)
    DBH = j * (H * CD)**k              Jucker et al. 2017, Nearctic temperate mixed forest (DBH in cm, H in m)
so heights, crowns and stem diameters agree with each other and with the program's own biomass figures. Below the
sizes that those papers measured the result is held between 0.3 m + 0.10 H and 0.5 m + 0.45 H.
"""

import math
from dataclasses import dataclass

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class WhorlForm:
    """Crowns built of whorls of branches around one stem: firs, spruces, pines, and snags.

    Attributes:
        crown_share: length of the live crown over tree height.
        profile: crown radius grows as depth**profile: 1 is a cone, less is blunter.
        spacing_m: stem between two whorls as drawn (not every year's whorl shows from above).
        branches: branches in a whorl.
        branch_width: half the width of a branch over the crown radius.
        droop: fall of a branch from stem to tip over its length; negative turns tips up.
        uneven: spread of branch lengths, 0..1.
        skirt: radius of the dense inner crown over the crown radius.
        clump_m, relief_m: size and height of the tufts on the branches.
    """

    crown_share: float
    profile: float
    spacing_m: float
    branches: int
    branch_width: float
    droop: float
    uneven: float
    skirt: float
    clump_m: float
    relief_m: float


@dataclass(frozen=True, slots=True)
class DomeForm:
    """Rounded crowns built of lobes (one per big branch) covered with leaf clumps: broadleaves.

    Attributes:
        crown_share: length of the live crown over tree height.
        flatness: 1 is half an ellipsoid, less is flatter on top.
        lobes: big branches that show as lobes.
        lobe_size: lobe radius over crown radius.
        clump_m, relief_m: size and height of the leaf clumps.
        gaps: share of the clump relief below which one sees into the crown, 0..1.
    """

    crown_share: float
    flatness: float
    lobes: int
    lobe_size: float
    clump_m: float
    relief_m: float
    gaps: float


@dataclass(frozen=True, slots=True)
class Species:
    """One species.

    Attributes:
        code: four letters of genus and epithet, as in the Quebec Trees data set ("" for a dead tree).
        scientific, common: names ("" scientific for a dead tree).
        form: how its crown is built.
        leaf: reflectance (red, green, blue), 0..1, of sunlit foliage.
        leaf_spread: how much trees differ in brightness (standard deviation over mean).
        width: (a1, a2, b1, b2) of Russell & Weiskittel.
        stem: (j, k) of Jucker et al.
    """

    code: str
    scientific: str
    common: str
    form: WhorlForm | DomeForm
    leaf: Colour
    leaf_spread: float
    width: tuple[float, float, float, float]
    stem: tuple[float, float]

    @property
    def is_dead(self) -> bool:
        """Whether this stands for dead trees of any species."""
        return not self.code

    def crown_diameter_m(self, height_m: float) -> float:
        """Expected crown diameter of a tree of this height in a stand."""
        a1, a2, b1, b2 = self.width
        j, k = self.stem
        slope = a2 - b2
        diameter_m = (a1 / b1 * j**slope * height_m ** (k * slope)) ** (1.0 / (1.0 - k * slope))
        return float(min(max(diameter_m, 0.3 + 0.10 * height_m), 0.5 + 0.45 * height_m))

    def dbh_cm(self, height_m: float, crown_diameter_m: float) -> float:
        """Expected stem diameter at breast height."""
        j, k = self.stem
        return float(j * math.pow(height_m * crown_diameter_m, k))


_GYMNO = (0.861, 0.755)
_ANGIO = (0.367, 0.887)

BALSAM_FIR = Species(
    "ABBA", "Abies balsamea", "balsam fir",
    WhorlForm(0.72, 0.85, 0.80, 7, 0.13, 0.22, 0.20, 0.55, 0.22, 0.14),
    (0.055, 0.086, 0.048), 0.14, (1.37, 0.572, 1.49, 0.105), _GYMNO,
)  # fmt: skip
WHITE_SPRUCE = Species(
    "PIGL", "Picea glauca", "white spruce",
    WhorlForm(0.75, 0.75, 0.85, 8, 0.12, 0.32, 0.30, 0.60, 0.26, 0.18),
    (0.070, 0.099, 0.066), 0.12, (1.50, 0.496, 2.09, -0.069), _GYMNO,
)  # fmt: skip
BLACK_SPRUCE = Species(
    "PIMA", "Picea mariana", "black spruce",
    WhorlForm(0.70, 0.55, 0.75, 6, 0.19, 0.50, 0.35, 0.62, 0.20, 0.14),
    (0.054, 0.077, 0.050), 0.12, (0.535, 0.742, 1.0, 0.174), _GYMNO,
)  # fmt: skip
WHITE_PINE = Species(
    "PIST", "Pinus strobus", "eastern white pine",
    WhorlForm(0.50, 0.60, 1.15, 6, 0.21, 0.02, 0.45, 0.55, 0.34, 0.30),
    (0.080, 0.112, 0.082), 0.10, (1.24, 0.585, 1.0, 0.147), _GYMNO,
)  # fmt: skip
PAPER_BIRCH = Species(
    "BEPA", "Betula papyrifera", "paper birch",
    DomeForm(0.50, 0.85, 20, 0.29, 0.40, 0.60, 0.34),
    (0.096, 0.130, 0.058), 0.13, (1.48, 0.623, 2.10, -0.035), _ANGIO,
)  # fmt: skip
# The published sign of b2 for aspen gives 2 m crowns to 25 cm stems; with the sign of its neighbours they are 5 m.
TREMBLING_ASPEN = Species(
    "POTR", "Populus tremuloides", "trembling aspen",
    DomeForm(0.42, 0.95, 13, 0.33, 0.32, 0.40, 0.30),
    (0.102, 0.130, 0.076), 0.08, (1.31, 0.586, 2.65, -0.157), _ANGIO,
)  # fmt: skip
RED_MAPLE = Species(
    "ACRU", "Acer rubrum", "red maple",
    DomeForm(0.55, 0.75, 22, 0.29, 0.50, 0.75, 0.32),
    (0.078, 0.108, 0.052), 0.15, (2.17, 0.491, 2.63, -0.132), _ANGIO,
)  # fmt: skip
SUGAR_MAPLE = Species(
    "ACSA", "Acer saccharum", "sugar maple",
    DomeForm(0.58, 0.70, 26, 0.26, 0.56, 0.75, 0.28),
    (0.072, 0.108, 0.045), 0.12, (3.31, 0.356, 1.0, 0.161), _ANGIO,
)  # fmt: skip
SNAG = Species(
    "", "", "dead tree",
    WhorlForm(0.60, 0.60, 0.95, 5, 0.035, 0.12, 0.50, 0.42, 0.18, 0.10),
    (0.235, 0.215, 0.195), 0.15, (1.37, 0.572, 1.49, 0.105), _GYMNO,
)  # fmt: skip

ALL: tuple[Species, ...] = (
    BALSAM_FIR, WHITE_SPRUCE, BLACK_SPRUCE, WHITE_PINE, PAPER_BIRCH, TREMBLING_ASPEN, RED_MAPLE, SUGAR_MAPLE, SNAG,
)  # fmt: skip
