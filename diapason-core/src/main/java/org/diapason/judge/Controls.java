package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.stats.Estimate;
import org.diapason.stats.Quantiles;
import org.diapason.step.Judge;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * Two controls that fit the table steps anew: an effect of known size is put in and must come out,
 * and sites are shuffled within biology, which must leave the effect of the true sites.
 */
final class Controls {
    static final int DRAWS = 100;
    static final int SHUFFLES = 20;

    /** Effects put in, in SD within site per unit of biology, or into the last of its levels. */
    private static final double[] SIZES = {0.5, 1};

    private final FeatureTable before;
    private final Coding coding;
    private final Judge.Refit<FeatureTable> refit;
    private final Predicate<String> counts;
    private final long seed;

    Controls(
            FeatureTable before,
            Coding coding,
            Judge.Refit<FeatureTable> refit,
            Predicate<String> counts,
            long seed) {
        this.before = before;
        this.coding = coding;
        this.refit = refit;
        this.counts = counts;
        this.seed = seed;
    }

    /**
     * Puts the slope of what comes out, as a reader without site in the model finds it, over what
     * was put in: median over features, with the 95 % interval of draws within site × biology.
     */
    void injected(Map<String, Double> figures) {
        Draws draws = coding.draws(before);
        double[] slopes = new double[DRAWS];
        Parallel.forEach(
                DRAWS,
                d -> {
                    Rng rng = new Rng(Rng.seed(seed, "injected " + d));
                    slopes[d] = slope(coding.drawn(before, draws.bootstrap(rng)));
                });
        Estimate slope = Estimate.ofDraws(slope(before), slopes);
        figures.put("injectedSlope", slope.value());
        figures.put("injectedSlopeLow", slope.low());
        figures.put("injectedSlopeHigh", slope.high());
    }

    /** Returns NaN where the steps refuse the rows or biology does not vary in them. */
    private double slope(FeatureTable rows) {
        try {
            Panel was = new Panel(rows, coding);
            if (was.label() == null) {
                return Double.NaN;
            }
            Coding.Contrast contrast = last(coding);
            List<Coefficient> effects =
                    IntStream.range(0, was.features().size())
                            .mapToObj(f -> was.effect(f, contrast, true))
                            .toList();
            double[] start = plain(rows);
            double[] up = new double[start.length];
            double across = 0;
            for (double size : SIZES) {
                double[] found = plain(raised(rows, was, effects, size));
                for (int f = 0; f < up.length; f++) {
                    up[f] += size * (found[f] - start[f]) / effects.get(f).residualSd();
                }
                across += size * size;
            }
            for (int f = 0; f < up.length; f++) {
                boolean counted = counts.test(effects.get(f).feature());
                up[f] = counted ? up[f] / across : Double.NaN;
            }
            return Quantiles.median(up);
        } catch (RefusedException e) {
            return Double.NaN;
        }
    }

    private static FeatureTable raised(
            FeatureTable rows, Panel was, List<Coefficient> effects, double size) {
        int top = was.classes() - 1;
        double[][] raised = new double[rows.size()][];
        for (int r = 0; r < raised.length; r++) {
            raised[r] = rows.row(r).clone();
            for (int f = 0; f < raised[r].length; f++) {
                double sd = effects.get(f).residualSd();
                double unit = top > 1 ? (was.level(r) == top ? 1 : 0) : was.label()[r];
                raised[r][f] += sd > 0 ? size * sd * unit : 0;
            }
        }
        return rows.withRows(raised);
    }

    /** Returns the coefficients after the steps, site not in the model. */
    private double[] plain(FeatureTable rows) {
        Panel panel = new Panel(refit.fit(rows).apply(rows), coding);
        double[] b = new double[rows.features().size()];
        for (int f = 0; f < b.length; f++) {
            b[f] = panel.coefficient(f, last(coding), false);
        }
        return b;
    }

    /** Returns the number, or the last level against the first. */
    private static Coding.Contrast last(Coding coding) {
        return coding.levels().size() < 3
                ? coding.contrasts().get(0)
                : new Coding.Contrast("", 0, coding.levels().size() - 1);
    }

    /**
     * Puts the share of the true sites after the steps were fitted to shuffled ones, median over
     * features and shuffles: steps that lower it do so whatever the sites are.
     */
    void shuffledSites(Map<String, Double> figures) {
        double[] shares = new double[SHUFFLES];
        Parallel.forEach(
                SHUFFLES,
                s -> {
                    Rng rng = new Rng(Rng.seed(seed, "shuffled sites " + s));
                    FeatureTable shuffled = before.withCovariate(coding.batch(), shuffled(rng));
                    try {
                        FeatureTable after = refit.fit(shuffled).apply(shuffled);
                        Panel panel = new Panel(before.withRows(rowsOf(after)), coding);
                        shares[s] = SiteShare.median(panel, SiteShare.perFeature(panel), counts);
                    } catch (RefusedException e) {
                        shares[s] = Double.NaN;
                    }
                });
        figures.put("siteShareAfterShuffledSites", Quantiles.median(shares));
    }

    private static double[][] rowsOf(FeatureTable table) {
        double[][] rows = new double[table.size()][];
        Arrays.setAll(rows, table::row);
        return rows;
    }

    private List<String> shuffled(Rng rng) {
        Panel panel = new Panel(before, coding);
        SortedMap<Integer, List<Integer>> levels = new TreeMap<>();
        for (int r = 0; r < before.size(); r++) {
            levels.computeIfAbsent(panel.classes() > 0 ? panel.level(r) : 0, l -> new ArrayList<>())
                    .add(r);
        }
        String[] sites = new String[before.size()];
        for (List<Integer> rows : levels.values()) {
            int[] order = new int[rows.size()];
            Arrays.setAll(order, k -> k);
            rng.shuffle(order);
            for (int k = 0; k < order.length; k++) {
                sites[rows.get(k)] = before.covariate(rows.get(order[k]), coding.batch());
            }
        }
        return List.of(sites);
    }
}
