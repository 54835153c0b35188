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
        f.rules();
        f.anatomy();
        f.others();
        f.ends();
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

    static String percent(double share) {
        return Numbers.fixed(100 * share, 1) + " %";
    }

    private String rmse(LabMethod m, double shift) {
        return percent(row(m, shift).rmse().mean()) + " (" + m.prior().word() + ")";
    }

    static String millions(double trues) {
        return Numbers.plain(trues / 1e6) + " million counts";
    }

    private void registered() {
        ToDoubleFunction<LabMethod> figure = m -> row(m, 0).rmse().mean();
        found.add(
                "RMSE with "
                        + millions(counts)
                        + " and MR in its place, as a share of the brain's activity: "
                        + percent(row(new LabMethod(false, LabPrior.NONE), 0).rmse().mean())
                        + " without prior and filtered, "
                        + percent(row(new LabMethod(true, LabPrior.NONE), 0).rmse().mean())
                        + " where the model knows the resolution too; from counts the best prior that"
                        + " does not look at MR has "
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
            if (p != LabPrior.NONE && !p.rule()) {
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
                        + Numbers.plain(few / 1e6)
                        + " to "
                        + millions(many)
                        + " RMSE falls from "
                        + percent(result.row(free, few, 0).rmse().mean())
                        + " to "
                        + percent(result.row(free, many, 0).rmse().mean())
                        + " under "
                        + free.prior().word()
                        + " and from "
                        + percent(result.row(led, few, 0).rmse().mean())
                        + " to "
                        + percent(result.row(led, many, 0).rmse().mean())
                        + " under "
                        + led.prior().word()
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
                        + worst.prior().word()
                        + ", "
                        + percent(figure.applyAsDouble(best))
                        + " under "
                        + best.prior().word()
                        + ", "
                        + percent(figure.applyAsDouble(free))
                        + " under "
                        + free.prior().word()
                        + " and "
                        + percent(figure.applyAsDouble(none))
                        + " without prior; those that MR shows too keep "
                        + percent(row(worst, 0).contrast(Kind.MATCHED).mean())
                        + " under "
                        + worst.prior().word()
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
                + millions(few)
                + " it is "
                + percent(row.contrast(Kind.PET_ONLY).mean())
                + " and "
                + percent(row.contrast(Kind.MATCHED).mean())
                + " under "
                + worst.prior().word()
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
                        + worst.prior().word()
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
                        + best.prior().word()
                        + " rises from "
                        + percent(row(best, 0).rmse().mean())
                        + " to "
                        + percent(row(best, farthest).rmse().mean())
                        + ". No better than "
                        + free.prior().word()
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
                        + inventor.prior().word()
                        + " ("
                        + percent(row(inventor, farthest).size(Kind.CONTROL))
                        + " where nobody shows one).");
    }

    /** What fuse and pansharpen make of the filtered image, beside that image. */
    private void rules() {
        StringBuilder said = new StringBuilder();
        for (LabPrior p : LabPrior.values()) {
            if (p.rule()) {
                LabRow row = row(new LabMethod(false, p), 0);
                said.append(said.isEmpty() ? "" : "; ").append(p.word()).append(" has an RMSE of ");
                said.append(percent(row.rmse().mean()));
                said.append(" and makes a contrast of ").append(percent(row.size(Kind.MR_ONLY)));
                said.append(" where MR alone shows a lesion (");
                said.append(percent(row.size(Kind.CONTROL))).append(" where nobody does)");
            }
        }
        LabRow filtered = row(new LabMethod(false, LabPrior.NONE), 0);
        found.add(
                "Rules that fuse images, on a filtered one of "
                        + percent(filtered.rmse().mean())
                        + ": "
                        + said
                        + ".");
    }

    /** The MR image of its data alone, and estimated together with the activity. */
    private void anatomy() {
        LabMethod joint = new LabMethod(true, LabPrior.JOINT_TV);
        LabMethod sets = new LabMethod(true, LabPrior.SYMMETRIC_LEVEL_SETS);
        LabMethod alone = new LabMethod(false, LabPrior.JOINT_TV);
        StringBuilder said = new StringBuilder("MR itself is off by ");
        said.append(percent(row(alone, 0).rmseMr().mean()))
                .append(" of white matter's value alone");
        said.append(", by ").append(percent(row(joint, 0).rmseMr().mean()));
        said.append(" estimated with the activity under joint-tv");
        if (farthest > 0) {
            said.append(" (").append(percent(row(joint, farthest).rmseMr().mean()));
            said.append(" moved by ").append(Numbers.plain(farthest)).append(" mm)");
        }
        said.append(" and by ").append(percent(row(sets, 0).rmseMr().mean()));
        said.append(" under symmetric-level-sets");
        found.add(said + ". The other priors that look at MR take the image that it gives alone.");
    }

    /** From the least to the largest RMSE of one prior, over all it was set to. */
    private void others() {
        if (result.others().isEmpty()) {
            return;
        }
        StringBuilder said = new StringBuilder();
        for (LabPrior p : LabPrior.values()) {
            if (p.others().isEmpty()) {
                continue;
            }
            double least = row(new LabMethod(true, p), 0).images().get(0).rmse();
            double most = least;
            for (LabResult.Other o : result.others()) {
                if (o.method().prior() == p) {
                    least = Math.min(least, o.there().rmse().mean());
                    most = Math.max(most, o.there().rmse().mean());
                }
            }
            said.append(said.isEmpty() ? "" : ", ").append(p.word()).append(' ');
            said.append(percent(least)).append(" to ").append(percent(most));
        }
        found.add(
                "Set otherwise than by their weight (the table says how), with weights chosen anew, one"
                        + " realisation has an RMSE of: "
                        + said
                        + ".");
    }

    /** What the stop leaves. */
    private void ends() {
        if (result.ends().isEmpty()) {
            return;
        }
        double error = 0;
        double contrast = 0;
        for (LabResult.End e : result.ends()) {
            LabRow usual = result.usual(e);
            error = Math.max(error, Math.abs(usual.rmse().mean() - e.row().rmse().mean()));
            for (LabLesion l : LabResult.lesions()) {
                double off = usual.contrast(l).mean() - e.row().contrast(l).mean();
                contrast = Math.max(contrast, Math.abs(off));
            }
        }
        found.add(
                "Stops: ended five times nearer to its least value, no image under a prior has an RMSE"
                        + " that differs by more than "
                        + hundredths(error)
                        + ", and no lesion a contrast that does by more than "
                        + hundredths(contrast)
                        + ".");
    }

    private static String hundredths(double share) {
        return Numbers.fixed(100 * share, 2) + " percentage points";
    }
}
