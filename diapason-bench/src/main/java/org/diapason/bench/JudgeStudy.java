package org.diapason.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.judge.BiologyAndSite;
import org.diapason.math.Rng;
import org.diapason.step.Fold;
import org.diapason.step.Judgement;
import org.diapason.step.Judgement.Verdict;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * How often the judge is right, over cohorts of known truth: coverage of its intervals, false
 * flags, power. Prints a line per scene; the first argument is the number of cohorts (1,000).
 *
 * <p>Three sites of equal size; feature = offset of the site (SD 1.5) + d·disease + noise of SD 1.
 */
public final class JudgeStudy {
    private static final int FEATURES = 10;
    private static final int DRAWS = 400;
    private static final BiologyAndSite JUDGE =
            new BiologyAndSite(
                    "site",
                    Optional.of("disease"),
                    List.of(),
                    List.of(),
                    List.of(),
                    DRAWS,
                    1,
                    20,
                    false,
                    Optional.empty());

    private JudgeStudy() {}

    /**
     * One situation.
     *
     * @param exams in all
     * @param effect d of disease on every feature
     * @param prevalence of disease per site
     * @param operations the table steps
     * @param truth what is kept in the population
     */
    record Scene(
            String name,
            int exams,
            double effect,
            double[] prevalence,
            List<Operation<FeatureTable>> operations,
            double truth) {}

    /**
     * Shares over features and cohorts.
     *
     * @param judged of all features
     * @param covered of the judged: the interval of kept holds the truth
     * @param flagged of the judged: erased or inflated
     * @param erased of all features
     * @param harm of the cohorts
     */
    record Found(double judged, double covered, double flagged, double erased, double harm) {}

    /** Takes a part of what disease adds away: an erasure of known size. */
    record Erase(double by) implements Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            double[][] rows = new double[table.size()][];
            for (int r = 0; r < rows.length; r++) {
                rows[r] = table.row(r).clone();
                for (int f = 0; f < rows[r].length; f++) {
                    rows[r][f] -= table.covariate(r, "disease").equals("1") ? by : 0;
                }
            }
            return table.withRows(rows);
        }
    }

    static List<Scene> scenes() {
        ComBat kept = ComBat.of("site", List.of("disease"));
        ComBat lost = ComBat.of("site", List.of());
        double[] even = {0.5, 0.5, 0.5};
        double[] uneven = {0.25, 0.5, 0.75};
        List<Scene> scenes = new ArrayList<>();
        scenes.add(new Scene("protected, 25/50/75 %", 120, 1, uneven, List.of(kept), 1));
        scenes.add(new Scene("protected, 50 %", 120, 1, even, List.of(kept), 1));
        int[] exams = {120, 450, 60, 150};
        double[] effects = {1, 0.5, 1, 0.5};
        for (int n = 0; n < exams.length; n++) {
            List<Operation<FeatureTable>> erased = List.of(kept, new Erase(0.3 * effects[n]));
            scenes.add(new Scene("30 % erased", exams[n], effects[n], uneven, erased, 0.7));
        }
        double withinOverTotal = 1 - (0.0625 + 0.0625) / 3 / 0.25;
        scenes.add(
                new Scene(
                        "unprotected, 25/50/75 %", 120, 2, uneven, List.of(lost), withinOverTotal));
        scenes.add(new Scene("unprotected, 50 %", 120, 2, even, List.of(lost), 1));
        return scenes;
    }

    static Found study(Scene scene, int cohorts) {
        double judged = 0;
        double covered = 0;
        double flagged = 0;
        double erased = 0;
        double harm = 0;
        for (int c = 0; c < cohorts; c++) {
            FeatureTable before = cohort(scene, c);
            var refit = Fold.refit(scene.operations());
            FeatureTable after = refit.fit(before).apply(before);
            Judgement j = JUDGE.judge(null, before, after, refit, new Trace("study", c));
            harm += j.verdict() == Verdict.HARM ? 1 : 0;
            int low = j.table().columns().indexOf("keptLow");
            for (double[] row : j.table().rows()) {
                boolean holds = row[low] <= scene.truth() && scene.truth() <= row[low + 1];
                judged += row[1];
                covered += row[1] == 1 && holds ? 1 : 0;
                flagged += row[1] == 1 && row[2] + row[3] > 0 ? 1 : 0;
                erased += row[2];
            }
        }
        double all = (double) FEATURES * cohorts;
        return new Found(
                judged / all, covered / judged, flagged / judged, erased / all, harm / cohorts);
    }

    private static FeatureTable cohort(Scene scene, int cohort) {
        Rng rng = new Rng(Rng.seed(cohort, scene.name() + scene.exams()));
        int each = scene.exams() / 3;
        List<String> names = new ArrayList<>();
        double[][] rows = new double[3 * each][FEATURES];
        for (int f = 0; f < FEATURES; f++) {
            names.add("f" + f);
            for (int r = 0; r < rows.length; r++) {
                rows[r][f] = (ill(scene, r) ? scene.effect() : 0) + rng.nextGaussian();
            }
            for (int s = 0; s < 3; s++) {
                double offset = 1.5 * rng.nextGaussian();
                for (int k = 0; k < each; k++) {
                    rows[s * each + k][f] += offset;
                }
            }
        }
        List<String> exams = new ArrayList<>();
        List<SortedMap<String, String>> columns = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            exams.add("P" + r);
            SortedMap<String, String> c = new TreeMap<>();
            c.put("site", String.valueOf((char) ('A' + r / each)));
            c.put("disease", ill(scene, r) ? "1" : "0");
            columns.add(c);
        }
        return FeatureTable.of(
                names, exams, Collections.nCopies(rows.length, "lesion"), rows, columns);
    }

    private static boolean ill(Scene scene, int row) {
        int each = scene.exams() / 3;
        return row % each < Math.rint(scene.prevalence()[row / each] * each);
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        int cohorts = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
        System.out.println("scene, exams, d: judged, covered, flagged of judged, erased, harm");
        for (Scene scene : scenes()) {
            Found f = study(scene, cohorts);
            System.out.println(
                    String.join(
                            " ",
                            scene.name() + ", " + scene.exams() + ", " + scene.effect() + ":",
                            percent(f.judged()),
                            percent(f.covered()),
                            percent(f.flagged()),
                            percent(f.erased()),
                            percent(f.harm())));
        }
    }

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 1) + " %";
    }
}
