package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.stats.Association;
import org.diapason.stats.GaussianMixture;
import org.diapason.stats.Normals;
import org.diapason.stats.PrincipalComponents;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.table.HiddenBatch.Candidate;
import org.diapason.table.HiddenBatch.Proposal;
import org.diapason.table.HiddenBatch.Verdict;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** The search of {@link HiddenBatch}. */
final class HiddenSearch {
    private static final int FEWEST_EXAMS = 40;
    private static final int FEWEST_FEATURES = 4;
    private static final int MOST_COMPONENTS = 5;
    private static final int STARTS = 5;
    private static final double MOST_MISSING = 0.1;

    /** Standard errors of a gain, share of exams that folds agree on, and a sure probability. */
    private static final double GAIN = 2;

    private static final double STABLE = 0.9;
    private static final double SURE = 0.9;
    private static final String NO_BATCH = "(no batch)";

    private final HiddenBatch settings;

    /** The table in an order that its content decides, and where each row stood. */
    private final FeatureTable rows;

    private final int[] place;

    /** Fold of each row. */
    private final int[] fold;

    HiddenSearch(HiddenBatch settings, FeatureTable table) {
        this.settings = settings;
        place =
                IntStream.range(0, table.size())
                        .boxed()
                        .sorted(
                                Comparator.<Integer, String>comparing(table::exam)
                                        .thenComparing(table::region)
                                        .thenComparing(table::row, Arrays::compare))
                        .mapToInt(r -> r)
                        .toArray();
        if (place.length < FEWEST_EXAMS) {
            throw new RefusedException(
                    "a hidden batch cannot be told from chance in "
                            + place.length
                            + " exams; at least "
                            + FEWEST_EXAMS
                            + " are needed. Add exams.");
        }
        FeatureTable sorted = table.rows(place);
        rows =
                settings.batch().isPresent()
                        ? sorted
                        : sorted.withCovariate(
                                NO_BATCH, java.util.Collections.nCopies(sorted.size(), "all"));
        int[] order = IntStream.range(0, place.length).toArray();
        new Rng(Rng.seed(settings.seed(), "folds")).shuffle(order);
        fold = new int[order.length];
        for (int n = 0; n < order.length; n++) {
            fold[order[n]] = n % settings.folds();
        }
    }

    Proposal propose() {
        List<String> names = new ArrayList<>();
        double[][] residuals = residuals(names);
        double[][] scores = new double[rows.size()][names.size()];
        Parallel.forEach(names.size(), f -> normal(residuals, f, scores));
        double[][] points = components(scores);
        int count = settings.most();
        double[][] gains = new double[count][];
        GaussianMixture[] fits = new GaussianMixture[count];
        double[] stability = new double[count];
        Parallel.forEach(
                count - 1, k -> gains[k + 1] = heldOut(points, k + 2, k + 1, fits, stability));
        List<Candidate> candidates = new ArrayList<>();
        for (int k = 1; k < count; k++) {
            candidates.add(
                    new Candidate(
                            k + 1,
                            mean(gains[k]),
                            error(gains[k]),
                            smallest(fits[k], points),
                            fits[k].separation()));
        }
        int best = best(gains, candidates);
        int q = points[0].length;
        if (best < 0 || stability[best] < STABLE) {
            String reason =
                    best < 0
                            ? none(candidates)
                            : "the fits without a part of the exams put only "
                                    + Numbers.fixed(100 * stability[best], 0)
                                    + " % of them into the same of "
                                    + (best + 1)
                                    + " groups (90 % are needed): no hidden batch that can be named.";
            return new Proposal(
                    Verdict.NONE,
                    reason,
                    rows.size(),
                    names.size(),
                    q,
                    candidates,
                    1,
                    best < 0 ? 1 : stability[best],
                    List.of(),
                    0,
                    List.of(),
                    List.of());
        }
        int[] groups = ordered(fits[best], points);
        HiddenEvidence found = new HiddenEvidence(settings, rows);
        List<HiddenBatch.Evidence> evidence = found.columns(groups);
        int uncertain = 0;
        for (double[] point : points) {
            double sure = Arrays.stream(fits[best].probabilities(point)).max().orElseThrow();
            uncertain += sure < SURE ? 1 : 0;
        }
        String[] labels = new String[groups.length];
        for (int r = 0; r < groups.length; r++) {
            labels[place[r]] = "h" + (groups[r] + 1);
        }
        boolean agrees = evidence.stream().anyMatch(HiddenBatch.Evidence::agrees);
        return new Proposal(
                agrees ? Verdict.PROPOSED : Verdict.REFUSED,
                found.reason(best + 1, evidence),
                rows.size(),
                names.size(),
                q,
                candidates,
                best + 1,
                stability[best],
                List.of(labels),
                uncertain,
                evidence,
                apart(names, residuals, groups));
    }

