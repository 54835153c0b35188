package org.diapason.phantom;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.phantom.BinFlips.Flip;
import org.diapason.step.Fold;
import org.diapason.step.Names;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;

/**
 * Proves a recipe on twins: one object, two scanners, and what is left between them.
 *
 * <p>Without noise on the same grid: (i) the images are equal to 1e-6 of their range, promised
 * where both responses are Gaussian, the matching kernels have a standard deviation of 1.1 voxels
 * or more (or a Fourier transfer is used) and the point-spread functions of 1.5; (ii) features that
 * need no bins are equal to 1e-5 of their scale, the standard deviation over the objects of the
 * demo's cohort; (iii) a voxel in another bin lies within the residual of that bin's edge, and
 * moving such voxels makes all features from levels equal to 1e-12; (iv) no voxel changes its bin
 * in 95 of 100 objects; (v) a width wrong by 5 % breaks (i). On different grids the difference
 * stays within what aliasing can do ({@link EdgeTwins}). With noise the 95 % interval of a
 * difference covers none in 92 to 98 % of the pairs.
 *
 * @param same twins on the same grid
 * @param other twins on different grids
 * @param objects objects for (iv); 100
 * @param pairs noisy pairs; 400
 * @param cohort objects of the demo's cohort that give features their scale; at most 60
 */
public record TwinProof(Twins same, Optional<Twins> other, int objects, int pairs, int cohort) {

    /** All objects of the demo's cohort. */
    public static final int WHOLE_COHORT = 60;

    /** What images may differ by, of their range. */
    public static final double IMAGES = 1e-6;

    /** What features without bins may differ by, of their scale. */
    public static final double FEATURES = 1e-5;

    private static final double KERNEL_SIGMA = 1.1;
    private static final double SOURCE_SIGMA = 1.5;
    private static final double WRONG = 1.05;

    /** Columns that depend on bins. */
    private static final String LEVELS = ".*\\.(fbn[0-9]+|fbs[0-9.]+|levels)|.*\\.ivh_[^.]*";

    private static final int MOST_DRAWS = 199;

    /** Whether a claim held; {@code STATED} where nothing was promised. */
    public enum Outcome {
        HELD,
        MISSED,
        STATED
    }

    /**
     * One claim and what was found.
     *
     * @param name {@code i} to {@code v}, {@code grids}, {@code noise}
     * @param claim what is counted or measured
     * @param found its number
     * @param limit the limit of that number
     * @param detail of what it is, and under which conditions
     */
    public record Check(
            String name,
            String claim,
            Outcome outcome,
            String found,
            String limit,
            String detail) {}

    /**
     * One feature of both scanners.
     *
     * @param scale standard deviation over the cohort's objects
     * @param levels whether it is made from bins
     * @param examined whether those bins were looked at, voxel by voxel; not where an extractor
     *     measures on a grid of its own or responses of filters
     * @param moved its value in b after flipped voxels were moved; NaN where none were
     */
    public record Residual(
            String feature,
            double a,
            double b,
            double scale,
            boolean levels,
            boolean examined,
            double moved) {

        /** Returns |a − b| over the scale; 0 where both are undefined. */
        public double share() {
            return part(a, b, scale);
        }

        /** Returns what is left after flipped voxels were moved, over the scale. */
        public double movedShare() {
            return examined ? part(a, moved, scale) : share();
        }

        boolean equalOnceMoved(double limit) {
            return part(a, moved, Math.max(Math.abs(a), 1e-300)) <= limit;
        }

        boolean volumeHistogram() {
            return feature.contains(".ivh_");
        }
    }

