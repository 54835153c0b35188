package org.diapason.phantom;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Fold;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Proves that a recipe keeps a difference that is there: two lesions differ by a stated amount, and
 * what is measured of it after scanner and recipe is divided by what was stated.
 *
 * <p>The lower lesion is imaged by the first scanner, the higher by the last; with noise, a new
 * shape and texture each time. What is measured is in {@link DifferenceMeasure}; it looks at
 * images, not at features of the recipe. Recovered over true is the ratio of the means over the
 * repeats; its 95 % interval is by Student's t from what {@code recovered − ratio · true} leaves of
 * each pair; below {@value #FLAG} of the true difference it is flagged.
 *
 * @param scanners one or two
 * @param recipe what the images go through; learned, where it learns, from the two lesions
 * @param repeats pairs of lesions; 2 or more
 */
public record KnownDifference(List<VirtualScanner> scanners, Recipe recipe, int repeats) {

    /** Recovered over true below which a difference is flagged. */
    public static final double FLAG = 0.9;

    /** The tissue around a lesion and what 10 HU of a lesion stand for, in SUV. */
    private static final double SUV_AROUND = 1;

    private static final double HU_PER_SUV = 10;

    public KnownDifference {
        scanners = List.copyOf(scanners);
        if (scanners.isEmpty() || scanners.size() > 2) {
            throw new IllegalArgumentException(
                    "a known difference needs one scanner or two, got " + scanners.size());
        }
        if (repeats < 2) {
            throw new IllegalArgumentException(
                    "repeats must be 2 or more, so that there is an interval, got " + repeats);
        }
    }

    /** In what two lesions differ. */
    public enum Kind {
        /** Mean: 60 and 80 HU in tissue of 40 HU. */
        CONTRAST("HU", 60, 80),
        /** Correlation of the texture: 1.5 and 3 mm. */
        TEXTURE_LENGTH("mm", 1.5, 3),
        /** Volume: of mean radii of 12 and 15 mm. */
        VOLUME("mm³", 12, 15),
        /** Uptake: SUV 4 and 5 in tissue of SUV 1. */
        SUV("SUV", 4, 5);

        private final String unit;
        private final double low;
        private final double high;

        Kind(String unit, double low, double high) {
            this.unit = unit;
            this.low = low;
            this.high = high;
        }

        /** Returns the unit of the difference. */
        public String unit() {
            return unit;
        }

        /** Returns the word for people: {@code texture-length}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        LesionObject object(long seed, boolean higher) {
            double value = higher ? high : low;
            return switch (this) {
                case CONTRAST -> new LesionObject(seed, value, 15, 2.5, 16);
                case TEXTURE_LENGTH -> new LesionObject(seed, 40, 30, value, 20);
                case VOLUME -> new LesionObject(seed, 100, 5, 2.5, value);
                case SUV ->
                        new LesionObject(
                                seed,
                                LesionObject.TISSUE_HU + HU_PER_SUV * (value - SUV_AROUND),
                                5,
                                2.5,
                                16);
            };
        }

        /**
         * Returns the true difference of two lesions: as stated, but of a texture's length, which
         * chance shifts in a single lesion, as measured on the lesions themselves.
         */
        double truth(LesionObject lower, LesionObject higher) {
            return switch (this) {
                case VOLUME -> higher.volumeMm3() - lower.volumeMm3();
                case TEXTURE_LENGTH -> lengthMm(higher) - lengthMm(lower);
                default -> high - low;
            };
        }

        private static double lengthMm(LesionObject object) {
            Volume truth = object.truth();
            return new DifferenceMeasure(object, truth, truth.quantity(), truth).lengthMm();
        }
    }

    /**
     * What was recovered of one difference.
     *
     * @param truth the stated difference, mean over the repeats
     * @param recovered what was measured of it
     * @param ratio recovered over true
     * @param low lower end of its 95 % interval
     * @param high upper end of its 95 % interval
     * @param refused why the recipe refused these images; then there are no numbers
     */
    public record Found(
            Kind kind,
            double truth,
            double recovered,
            double ratio,
            double low,
            double high,
            Optional<String> refused) {

        /** Says whether the recipe shrinks the difference below {@value #FLAG}. */
        public boolean flagged() {
            return refused.isEmpty() && !(ratio >= FLAG);
        }
    }

    /** Returns what is recovered of one kind of difference. */
    public Found find(Kind kind, Progress progress) {
        double[] truth = new double[repeats];
        double[] recovered = new double[repeats];
        AtomicInteger done = new AtomicInteger();
        try {
            Parallel.forEach(
                    repeats,
                    n -> {
                        once(kind, n, truth, recovered);
                        progress.at(kind.word(), done.incrementAndGet(), repeats, 0);
                    });
        } catch (RefusedException | DataException e) {
            double none = Double.NaN;
            return new Found(kind, none, none, none, none, none, Optional.of(e.getMessage()));
        }
        return found(kind, truth, recovered);
    }

    /** Ratio of the means; its error from what is left of each pair. */
    private Found found(Kind kind, double[] truth, double[] recovered) {
        double stated = 0;
        double found = 0;
        for (int n = 0; n < repeats; n++) {
            stated += truth[n] / repeats;
            found += recovered[n] / repeats;
        }
        double ratio = found / stated;
        double square = 0;
        for (int n = 0; n < repeats; n++) {
            double off = recovered[n] - ratio * truth[n];
            square += off * off / (repeats - 1);
        }
        double t = new TDistribution(repeats - 1).inverseCumulativeProbability(0.975);
        double half = t * Math.sqrt(square / repeats) / Math.abs(stated);
        return new Found(kind, stated, found, ratio, ratio - half, ratio + half, Optional.empty());
    }

    private void once(Kind kind, int n, double[] truth, double[] recovered) {
        long seed = Rng.seed(n, "known difference " + kind.word());
        LesionObject low = kind.object(seed, false);
        LesionObject high = kind.object(seed, true);
        VirtualScanner first = scanners.get(0);
        VirtualScanner last = scanners.get(scanners.size() - 1);
        Exam a = scan("a", kind, low, first, Rng.seed(seed, "noise a"));
        Exam b = scan("b", kind, high, last, Rng.seed(seed, "noise b"));
        List<Step<Exam>> steps = Twins.learned(recipe, List.of(a, b));
        DifferenceMeasure measureA = measure(kind, low, steps, a, n);
        DifferenceMeasure measureB = measure(kind, high, steps, b, n);
        truth[n] = kind.truth(low, high);
        recovered[n] =
                switch (kind) {
                    case CONTRAST, SUV ->
                            (measureB.mean() - measureA.mean())
                                    * 2
                                    / (measureA.slope() + measureB.slope());
                    case TEXTURE_LENGTH -> measureB.lengthMm() - measureA.lengthMm();
                    case VOLUME -> measureB.volumeMm3() - measureA.volumeMm3();
                };
    }

    private static DifferenceMeasure measure(
            Kind kind, LesionObject object, List<Step<Exam>> steps, Exam exam, int n) {
        Exam after = Fold.apply(steps, exam, new Trace(exam.id(), n));
        String name = after.images().firstKey();
        return new DifferenceMeasure(
                object,
                truth(kind, object),
                exam.image(exam.images().firstKey()).volume().quantity(),
                after.image(name).volume());
    }

    private Exam scan(
            String id, Kind kind, LesionObject object, VirtualScanner scanner, long seed) {
        Geometry grid = scanner.grid(LesionObject.FIELD_MM, LesionObject.FIELD_MM);
        Mask mask = object.mask(grid);
        Volume image = scanner.scan(truth(kind, object), grid, seed);
        return Twins.exam(id, recipe, scanner, image, mask, 1);
    }

    /** Returns the lesion's truth; HU become SUV where the kind is one of uptake. */
    private static Volume truth(Kind kind, LesionObject object) {
        Volume truth = object.truth();
        if (kind != Kind.SUV) {
            return truth;
        }
        float[] suv = truth.values().clone();
        for (int v = 0; v < suv.length; v++) {
            suv[v] = (float) (SUV_AROUND + (suv[v] - LesionObject.TISSUE_HU) / HU_PER_SUV);
        }
        return truth.withValues(suv).withQuantity(Quantity.SUV_BW);
    }
}
