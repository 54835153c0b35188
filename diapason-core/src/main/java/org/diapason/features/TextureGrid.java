package org.diapason.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** What texture asks of an image and of the grid it is measured on. */
final class TextureGrid {
    /** Spacings that differ by more than this part make texture depend on orientation. */
    private static final double SAME_SPACING = 0.01;

    /** The most voxels in the box of the neighbours within a distance in mm. */
    private static final double MOST = 4096;

    /** The attribute, kept with images that are made of others. */
    static final String LOSSY = "LossyImageCompression";

    private TextureGrid() {}

    /** Says whether the scanner's pixels were once compressed with loss. */
    static boolean lossy(Image image) {
        return image.tags().text(LOSSY).filter(text -> text.startsWith("01")).isPresent();
    }

    /**
     * Returns a warning where a neighbour is not equally far in every direction.
     *
     * @param what the subject, as in "texture is measured"
     * @param cubes how to get voxels that are cubes
     * @param flat what to set to stay within slices
     */
    static Optional<String> anisotropy(
            Geometry g, boolean inVolume, String what, String cubes, String flat) {
        double plane = Math.abs(g.spacing(0) / g.spacing(1) - 1);
        double depth = Math.abs(g.spacing(2) / g.spacing(0) - 1);
        if (plane <= SAME_SPACING && !(inVolume && g.nk() > 1 && depth > SAME_SPACING)) {
            return Optional.empty();
        }
        return Optional.of(
                what
                        + " on voxels of "
                        + g.spacingMm().fixed(3)
                        + " mm, where a neighbour is not equally far in every direction: it"
                        + " depends on how the object lies. "
                        + cubes
                        + (plane > SAME_SPACING ? "." : ", or " + flat + "."));
    }

    /** Says in words which of the families count neighbours in voxels; empty where none does. */
    static String measuredInVoxels(List<Family> families, TextureParameters p) {
        List<String> names = new ArrayList<>();
        boolean all = true;
        for (Family family : families) {
            if (family.isTexture()) {
                boolean mm = p.distanceMm().isPresent() && hasDistance(family);
                all &= !mm;
                if (!mm) {
                    names.add(family.name().toLowerCase(Locale.ROOT));
                }
            }
        }
        return names.isEmpty()
                ? ""
                : all ? "texture is measured" : String.join(", ", names) + ": texture is measured";
    }

    /**
     * Refuses a distance in mm that finds no neighbour along an axis, or more than 4096.
     *
     * @throws RefusedException with the spacing and what to set
     */
    static void requireNeighbours(
            Geometry g, List<Dimension> dimensions, OptionalDouble distanceMm, String who) {
        if (distanceMm.isEmpty()) {
            return;
        }
        double mm = distanceMm.getAsDouble();
        boolean deep = dimensions.contains(Dimension.VOLUME) && g.nk() > 1;
        double box = 1;
        double widest = 0;
        for (int a = 0; a < (deep ? 3 : 2); a++) {
            double reach = Math.floor(mm * (1 + Neighbours.SLACK) / g.spacing(a));
            box *= 2 * reach + 1;
            widest = g.size(a) > 1 ? Math.max(widest, g.spacing(a)) : widest;
        }
        String found = " mm on voxels of " + g.spacingMm().fixed(3) + " mm ";
        if (mm * (1 + Neighbours.SLACK) < widest) {
            throw new RefusedException(
                    who
                            + ": a distance-mm of "
                            + Numbers.plain(mm)
                            + found
                            + "reaches no neighbour along one axis. Set it to at least "
                            + Numbers.fixed(widest, 3)
                            + (deep ? ", give sampling a spacing-mm, or measure in 2d." : "."));
        }
        if (box > MOST) {
            throw new RefusedException(
                    who
                            + ": a distance-mm of "
                            + Numbers.plain(mm)
                            + found
                            + "reaches over "
                            + Numbers.fixed(box, 0)
                            + " voxels, more than "
                            + Numbers.fixed(MOST, 0)
                            + ". Lower it, or give sampling a larger spacing-mm.");
        }
    }

    /** Says whether distance-mm acts on the family. */
    static boolean hasDistance(Family family) {
        return family == Family.GLCM || family == Family.NGTDM || family == Family.NGLDM;
    }
}