    /**
     * What was found.
     *
     * @param pair the pair that is shown, seed 1
     * @param features all features, of the object in which each is furthest apart
     * @param flips voxels in another bin, of the objects of all correlation lengths
     * @param imageResidual largest difference of the shown pair's images over their range
     * @param checks every claim
     */
    public record Result(
            TwinPair pair,
            List<Residual> features,
            List<Flip> flips,
            double imageResidual,
            Optional<NoisyTwins> noise,
            List<Check> checks) {

        /**
         * Says whether any claim was missed; if none, whether equality was promised and held, or
         * the residual is only stated.
         */
        public Outcome outcome() {
            if (checks.stream().anyMatch(c -> c.outcome() == Outcome.MISSED)) {
                return Outcome.MISSED;
            }
            return checks.get(0).outcome();
        }
    }

    /** Returns the names of what the proof sends images through: steps, then extractors. */
    public static List<String> proved(TwinPair pair) {
        List<String> names = new ArrayList<>();
        pair.passages().stream()
                .filter(TwinPair.Passage::changed)
                .forEach(p -> names.add(p.step()));
        pair.twins().recipe().features().forEach(e -> names.add(Names.of(e)));
        return names.stream().distinct().toList();
    }

    /** Returns the parts of a recipe that the proof says nothing of, each with the reason. */
    public static List<String> notProved(TwinPair pair) {
        List<String> reasons = new ArrayList<>();
        for (TwinPair.Passage passage : pair.passages()) {
            if (!passage.changed()) {
                reasons.add(passage.step() + " (changed nothing in these images)");
            }
        }
        Recipe recipe = pair.twins().recipe();
        recipe.table().forEach(o -> reasons.add(Names.of(o) + " (a table step needs a cohort)"));
        recipe.judge().forEach(o -> reasons.add(Names.of(o) + " (a judge needs a cohort)"));
        return reasons.stream().distinct().toList();
    }

    /** Does it all. */
    public Result prove(Progress progress) {
        progress.at("one object, two scanners", 0, 1, 0);
        List<TwinClaims.Seen> seen = seen(progress);
        TwinPair pair = seen.get(0).pair();
        boolean kernels =
                pair.leastSourceSigma() >= SOURCE_SIGMA
                        && (pair.fourier() || pair.leastKernelSigma() >= KERNEL_SIGMA);
        TwinClaims claims = new TwinClaims(kernels && pair.alike());
        List<Check> checks = new ArrayList<>();
        checks.add(claims.images(seen));
        checks.add(claims.features(seen));
        checks.add(claims.flips(seen));
        checks.add(claims.seeds(withoutFlip(pair, progress), objects));
        double wrong = same.quiet(1, WRONG).imageResidual();
        checks.add(claims.misstated(pair.imageResidual(), wrong));
        other.ifPresent(
                o -> {
                    TwinPair apart = o.quiet(1);
                    checks.add(TwinClaims.grids(apart, EdgeTwins.of(apart)));
                });
        Optional<NoisyTwins> noise = noise(pair, progress);
        noise.ifPresent(n -> checks.add(claims.noise(n)));
        List<Flip> flips = new ArrayList<>();
        seen.forEach(s -> flips.addAll(s.flips()));
        return new Result(
                pair,
                TwinClaims.worst(seen),
                List.copyOf(flips),
                pair.imageResidual(),
                noise,
                List.copyOf(checks));
    }

    /** Looks at one object of each correlation length. */
    private List<TwinClaims.Seen> seen(Progress progress) {
        List<TwinPair> pairs = new ArrayList<>();
        for (int n = 1; n <= Twins.CORRELATIONS_MM.size(); n++) {
            pairs.add(same.quiet(n));
        }
        double[] scale = scale(pairs.get(0), progress);
        List<TwinClaims.Seen> seen = new ArrayList<>(Collections.nCopies(pairs.size(), null));
        Parallel.forEach(
                pairs.size(),
                n -> {
                    TwinPair pair = pairs.get(n);
                    BinFlips bins = BinFlips.of(pair);
                    List<Residual> features = residuals(pair, bins.moved(), scale);
                    seen.set(n, new TwinClaims.Seen(pair, features, bins.flips()));
                });
        return seen;
    }

