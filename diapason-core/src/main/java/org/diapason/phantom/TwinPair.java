package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.step.Extractor;
import org.diapason.step.Fold;
import org.diapason.step.Names;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * One lesion as two scanners show it, before and after the recipe.
 *
 * @param twins the scanners and the recipe
 * @param scannedA as scanner a shows it
 * @param scannedB as scanner b shows it
 * @param a after the image steps
 * @param b after the image steps
 * @param traceA what the steps decided
 * @param traceB what the steps decided
 * @param steps the image steps, learned where they learn
 */
public record TwinPair(
        Twins twins,
        Exam scannedA,
        Exam scannedB,
        Exam a,
        Exam b,
        Trace traceA,
        Trace traceB,
        List<Step<Exam>> steps) {

    static TwinPair of(Twins twins, Exam scannedA, Exam scannedB, long seed) {
        List<Step<Exam>> steps = Twins.learned(twins.recipe(), List.of(scannedA, scannedB));
        Trace traceA = new Trace("a", Rng.seed(seed, "a"));
        Trace traceB = new Trace("b", Rng.seed(seed, "b"));
        Exam a = Fold.apply(steps, scannedA, traceA);
        Exam b = Fold.apply(steps, scannedB, traceB);
        return new TwinPair(twins, scannedA, scannedB, a, b, traceA, traceB, steps);
    }

    /** Returns the largest difference of the images over the range of those of a. */
    public double imageResidual() {
        return largest() / range();
    }

    /**
     * Returns the largest difference of two voxels in the unit of the image.
     *
     * @throws RefusedException if the recipe leaves the images on different grids
     */
    public double largest() {
        double largest = 0;
        for (Map.Entry<String, Image> e : a.images().entrySet()) {
            Volume one = e.getValue().volume();
            Volume two = b.image(e.getKey()).volume();
            if (!one.geometry().isClose(two.geometry(), 1e-3)) {
                throw new RefusedException(
                        "image "
                                + e.getKey()
                                + ": the recipe leaves the twins on different grids, "
                                + one.geometry()
                                + " and "
                                + two.geometry()
                                + ". Add a grid step (isotropic) to the recipe.");
            }
            largest = Math.max(largest, difference(one.values(), two.values()));
        }
        return largest;
    }

    /** Returns the largest |x − y|; infinite where only one of them is a number. */
    static double difference(float[] x, float[] y) {
        double largest = 0;
        for (int v = 0; v < x.length; v++) {
            boolean both = x[v] == x[v] && y[v] == y[v];
            double d = both ? Math.abs((double) x[v] - y[v]) : Double.POSITIVE_INFINITY;
            largest = x[v] != x[v] && y[v] != y[v] ? largest : Math.max(largest, d);
        }
        return largest;
    }

    /** Returns the range of the images of a after the recipe. */
    public double range() {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (Image image : a.images().values()) {
            for (float v : image.volume().values()) {
                low = Math.min(low, v == v ? v : low);
                high = Math.max(high, v == v ? v : high);
            }
        }
        return (double) high - low;
    }

    /** Returns the features of the recipe: row 0 of scanner a, row 1 of scanner b. */
    public FeatureTable features() {
        return FeatureTable.concat(
                List.of(
                        measure(a, twins.recipe().features()),
                        measure(b, twins.recipe().features())));
    }

    /** Returns the first row of an exam's features. */
    static FeatureTable measure(Exam exam, List<? extends Extractor> extractors) {
        List<FeatureTable> tables = new ArrayList<>();
        Trace trace = new Trace(exam.id(), 0);
        for (Extractor extractor : extractors) {
            tables.add(extractor.apply(exam, trace.child(Names.of(extractor))));
        }
        return FeatureTable.join(tables);
    }

    /** Returns the least standard deviation of a matching kernel in voxels; infinite for none. */
    public double leastKernelSigma() {
        return Math.min(least(traceA, twins.a().spacingMm()), least(traceB, twins.b().spacingMm()));
    }

    private static double least(Trace trace, Numbers spacingMm) {
        double least = Double.POSITIVE_INFINITY;
        for (Trace child : trace.children()) {
            for (Map.Entry<String, Object> note : child.notes().entrySet()) {
                if (note.getKey().endsWith(".extraFwhmMm")
                        && note.getValue() instanceof Numbers n) {
                    for (int axis = 0; axis < 3; axis++) {
                        double sigma = n.get(axis) / Gauss.FWHM_PER_SIGMA / spacingMm.get(axis);
                        least = sigma > 0 ? Math.min(least, sigma) : least;
                    }
                }
            }
        }
        return least;
    }

    /** Returns the least standard deviation of a scanner's point-spread function in voxels. */
    public double leastSourceSigma() {
        double least = Double.POSITIVE_INFINITY;
        for (VirtualScanner s : List.of(twins.a(), twins.b())) {
            for (int axis = 0; axis < 3; axis++) {
                double mm = s.psfMm().get(axis) / Gauss.FWHM_PER_SIGMA;
                least = Math.min(least, mm / s.spacingMm().get(axis));
            }
        }
        return least;
    }

    /** Says whether the images were matched by a transfer in the Fourier domain. */
    public boolean fourier() {
        return traceA.children().stream()
                .anyMatch(
                        c ->
                                c.notes().keySet().stream()
                                        .anyMatch(k -> k.endsWith(".sourceF50PerMm")));
    }

    /** Says whether both scanners have Gaussian responses, no shading, and the same grid. */
    public boolean alike() {
        return gaussian(twins.a())
                && gaussian(twins.b())
                && twins.a().spacingMm().equals(twins.b().spacingMm());
    }

    private static boolean gaussian(VirtualScanner s) {
        return s.kernel().isEmpty() && s.bias().isEmpty() && s.boxMm().max() == 0;
    }
}
