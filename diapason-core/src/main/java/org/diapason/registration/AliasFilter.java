package org.diapason.registration;

import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * How an image is blurred before a grid that is coarser: along each of its axes by {@code sqrt(k² −
 * 1)/2.3548} voxels, k the spacing of the new grid over its own (Cardoso et al. 2015, MICCAI, LNCS
 * 9351:718–725, doi:10.1007/978-3-319-24574-4_86).
 *
 * <p>Left alone: an axis of one voxel; one whose known resolution spans two new voxels; one that
 * gets coarser by less than 1e-6, or by less than 5 % where a transform scales, since a scale that
 * was found is not known better and the filter would add less than 0.02 squared voxels.
 *
 * @param sigmaVoxels standard deviations along i, j, k in voxels of the image; 0 for no blur
 * @param rules what decided along i, j, k, in words
 */
public record AliasFilter(Numbers sigmaVoxels, List<String> rules) {
    /** So many new voxels of resolution keep an image from aliasing. */
    public static final double FREE_VOXELS = 2;

    private static final double ROUNDING = 1e-6;
    private static final double SCALE = 0.05;
    private static final String USED = "cardoso";

    public AliasFilter {
        rules = List.copyOf(rules);
    }

    /** Returns the filter of an image that goes onto a grid; only its linear scale is counted. */
    public static AliasFilter before(Volume image, GridThrough onto) {
        return before(image.geometry(), image.fwhmMm(), onto);
    }

    /**
     * Returns the filter before a grid.
     *
     * @param fwhmMm the resolution along i, j, k in mm; empty where it is not known or shall not
     *     count
     */
    public static AliasFilter before(Geometry from, Optional<Numbers> fwhmMm, GridThrough onto) {
        double[] sigma = new double[3];
        String[] rules = new String[3];
        double most = 1 + (onto.rigid() ? ROUNDING : SCALE);
        for (int a = 0; a < 3; a++) {
            double spacing = onto.spacingAlong(from, a);
            double k = spacing / from.spacing(a);
            if (from.size(a) == 1) {
                rules[a] = "none: one voxel";
            } else if (!(k > most)) {
                rules[a] = "none: not coarser";
            } else if (fwhmMm.isPresent() && isFree(fwhmMm.get().get(a), spacing)) {
                rules[a] = "none: resolution spans 2 new voxels";
            } else {
                rules[a] = USED;
                sigma[a] = Gauss.antiAliasSigma(k);
            }
        }
        return new AliasFilter(Numbers.of(sigma), List.of(rules));
    }

    /** Says whether a width spans so many voxels of a spacing that nothing can alias. */
    public static boolean isFree(double fwhmMm, double spacingMm) {
        return fwhmMm >= FREE_VOXELS * spacingMm * (1 - ROUNDING);
    }

    /** Returns the filter switched off. */
    public AliasFilter off() {
        return new AliasFilter(
                Numbers.of(0, 0, 0),
                rules.stream().map(r -> r.equals(USED) ? "none: switched off" : r).toList());
    }

    /** Returns the values blurred, or themselves where there is nothing to blur. */
    public float[] blur(Geometry from, float[] values) {
        return sigmaVoxels.max() > 0
                ? Gauss.blur(
                        from, values, sigmaVoxels.get(0), sigmaVoxels.get(1), sigmaVoxels.get(2))
                : values;
    }
}