    /** Counts the objects in which no voxel changes its bin; empty where there are no bins. */
    private Optional<Integer> withoutFlip(TwinPair pair, Progress progress) {
        if (!BinFlips.any(pair)) {
            return Optional.empty();
        }
        boolean[] without = new boolean[objects];
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                objects,
                n -> {
                    without[n] = BinFlips.listed(same.quiet(n + 1)).isEmpty();
                    progress.at("objects without a flip", done.incrementAndGet(), objects, 0);
                });
        int held = 0;
        for (boolean one : without) {
            held += one ? 1 : 0;
        }
        return Optional.of(held);
    }

    private Optional<NoisyTwins> noise(TwinPair pair, Progress progress) {
        boolean noisy = same.a().noise().isPresent() && same.b().noise().isPresent();
        if (!noisy || pairs == 0 || pair.features().features().isEmpty()) {
            return Optional.empty();
        }
        int draws = Math.min(MOST_DRAWS, 40 * Math.max(1, pairs / 40) - 1);
        return Optional.of(NoisyTwins.of(same, pairs, draws, 1, progress));
    }

    private static List<Residual> residuals(
            TwinPair pair, SortedMap<String, double[]> moved, double[] scale) {
        FeatureTable table = pair.features();
        List<Residual> all = new ArrayList<>();
        for (int f = 0; f < table.features().size(); f++) {
            String name = table.features().get(f);
            double a = table.row(0)[f];
            boolean levels = moved.containsKey(name) || name.matches(LEVELS);
            double after = moved.containsKey(name) ? moved.get(name)[1] : Double.NaN;
            boolean seen = moved.containsKey(name);
            all.add(new Residual(name, a, table.row(1)[f], scale[f], levels, seen, after));
        }
        return all;
    }

    /** Returns |a − b| over a scale; 0 where both are NaN, infinite where one is. */
    static double part(double a, double b, double scale) {
        if (Double.isNaN(a) && Double.isNaN(b) || a == b) {
            return 0;
        }
        double share = Math.abs(a - b) / scale;
        return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
    }

    /**
     * Returns the standard deviation of each feature over the cohort's objects as scanner a and the
     * recipe show them without noise; where it is 0, the feature's own size.
     */
    private double[] scale(TwinPair pair, Progress progress) {
        PlantedCohort planted = new PlantedCohort(1);
        List<PlantedCohort.Visit> visits = planted.fitted();
        int n = same.recipe().features().isEmpty() ? 0 : Math.min(cohort, visits.size());
        double[][] rows = new double[n][];
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                n,
                v -> {
                    LesionObject object = planted.object(visits.get(v * visits.size() / n));
                    Geometry grid = same.a().grid(same.fieldMm(), same.fieldMm());
                    Volume image = Twins.quiet(same.a()).scan(object.truth(), grid, 0);
                    Exam exam =
                            Twins.exam("a", same.recipe(), same.a(), image, object.mask(grid), 1);
                    Exam after =
                            Fold.apply(pair.steps(), exam, new Trace("a", Rng.seed(1, "scale")));
                    rows[v] = TwinPair.measure(after, same.recipe().features()).row(0);
                    progress.at("scale of features", done.incrementAndGet(), n, 0);
                });
        double[] scale = new double[pair.features().features().size()];
        for (int f = 0; f < scale.length; f++) {
            scale[f] = deviation(rows, f);
        }
        return scale;
    }

    private static double deviation(double[][] rows, int f) {
        double mean = 0;
        double square = 0;
        double size = 0;
        for (double[] row : rows) {
            mean += row[f] / rows.length;
            size = Math.max(size, Math.abs(row[f]));
        }
        for (double[] row : rows) {
            square += (row[f] - mean) * (row[f] - mean) / (rows.length - 1);
        }
        return square > 0 ? Math.sqrt(square) : size;
    }
}
