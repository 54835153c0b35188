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
import org.diapason.table.HiddenBatch.Candidate;
import org.diapason.table.HiddenBatch.Proposal;
import org.diapason.table.HiddenBatch.Verdict;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** The search of {@link HiddenBatch}. */
final class HiddenSearch {
    private static final int FEWEST_EXAMS = 40;
    private static final int STARTS = 5;

    /** Standard errors of a gain, share of exams that folds agree on, and a sure probability. */
    private static final double GAIN = 2;

    private static final double STABLE = 0.9;
    private static final double SURE = 0.9;

    private final HiddenBatch settings;

    /** The table in an order that its content decides, and where each row stood. */
    private final FeatureTable rows;

    private final int[] place;

    /** Exam of each row: its regions are held out together, and their mean is one gain. */
    private final int[] exam;

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
        rows = table.rows(place);
        exam = new int[place.length];
        for (int r = 1; r < exam.length; r++) {
            exam[r] = exam[r - 1] + (rows.exam(r).equals(rows.exam(r - 1)) ? 0 : 1);
        }
        int[] order = IntStream.range(0, exam[exam.length - 1] + 1).toArray();
        new Rng(Rng.seed(settings.seed(), "folds")).shuffle(order);
        int[] part = new int[order.length];
        for (int n = 0; n < order.length; n++) {
            part[order[n]] = n % settings.folds();
        }
        fold = Arrays.stream(exam).map(e -> part[e]).toArray();
    }

    Proposal propose() {
        HiddenPoints looked = new HiddenPoints(settings, rows);
        List<String> names = looked.names;
        double[][] points = looked.points;
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
                apart(names, looked.residuals, groups));
    }

    /**
     * Returns the gain of each exam while it is held out; sets the fit of all and its stability.
     */
    private double[] heldOut(
            double[][] points, int groups, int at, GaussianMixture[] fits, double[] stability) {
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
        return byExam(gains, IntStream.range(0, gains.length).toArray());
    }

    /** Returns the mean of each exam that has a row. */
    private double[] byExam(double[] gains, int[] which) {
        double[] sums = new double[exam[exam.length - 1] + 1];
        int[] counts = new int[sums.length];
        for (int k = 0; k < gains.length; k++) {
            sums[exam[which[k]]] += gains[k];
            counts[exam[which[k]]]++;
        }
        return IntStream.range(0, sums.length)
                .filter(e -> counts[e] > 0)
                .mapToDouble(e -> sums[e] / counts[e])
                .toArray();
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
        double[][] points =
                Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
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
        return byExam(gains, which);
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
