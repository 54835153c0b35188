package org.diapason.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Rng;
import org.diapason.table.Tables;
import org.diapason.volume.FeatureTable;

/**
 * Cohorts of known truth: feature = 10 + effect·disease + 0.02·age + offset of the site + noise of
 * SD 1; the offset is drawn per site and feature.
 */
final class Simulation {
    private Simulation() {}

    /**
     * @param each exams per site; three sites A, B, C
     * @param prevalence share of cases per site
     * @param effect change of every second feature with disease, in SD within site
     * @param siteSd SD of the offsets
     */
    static FeatureTable cohort(
            long seed, int features, int each, double[] prevalence, double effect, double siteSd) {
        Rng rng = new Rng(seed);
        int n = 3 * each;
        double[][] y = new double[features][n];
        List<String> site = new ArrayList<>();
        List<String> disease = new ArrayList<>();
        List<String> age = new ArrayList<>();
        for (int s = 0; s < 3; s++) {
            for (int k = 0; k < each; k++) {
                site.add(String.valueOf((char) ('A' + s)));
                disease.add(k < Math.rint(prevalence[s] * each) ? "case" : "base");
                age.add(Integer.toString(40 + rng.nextInt(40)));
            }
        }
        List<String> names = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            names.add("f" + f);
            double[] offset = new double[3];
            for (int s = 0; s < 3; s++) {
                offset[s] = siteSd * rng.nextGaussian();
            }
            for (int r = 0; r < n; r++) {
                y[f][r] =
                        10
                                + (f % 2 == 0 && disease.get(r).equals("case") ? effect : 0)
                                + 0.02 * Integer.parseInt(age.get(r))
                                + offset[r / each]
                                + rng.nextGaussian();
            }
        }
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("site", site);
        c.put("disease", disease);
        c.put("age", age);
        return Tables.table(names, y, c);
    }
}
