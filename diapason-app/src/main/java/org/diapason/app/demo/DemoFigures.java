package org.diapason.app.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.judge.Coefficient;
import org.diapason.judge.SiteShare;
import org.diapason.math.Grid;
import org.diapason.math.Parallel;
import org.diapason.phantom.PlantedCohort;
import org.diapason.phantom.PlantedCohort.Visit;
import org.diapason.phantom.VirtualScanner;
import org.diapason.stats.Quantiles;
import org.diapason.step.Extractor;
import org.diapason.step.Globs;
import org.diapason.step.Judgement;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Planted against recovered.
 *
 * <p>One definition of effect everywhere: the coefficient of disease in {@code feature ~ disease +
 * age}, without site, over the sixty exams. Planted is that of the same objects rendered by a
 * reference scanner without noise, gain or offset, at the cohort's target resolution and spacing.
 */
public final class DemoFigures {
    /** The headline feature. */
    public static final String HEADLINE = "ct.stat_mean";

    private static final String BIOLOGY = "disease";
    private static final List<String> COVARIATES = List.of("age");
    private static final String SITE = "site";

    /** Features that are counted have at least this planted effect, in within-site SD. */
    private static final double LEAST_EFFECT_SD = 1;

    private static final int PERMUTATIONS = 200;

    private DemoFigures() {}

    /**
     * One feature, planted and recovered.
     *
     * @param withinSiteSd standard deviation within site after harmonization, of which the planted
     *     effect is so many
     */
    public record Effect(
            String feature,
            double planted,
            double unharmonized,
            double harmonized,
            double unprotected,
            double withinSiteSd) {

        /** Returns |harmonized − planted| / |planted|. */
        public double error() {
            return Math.abs(harmonized - planted) / Math.abs(planted);
        }

        /** Returns |unharmonized − planted| / |planted|. */
        public double rawError() {
            return Math.abs(unharmonized - planted) / Math.abs(planted);
        }

        boolean counts(List<String> shownOnly) {
            return Math.abs(planted) >= LEAST_EFFECT_SD * withinSiteSd
                    && shownOnly.stream().noneMatch(glob -> Globs.matches(glob, feature));
        }
    }

    /** Returns one row per feature of the fitted cohort. */
    static List<Effect> effects(FeatureTable planted, Run.Result run, FeatureTable unprotected) {
        List<Coefficient> truth = plain(planted);
        List<Coefficient> raw = plain(run.raw().orElseThrow());
        List<Coefficient> after = plain(run.after());
        List<Coefficient> without = plain(unprotected);
        List<Coefficient> within =
                Coefficient.of(run.after(), BIOLOGY, COVARIATES, Optional.of(SITE));
        List<Effect> effects = new ArrayList<>();
        for (int f = 0; f < truth.size(); f++) {
            effects.add(
                    new Effect(
                            truth.get(f).feature(),
                            truth.get(f).value(),
                            raw.get(f).value(),
                            after.get(f).value(),
                            without.get(f).value(),
                            within.get(f).residualSd()));
        }
        return effects;
    }

    private static List<Coefficient> plain(FeatureTable table) {
        return Coefficient.of(table, BIOLOGY, COVARIATES, Optional.empty());
    }

    /** Returns the features of the fitted exams' objects as the reference scanner shows them. */
    static FeatureTable planted(
            PlantedCohort cohort, List<Extractor> extractors, double fwhmMm, double spacingMm) {
        List<Visit> visits = cohort.fitted();
        List<FeatureTable> rows =
                new ArrayList<>(java.util.Collections.nCopies(visits.size(), null));
        Parallel.forEach(
                visits.size(),
                n -> {
                    Visit visit = visits.get(n);
                    VirtualScanner own = visit.scanner();
                    double field = org.diapason.phantom.LesionObject.FIELD_MM;
                    Geometry grid = Grid.isotropic(own.grid(field, field), spacingMm);
                    Exam exam = cohort.planted(visit, fwhmMm, grid);
                    rows.set(
                            n,
                            FeatureTable.join(
                                    extractors.stream()
                                            .map(e -> e.apply(exam, new Trace()))
                                            .toList()));
                });
        return FeatureTable.concat(rows);
    }

