package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.diapason.stats.Estimate;
import org.diapason.stats.Normals;
import org.diapason.stats.Quantiles;
import org.diapason.step.Globs;
import org.diapason.volume.Numbers;

/** What became of biology in every feature. */
final class Effects {
    /** What 80 % of a normal distribution lie below. */
    private static final double Z80 = 0.8416212335729143;

    private final BiologyAndSite judge;
    private final boolean fitted;

    /** {@code [feature]}: of several contrasts the worst. */
    private final List<Effect> effects;

    /** {@code [contrast][feature]}. */
    private final List<List<Effect>> all;

    private final Refits.Ratios ratios;

    /**
     * One feature: the coefficient before and the two ratios with their 95 % intervals.
     *
     * @param contrast the levels that are compared, empty where there are two or a number
     */
    record Effect(
            Coefficient before,
            String contrast,
            boolean counts,
            double kept,
            double keptLow,
            double keptHigh,
            double within,
            double withinLow,
            double withinHigh) {

        /** Whether the effect before is large enough to be judged. */
        boolean clear() {
            return Math.abs(before.value())
                    > BiologyAndSite.STANDARD_ERRORS * before.standardError();
        }

        /** Whether it is also known what became of it. */
        boolean judged() {
            return clear() && !Double.isNaN(kept + keptLow + keptHigh + withinLow + withinHigh);
        }

        boolean erased() {
            return judged()
                    && (keptHigh < BiologyAndSite.LOWEST_KEPT
                            || withinHigh < BiologyAndSite.LOWEST_KEPT);
        }

        boolean inflated() {
            return judged() && keptLow > BiologyAndSite.HIGHEST_KEPT;
        }

        boolean harmed() {
            return erased() || inflated();
        }

        /** Orders contrasts of a feature: harm first, then what is judged, then the least kept. */
        private double[] badness() {
            double least = Math.min(keptHigh, withinHigh);
            double t = Math.abs(before.value()) / before.standardError();
            return new double[] {
                harmed() ? 0 : judged() ? 1 : 2,
                judged() ? (inflated() && !erased() ? -keptLow : least) : Double.isNaN(t) ? 0 : -t
            };
        }
    }

    private Effects(
            BiologyAndSite judge, List<List<Effect>> all, Refits.Ratios ratios, boolean fitted) {
        this.judge = judge;
        this.all = all;
        this.ratios = ratios;
        this.fitted = fitted;
        List<Effect> worst = new ArrayList<>();
        for (int f = 0; f < all.get(0).size(); f++) {
            int feature = f;
            worst.add(
                    all.stream()
                            .map(c -> c.get(feature))
                            .min(
                                    Comparator.comparingDouble((Effect e) -> e.badness()[0])
                                            .thenComparingDouble(e -> e.badness()[1]))
                            .orElseThrow());
        }
        effects = worst;
    }

    static Effects of(
            BiologyAndSite judge, Panel before, Panel after, Refits.Ratios ratios, boolean fitted) {
        List<List<Effect>> all = new ArrayList<>();
        List<Coding.Contrast> contrasts = before.contrasts();
        for (int c = 0; c < contrasts.size(); c++) {
            List<Effect> own = new ArrayList<>();
            for (int f = 0; f < before.features().size(); f++) {
                Coefficient was = before.effect(f, contrasts.get(c), true);
                double[] kept = ratios.kept()[c][f];
                double[] within = ratios.within()[c][f];
                own.add(
                        new Effect(
                                was,
                                contrasts.size() == 1 ? "" : contrasts.get(c).name(),
                                judge.counts(was.feature()),
                                after.coefficient(f, contrasts.get(c), false) / was.value(),
                                bound(kept, 0.025),
                                bound(kept, 0.975),
                                after.coefficient(f, contrasts.get(c), true) / was.value(),
                                bound(within, 0.025),
                                bound(within, 0.975)));
            }
            all.add(own);
        }
        return new Effects(judge, all, ratios, fitted);
    }

    /** Returns a quantile of the draws, NaN where fewer than half of them are defined. */
    private static double bound(double[] draws, double probability) {
        long defined = Arrays.stream(draws).filter(d -> !Double.isNaN(d)).count();
        return 2 * defined < draws.length ? Double.NaN : Quantiles.of(draws, probability);
    }

