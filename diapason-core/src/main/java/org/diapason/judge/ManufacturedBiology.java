package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.stats.Estimate;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Judge;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * Looks for effects that harmonization itself makes: biology is shuffled within sites, so that it
 * says nothing, the table steps are fitted anew with the shuffled column in its place, and every
 * feature is tested at 5 %.
 *
 * <p>With the site in the model, and a degree of freedom charged for the scale of each site, 5 % of
 * the tests must find an effect; {@code harm} where the lower 95 % bound of that share is above 7.5
 * %. Without it, as most readers test, the share follows the design, P(χ² &gt; W/T·χ²₀.₉₅) —
 * 2Φ(−1.96·√(W/T)) for two levels — with W/T the variance of biology within sites over its total
 * variance, also for a correct recipe: a warning with its number, never a verdict.
 *
 * <p>Source: Nygaard, Rødland and Hovig 2016, Biostatistics 17(1):29–39,
 * doi:10.1093/biostatistics/kxv027, who found such effects.
 *
 * @param batch column of the site
 * @param biology column of what is protected: a number, or levels
 * @param covariates further columns of every model
 * @param shownOnly features that are not counted, patterns
 * @param permutations orders of biology within sites, at least 200
 */
public record ManufacturedBiology(
        String batch,
        String biology,
        @Default("") List<String> covariates,
        @Default("") List<String> shownOnly,
        @Default("200") int permutations)
        implements Judge<FeatureTable> {
    static final double HIGHEST = 0.075;

    public ManufacturedBiology {
        covariates = List.copyOf(covariates);
        shownOnly = List.copyOf(shownOnly);
        if (batch.isBlank() || biology.isBlank()) {
            throw new IllegalArgumentException("batch and biology must each name a column");
        }
        if (batch.equals(biology) || covariates.contains(batch) || covariates.contains(biology)) {
            throw new IllegalArgumentException(
                    "batch, biology and covariates must name different columns");
        }
        if (permutations < 200) {
            throw new IllegalArgumentException(
                    "permutations must be at least 200, got " + permutations);
        }
    }

    @Override
    public Set<String> cohortColumns() {
        Set<String> columns = new TreeSet<>(covariates);
        columns.add(batch);
        columns.add(biology);
        return columns;
    }

    @Override
    public Judgement judge(
            FeatureTable raw,
            FeatureTable before,
            FeatureTable after,
            Refit<FeatureTable> refit,
            Trace trace) {
        JudgedRows.needSites(before, batch);
        if (!refit.fits()) {
            return Judgement.notJudged(
                    "what made the harmonized table is not known, so it cannot be fitted to a shuffled "
                            + biology
                            + ".");
        }
        FeatureTable rows = JudgedRows.having(before, biology);
        Coding coding = Coding.of(rows, batch, Optional.of(biology), covariates);
        Panel panel = new Panel(rows, coding);
        if (panel.label() == null) {
            return Judgement.notJudged(
                    biology
                            + " is the same in every exam that has it: there is nothing to shuffle.");
        }
        Found[] found = new Found[permutations];
        Parallel.forEach(permutations, p -> found[p] = permuted(rows, coding, refit, p, trace));
        List<Found> fitted =
                Arrays.stream(found).filter(f -> f != null && !Double.isNaN(f.adjusted)).toList();
        if (2 * fitted.size() < permutations) {
            return new Judgement(
                    Verdict.CANNOT_BE_JUDGED,
                    List.of(
                            "the table steps refused "
                                    + (permutations - fitted.size())
                                    + " of "
                                    + permutations
                                    + " fits to a shuffled "
                                    + biology
                                    + ". Add exams to small sites."),
                    Map.of(),
                    Judgement.Table.EMPTY);
        }
        double ratio = WithinOverTotal.of(panel);
        ChiSquaredDistribution chance =
                new ChiSquaredDistribution(Math.max(1, panel.classes() - 1));
        double predicted =
                1 - chance.cumulativeProbability(ratio * chance.inverseCumulativeProbability(0.95));
        Estimate adjusted = mean(fitted.stream().mapToDouble(Found::adjusted).toArray());
        Estimate plain = mean(fitted.stream().mapToDouble(Found::plain).toArray());
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("permutations", (double) fitted.size());
        put(figures, "falsePositives", adjusted);
        put(figures, "falsePositivesPlain", plain);
        figures.put("falsePositivesPlainPredicted", predicted);
        figures.put("confoundingWT", ratio);
        figures.put("drawsRefused", (double) permutations - fitted.size());
        if (plain.low() > HIGHEST) {
            trace.warn(
                    "a test of "
                            + biology
                            + " on the harmonized table without "
                            + batch
                            + " in the model finds an effect in "
                            + words(plain)
                            + " of the features where there is none ("
                            + percent(predicted)
                            + " follow from how "
                            + biology
                            + " is spread over the sites). Test with "
                            + batch
                            + " in the model.");
        }
        boolean harm = adjusted.low() > HIGHEST;
        List<String> reasons = new ArrayList<>();
        reasons.add(
                "of "
                        + biology
                        + " shuffled within "
                        + batch
                        + ", "
                        + words(adjusted)
                        + " of the tests with "
                        + batch
                        + " in the model find an effect, and 5 % would by chance"
                        + (harm ? ": the table steps make effects of it." : "."));
        return new Judgement(
                harm ? Verdict.HARM : Verdict.NO_CHANGE, reasons, figures, Judgement.Table.EMPTY);
    }

    /** Shares of the tests that found an effect in one order. */
    private record Found(double adjusted, double plain) {}

    /** Returns null where the table steps refuse this order. */
    private Found permuted(
            FeatureTable rows, Coding coding, Refit<FeatureTable> refit, int p, Trace trace) {
        FeatureTable shuffled =
                rows.withCovariate(
                        biology, shuffled(rows, new Rng(Rng.seed(trace.seed(), "order " + p))));
        try {
            Panel panel = new Panel(refit.fit(shuffled).apply(shuffled), coding);
            return new Found(share(panel, true), share(panel, false));
        } catch (RefusedException e) {
            return null;
        }
    }

    /** Returns the texts of biology in a new order within each site. */
    private List<String> shuffled(FeatureTable rows, Rng rng) {
        SortedMap<String, List<Integer>> sites = new TreeMap<>();
        for (int r = 0; r < rows.size(); r++) {
            sites.computeIfAbsent(rows.covariate(r, batch), s -> new ArrayList<>()).add(r);
        }
        String[] texts = new String[rows.size()];
        for (List<Integer> site : sites.values()) {
            int[] order = IntStream.range(0, site.size()).toArray();
            rng.shuffle(order);
            for (int k = 0; k < order.length; k++) {
                texts[site.get(k)] = rows.covariate(site.get(order[k]), biology);
            }
        }
        return List.of(texts);
    }

    /**
     * Returns the share of the features that count whose test passes the 5 % limit; NaN where none
     * can be tested.
     */
    private double share(Panel panel, boolean withSite) {
        Map<List<Integer>, Double> limits = new HashMap<>();
        int tested = 0;
        int passed = 0;
        int spent = withSite ? panel.siteNames().size() : 0;
        for (int f = 0; f < panel.features().size(); f++) {
            Panel.Test t = counts(panel.features().get(f)) ? panel.test(f, withSite, spent) : null;
            if (t != null && t.over() > 0 && t.under() > 0 && !Double.isNaN(t.f())) {
                tested++;
                double limit = limits.computeIfAbsent(List.of(t.over(), t.under()), k -> limit(t));
                passed += t.f() > limit ? 1 : 0;
            }
        }
        return (double) passed / tested;
    }

    private static double limit(Panel.Test test) {
        return new FDistribution(test.over(), test.under()).inverseCumulativeProbability(0.95);
    }

    private boolean counts(String feature) {
        return shownOnly.stream().noneMatch(glob -> Globs.matches(glob, feature));
    }

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 1) + " %";
    }

    /** Mean over orders; the spread between orders holds how features go along with each other. */
    private static Estimate mean(double[] shares) {
        double mean = Arrays.stream(shares).average().orElse(Double.NaN);
        double squares = Arrays.stream(shares).map(s -> (s - mean) * (s - mean)).sum();
        return Estimate.of(mean, Math.sqrt(squares / (shares.length - 1) / shares.length));
    }

    private static void put(Map<String, Double> figures, String name, Estimate share) {
        figures.put(name, share.value());
        figures.put(name + "Low", share.low());
        figures.put(name + "High", share.high());
    }

    private static String words(Estimate share) {
        return percent(share.value())
                + " (95 % "
                + percent(share.low())
                + " to "
                + percent(share.high())
                + ")";
    }
}
