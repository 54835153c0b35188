package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.diapason.stats.Normals;
import org.diapason.stats.Quantiles;
import org.diapason.step.Globs;
import org.diapason.volume.Numbers;

/** What became of biology in every feature. */
final class Effects {
    /** What 80 % of a normal distribution lie below. */
    private static final double Z80 = 0.8416212335729143;

    private final BiologyAndSite judge;
    private final List<Effect> effects;

    /** Ratios {@code [feature][draw]}. */
    private final double[][] kept;

    private final double[][] within;

    /** One feature: the coefficient before and the two ratios with their 95 % intervals. */
    record Effect(
            Coefficient before,
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
    }

    private Effects(BiologyAndSite judge, List<Effect> effects, Refits.Ratios ratios) {
        this.judge = judge;
        this.effects = effects;
        kept = ratios.kept();
        within = ratios.within();
    }

    static Effects of(BiologyAndSite judge, Panel before, Panel after, Refits.Ratios ratios) {
        List<Effect> effects = new ArrayList<>();
        List<Coefficient> was = Coefficient.of(before, true);
        for (int f = 0; f < was.size(); f++) {
            Coefficient c = was.get(f);
            double[] kept = ratios.kept()[f];
            double[] within = ratios.within()[f];
            effects.add(
                    new Effect(
                            c,
                            judge.counts(c.feature()),
                            after.coefficient(f, false) / c.value(),
                            bound(kept, 0.025),
                            bound(kept, 0.975),
                            after.coefficient(f, true) / c.value(),
                            bound(within, 0.025),
                            bound(within, 0.975)));
        }
        return new Effects(judge, effects, ratios);
    }

    /** Returns a quantile of the draws, NaN where fewer than half of them are defined. */
    private static double bound(double[] draws, double probability) {
        long defined = Arrays.stream(draws).filter(d -> !Double.isNaN(d)).count();
        return 2 * defined < draws.length ? Double.NaN : Quantiles.of(draws, probability);
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
        median("Kept", figures, kept, e -> e.kept);
        median("Within", figures, within, e -> e.within);
        figures.put("visibleLoss", visibleLoss());
    }

    /** Puts the median over judged features, with the 95 % interval of the medians of the draws. */
    private void median(
            String name,
            Map<String, Double> figures,
            double[][] draws,
            ToDoubleFunction<Effect> value) {
        int[] judged =
                IntStream.range(0, effects.size())
                        .filter(f -> effects.get(f).counts && effects.get(f).judged())
                        .toArray();
        double[] medians = new double[draws.length == 0 ? 0 : draws[0].length];
        for (int b = 0; b < medians.length; b++) {
            int draw = b;
            medians[b] =
                    Quantiles.median(
                            IntStream.of(judged).mapToDouble(f -> draws[f][draw]).toArray());
        }
        figures.put(
                "median" + name,
                Quantiles.median(
                        IntStream.of(judged)
                                .mapToDouble(f -> value.applyAsDouble(effects.get(f)))
                                .toArray()));
        figures.put("median" + name + "Low", bound(medians, 0.025));
        figures.put("median" + name + "High", bound(medians, 0.975));
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
            return "no feature that counts varies together with " + biology + ".";
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
        List<Effect> harmed = new ArrayList<>();
        effects.stream()
                .filter(e -> e.harmed() && judge.primary(e.before.feature()))
                .forEach(harmed::add);
        judgedOnes().stream().filter(e -> e.harmed() && !harmed.contains(e)).forEach(harmed::add);
        for (Effect e : harmed.subList(0, Math.min(5, harmed.size()))) {
            reasons.add(
                    (judge.primary(e.before.feature()) ? "primary feature " : "feature ")
                            + e.before.feature()
                            + ": kept "
                            + interval(e.kept, e.keptLow, e.keptHigh)
                            + ", within sites "
                            + interval(e.within, e.withinLow, e.withinHigh)
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

    private static String interval(double value, double low, double high) {
        return Numbers.fixed(value, 2)
                + " (95 % "
                + Numbers.fixed(low, 2)
                + " to "
                + Numbers.fixed(high, 2)
                + ")";
    }
}
