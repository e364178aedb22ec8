"""How the trees of training scenes look from above: form, colour, proportions and spread, by species or group."""

from dataclasses import dataclass
from typing import Literal

Colour = tuple[float, float, float]
Form = Literal["dome", "cone", "star", "snag"]


@dataclass(frozen=True, slots=True)
class TreeLook:
    """One kind of tree.

    Attributes:
        species: scientific name of a tree that looks like this; "" for a dead one.
        form: "dome" of lobes and leaf clumps, "cone" of close whorls, "star" of long branches, "snag" of bare ones.
        leaf: linear reflectance (red, green, blue) of sunlit foliage or wood.
        slender: height over crown diameter, of a tree in a stand.
        crown_share: length of the crown over the height.
        lobe_m, clump_m: size of big lobes and of leaf clumps or tufts.
        ragged: how far lobes and clumps break the crown's rim, about 1.
        sparse: 0..1, share of the crown through which one sees the ground.
        contrast: how much darker the gaps between clumps are, about 1.
        profile: how pointed: radius grows as depth**profile (cone 1, dome 0.5).
    """

    species: str
    form: Form
    leaf: Colour
    slender: float
    crown_share: float
    lobe_m: float
    clump_m: float
    ragged: float = 1.0
    sparse: float = 0.0
    contrast: float = 1.0
    profile: float = 0.5


OAK = TreeLook("Quercus rubra", "dome", (0.082, 0.108, 0.052), 3.2, 0.45, 2.0, 0.80, ragged=1.2, contrast=1.2)
MAPLE = TreeLook("Acer rubrum", "dome", (0.094, 0.118, 0.052), 3.3, 0.5, 1.25, 0.50, ragged=1.25)
BEECH = TreeLook("Fagus grandifolia", "dome", (0.082, 0.116, 0.046), 3.0, 0.5, 2.0, 0.50, ragged=0.8, contrast=0.85)
POPLAR = TreeLook("Liriodendron tulipifera", "dome", (0.105, 0.125, 0.048), 3.9, 0.45, 1.25, 0.80, contrast=1.3)
BIRCH = TreeLook("Betula papyrifera", "dome", (0.108, 0.132, 0.062), 3.8, 0.45, 1.25, 0.50, sparse=0.12)
ASPEN = TreeLook("Populus tremuloides", "dome", (0.110, 0.132, 0.080), 4.0, 0.4, 0.80, 0.32, ragged=0.8, sparse=0.1)
ASH = TreeLook("Fraxinus americana", "dome", (0.090, 0.120, 0.062), 3.3, 0.45, 1.25, 0.32, sparse=0.22)
GUM = TreeLook("Eucalyptus obliqua", "dome", (0.085, 0.096, 0.062), 2.6, 0.4, 2.0, 0.80, ragged=1.4, sparse=0.30)
RAIN = TreeLook("Ceiba pentandra", "dome", (0.070, 0.105, 0.040), 1.9, 0.25, 2.0, 1.25, contrast=1.2)
PALM = TreeLook("Attalea butyracea", "star", (0.085, 0.118, 0.045), 2.8, 0.2, 1.25, 0.32, profile=0.6)
BARE_OAK = TreeLook("Quercus douglasii", "snag", (0.105, 0.091, 0.078), 1.1, 0.7, 2.0, 0.50, sparse=0.28, profile=0.5)
LIVE_OAK = TreeLook("Quercus wislizeni", "dome", (0.046, 0.052, 0.034), 1.1, 0.8, 2.0, 0.50, ragged=1.7, sparse=0.22)
BLUE_OAK = TreeLook("Quercus douglasii", "dome", (0.092, 0.084, 0.068), 1.1, 0.7, 2.0, 0.50, ragged=2.0, sparse=0.48)
GREY_PINE = TreeLook("Pinus sabiniana", "star", (0.085, 0.098, 0.066), 2.0, 0.6, 1.25, 0.32, sparse=0.35, profile=0.6)
CEANOTHUS = TreeLook("Ceanothus cuneatus", "dome", (0.062, 0.064, 0.042), 0.8, 0.9, 0.80, 0.32, sparse=0.15)
SUGAR_PINE = TreeLook("Pinus lambertiana", "star", (0.076, 0.078, 0.032), 4.4, 0.55, 1.25, 0.50, profile=0.7)
WHITE_FIR = TreeLook("Abies concolor", "cone", (0.062, 0.070, 0.032), 4.6, 0.7, 0.80, 0.32, profile=0.75)
CEDAR = TreeLook("Calocedrus decurrens", "cone", (0.084, 0.082, 0.030), 4.8, 0.75, 0.80, 0.32, profile=0.65, ragged=0.8)
JEFFREY = TreeLook(
    "Pinus jeffreyi", "cone", (0.078, 0.078, 0.036), 4.0, 0.55, 0.80, 0.32, ragged=1.5, sparse=0.05, profile=0.5
)
LONGLEAF = TreeLook("Pinus palustris", "dome", (0.094, 0.120, 0.052), 3.6, 0.35, 0.80, 0.50, ragged=1.7, sparse=0.30)
SLASH_PINE = TreeLook("Pinus elliottii", "star", (0.098, 0.126, 0.055), 3.6, 0.4, 0.80, 0.32, sparse=0.28, profile=0.8)
TURKEY_OAK = TreeLook("Quercus laevis", "dome", (0.095, 0.140, 0.045), 1.6, 0.6, 0.80, 0.50, ragged=1.5, sparse=0.25)
WHITE_PINE = TreeLook("Pinus strobus", "star", (0.088, 0.128, 0.082), 3.4, 0.5, 1.25, 0.32, profile=0.7)
HEMLOCK = TreeLook("Tsuga canadensis", "star", (0.066, 0.096, 0.056), 3.2, 0.7, 0.80, 0.32, profile=0.6, sparse=0.06)
SPRUCE = TreeLook("Picea glauca", "cone", (0.070, 0.098, 0.062), 4.4, 0.75, 0.80, 0.32, profile=0.75)
BLACK_SPRUCE = TreeLook("Picea mariana", "cone", (0.056, 0.076, 0.046), 5.6, 0.75, 0.50, 0.20, profile=0.5)
FIR = TreeLook("Abies balsamea", "cone", (0.056, 0.086, 0.046), 4.4, 0.75, 0.80, 0.32, profile=0.85, ragged=0.9)
LARCH = TreeLook("Larix laricina", "cone", (0.105, 0.135, 0.066), 4.6, 0.7, 0.50, 0.32, profile=0.8, sparse=0.3)
SCOTS_PINE = TreeLook("Pinus sylvestris", "dome", (0.082, 0.104, 0.062), 4.3, 0.4, 0.80, 0.50, ragged=1.3, sparse=0.12)
SNAG = TreeLook("", "snag", (0.170, 0.148, 0.136), 4.4, 0.6, 0.80, 0.32, sparse=0.75, profile=0.7)
BROAD_SNAG = TreeLook("", "snag", (0.175, 0.162, 0.150), 2.2, 0.6, 1.25, 0.32, sparse=0.72, profile=0.5)
RED_DEAD = TreeLook("", "cone", (0.170, 0.085, 0.062), 4.6, 0.7, 0.80, 0.32, profile=0.75, sparse=0.3)
