package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Judge;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * Judges whether the site is gone from the features and biology is still there.
 *
 * <p>With b the coefficient of biology per feature (of more than two levels: every pair of them,
 * and the worst decides for the feature): kept = b after, site not in the model (what a reader of
 * the harmonized table will compute), over b before, site in the model; within = b after, site in
 * the model, over the same. A feature is judged where |b before| &gt; 3 standard errors; it is
 * erased where the upper end of the 95 % interval of kept or of within is below 0.9, inflated where
 * the lower end of kept is above 1.1. The intervals are percentiles of draws within site × biology,
 * each of which contains the fit. Site share is ω² of site after biology and covariates, not
 * clipped, median over features, from the raw images to rows that the fit has not seen.
 *
 * <p>Verdict, in this order: {@code not judged} without a biology column; {@code cannot be judged
 * at this n} when at most 5 % of the features are judged; {@code harm} when over 10 % of the judged
 * ones, a primary one, or the median of the judged are erased or inflated; {@code no change} when
 * the raw share is within its 95 % permutation limit or falls by less than half; else {@code
 * better}.
 *
 * <p>Where the table steps cannot be fitted anew (their model is not known), the draws look up what
 * became of each row; the verdict is then at best {@code no change}.
 *
 * <p>Warned of: what else in the table goes along with biology ({@link Confounders}).
 *
 * <p>Rows without biology are left out. See {@code docs/methods/biology-and-site.md}.
 *
 * @param batch column of the site
 * @param biology column of what must not be lost: a number, or up to ten levels
 * @param covariates further columns of every model
 * @param primary features of which a single one decides for harm, patterns
 * @param shownOnly features that are shown but not counted, patterns
 * @param bootstraps draws for the intervals
 * @param halfSplits splits of the cohort into halves for the site share at the end
 * @param permutations orders of rows for the limit of the raw site share
 * @param evidence whether what decides nothing is measured too: injected effects, classifiers of
 *     site and biology, shuffled sites, spreads and distances
 * @param size column or feature that holds the size of a lesion, to see whether the site acts
 *     differently on small ones
 * @param outcome column of what is to be predicted, to see what goes along with it
 * @param subgroups columns of levels, to see what the correction does to each of them
 * @param prediction column of what a model predicts of the outcome (of biology where no outcome is
 *     named): a number, a probability of the second level, or a level
 * @param subject column of the patient, where a patient has several rows: they are drawn together
 */