    /** Returns the effects of every contrast on a feature; one where there is one contrast. */
    List<Effect> contrasts(int feature) {
        return all.stream().map(c -> c.get(feature)).toList();
    }

    Effect effect(int feature) {
        return effects.get(feature);
    }

    /** Returns how many features count and have a coefficient. */
    long counted() {
        return effects.stream().filter(e -> e.counts && !Double.isNaN(e.before.value())).count();
    }

    long judged() {
        return judgedOnes().size();
    }

    long harmed() {
        return judgedOnes().stream().filter(Effect::harmed).count();
    }

    long primaryHarmed() {
        return effects.stream()
                .filter(e -> e.harmed() && judge.primary(e.before.feature()))
                .count();
    }

    void figures(Map<String, Double> figures) {
        List<Effect> judged = judgedOnes();
        figures.put("countedFeatures", (double) counted());
        figures.put("judgedFeatures", (double) judged.size());
        figures.put("erased", (double) judged.stream().filter(Effect::erased).count());
        figures.put("inflated", (double) judged.stream().filter(Effect::inflated).count());
        figures.put("harmed", (double) harmed());
        figures.put("primaryHarmed", (double) primaryHarmed());
        put("Kept", figures, keptMedian());
        put("Within", figures, withinMedian());
        figures.put("visibleLoss", visibleLoss());
    }

    private static void put(String name, Map<String, Double> figures, Estimate median) {
        figures.put("median" + name, median.value());
        figures.put("median" + name + "Low", median.low());
        figures.put("median" + name + "High", median.high());
    }

    private Estimate keptMedian() {
        return median(ratios.kept(), Effect::kept);
    }

    private Estimate withinMedian() {
        return median(ratios.within(), Effect::within);
    }