    /** Returns what protected terms and the known batch leave of the features that vary. */
    private double[][] residuals(List<String> names) {
        ComBat plain =
                new ComBat(
                        settings.batch().orElse(NO_BATCH),
                        settings.protect(),
                        settings.features(),
                        ComBat.Method.NONE,
                        ComBat.MeanOnly.NO,
                        java.util.Optional.empty(),
                        3,
                        false);
        ComBatModel model =
                (ComBatModel)
                        Fold.learn(List.of(plain), Fold.rows(rows), new Trace()).get(0);
        FeatureTable after = model.apply(rows, new Trace());
        int[] places = Columns.places(model.columns(), rows.features());
        double[][] all = new double[rows.size()][];
        for (int r = 0; r < all.length; r++) {
            all[r] = CovBatModel.residuals(model, after, r, places);
        }
        List<Integer> kept = new ArrayList<>();
        for (int f = 0; f < places.length; f++) {
            int missing = 0;
            for (double[] row : all) {
                missing += Double.isFinite(row[f]) ? 0 : 1;
            }
            if (model.sigma().get(f) > 0 && missing <= MOST_MISSING * all.length) {
                kept.add(f);
                names.add(model.columns().get(f));
            }
        }
        if (kept.size() < FEWEST_FEATURES) {
            throw new RefusedException(
                    "a hidden batch shows in many features at once, and "
                            + kept.size()
                            + (kept.size() == 1 ? " varies and has" : " vary and have")
                            + " values in nine of ten exams; at least "
                            + FEWEST_FEATURES
                            + " are needed. Give more features.");
        }
        return Arrays.stream(all)
                .map(row -> kept.stream().mapToDouble(f -> row[f]).toArray())
                .toArray(double[][]::new);
    }

    /** Replaces a column by normal deviates of its ranks (Blom's), undefined cells by 0. */
    private static void normal(double[][] values, int f, double[][] out) {
        Integer[] order =
                IntStream.range(0, values.length)
                        .filter(r -> Double.isFinite(values[r][f]))
                        .boxed()
                        .sorted(Comparator.comparingDouble(r -> values[r][f]))
                        .toArray(Integer[]::new);
        int n = order.length;
        int end;
        for (int start = 0; start < n; start = end) {
            end = start + 1;
            while (end < n && values[order[end]][f] == values[order[start]][f]) {
                end++;
            }
            double middle = (start + 1 + end) / 2.0;
            double score = Normals.quantile((middle - 0.375) / (n + 0.25));
            for (int k = start; k < end; k++) {
                out[order[k]][f] = score;
            }
        }
    }

    /**
     * Returns the scores on the leading components: those of more variance than noise has (Marčenko
     * and Pastur 1967), one at least.
     */
    private static double[][] components(double[][] scores) {
        PrincipalComponents found = PrincipalComponents.of(scores);
        double[] variances = found.variances();
        double n = scores.length;
        double features = scores[0].length;
        double edge = (1 + Math.sqrt(features / n)) * (1 + Math.sqrt(features / n));
        int q = 1;
        while (q < Math.min(MOST_COMPONENTS, variances.length) && variances[q] > edge) {
            q++;
        }
        return CovBatModel.scores(scores, Arrays.copyOf(found.directions(), q));
    }

    /** Returns the gain of each exam while it is held out; sets the fit of all and its stability. */
    private double[] heldOut(
            double[][] points,
            int groups,
            int at,
            GaussianMixture[] fits,
            double[] stability) {
        long seed = Rng.seed(settings.seed(), "groups " + groups);
        GaussianMixture whole = GaussianMixture.of(points, groups, STARTS, seed);
        double[] gains = new double[points.length];
        double same = 0;
        for (int k = 0; k < settings.folds(); k++) {
            int part = k;
            double[][] others =
                    IntStream.range(0, points.length)
                            .filter(r -> fold[r] != part)
                            .mapToObj(r -> points[r])
                            .toArray(double[][]::new);
            GaussianMixture one = GaussianMixture.of(others, 1, 1, seed);
            GaussianMixture several = GaussianMixture.of(others, groups, STARTS, seed);
            for (int r = 0; r < points.length; r++) {
                if (fold[r] == part) {
                    gains[r] = several.logDensity(points[r]) - one.logDensity(points[r]);
                }
            }
            same += same(whole, several, points, groups) / settings.folds();
        }
        fits[at] = whole;
        stability[at] = same;
        return gains;
    }

    /** Returns the share of points in the same group of both, groups named to agree the most. */
    private static double same(
            GaussianMixture a, GaussianMixture b, double[][] points, int groups) {
        int[][] counts = new int[groups][groups];
        for (double[] point : points) {
            counts[a.group(point)][b.group(point)]++;
        }
        return most(counts, 0, new boolean[groups]) / (double) points.length;
    }

