package org.diapason.phantom.lab;

import static org.diapason.phantom.lab.LabFindings.millions;
import static org.diapason.phantom.lab.LabFindings.percent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.diapason.phantom.lab.LabLesion.Kind;
import org.diapason.volume.Numbers;

/**
 * Answers in three sentences what the experiment asks: which method, what it erases and invents.
 */
final class LabAnswer {
    private final LabResult result;
    private final double counts;
    private final LabMethod best;
    private final LabMethod free;

    private LabAnswer(LabResult result) {
        this.result = result;
        counts = result.lab().middle();
        best = best(result.methods());
        free = best(result.methods().stream().filter(m -> !m.prior().guided()).toList());
    }

    /** Returns the sentences; they speak of the middle level. */
    static List<String> of(LabResult result) {
        LabAnswer a = new LabAnswer(result);
        return List.of(a.gained(), a.erased(), a.invented());
    }

    private LabMethod best(List<LabMethod> of) {
        return of.stream().min(Comparator.comparingDouble(m -> rmse(m, 0))).orElseThrow();
    }

    private LabRow row(LabMethod m) {
        return result.row(m, counts, 0);
    }

    private double rmse(LabMethod m, double shift) {
        return result.row(m, counts, shift).rmse().mean();
    }

    /** Says a method in a sentence: {@code tv on the counts}. */
    private static String told(LabMethod m) {
        String prior = m.prior() == LabPrior.NONE ? "no prior" : m.prior().word();
        return prior + (m.fromCounts() ? " on the counts" : " after reconstruction");
    }

    private String less(LabMethod than) {
        double share = 1 - rmse(best, 0) / rmse(than, 0);
        return percent(share) + " less than " + told(than) + " (" + percent(rmse(than, 0)) + ")";
    }

    private String gained() {
        StringBuilder said = new StringBuilder("Least error: ").append(told(best));
        said.append(", an RMSE of ").append(percent(rmse(best, 0)));
        said.append(" of the brain's activity with ").append(millions(counts));
        said.append(" and MR in its place");
        if (!best.prior().rule()) {
            said.append(", ").append(less(new LabMethod(!best.fromCounts(), best.prior())));
        }
        if (!free.equals(best)) {
            said.append(" and ").append(less(free)).append(", the best that does not look at MR");
        }
        List<Double> gains = new ArrayList<>();
        for (LabPrior p : LabPrior.values()) {
            if (p != LabPrior.NONE && !p.rule()) {
                gains.add(1 - rmse(new LabMethod(true, p), 0) / rmse(new LabMethod(false, p), 0));
            }
        }
        long better = gains.stream().filter(g -> g > 0).count();
        said.append("; ").append(better).append(" of ").append(gains.size());
        said.append(" priors do better on the counts than after, by ");
        said.append(percent(gains.stream().min(Comparator.naturalOrder()).orElseThrow()));
        said.append(" to ").append(percent(gains.stream().max(Comparator.naturalOrder()).get()));
        return said.append(" of the error.").toString();
    }

    private String erased() {
        double few = result.lab().trues().get(0);
        String fewer =
                few == counts
                        ? ""
                        : "; with "
                                + millions(few)
                                + " it keeps "
                                + percent(result.row(best, few, 0).contrast(Kind.PET_ONLY).mean())
                                + " of the first";
        return "Erased: it keeps "
                + percent(row(best).contrast(Kind.PET_ONLY).mean())
                + " of the contrast of lesions that PET alone shows and "
                + percent(row(best).contrast(Kind.MATCHED).mean())
                + " of those that MR shows too, where "
                + told(free)
                + " keeps "
                + percent(row(free).contrast(Kind.PET_ONLY).mean())
                + " and "
                + percent(row(free).contrast(Kind.MATCHED).mean())
                + fewer
                + ".";
    }

    private String invented() {
        StringBuilder said = new StringBuilder("Invented: where MR alone shows a lesion it makes ");
        said.append(percent(row(best).size(Kind.MR_ONLY)));
        said.append(" of a real one's contrast, against ");
        said.append(percent(row(best).size(Kind.CONTROL)));
        said.append(" where nobody shows any, and rules that fuse images make");
        for (LabPrior p : LabPrior.values()) {
            if (p.rule()) {
                double size = row(new LabMethod(false, p)).size(Kind.MR_ONLY);
                said.append(said.charAt(said.length() - 1) == ')' ? " and " : " ");
                said.append(percent(size)).append(" (").append(p.word()).append(')');
            }
        }
        List<Double> shifts = result.lab().shiftsMm();
        double off = shifts.get(shifts.size() - 1);
        if (off > 0) {
            LabRow moved = result.row(best, counts, off);
            double bound = rmse(free, 0);
            said.append("; with MR off by ").append(Numbers.plain(off)).append(" mm it makes ");
            said.append(percent(moved.size(Kind.MR_ONLY))).append(" there, and its RMSE of ");
            said.append(percent(moved.rmse().mean())).append(" is ");
            said.append(moved.rmse().mean() > bound ? "worse" : "no worse").append(" than ");
            said.append(percent(bound)).append(" without any MR");
        }
        return said.append('.').toString();
    }
}