    /** Returns the median over features of the share of variance that is the site's. */
    static double siteShare(FeatureTable table, List<String> shownOnly) {
        return SiteShare.of(
                table,
                SITE,
                Optional.of(BIOLOGY),
                COVARIATES,
                f -> shownOnly.stream().noneMatch(glob -> Globs.matches(glob, f)));
    }

    /** Returns what that share reaches by chance alone in 95 %. */
    static double chance(FeatureTable table, List<String> shownOnly, long seed) {
        return SiteShare.chance(
                table,
                SITE,
                Optional.of(BIOLOGY),
                COVARIATES,
                f -> shownOnly.stream().noneMatch(glob -> Globs.matches(glob, f)),
                PERMUTATIONS,
                seed);
    }

    /**
     * What the demo found.
     *
     * @param headline the headline feature
     * @param medianError median of the error over the features that count
     * @param features how many features count
     * @param shareBefore site share of the held-out exams, raw
     * @param shareAfterImages after the image steps
     * @param shareAfter at the end
     * @param shareByChance what chance alone gives at the end, 95 % limit
     */
    public record Found(
            Effect headline,
            double medianError,
            int features,
            double shareBefore,
            double shareAfterImages,
            double shareAfter,
            double shareByChance,
            Judgement.Verdict verdict,
            Judgement.Verdict verdictUnprotected,
            List<Effect> effects) {

        static Found of(
                List<Effect> effects,
                List<String> shownOnly,
                double[] shares,
                Judgement.Verdict verdict,
                Judgement.Verdict unprotected) {
            Effect headline =
                    effects.stream()
                            .filter(e -> e.feature().equals(HEADLINE))
                            .findFirst()
                            .orElseThrow();
            List<Effect> counted = effects.stream().filter(e -> e.counts(shownOnly)).toList();
            double median = Quantiles.median(counted.stream().mapToDouble(Effect::error).toArray());
            return new Found(
                    headline,
                    median,
                    counted.size(),
                    shares[0],
                    shares[1],
                    shares[2],
                    shares[3],
                    verdict,
                    unprotected,
                    counted);
        }

        /** Returns what was promised and not met, as sentences; empty when all is well. */
        public List<String> missed() {
            List<String> missed = new ArrayList<>();
            check(missed, headline.error() <= 0.10, "the headline effect is recovered within 10 %");
            check(missed, medianError <= 0.10, "the median over features is recovered within 10 %");
            check(
                    missed,
                    headline.rawError() > 0.25,
                    "unharmonized, the headline is off by over 25 %");
            check(
                    missed,
                    Math.abs(headline.planted()) >= 5 * headline.withinSiteSd(),
                    "the headline is planted at 5 or more within-site SD");
            check(
                    missed,
                    verdict == Judgement.Verdict.BETTER,
                    "with protection the verdict is better");
            check(
                    missed,
                    verdictUnprotected == Judgement.Verdict.HARM,
                    "without it the verdict is harm");
            check(missed, shareAfter <= 0.1 * shareBefore, "the held-out site share falls by 90 %");
            check(missed, shareAfterImages <= 0.5 * shareBefore, "the image steps alone halve it");
            return missed;
        }

        private static void check(List<String> missed, boolean held, String promise) {
            if (!held) {
                missed.add(promise);
            }
        }

        /** Returns the figures for machines. */
        public Map<String, Object> fields(int exams, double seconds) {
            Map<String, Object> effect = new LinkedHashMap<>();
            effect.put("feature", headline.feature());
            effect.put("planted", headline.planted());
            effect.put("unharmonized", headline.unharmonized());
            effect.put("harmonized", headline.harmonized());
            effect.put("unprotected", headline.unprotected());
            effect.put("medianError", medianError);
            effect.put("features", features);
            Map<String, Object> share = new LinkedHashMap<>();
            share.put("before", shareBefore);
            share.put("afterImages", shareAfterImages);
            share.put("after", shareAfter);
            share.put("byChance", shareByChance);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("effect", effect);
            fields.put("siteShare", share);
            fields.put("verdict", verdict.text());
            fields.put("verdictUnprotected", verdictUnprotected.text());
            fields.put("exams", exams);
            fields.put("seconds", Double.parseDouble(Numbers.fixed(seconds, 1)));
            return fields;
        }
    }
}
