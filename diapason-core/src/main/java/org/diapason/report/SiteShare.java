package org.diapason.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.diapason.step.Judgement;

/**
 * Share of a feature's variance that is the site's, as a judge found it; NaN where it found none.
 *
 * @param counts whether it counts for the verdict, or is only shown
 * @param raw from the images as they came
 * @param before of what entered the table operations
 * @param after at the end
 */
public record SiteShare(String feature, boolean counts, double raw, double before, double after) {

    /** Takes the first judgement whose table tells site shares. */
    static List<SiteShare> of(List<Judgement> judgements) {
        for (Judgement judgement : judgements) {
            Judgement.Table table = judgement.table();
            int raw = table.columns().indexOf("siteShareRaw");
            int before = table.columns().indexOf("siteShareBefore");
            int after = table.columns().indexOf("siteShareAfter");
            int counts = table.columns().indexOf("counts");
            if (after < 0) {
                continue;
            }
            List<SiteShare> shares = new ArrayList<>();
            for (int r = 0; r < table.rows().size(); r++) {
                double[] row = table.rows().get(r);
                shares.add(
                        new SiteShare(
                                table.names().get(r),
                                counts < 0 || row[counts] != 0,
                                raw < 0 ? Double.NaN : row[raw],
                                before < 0 ? Double.NaN : row[before],
                                row[after]));
            }
            shares.sort(
                    Comparator.comparingDouble((SiteShare s) -> -finite(s.start()))
                            .thenComparing(SiteShare::feature));
            return shares;
        }
        return List.of();
    }

    /** Returns the raw share, or that before the table operations where there is no raw one. */
    public double start() {
        return Double.isNaN(raw) ? before : raw;
    }

    private static double finite(double value) {
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }
}