    /**
     * Returns the median over judged features and contrasts, with the 95 % interval of the medians
     * of the draws.
     */
    private Estimate median(double[][][] draws, ToDoubleFunction<Effect> value) {
        List<double[]> drawn = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int c = 0; c < all.size(); c++) {
            for (int f = 0; f < effects.size(); f++) {
                Effect e = all.get(c).get(f);
                if (e.counts && e.judged()) {
                    drawn.add(draws[c][f]);
                    values.add(value.applyAsDouble(e));
                }
            }
        }
        double[] medians = new double[draws[0].length == 0 ? 0 : draws[0][0].length];
        for (int b = 0; b < medians.length; b++) {
            int draw = b;
            medians[b] = Quantiles.median(drawn.stream().mapToDouble(d -> d[draw]).toArray());
        }
        return new Estimate(
                Quantiles.median(values.stream().mapToDouble(v -> v).toArray()),
                bound(medians, 0.025),
                bound(medians, 0.975));
    }

    /** Whether the median of kept or of within itself says that effects were lost or made. */
    boolean medianHarmed() {
        return keptMedian().high() < BiologyAndSite.LOWEST_KEPT
                || withinMedian().high() < BiologyAndSite.LOWEST_KEPT
                || keptMedian().low() > BiologyAndSite.HIGHEST_KEPT;
    }

    /**
     * Returns the loss of an effect that would be called erased with 80 % power in the median
     * judged feature: the upper bound, 1.96 standard errors up, must fall below 0.9, and 0.84 more
     * for the power.
     */
    private double visibleLoss() {
        return Quantiles.median(
                judgedOnes().stream()
                        .mapToDouble(e -> (e.keptHigh - e.keptLow) / (2 * Normals.Z95))
                        .map(se -> 1 - BiologyAndSite.LOWEST_KEPT + (Normals.Z95 + Z80) * se)
                        .toArray());
    }

    /** Returns a sentence on how large a loss these exams show; nothing without judged ones. */
    List<String> power() {
        double loss = visibleLoss();
        return Double.isNaN(loss)
                ? List.of()
                : List.of(
                        loss < 1
                                ? "with these exams a loss of "
                                        + Numbers.fixed(100 * loss, 0)
                                        + " % of the effect is found in four of five features."
                                : "with these exams not even the loss of the whole effect is found"
                                        + " in four of five features.");
    }

    String tooFew(String biology) {
        if (counted() == 0) {
            return "no feature that counts has an effect of "
                    + biology
                    + " beside those of the site and the covariates: they cannot be told apart, or"
                    + " the features do not vary. Add exams that differ in one and not in the"
                    + " other.";
        }
        return "the effect of "
                + biology
                + " exceeds 3 standard errors in "
                + judged()
                + " of "
                + counted()
                + " features, and over 5 % are needed. Add exams.";
    }

    String unharmed(String biology) {
        return harmed() == 0
                ? "none of "
                        + judged()
                        + " judged features lost or gained an effect of "
                        + biology
                        + " beyond 10 %."
                : "of "
                        + judged()
                        + " judged features "
                        + harmed()
                        + " lost or gained an effect of "
                        + biology
                        + " beyond 10 %, not more than one in ten.";
    }

    /** Returns the count, then up to five features with their numbers, primary ones first. */
    List<String> harm(String biology) {
        List<String> reasons = new ArrayList<>();
        reasons.add(
                harmed()
                        + " of "
                        + judged()
                        + " judged features lost or gained an effect of "
                        + biology
                        + " beyond 10 %.");
        if (medianHarmed()) {
            reasons.add(
                    "the median feature kept "
                            + interval(keptMedian())
                            + " of the effect, within sites "
                            + interval(withinMedian())
                            + (fitted ? "." : ", by draws without the fit."));
        }
        List<Effect> harmed = new ArrayList<>();
        effects.stream()
                .filter(e -> e.harmed() && judge.primary(e.before.feature()))
                .forEach(harmed::add);
        judgedOnes().stream().filter(e -> e.harmed() && !harmed.contains(e)).forEach(harmed::add);
        for (Effect e : harmed.subList(0, Math.min(5, harmed.size()))) {
            reasons.add(
                    (judge.primary(e.before.feature()) ? "primary feature " : "feature ")
                            + e.before.feature()
                            + (e.contrast.isEmpty() ? "" : ", " + e.contrast)
                            + ": kept "
                            + interval(new Estimate(e.kept, e.keptLow, e.keptHigh))
                            + ", within sites "
                            + interval(new Estimate(e.within, e.withinLow, e.withinHigh))
                            + (e.erased() ? ": erased." : ": inflated."));
        }
        return reasons;
    }

    /** Returns a sentence where clear effects could not be judged, else nothing. */
    List<String> withoutInterval(String biology) {
        long lost = effects.stream().filter(e -> e.counts && e.clear() && !e.judged()).count();
        return lost == 0
                ? List.of()
                : List.of(
                        lost
                                + (lost == 1 ? " feature has" : " features have")
                                + " an effect of "
                                + biology
                                + " over 3 standard errors but no interval, because the table steps"
                                + " refused most of the draws of exams: add exams to small sites.");
    }

    /** Returns a sentence per primary pattern that decided nothing. */
    List<String> primaryNotJudged(List<String> patterns) {
        List<String> reasons = new ArrayList<>();
        for (String glob : patterns) {
            List<Effect> named =
                    effects.stream().filter(e -> Globs.matches(glob, e.before.feature())).toList();
            if (named.isEmpty()) {
                reasons.add("no feature fits the pattern " + glob + " of option primary.");
            } else if (named.stream().noneMatch(Effect::judged)) {
                reasons.add(
                        "primary feature "
                                + glob
                                + (named.stream().anyMatch(Effect::clear)
                                        ? " was not judged: its effect has no interval."
                                        : " was not judged: its effect does not exceed 3 standard"
                                                + " errors."));
            }
        }
        return reasons;
    }

    private List<Effect> judgedOnes() {
        return effects.stream().filter(e -> e.counts && e.judged()).toList();
    }

    private static String interval(Estimate e) {
        return Numbers.fixed(e.value(), 2)
                + " (95 % "
                + Numbers.fixed(e.low(), 2)
                + " to "
                + Numbers.fixed(e.high(), 2)
                + ")";
    }
}
