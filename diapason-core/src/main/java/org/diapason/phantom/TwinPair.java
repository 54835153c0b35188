package org.diapason.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.step.Extractor;
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
 * @param seed which lesion
 * @param scannedA as scanner a shows it
 * @param scannedB as scanner b shows it
 * @param a after the image steps
 * @param b after the image steps
 * @param traceA what the steps decided
 * @param traceB what the steps decided
 * @param steps the image steps, learned where they learn
 * @param passages what each step did, in order
 */
public record TwinPair(
        Twins twins,
        long seed,
        Exam scannedA,
        Exam scannedB,
        Exam a,
        Exam b,
        Trace traceA,
        Trace traceB,
        List<Step<Exam>> steps,
        List<Passage> passages) {

    /**
     * What one step did to both images.
     *
     * @param step its name
     * @param changed whether any voxel, grid or statement of an image, or any mask, is another
     * @param kernelSigma least standard deviation of a matching kernel, in voxels of the image that
     *     it blurred; infinite for none
     * @param sourceSigma least standard deviation of the scanners' point-spread functions in those
     *     voxels; infinite where nothing was matched
     * @param fourier whether it matched by a transfer in the Fourier domain
     */
    public record Passage(
            String step, boolean changed, double kernelSigma, double sourceSigma, boolean fourier) {

        private Passage and(Passage other) {
            return new Passage(
                    step,
                    changed || other.changed,
                    Math.min(kernelSigma, other.kernelSigma),
                    Math.min(sourceSigma, other.sourceSigma),
                    fourier || other.fourier);
        }
    }

    static TwinPair of(Twins twins, Exam scannedA, Exam scannedB, long seed) {
        List<Step<Exam>> steps = Twins.learned(twins.recipe(), List.of(scannedA, scannedB));
        List<Passage> passages = new ArrayList<>();
        Trace traceA = new Trace("a", Rng.seed(seed, "a"));
        Trace traceB = new Trace("b", Rng.seed(seed, "b"));
        Exam a = scannedA;
        Exam b = scannedB;
        for (Step<Exam> step : steps) {
            Trace childA = traceA.child(Names.of(step));
            Trace childB = traceB.child(Names.of(step));
            Exam nextA = step.apply(a, childA);
            Exam nextB = step.apply(b, childB);
            passages.add(
                    passage(childA, a, nextA, twins.a()).and(passage(childB, b, nextB, twins.b())));
            a = nextA;
            b = nextB;
        }
        return new TwinPair(
                twins,
                seed,
                scannedA,
                scannedB,
                a,
                b,
                traceA,
                traceB,
                steps,
                List.copyOf(passages));
    }

    private static Passage passage(Trace trace, Exam before, Exam after, VirtualScanner scanner) {
        double kernel = Double.POSITIVE_INFINITY;
        double source = Double.POSITIVE_INFINITY;
        boolean fourier = false;
        for (Map.Entry<String, Object> note : trace.notes().entrySet()) {
            boolean transfer = note.getKey().endsWith(".sourceF50PerMm");
            boolean blurred = note.getKey().endsWith(".extraFwhmMm");
            if (!transfer && !blurred) {
                continue;
            }
            fourier |= transfer;
            String image = note.getKey().substring(0, note.getKey().lastIndexOf('.'));
            Numbers voxel = before.image(image).volume().geometry().spacingMm();
            for (int axis = 0; axis < 3; axis++) {
                double voxels = Gauss.FWHM_PER_SIGMA * voxel.get(axis);
                source = Math.min(source, scanner.psfMm().get(axis) / voxels);
                double extra = note.getValue() instanceof Numbers n ? n.get(axis) / voxels : 0;
                kernel = extra > 0 ? Math.min(kernel, extra) : kernel;
            }
        }
        return new Passage(trace.name(), changed(before, after), kernel, source, fourier);
    }

    private static boolean changed(Exam before, Exam after) {
        boolean same =
                before.images().keySet().equals(after.images().keySet())
                        && before.masks().keySet().equals(after.masks().keySet());
        for (String name : before.images().keySet()) {
            same = same && same(before.image(name).volume(), after.image(name).volume());
        }
        for (String name : before.masks().keySet()) {
            same = same && Arrays.equals(before.mask(name).voxels(), after.mask(name).voxels());
        }
        return !same;
    }

    private static boolean same(Volume x, Volume y) {
        return x == y
                || x.geometry().equals(y.geometry())
                        && x.quantity() == y.quantity()
                        && x.fwhmMm().equals(y.fwhmMm())
                        && Arrays.equals(x.values(), y.values());
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
        return least(Passage::kernelSigma);
    }

    /**
     * Returns the least standard deviation of a scanner's point-spread function in voxels: of its
     * own grid, and of the grid that an image was matched on.
     */
    public double leastSourceSigma() {
        double least = least(Passage::sourceSigma);
        for (VirtualScanner s : List.of(twins.a(), twins.b())) {
            for (int axis = 0; axis < 3; axis++) {
                double mm = s.psfMm().get(axis) / Gauss.FWHM_PER_SIGMA;
                least = Math.min(least, mm / s.spacingMm().get(axis));
            }
        }
        return least;
    }

    private double least(ToDoubleFunction<Passage> sigma) {
        return passages.stream().mapToDouble(sigma).reduce(Double.POSITIVE_INFINITY, Math::min);
    }

    /** Says whether the images were matched by a transfer in the Fourier domain. */
    public boolean fourier() {
        return passages.stream().anyMatch(Passage::fourier);
    }

    /** Says whether both scanners have Gaussian responses, no shading, and the same grid. */
    public boolean alike() {
        return gaussian(twins.a())
                && gaussian(twins.b())
                && twins.a().boxMm().max() == 0
                && twins.b().boxMm().max() == 0
                && twins.a().spacingMm().equals(twins.b().spacingMm());
    }

    /** Says whether a scanner's response is a Gaussian and a box, and evenly bright. */
    static boolean gaussian(VirtualScanner s) {
        return s.kernel().isEmpty() && s.bias().isEmpty();
    }
}
