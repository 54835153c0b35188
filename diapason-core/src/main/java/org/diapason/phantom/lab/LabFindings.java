package org.diapason.phantom.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.diapason.phantom.lab.LabLesion.Kind;
import org.diapason.volume.Numbers;

/** Says in words what the experiment found; every number is one of the tables. */
final class LabFindings {
    private final LabResult result;
    private final double counts;
    private final double farthest;
    private final List<String> found = new ArrayList<>();

    private LabFindings(LabResult result) {
        this.result = result;
        counts = result.lab().middle();
        List<Double> shifts = result.lab().shiftsMm();
        farthest = shifts.get(shifts.size() - 1);
    }

    /** Returns the sentences. */
    static List<String> of(LabResult result) {
        LabFindings f = new LabFindings(result);
        f.registered();
        f.fromCountsOrAfter();
        f.levels();
        f.erased();
        f.invented();
        f.moved();
        return f.found;
    }

    private LabRow row(LabMethod m, double shift) {
        return result.row(m, counts, shift);
    }

    private List<LabMethod> methods(boolean fromCounts, boolean guided) {
        return result.methods().stream()
                .filter(m -> m.fromCounts() == fromCounts)
                .filter(m -> m.prior().guided() == guided && m.prior() != LabPrior.NONE)
                .toList();
    }

