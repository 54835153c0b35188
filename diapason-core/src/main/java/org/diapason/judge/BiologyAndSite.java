package org.diapason.judge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Judge;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * Judges whether the site is gone from the features and biology is still there.
 *
 * <p>With b the coefficient of biology per feature: kept = b after, site not in the model (what a
 * reader of the harmonized table will compute), over b before, site in the model; within = b after,
 * site in the model, over the same. A feature is judged where |b before| &gt; 3 standard errors; it
 * is erased where the upper end of the 95 % interval of kept or of within is below 0.9, inflated
 * where the lower end of kept is above 1.1. The intervals are percentiles of draws within site ×
 * biology, each of which contains the fit. Site share is ω² of site after biology and covariates,
 * not clipped, median over features, from the raw images to rows that the fit has not seen.
 *
 * <p>Verdict, in this order: {@code not judged} without a biology column; {@code cannot be judged
 * at this n} when at most 5 % of the features are judged; {@code harm} when over 10 % of the judged
 * ones or a primary one are erased or inflated; {@code no change} when the raw share is within its
 * 95 % permutation limit or falls by less than half; else {@code better}.
 *
 * <p>Rows without biology are left out. See {@code docs/methods/biology-and-site.md}.
 *
 * @param batch column of the site
 * @param biology column of what must not be lost: a number, or two levels, coded 0 and 1 in the
 *     order of their text
 * @param covariates further columns of every model
 * @param primary features of which a single one decides for harm, patterns
 * @param shownOnly features that are shown but not counted, patterns
 * @param bootstraps draws for the intervals
 * @param halfSplits splits of the cohort into halves for the site share at the end
 * @param permutations orders of rows for the limit of the raw site share
 */
