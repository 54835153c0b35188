package org.diapason.phantom;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.hipparchus.special.Erf;

/**
 * Says how far two scanners on different grids may be apart after a recipe: aliasing, what
 * interpolation adds, and a slice profile that is no Gaussian.
 *
 * <p>Ideal edges along one axis, seen in closed form through what a scanner's Gaussian and box add
 * to the object's own blur ({@code Φ} of the distance, averaged over the box) and sampled on its
 * grid, go through the same steps. A voxel's answer to an edge at x is {@code A(x)}, its difference
 * between the scanners {@code D(x)}. Any object of range R along that axis is a sum of edges, so a
 * linear recipe leaves it apart by at most {@code R/2 · ∫|D′|}, half the variation of D. In three
 * dimensions {@code a a a − b b b = (a − b) a a + b (a − b) a + b b (a − b)}, so the parts of the
 * axes add up, each times the largest variation of A (1 where an edge does not overshoot) along the
 * others. Nothing of the object but its range and reach is used. It may be the object as drawn or
 * as any Gaussian narrower than the scanners' shows it, which has a smaller range but leaves
 * sharper responses; the least of these bounds holds.
 *
 * @param blurMm full width at half maximum of the object whose range is used
 * @param edge largest difference that one edge of that range leaves, summed over the axes, over the
 *     range of the twins' images
 * @param bound what no object of that range can exceed, likewise
 */
record EdgeTwins(double blurMm, double edge, double bound) {

    /** Widths at which an object is taken; beyond the first it must add 0.8 of its samples. */
    private static final double[] BLURS_MM = {LesionObject.OBJECT_FWHM_MM, 2.75, 3.25};

    /** Part of the sharper scanner's width up to which it may be blurred. */
    private static final double NARROWER = 0.9;

    /** Distance of edges in voxels of the finer grid. */
    private static final double STEP = 0.25;

    /** Where an edge is seen by no voxel. */
    private static final double FAR_MM = 1e4;

    /** A line that is half as high must give half of it, within rounding of floats. */
    private static final double LINEAR = 1e-4;

    /**
     * Returns what is predicted; empty where the scanners' responses have no closed form, or the
     * steps do not take a line of voxels or are not linear.
     */
    static Optional<EdgeTwins> of(TwinPair pair) {
        if (!TwinPair.gaussian(pair.twins().a()) || !TwinPair.gaussian(pair.twins().b())) {
            return Optional.empty();
        }
        double narrow = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < 3; axis++) {
            double a = pair.twins().a().psfMm().get(axis);
            narrow = Math.min(narrow, NARROWER * Math.min(a, pair.twins().b().psfMm().get(axis)));
        }
        Volume truth = pair.twins().object(pair.seed()).truth();
        EdgeTwins least = null;
        try {
            for (double blurMm : BLURS_MM) {
                if (blurMm <= narrow) {
                    EdgeTwins one = of(pair, truth, blurMm);
                    least = least == null || one.bound < least.bound ? one : least;
                }
            }
        } catch (RefusedException | DataException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(least);
    }

    private static EdgeTwins of(TwinPair pair, Volume truth, double blurMm) {
        Axis[] axes = new Axis[3];
        double[] range = range(truth, blurMm);
        for (int axis = 0; axis < 3; axis++) {
            double reachMm = truth.geometry().size(axis) * truth.geometry().spacing(axis) / 2;
            axes[axis] = new Line(pair, axis, blurMm, range[0], range[1], reachMm).answer();
        }
        double edge = 0;
        double bound = 0;
        for (int axis = 0; axis < 3; axis++) {
            double others = axes[(axis + 1) % 3].gain() * axes[(axis + 2) % 3].gain();
            edge += axes[axis].edge() / pair.range();
            bound += axes[axis].bound() * others / pair.range();
        }
        return new EdgeTwins(blurMm, edge, bound);
    }

