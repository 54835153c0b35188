package org.diapason.phantom;

import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.hipparchus.special.Erf;

/**
 * Predicts how far two scanners on different grids may be apart after a recipe: aliasing, what
 * interpolation adds, and a slice profile that is no Gaussian.
 *
 * <p>An ideal edge, seen in closed form through each scanner's Gaussian and box ({@code Φ} of the
 * distance, averaged over the box) and sampled on its grid, goes through the same steps along one
 * axis at a time. The largest difference over sub-voxel places of the edge is what an axis may add;
 * the three are summed, for an edge as high as the lesion's range where it is seen sharpest.
 * Nothing of the lesion but that range is used.
 */
final class EdgeTwins {
    private static final int PLACES = 8;

    private EdgeTwins() {}

    /**
     * Returns the largest difference as a part of the range, summed over the axes; empty where the
     * steps do not take a line of voxels.
     */
    static Optional<Double> predicted(TwinPair pair) {
        double sum = 0;
        try {
            for (int axis = 0; axis < 3; axis++) {
                sum += along(pair, axis);
            }
        } catch (RefusedException | DataException e) {
            return Optional.empty();
        }
        return Optional.of(sum * seen(pair));
    }

    /**
     * Returns the range of the lesion as the scanners show it over its range after the recipe; 1
     * where the recipe changed the quantity.
     */
    private static double seen(TwinPair pair) {
        Volume after = pair.a().images().values().iterator().next().volume();
        double largest = 0;
        for (Exam scanned : List.of(pair.scannedA(), pair.scannedB())) {
            Image image = scanned.images().values().iterator().next();
            if (image.volume().quantity() != after.quantity()) {
                return 1;
            }
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (float v : image.volume().values()) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
            double gain = image.calibration().orElseThrow().gain().orElseThrow();
            largest = Math.max(largest, ((double) high - low) / gain);
        }
        return largest / pair.range();
    }

    private static double along(TwinPair pair, int axis) {
        Twins twins = pair.twins();
        double coarsest =
                Math.max(twins.a().spacingMm().get(axis), twins.b().spacingMm().get(axis));
        double largest = 0;
        for (int place = 0; place < PLACES; place++) {
            double edgeMm = coarsest * (place + 0.5) / PLACES;
            Exam a = through(pair, twins.a(), axis, edgeMm);
            Exam b = through(pair, twins.b(), axis, edgeMm);
            String name = a.images().firstKey();
            float[] x = a.image(name).volume().values();
            float[] y = b.image(name).volume().values();
            if (x.length != y.length) {
                throw new RefusedException("the lines of an edge have different lengths");
            }
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (float v : x) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
            largest = Math.max(largest, TwinPair.difference(x, y) / ((double) high - low));
        }
        return largest;
    }

    private static Exam through(TwinPair pair, VirtualScanner s, int axis, double edgeMm) {
        double fieldMm = pair.twins().fieldMm();
        Geometry full = s.grid(fieldMm, fieldMm);
        String name = pair.a().images().firstKey();
        Volume after = pair.a().image(name).volume();
        Volume before = pair.scannedA().images().values().iterator().next().volume();
        int[] size = {1, 1, 1};
        double[] spacing = after.geometry().spacingMm().toArray();
        size[axis] = full.size(axis);
        spacing[axis] = full.spacing(axis);
        Geometry line = VirtualScanner.centred(size, Numbers.of(spacing));
        double range = pair.range();
        float[] values = new float[line.voxels()];
        for (int v = 0; v < values.length; v++) {
            double mm = line.originMm().get(axis) + v * line.spacing(axis) - edgeMm;
            double share =
                    edge(mm, s.psfMm().get(axis) / Gauss.FWHM_PER_SIGMA, s.boxMm().get(axis));
            values[v] = (float) (s.gain() * range * share + s.offset());
        }
        boolean[] all = new boolean[values.length];
        java.util.Arrays.fill(all, true);
        Exam exam =
                Twins.exam(
                        s == pair.twins().a() ? "a" : "b",
                        pair.twins().recipe(),
                        s,
                        Volume.of(line, values, before.quantity()),
                        Mask.of(line, all),
                        1);
        return Fold.apply(pair.steps(), exam, new Trace());
    }

    /** Returns an ideal edge at 0 through a Gaussian and a box. */
    private static double edge(double x, double sigma, double box) {
        if (box == 0) {
            return phi(x / sigma);
        }
        return sigma / box * (area((x + box / 2) / sigma) - area((x - box / 2) / sigma));
    }

    /** Returns the integral of Φ up to u. */
    private static double area(double u) {
        return u * phi(u) + StrictMath.exp(-u * u / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double phi(double u) {
        return 0.5 * Erf.erfc(-u / Math.sqrt(2));
    }
}