public record BiologyAndSite(
        String batch,
        @Default("") Optional<String> biology,
        @Default("") List<String> covariates,
        @Default("") List<String> primary,
        @Default("") List<String> shownOnly,
        @Default("400") int bootstraps,
        @Default("20") int halfSplits,
        @Default("200") int permutations)
        implements Judge<FeatureTable> {
    static final double LOWEST_KEPT = 0.9;
    static final double HIGHEST_KEPT = 1.1;
    static final double STANDARD_ERRORS = 3;
    static final double FEWEST_JUDGED = 0.05;
    static final double MOST_HARMED = 0.1;
    static final double LOWEST_W_OVER_T = 0.95;

    public BiologyAndSite {
        covariates = List.copyOf(covariates);
        primary = List.copyOf(primary);
        shownOnly = List.copyOf(shownOnly);
        if (batch.isBlank()) {
            throw new IllegalArgumentException("batch must name a column");
        }
        if (covariates.contains(batch) || biology.filter(batch::equals).isPresent()) {
            throw new IllegalArgumentException(
                    "biology and covariates must not name the batch column " + batch);
        }
        if (biology.filter(covariates::contains).isPresent()) {
            throw new IllegalArgumentException(
                    "covariates must not name the biology column " + biology.get());
        }
        if (bootstraps < 40 || halfSplits < 1 || permutations < 20) {
            throw new IllegalArgumentException(
                    "bootstraps must be at least 40, half-splits 1 and permutations 20, got "
                            + bootstraps
                            + ", "
                            + halfSplits
                            + " and "
                            + permutations);
        }
    }

    /** The usual numbers of draws. */
    public static BiologyAndSite of(
            String batch, Optional<String> biology, List<String> covariates) {
        return new BiologyAndSite(batch, biology, covariates, List.of(), List.of(), 400, 20, 200);
    }

    /**
     * Returns W/T of a column: its mean variance within sites over its total variance, about what
     * an unprotected ComBat keeps of its effect; NaN where it does not vary or is not a number or
     * two levels.
     */
    public static double confounding(FeatureTable table, String batch, String biology) {
        FeatureTable rows = having(table, biology);
        if (rows.size() == 0) {
            return Double.NaN;
        }
        Panel.Coding coding = Panel.Coding.of(rows, batch, Optional.of(biology), List.of());
        return WithinOverTotal.of(new Panel(rows, coding));
    }

    @Override
    public Set<String> cohortColumns() {
        Set<String> columns = new HashSet<>(covariates);
        columns.add(batch);
        biology.ifPresent(columns::add);
        return columns;
    }

    @Override
    public Judgement judge(
            FeatureTable raw,
            FeatureTable before,
            FeatureTable after,
            Refit<FeatureTable> refit,
            Trace trace) {
        if (before.size() != after.size()) {
            throw new IllegalArgumentException(
                    "before and after must have the same rows, got "
                            + before.size()
                            + " and "
                            + after.size());
        }
        Optional<String> label = biology.filter(b -> having(before, b).size() > 0);
        FeatureTable was = label.isPresent() ? having(before, label.get()) : before;
        FeatureTable is = label.isPresent() ? having(after, label.get()) : after;
        FeatureTable start = raw == null ? was : sameExams(raw, was);
        Panel.Coding coding = Panel.Coding.of(was, batch, label, covariates);
        Map<String, Double> figures = new LinkedHashMap<>();
        List<String> reasons = new ArrayList<>();
        figures.put("exams", (double) was.size());
        Panel beforePanel = new Panel(was, coding);
        figures.put("sites", (double) beforePanel.siteNames().size());
        if (label.isPresent()) {
            confounding(beforePanel, label.get(), figures, trace);
        }
        Refits refits = new Refits(was, coding, refit, trace.seed());
        double[] heldOut = shares(start, beforePanel, is, coding, refits, figures, trace);
        Effects effects = null;
        if (label.isPresent()) {
            effects =
                    Effects.of(
                            this, beforePanel, new Panel(is, coding), refits.bootstrap(bootstraps));
            effects.figures(figures);
        }
        figures.put("drawsRefused", (double) refits.refused());
        Verdict verdict = verdict(effects, figures, reasons, before.size() - was.size());
        double[] rawShares = onto(start, SiteShare.perFeature(new Panel(start, coding)), was);
        Judgement.Table table =
                FeatureRows.of(beforePanel, new Panel(is, coding), effects, rawShares, heldOut);
        return new Judgement(verdict, reasons, figures, table);
    }

    /** Returns whether a feature counts, or is only shown. */
    boolean counts(String feature) {
        return shownOnly.stream().noneMatch(glob -> Globs.matches(glob, feature));
    }

    boolean primary(String feature) {
        return primary.stream().anyMatch(glob -> Globs.matches(glob, feature));
    }

    private static FeatureTable having(FeatureTable table, String column) {
        return filter(table, r -> !Design.missing(table, r, column));
    }

    private static FeatureTable filter(FeatureTable table, IntPredicate wanted) {
        int[] rows = IntStream.range(0, table.size()).filter(wanted).toArray();
        return rows.length == table.size() ? table : table.rows(rows);
    }

    /** Returns the rows of {@code table} whose exam is in {@code wanted} too. */
    private static FeatureTable sameExams(FeatureTable table, FeatureTable wanted) {
        Set<String> exams = new HashSet<>();
        for (int r = 0; r < wanted.size(); r++) {
            exams.add(wanted.exam(r));
        }
        return filter(table, r -> exams.contains(table.exam(r)));
    }

    private static void confounding(
            Panel panel, String label, Map<String, Double> figures, Trace trace) {
        double ratio = WithinOverTotal.of(panel);
        figures.put("confoundingWT", ratio);
        if (ratio < LOWEST_W_OVER_T) {
            trace.warn(
                    label
                            + " goes along with the site: its mean variance within sites is "
                            + Numbers.fixed(ratio, 2)
                            + " of its total variance (below "
                            + Numbers.fixed(LOWEST_W_OVER_T, 2)
                            + "). A ComBat that does not protect it would keep about that much of"
                            + " its effect.");
        }
    }

    private double[] shares(
            FeatureTable start,
            Panel before,
            FeatureTable after,
            Panel.Coding coding,
            Refits refits,
            Map<String, Double> figures,
            Trace trace) {
        Panel rawPanel = new Panel(start, coding);
        Panel afterPanel = new Panel(after, coding);
        figures.put("siteShareRaw", share(rawPanel));
        figures.put(
                "rawPermutationLimit",
                SiteShare.permutationLimit(
                        rawPanel, start.size(), permutations, trace.seed(), this::counts));
        figures.put("siteShareBefore", share(before));
        double[] heldOut = refits.heldOut(halfSplits, this::counts);
        figures.put("siteShareAfter", heldOut[heldOut.length - 1]);
        figures.put("siteShareAfterInSample", share(afterPanel));
        return heldOut;
    }

    private double share(Panel panel) {
        return SiteShare.median(panel, SiteShare.perFeature(panel), this::counts);
    }

    /** Returns values of features of {@code from} in the order of {@code to}, NaN where absent. */
    private static double[] onto(FeatureTable from, double[] values, FeatureTable to) {
        double[] placed = new double[to.features().size()];
        for (int f = 0; f < placed.length; f++) {
            int at = from.features().indexOf(to.features().get(f));
            placed[f] = at < 0 ? Double.NaN : values[at];
        }
        return placed;
    }

    private Verdict verdict(
            Effects effects, Map<String, Double> figures, List<String> reasons, int leftOut) {
        double raw = figures.get("siteShareRaw");
        double end = figures.get("siteShareAfter");
        double limit = figures.get("rawPermutationLimit");
        String shares =
                "the site explains "
                        + Numbers.fixed(raw, 3)
                        + " of the raw features and "
                        + (Double.isNaN(end)
                                ? "at the end a share that so few exams per site cannot tell"
                                : Numbers.fixed(end, 3)
                                        + " at the end, on halves that the fit has not seen");
        Verdict verdict;
        if (effects == null) {
            verdict = Verdict.NOT_JUDGED;
            reasons.add(
                    biology.map(b -> "no exam has a value in the biology column " + b + ".")
                            .orElse("no biology column is named, so nothing says what to keep."));
            reasons.add(shares + ".");
        } else if (effects.judged() <= FEWEST_JUDGED * effects.counted()) {
            verdict = Verdict.CANNOT_BE_JUDGED;
            reasons.add(effects.tooFew(biology.get()));
            reasons.add(shares + ".");
        } else if (effects.harmed() > MOST_HARMED * effects.judged()
                || effects.primaryHarmed() > 0) {
            verdict = Verdict.HARM;
            reasons.addAll(effects.harm(biology.get()));
            reasons.add(shares + ".");
        } else if (!(raw > limit)) {
            verdict = Verdict.NO_CHANGE;
            reasons.add(
                    Double.isNaN(raw)
                            ? "the share of the site cannot be estimated: one site, or too few"
                                    + " exams."
                            : "there was no site effect to remove: "
                                    + Numbers.fixed(raw, 3)
                                    + " of the raw features is within the 95 % limit "
                                    + Numbers.fixed(limit, 3)
                                    + " of exams in random order.");
            reasons.add(effects.unharmed(biology.get()));
        } else if (!(end <= raw / 2)) {
            verdict = Verdict.NO_CHANGE;
            reasons.add(shares + (Double.isNaN(end) ? "." : ": less than half of it is gone."));
            reasons.add(effects.unharmed(biology.get()));
        } else {
            verdict = Verdict.BETTER;
            reasons.add(shares + ".");
            reasons.add(effects.unharmed(biology.get()));
        }
        if (effects != null) {
            reasons.addAll(effects.primaryNotJudged(primary));
            if (leftOut > 0) {
                reasons.add(leftOut + " exams without " + biology.get() + " were left out.");
            }
        }
        return verdict;
    }
}