public record BiologyAndSite(
        String batch,
        @Default("") Optional<String> biology,
        @Default("") List<String> covariates,
        @Default("") List<String> primary,
        @Default("") List<String> shownOnly,
        @Default("400") int bootstraps,
        @Default("20") int halfSplits,
        @Default("200") int permutations,
        @Default("true") boolean evidence,
        @Default("") Optional<String> size,
        @Default("") Optional<String> outcome,
        @Default("") List<String> subgroups,
        @Default("") Optional<String> prediction,
        @Default("") Optional<String> subject)
        implements Judge<FeatureTable> {
    static final double LOWEST_KEPT = 0.9;
    static final double HIGHEST_KEPT = 1.1;
    static final double STANDARD_ERRORS = 3;
    static final double FEWEST_JUDGED = 0.05;
    static final double MOST_HARMED = 0.1;
    static final double LOWEST_W_OVER_T = 0.95;
    private static final String LOOKED_UP =
            "the intervals, the share at the end and the classifiers do not contain the fit, because"
                    + " what made the harmonized table is not known: the intervals are too narrow,"
                    + " the site looks smaller than it is, and the verdict is at best \"no"
                    + " change\".";

    public BiologyAndSite {
        covariates = List.copyOf(covariates);
        primary = List.copyOf(primary);
        shownOnly = List.copyOf(shownOnly);
        subgroups = List.copyOf(subgroups);
        if (batch.isBlank()) {
            throw new IllegalArgumentException("batch must name a column");
        }
        if (covariates.contains(batch) || biology.filter(batch::equals).isPresent()) {
            throw new IllegalArgumentException(
                    "biology and covariates must not name the batch column " + batch);
        }
        if (prediction.isPresent() && outcome.isEmpty() && biology.isEmpty()) {
            throw new IllegalArgumentException(
                    "prediction "
                            + prediction.get()
                            + " needs outcome or biology, the column that says what is true");
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
        return new BiologyAndSite(
                batch,
                biology,
                covariates,
                List.of(),
                List.of(),
                400,
                20,
                200,
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Set<String> cohortColumns() {
        Set<String> columns = new HashSet<>(covariates);
        columns.add(batch);
        columns.addAll(subgroups);
        biology.ifPresent(columns::add);
        outcome.ifPresent(columns::add);
        prediction.ifPresent(columns::add);
        subject.ifPresent(columns::add);
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
        if (!before.features().equals(after.features())) {
            throw new IllegalArgumentException(
                    "before and after must have the same features in the same order");
        }
        JudgedRows.needSites(before, batch);
        Optional<String> label = biology.filter(b -> JudgedRows.having(before, b).size() > 0);
        FeatureTable was = label.isPresent() ? JudgedRows.having(before, label.get()) : before;
        FeatureTable is = label.isPresent() ? JudgedRows.having(after, label.get()) : after;
        Optional<FeatureTable> start =
                Optional.ofNullable(raw).map(r -> JudgedRows.sameExams(r, was));
        Coding coding = Coding.of(was, batch, label, covariates, subject);
        Map<String, Double> figures = new LinkedHashMap<>();
        List<String> reasons = new ArrayList<>();
        figures.put("exams", (double) was.size());
        Panel beforePanel = new Panel(was, coding);
        figures.put("sites", (double) beforePanel.siteNames().size());
        if (label.isPresent()) {
            confounding(beforePanel, label.get(), figures, trace);
        }
        confounders(before).forEach(found -> found.warn(trace));
        Refits refits = new Refits(was, coding, refit, trace.seed());
        double[] heldOut = refits.heldOut(halfSplits, this::counts);
        warnOfLeftOut(refits.leftOut(), trace);
        Panel afterPanel = new Panel(is, coding);
        Panel startPanel = start.map(r -> new Panel(r, coding)).orElse(beforePanel);
        Shares shares =
                new Shares(
                        start.isPresent() ? "raw features" : "features before the table steps",
                        share(startPanel),
                        SiteShare.permutationLimit(
                                startPanel, permutations, trace.seed(), this::counts),
                        heldOut[heldOut.length - 1],
                        refit.fits());
        if (start.isPresent()) {
            figures.put("siteShareRaw", shares.start());
        }
        figures.put("rawPermutationLimit", shares.limit());
        figures.put("siteShareBefore", share(beforePanel));
        figures.put("siteShareAfter", shares.end());
        figures.put("siteShareAfterInSample", share(afterPanel));
        Effects effects = null;
        if (label.isPresent()) {
            effects =
                    Effects.of(
                            this,
                            beforePanel,
                            afterPanel,
                            refits.bootstrap(bootstraps),
                            refit.fits());
            effects.figures(figures);
        }
        int sitesLeft = afterPanel.siteNames().size();
        // A harmonization has spent a mean and a scale per site; one mean is the model's own.
        SiteModel.Pair mixed =
                new SiteModel.Pair(
                        SiteModel.perFeature(beforePanel, 0),
                        SiteModel.perFeature(afterPanel, 2 * sitesLeft - 1));
        mixed.figures(figures, beforePanel, this::counts);
        if (evidence) {
            Evidence.put(figures, was, is, coding, refit, this::counts, size, trace);
        }
        figures.put("drawsRefused", (double) refits.refused());
        boolean varies = beforePanel.label() != null;
        Verdict verdict = verdict(effects, varies, shares, reasons, before.size() - was.size());
        if (!refit.fits()) {
            reasons.add(LOOKED_UP);
            verdict = verdict == Verdict.BETTER ? Verdict.NO_CHANGE : verdict;
        }
        figures.put("intervalsContainFit", refit.fits() ? 1.0 : 0.0);
        double[] rawShares = new double[was.features().size()];
        Arrays.fill(rawShares, Double.NaN);
        start.ifPresent(r -> onto(r, SiteShare.perFeature(startPanel), was, rawShares));
        Judgement.Table table =
                FeatureRows.of(
                        beforePanel, afterPanel, this::counts, effects, rawShares, heldOut, mixed);
        return new Judgement(verdict, reasons, figures, table);
    }

    /** Returns what goes along with biology, and with the outcome where one is named. */
    public List<Confounders> confounders(FeatureTable before) {
        List<Confounders> found = new ArrayList<>();
        Stream.of(biology, outcome)
                .flatMap(Optional::stream)
                .distinct()
                .filter(name -> JudgedRows.having(before, name).size() > 0)
                .forEach(name -> found.add(Confounders.of(before, name, this::mayConfound)));
        return found;
    }

    /** Returns what the correction does to the subgroups that are named. */
    public Subgroups subgroups(FeatureTable before, FeatureTable after) {
        return Subgroups.of(
                before,
                after,
                batch,
                subgroups,
                outcome.or(() -> biology),
                prediction,
                this::counts);
    }

    private boolean mayConfound(String column) {
        return !column.equals(prediction.orElse(""))
                && !column.equals(subject.orElse(""))
                && !column.equals(biology.orElse(""))
                && !column.equals(outcome.orElse(""));
    }

    /** Returns whether a feature counts, or is only shown. */
    boolean counts(String feature) {
        return shownOnly.stream().noneMatch(glob -> Globs.matches(glob, feature));
    }

    boolean primary(String feature) {
        return primary.stream().anyMatch(glob -> Globs.matches(glob, feature));
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

    private static void warnOfLeftOut(List<String> exams, Trace trace) {
        if (!exams.isEmpty()) {
            trace.warn(
                    exams.size()
                            + (exams.size() == 1 ? " exam" : " exams")
                            + " (first "
                            + exams.get(0)
                            + (exams.size() == 1 ? ") is" : ") are")
                            + " left out of the site share at the end, at least at times: the"
                            + " other half holds no exam of the same site, level or subject.");
        }
    }

    private double share(Panel panel) {
        return SiteShare.median(panel, SiteShare.perFeature(panel), this::counts);
    }

    /** Puts values of features of {@code from} in the order of {@code to}; others stay. */
    private static void onto(FeatureTable from, double[] values, FeatureTable to, double[] placed) {
        for (int f = 0; f < placed.length; f++) {
            int at = from.features().indexOf(to.features().get(f));
            placed[f] = at < 0 ? placed[f] : values[at];
        }
    }

    private Verdict verdict(
            Effects effects, boolean varies, Shares shares, List<String> reasons, int leftOut) {
        Verdict verdict;
        if (effects == null) {
            verdict = Verdict.NOT_JUDGED;
            reasons.add(
                    biology.map(b -> "no exam has a value in the biology column " + b + ".")
                            .orElse("no biology column is named, so nothing says what to keep."));
            reasons.add(shares.words() + ".");
        } else if (effects.judged() <= FEWEST_JUDGED * effects.counted()) {
            verdict = Verdict.CANNOT_BE_JUDGED;
            reasons.add(
                    varies
                            ? effects.tooFew(biology.get())
                            : biology.get()
                                    + " is the same in every exam, so no effect of it can be lost or"
                                    + " kept. Name another column as biology, or add exams that"
                                    + " differ in it.");
            reasons.add(shares.words() + ".");
        } else if (effects.harmed() > MOST_HARMED * effects.judged()
                || effects.primaryHarmed() > 0
                || effects.medianHarmed()) {
            verdict = Verdict.HARM;
            reasons.addAll(effects.harm(biology.get()));
            reasons.add(shares.words() + ".");
        } else if (!(shares.start() > shares.limit())) {
            verdict = Verdict.NO_CHANGE;
            reasons.add(
                    Double.isNaN(shares.start())
                            ? "the share of the site cannot be estimated: one site, or too few"
                                    + " exams."
                            : "there was no site effect to remove: "
                                    + Numbers.fixed(shares.start(), 3)
                                    + " of the "
                                    + shares.of()
                                    + " is within the 95 % limit "
                                    + Numbers.fixed(shares.limit(), 3)
                                    + " of exams in random order.");
            reasons.add(effects.unharmed(biology.get()));
        } else if (!(shares.end() <= shares.start() / 2)) {
            verdict = Verdict.NO_CHANGE;
            reasons.add(
                    shares.words()
                            + (Double.isNaN(shares.end())
                                    ? "."
                                    : ": less than half of it is gone."));
            reasons.add(effects.unharmed(biology.get()));
        } else {
            verdict = Verdict.BETTER;
            reasons.add(shares.words() + ".");
            reasons.add(effects.unharmed(biology.get()));
        }
        if (effects != null) {
            reasons.addAll(effects.power());
            reasons.addAll(effects.withoutInterval(biology.get()));
            reasons.addAll(effects.primaryNotJudged(primary));
            if (leftOut > 0) {
                reasons.add(leftOut + " exams without " + biology.get() + " were left out.");
            }
        }
        return verdict;
    }
}