    /** Returns the lowest value of an object blurred to a width, and its range. */
    private static double[] range(Volume truth, double blurMm) {
        Volume seen = truth;
        if (blurMm > LesionObject.OBJECT_FWHM_MM) {
            Geometry g = truth.geometry();
            double fine = g.spacing(0) / 2;
            int[] size = {2 * g.ni(), 2 * g.nj(), 2 * g.nk()};
            Geometry half = VirtualScanner.centred(size, Numbers.of(fine, fine, fine));
            seen = VirtualScanner.reference(blurMm, fine).scan(truth, half, 0);
        }
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float v : seen.values()) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        return new double[] {low, (double) high - low};
    }

    /** What edges along one axis do: largest |D|, half its variation, variation of A over R. */
    private record Axis(double edge, double bound, double gain) {}

    /** Edges along one axis of a pair. */
    private record Line(
            TwinPair pair, int axis, double blurMm, double low, double range, double reachMm) {

        /** Is an edge of half the height half of the edge, above what is flat? */
        private boolean linear() {
            double place = pair.twins().a().spacingMm().get(axis) / 3;
            for (VirtualScanner s : List.of(pair.twins().a(), pair.twins().b())) {
                float[] flat = through(s, place, 0);
                float[] half = through(s, place, range / 2);
                float[] whole = through(s, place, range);
                double most = 0;
                double height = 0;
                for (int v = 0; v < flat.length; v++) {
                    double middle = ((double) flat[v] + whole[v]) / 2;
                    most = Math.max(most, Math.abs(half[v] - middle));
                    height = Math.max(height, Math.abs((double) whole[v] - flat[v]));
                }
                if (!(most <= LINEAR * height)) {
                    return false;
                }
            }
            return true;
        }

        Axis answer() {
            if (!linear()) {
                throw new RefusedException("the steps are not linear");
            }
            VirtualScanner a = pair.twins().a();
            VirtualScanner b = pair.twins().b();
            double step = STEP * Math.min(a.spacingMm().get(axis), b.spacingMm().get(axis));
            int many = (int) Math.ceil(reachMm / step);
            float[] flatA = through(a, 0, 0);
            float[] flatB = through(b, 0, 0);
            double[] highA = above(through(a, -FAR_MM, range), flatA);
            double[] highB = above(through(b, -FAR_MM, range), flatB);
            Sweep apart = new Sweep(new double[flatA.length]);
            Sweep one = new Sweep(highA);
            Sweep two = new Sweep(highB);
            for (int n = -many; n <= many; n++) {
                float[] x = through(a, n * step, range);
                float[] y = through(b, n * step, range);
                if (x.length != y.length || x.length != flatA.length) {
                    throw new RefusedException("the lines of an edge have different lengths");
                }
                one.add(above(x, flatA));
                two.add(above(y, flatB));
                apart.add(above(one.last, two.last));
            }
            double height = Math.abs(highA[highA.length / 2]);
            double gain = Math.max(one.variation(), two.variation()) / height;
            return new Axis(apart.largest, apart.variation() / 2, Math.max(1, gain));
        }

        private static double[] above(float[] x, float[] y) {
            double[] d = new double[x.length];
            for (int v = 0; v < d.length; v++) {
                d[v] = (double) x[v] - y[v];
            }
            return d;
        }

        private static double[] above(double[] x, double[] y) {
            double[] d = new double[x.length];
            for (int v = 0; v < d.length; v++) {
                d[v] = x[v] - y[v];
            }
            return d;
        }

        /** Returns the values of a line with an edge after the steps. */
        private float[] through(VirtualScanner s, double edgeMm, double height) {
            Twins twins = pair.twins();
            Geometry full = s.grid(twins.fieldMm(), twins.fieldMm());
            Volume before = pair.scannedA().images().values().iterator().next().volume();
            String name = pair.a().images().firstKey();
            int[] size = {1, 1, 1};
            double[] spacing = pair.a().image(name).volume().geometry().spacingMm().toArray();
            size[axis] = full.size(axis);
            spacing[axis] = full.spacing(axis);
            Geometry line = VirtualScanner.centred(size, Numbers.of(spacing));
            double psf = s.psfMm().get(axis);
            double sigma = Math.sqrt(psf * psf - blurMm * blurMm) / Gauss.FWHM_PER_SIGMA;
            float[] values = new float[line.voxels()];
            for (int v = 0; v < values.length; v++) {
                double mm = line.originMm().get(axis) + v * line.spacing(axis) - edgeMm;
                double share = edge(mm, sigma, s.boxMm().get(axis));
                values[v] = (float) (s.gain() * (low + height * share) + s.offset());
            }
            boolean[] all = new boolean[values.length];
            Arrays.fill(all, true);
            Exam exam =
                    Twins.exam(
                            "edge",
                            twins.recipe(),
                            s,
                            Volume.of(line, values, before.quantity()),
                            Mask.of(line, all),
                            1);
            return Fold.apply(pair.steps(), exam, new Trace()).image(name).volume().values();
        }
    }

    /** What a row of voxels shows while an edge passes from one end to the other. */
    private static final class Sweep {
        private final double[] variation;
        private double[] last;
        private double largest;

        /** Starts with an edge so far off that a voxel sees only its higher side. */
        Sweep(double[] start) {
            variation = new double[start.length];
            last = start;
        }

        void add(double[] now) {
            for (int v = 0; v < now.length; v++) {
                variation[v] += Math.abs(now[v] - last[v]);
                largest = Math.max(largest, Math.abs(now[v]));
            }
            last = now;
        }

        /** Returns the largest variation, to an edge so far off that nothing of it is seen. */
        double variation() {
            double most = 0;
            for (int v = 0; v < variation.length; v++) {
                most = Math.max(most, variation[v] + Math.abs(last[v]));
            }
            return most;
        }
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