    private LabMethod least(List<LabMethod> of, ToDoubleFunction<LabMethod> figure) {
        return of.stream().min(Comparator.comparingDouble(figure)).orElseThrow();
    }

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 1) + " %";
    }

    private String rmse(LabMethod m, double shift) {
        return percent(row(m, shift).rmse().mean()) + " (" + m.name() + ")";
    }

    private void registered() {
        ToDoubleFunction<LabMethod> figure = m -> row(m, 0).rmse().mean();
        found.add(
                "RMSE with "
                        + Math.round(counts)
                        + " counts and MR in its place, as a share of the brain's activity: "
                        + rmse(new LabMethod(false, LabPrior.NONE), 0)
                        + ", "
                        + rmse(new LabMethod(true, LabPrior.NONE), 0)
                        + "; the best prior that does not look at MR "
                        + rmse(least(methods(true, false), figure), 0)
                        + ", the best that does "
                        + rmse(least(methods(true, true), figure), 0)
                        + ".");
    }

    private void fromCountsOrAfter() {
        int better = 0;
        int all = 0;
        double least = 0;
        double most = 0;
        for (LabPrior p : LabPrior.values()) {
            if (p != LabPrior.NONE) {
                double there = row(new LabMethod(true, p), 0).rmse().mean();
                double gain = 1 - there / row(new LabMethod(false, p), 0).rmse().mean();
                better += gain > 0 ? 1 : 0;
                least = all == 0 ? gain : Math.min(least, gain);
                most = all == 0 ? gain : Math.max(most, gain);
                all++;
            }
        }
        found.add(
                "The same prior on the counts and not on an image that is there already: less RMSE for "
                        + better
                        + " of "
                        + all
                        + " priors, by "
                        + percent(least)
                        + " to "
                        + percent(most)
                        + " of it.");
    }

    private void levels() {
        List<Double> trues = result.lab().trues();
        if (trues.size() == 1) {
            return;
        }
        double few = trues.get(0);
        double many = trues.get(trues.size() - 1);
        LabMethod free = least(methods(true, false), m -> row(m, 0).rmse().mean());
        LabMethod led = least(methods(true, true), m -> row(m, 0).rmse().mean());
        found.add(
                "From "
                        + Math.round(few)
                        + " to "
                        + Math.round(many)
                        + " counts RMSE falls from "
                        + percent(result.row(free, few, 0).rmse().mean())
                        + " to "
                        + percent(result.row(free, many, 0).rmse().mean())
                        + " under "
                        + free.name()
                        + " and from "
                        + percent(result.row(led, few, 0).rmse().mean())
                        + " to "
                        + percent(result.row(led, many, 0).rmse().mean())
                        + " under "
                        + led.name()
                        + ": MR takes away "
                        + percent(1 - ratio(led, free, few))
                        + " of it where counts are few and "
                        + percent(1 - ratio(led, free, many))
                        + " where they are many.");
    }

    private double ratio(LabMethod a, LabMethod b, double trues) {
        return result.row(a, trues, 0).rmse().mean() / result.row(b, trues, 0).rmse().mean();
    }

    private void erased() {
        ToDoubleFunction<LabMethod> figure = m -> row(m, 0).contrast(Kind.PET_ONLY).mean();
        LabMethod worst = least(methods(true, true), figure);
        LabMethod best = least(methods(true, true), m -> -figure.applyAsDouble(m));
        LabMethod free = new LabMethod(true, LabPrior.TV);
        LabMethod none = new LabMethod(true, LabPrior.NONE);
        found.add(
                "Erased: lesions that PET alone shows keep "
                        + percent(figure.applyAsDouble(worst))
                        + " of their contrast under "
                        + worst.name()
                        + ", "
                        + percent(figure.applyAsDouble(best))
                        + " under "
                        + best.name()
                        + ", "
                        + percent(figure.applyAsDouble(free))
                        + " under "
                        + free.name()
                        + " and "
                        + percent(figure.applyAsDouble(none))
                        + " without prior; those that MR shows too keep "
                        + percent(row(worst, 0).contrast(Kind.MATCHED).mean())
                        + " under "
                        + worst.name()
                        + "."
                        + erasedOfFew());
    }

    /** Weights grow where counts are few. */
    private String erasedOfFew() {
        double few = result.lab().trues().get(0);
        if (few == counts) {
            return "";
        }
        LabMethod worst =
                least(
                        methods(true, true),
                        m -> result.row(m, few, 0).contrast(Kind.PET_ONLY).mean());
        LabRow row = result.row(worst, few, 0);
        return " With "
                + Math.round(few)
                + " counts it is "
                + percent(row.contrast(Kind.PET_ONLY).mean())
                + " and "
                + percent(row.contrast(Kind.MATCHED).mean())
                + " under "
                + worst.name()
                + ".";
    }

    private void invented() {
        ToDoubleFunction<LabMethod> figure = m -> row(m, 0).size(Kind.MR_ONLY);
        LabMethod worst = least(methods(true, true), m -> -figure.applyAsDouble(m));
        LabMethod none = new LabMethod(true, LabPrior.NONE);
        found.add(
                "Invented: where MR alone shows a lesion, in its place, the activity gets a contrast of"
                        + " at most "
                        + percent(figure.applyAsDouble(worst))
                        + " of a real lesion's, of either sign ("
                        + worst.name()
                        + "; "
                        + percent(row(worst, 0).size(Kind.CONTROL))
                        + " where nobody shows one); without prior it is "
                        + percent(figure.applyAsDouble(none))
                        + " and "
                        + percent(row(none, 0).size(Kind.CONTROL))
                        + ".");
    }

    private void moved() {
        if (farthest == 0) {
            return;
        }
        LabMethod free = least(methods(true, false), m -> row(m, 0).rmse().mean());
        double bound = row(free, 0).rmse().mean();
        StringBuilder lost = new StringBuilder();
        for (LabMethod m : methods(true, true)) {
            String from = "";
            for (double shift : result.lab().shiftsMm()) {
                if (from.isEmpty() && row(m, shift).rmse().mean() >= bound) {
                    from = Numbers.plain(shift) + " mm on";
                }
            }
            lost.append(lost.isEmpty() ? "" : ", ").append(m.prior().word()).append(' ');
            lost.append(from.isEmpty() ? "not up to " + Numbers.plain(farthest) + " mm" : from);
        }
        LabMethod best = least(methods(true, true), m -> row(m, 0).rmse().mean());
        found.add(
                "Moved: with MR off by "
                        + Numbers.plain(farthest)
                        + " mm "
                        + best.name()
                        + " rises from "
                        + percent(row(best, 0).rmse().mean())
                        + " to "
                        + percent(row(best, farthest).rmse().mean())
                        + ". No better than "
                        + free.name()
                        + " ("
                        + percent(bound)
                        + ") are: "
                        + lost
                        + ".");
        LabMethod inventor = least(methods(true, true), m -> -row(m, farthest).size(Kind.MR_ONLY));
        found.add(
                "Where MR, off by "
                        + Numbers.plain(farthest)
                        + " mm, alone shows a lesion, contrast reaches "
                        + percent(row(inventor, farthest).size(Kind.MR_ONLY))
                        + " of a real one's under "
                        + inventor.name()
                        + " ("
                        + percent(row(inventor, farthest).size(Kind.CONTROL))
                        + " where nobody shows one).");
    }
}
