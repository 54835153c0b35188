package org.diapason.phantom;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.phantom.DifferenceMeasure.Texture;
import org.diapason.step.Fold;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
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
 * repeats, or for a texture's length that of all repeats together; its 95 % interval is by
 * Student's t and the jackknife, which leaves out one pair at a time. Below {@value #FLAG} of the
 * true difference it is flagged, and beyond {@value #INFLATED} too: a difference that is not there
 * was added.
 *
 * @param scanners one or two
 * @param recipe what the images go through; learned, where it learns, from the two lesions
 * @param repeats pairs of lesions, for texture three times as many; 2 or more
 */
public record KnownDifference(List<VirtualScanner> scanners, Recipe recipe, int repeats) {

    /** Recovered over true below which a difference is flagged. */
    public static final double FLAG = 0.9;

    /** Recovered over true above which a difference is flagged. */
    public static final double INFLATED = 1.1;

    /** A lesion holds few lengths of its texture, so more of them are looked at. */
    private static final int TEXTURES = 3;

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
    }

    /**
     * What was recovered of one difference.
     *
     * @param name {@code contrast}
     * @param unit of the difference
     * @param truth the stated difference, mean over the repeats
     * @param recovered what was measured of it
     * @param ratio recovered over true
     * @param low lower end of its 95 % interval
     * @param high upper end of its 95 % interval
     * @param refused why the recipe refused these images; then there are no numbers
     */
    public record Found(
            String name,
            String unit,
            double truth,
            double recovered,
            double ratio,
            double low,
            double high,
            Optional<String> refused) {

        /** Says whether the recipe shrinks or inflates the difference; in words, which. */
        public Optional<String> flag() {
            if (refused.isPresent() || ratio >= FLAG && ratio <= INFLATED) {
                return Optional.empty();
            }
            return Optional.of(
                    ratio > INFLATED
                            ? "above " + Numbers.fixed(INFLATED, 1)
                            : "below " + Numbers.fixed(FLAG, 1));
        }
    }

    /** What one pair of lesions showed: true and recovered, or sums over their textures. */
    private record Once(double truth, double recovered, Texture[] textures) {}

    /** Returns what is recovered of one kind of difference. */
    public Found find(Kind kind, Progress progress) {
        int many = kind == Kind.TEXTURE_LENGTH ? TEXTURES * repeats : repeats;
        Once[] all = new Once[many];
        AtomicInteger done = new AtomicInteger();
        try {
            Parallel.forEach(
                    many,
                    n -> {
                        all[n] = once(kind, n);
                        progress.at(kind.word(), done.incrementAndGet(), many, 0);
                    });
        } catch (RefusedException | DataException e) {
            double none = Double.NaN;
            return new Found(
                    kind.word(),
                    kind.unit(),
                    none,
                    none,
                    none,
                    none,
                    none,
                    Optional.of(e.getMessage()));
        }
        double[] whole = differences(kind, all, -1);
        double ratio = whole[1] / whole[0];
        double[] left = new double[many];
        double mean = 0;
        for (int n = 0; n < many; n++) {
            double[] without = differences(kind, all, n);
            left[n] = without[1] / without[0];
            mean += left[n] / many;
        }
        double square = 0;
        for (double r : left) {
            square += (r - mean) * (r - mean);
        }
        double error = Math.sqrt(square * (many - 1) / many);
        double t = new TDistribution(many - 1).inverseCumulativeProbability(0.975);
        return new Found(
                kind.word(),
                kind.unit(),
                whole[0],
                whole[1],
                ratio,
                ratio - t * error,
                ratio + t * error,
                Optional.empty());
    }

    /** Returns the true and the recovered difference of all pairs but one. */
    private static double[] differences(Kind kind, Once[] all, int without) {
        if (kind == Kind.TEXTURE_LENGTH) {
            double[] length = new double[4];
            for (int t = 0; t < 4; t++) {
                int which = t;
                Texture[] each =
                        Arrays.stream(all).map(o -> o.textures[which]).toArray(Texture[]::new);
                length[t] = Texture.lengthMm(each, without);
            }
            return new double[] {length[1] - length[0], length[3] - length[2]};
        }
        double truth = 0;
        double recovered = 0;
        int count = 0;
        for (int n = 0; n < all.length; n++) {
            if (n != without) {
                truth += all[n].truth;
                recovered += all[n].recovered;
                count++;
            }
        }
        return new double[] {truth / count, recovered / count};
    }

    private Once once(Kind kind, int n) {
        long seed = Rng.seed(n, "known difference " + kind.word());
        LesionObject low = kind.object(seed, false);
        LesionObject high = kind.object(seed, true);
        VirtualScanner first = scanners.get(0);
        VirtualScanner last = scanners.get(scanners.size() - 1);
        Volume truthA = truth(kind, low);
        Volume truthB = truth(kind, high);
        Exam a = scan("a", low, truthA, first, Rng.seed(seed, "noise a"));
        Exam b = scan("b", high, truthB, last, Rng.seed(seed, "noise b"));
        List<Step<Exam>> steps = Twins.learned(recipe, List.of(a, b));
        DifferenceMeasure measureA = measure(low, truthA, steps, a, n);
        DifferenceMeasure measureB = measure(high, truthB, steps, b, n);
        return switch (kind) {
            case CONTRAST, SUV ->
                    new Once(
                            kind.high - kind.low,
                            (measureB.mean() - measureA.mean())
                                    * 2
                                    / (measureA.slope() + measureB.slope()),
                            null);
            case VOLUME ->
                    new Once(
                            high.volumeMm3() - low.volumeMm3(),
                            measureB.volumeMm3() - measureA.volumeMm3(),
                            null);
            case TEXTURE_LENGTH ->
                    new Once(
                            Double.NaN,
                            Double.NaN,
                            new Texture[] {
                                itself(low, truthA),
                                itself(high, truthB),
                                measureA.texture(),
                                measureB.texture()
                            });
        };
    }

    /** Returns the texture of a lesion itself; chance shifts its length in a single one. */
    private static Texture itself(LesionObject object, Volume truth) {
        return new DifferenceMeasure(object, truth, truth.quantity(), truth).texture();
    }

    private static DifferenceMeasure measure(
            LesionObject object, Volume truth, List<Step<Exam>> steps, Exam exam, int n) {
        Exam after = Fold.apply(steps, exam, new Trace(exam.id(), n));
        String name = after.images().firstKey();
        Quantity before = exam.image(exam.images().firstKey()).volume().quantity();
        return new DifferenceMeasure(object, truth, before, after.image(name).volume());
    }

    private Exam scan(
            String id, LesionObject object, Volume truth, VirtualScanner scanner, long seed) {
        Geometry grid = scanner.grid(LesionObject.FIELD_MM, LesionObject.FIELD_MM);
        Volume image = scanner.scan(truth, grid, seed);
        return Twins.exam(id, recipe, scanner, image, object.mask(grid), 1);
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