    private static int most(int[][] counts, int row, boolean[] taken) {
        if (row == counts.length) {
            return 0;
        }
        int best = 0;
        for (int c = 0; c < taken.length; c++) {
            if (!taken[c]) {
                taken[c] = true;
                best = Math.max(best, counts[row][c] + most(counts, row + 1, taken));
                taken[c] = false;
            }
        }
        return best;
    }

    /**
     * Returns the least number of groups, less 1, that is within a standard error of the best of
     * those that may be; −1 where none may be.
     */
    private int best(double[][] gains, List<Candidate> candidates) {
        int best = -1;
        for (Candidate c : candidates) {
            if (mayBe(c) && (best < 0 || c.gain() > candidates.get(best - 1).gain())) {
                best = c.groups() - 1;
            }
        }
        for (Candidate c : candidates) {
            int at = c.groups() - 1;
            if (at < best && mayBe(c)) {
                double[] more = new double[gains[at].length];
                for (int r = 0; r < more.length; r++) {
                    more[r] = gains[best][r] - gains[at][r];
                }
                if (mean(more) < error(more)) {
                    return at;
                }
            }
        }
        return best;
    }

    private boolean mayBe(Candidate c) {
        return c.gain() > GAIN * c.error() && c.smallest() >= settings.minShare();
    }

    private String none(List<Candidate> candidates) {
        Candidate two = candidates.get(0);
        String gain =
                Numbers.fixed(two.gain(), 3) + " ± " + Numbers.fixed(two.error(), 3) + " per exam";
        if (two.gain() > GAIN * two.error()) {
            return "two groups explain exams held out better than one ("
                    + gain
                    + "), but the smaller has "
                    + Numbers.fixed(100 * two.smallest(), 0)
                    + " % of the exams and "
                    + Numbers.fixed(100 * settings.minShare(), 0)
                    + " % are needed: outliers rather than a batch.";
        }
        return "two groups do not explain exams held out better than one (log likelihood "
                + gain
                + ", over 2 standard errors are needed): no hidden batch.";
    }

    private static double smallest(GaussianMixture fit, double[][] points) {
        int[] counts = new int[fit.means().length];
        for (double[] point : points) {
            counts[fit.group(point)]++;
        }
        return Arrays.stream(counts).min().orElseThrow() / (double) points.length;
    }

    /** Returns the group of each row, the largest 0; of equal ones the one met first. */
    private static int[] ordered(GaussianMixture fit, double[][] points) {
        int[] group = Arrays.stream(points).mapToInt(fit::group).toArray();
        int[] counts = new int[fit.means().length];
        int[] first = new int[counts.length];
        for (int r = group.length - 1; r >= 0; r--) {
            counts[group[r]]++;
            first[group[r]] = r;
        }
        Integer[] order = IntStream.range(0, counts.length).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingInt(g -> -counts[g]).thenComparing(g -> first[g]));
        List<Integer> places = Arrays.asList(order);
        return Arrays.stream(group).map(places::indexOf).toArray();
    }

    private List<HiddenBatch.Apart> apart(List<String> names, double[][] residuals, int[] groups) {
        HiddenBatch.Apart[] all = new HiddenBatch.Apart[names.size()];
        Parallel.forEach(
                all.length,
                f -> {
                    int[] finite =
                            IntStream.range(0, residuals.length)
                                    .filter(r -> Double.isFinite(residuals[r][f]))
                                    .toArray();
                    double[] values =
                            Arrays.stream(finite).mapToDouble(r -> residuals[r][f]).toArray();
                    int[] of = Arrays.stream(finite).map(r -> groups[r]).toArray();
                    double[] gains = alone(values, finite);
                    all[f] =
                            new HiddenBatch.Apart(
                                    names.get(f),
                                    Association.ofNumbers(of, values, 0, 0).value(),
                                    mean(gains),
                                    error(gains));
                });
        return Arrays.stream(all)
                .sorted(Comparator.comparingDouble(HiddenBatch.Apart::eta).reversed())
                .toList();
    }

    /** Returns the gain of each exam by two groups in one feature. */
    private double[] alone(double[] values, int[] which) {
        double[][] points = Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        double[] gains = new double[values.length];
        for (int k = 0; k < settings.folds(); k++) {
            int part = k;
            double[][] others =
                    IntStream.range(0, points.length)
                            .filter(r -> fold[which[r]] != part)
                            .mapToObj(r -> points[r])
                            .toArray(double[][]::new);
            GaussianMixture one = GaussianMixture.of(others, 1, 1, settings.seed());
            GaussianMixture two = GaussianMixture.of(others, 2, 2, settings.seed());
            for (int r = 0; r < points.length; r++) {
                if (fold[which[r]] == part) {
                    gains[r] = two.logDensity(points[r]) - one.logDensity(points[r]);
                }
            }
        }
        return gains;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).boxed().reduce(0.0, Double::sum) / values.length;
    }

    private static double error(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return Math.sqrt(squares / (values.length - 1.0) / values.length);
    }
}
