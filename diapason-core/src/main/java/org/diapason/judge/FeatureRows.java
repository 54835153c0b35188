package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.diapason.step.Judgement;

/** The judgement's table: one row per feature. */
final class FeatureRows {
    private static final List<String> FIRST =
            List.of(
                    "counts",
                    "judged",
                    "erased",
                    "inflated",
                    "coefficientBefore",
                    "standardError",
                    "sdWithinSite",
                    "kept",
                    "keptLow",
                    "keptHigh",
                    "within",
                    "withinLow",
                    "withinHigh",
                    "siteShareRaw",
                    "siteShareBefore",
                    "siteShareAfter",
                    "fisherBefore",
                    "fisherAfter",
                    "pBefore",
                    "pAfter");

    private FeatureRows() {}

    /**
     * Returns NaN in every column of biology where {@code effects} is null.
     *
     * @param mixed the mixed models
     */
    static Judgement.Table of(
            Panel before,
            Panel after,
            Predicate<String> counts,
            Effects effects,
            double[] rawShares,
            double[] heldOut,
            SiteModel.Pair mixed) {
        List<String> columns = new ArrayList<>(FIRST);
        columns.addAll(SiteModel.Pair.COLUMNS);
        boolean several = effects != null && before.contrasts().size() > 1;
        for (Coding.Contrast c : several ? before.contrasts() : List.<Coding.Contrast>of()) {
            columns.add("kept, " + c.name());
            columns.add("kept low, " + c.name());
            columns.add("kept high, " + c.name());
        }
        List<double[]> rows = new ArrayList<>();
        for (int f = 0; f < before.features().size(); f++) {
            double[] row = new double[columns.size()];
            Arrays.fill(row, Double.NaN);
            row[0] = counts.test(before.features().get(f)) ? 1 : 0;
            if (effects != null) {
                Effects.Effect e = effects.effect(f);
                row[1] = e.judged() ? 1 : 0;
                row[2] = e.erased() ? 1 : 0;
                row[3] = e.inflated() ? 1 : 0;
                row[4] = e.before().value();
                row[5] = e.before().standardError();
                row[6] = e.before().residualSd();
                row[7] = e.kept();
                row[8] = e.keptLow();
                row[9] = e.keptHigh();
                row[10] = e.within();
                row[11] = e.withinLow();
                row[12] = e.withinHigh();
            }
            row[13] = rawShares[f];
            row[14] = before.siteShare(f);
            row[15] = heldOut[f];
            row[16] = Fisher.withinSite(before, f);
            row[17] = Fisher.withinSite(after, f);
            row[18] = p(before.test(f, true, 0));
            row[19] = p(after.test(f, true, after.siteNames().size()));
            double[] models = mixed.row(f);
            System.arraycopy(models, 0, row, FIRST.size(), models.length);
            int at = FIRST.size() + models.length;
            for (Effects.Effect e : several ? effects.contrasts(f) : List.<Effects.Effect>of()) {
                row[at++] = e.judged() ? e.kept() : Double.NaN;
                row[at++] = e.judged() ? e.keptLow() : Double.NaN;
                row[at++] = e.judged() ? e.keptHigh() : Double.NaN;
            }
            rows.add(row);
        }
        return new Judgement.Table(columns, before.features(), List.copyOf(rows));
    }

    private static double p(Panel.Test test) {
        return test == null ? Double.NaN : test.p();
    }
}
