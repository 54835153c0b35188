package org.diapason.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.judge.BiologyAndSite;
import org.diapason.judge.ManufacturedBiology;
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
 * How often the judges are right, over cohorts of known truth: coverage of their intervals, false
 * flags, power, effects made of nothing. Prints a line per scene; the first argument is the number
 * of cohorts (1,000).
 *
 * <p>Three sites of equal size; feature = offset of the site (SD 1.5) + d·disease + noise of SD 1.
 * The truth of kept and of within is the mean coefficient after over the mean coefficient before,
 * over all cohorts of one set of offsets (there are ten, since sites are not drawn anew): what the
 * steps keep on average of cohorts of this size. It is not the value of an endless cohort: ComBat's
 * σ² has divisor n and its δ² divisor n − 1, so that an unprotected effect keeps √((nᵢ − 1)/nᵢ) of
 * W/T.
 */
public final class JudgeStudy {
    private static final int FEATURES = 10;
    private static final int DRAWS = 400;

    /** Sets of offsets of the sites. */
    private static final int SETS = 10;

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
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    private JudgeStudy() {}

    /**
     * One situation.
     *
     * @param exams in all
     * @param effect d of disease on every feature
     * @param prevalence of disease per site
     * @param operations the table steps
     */
    record Scene(
            String name,
            int exams,
            double effect,
            double[] prevalence,
            List<Operation<FeatureTable>> operations) {}

    /**
     * Shares over features and cohorts.
     *
     * @param judged of all features
     * @param kept its truth
     * @param keptCovered of the judged: the interval of kept holds its truth
     * @param withinCovered the same of within
     * @param flagged of the judged: erased or inflated
     * @param erased of all features
     * @param harm of the cohorts
     */
    record Found(
            double judged,
            double kept,
            double keptCovered,
            double withinCovered,
            double flagged,
            double erased,
            double harm) {}

    /**
     * Effects found of labels that say nothing, mean over cohorts.
     *
     * @param adjusted with site in the model
     * @param plain without
     * @param predicted plain ones that follow from the design
     * @param error standard error of adjusted
     * @param harm of the cohorts
     */
    record Made(double adjusted, double plain, double predicted, double error, double harm) {}

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
        scenes.add(new Scene("protected, 25/50/75 %", 120, 1, uneven, List.of(kept)));
        scenes.add(new Scene("protected, 50 %", 120, 1, even, List.of(kept)));
        int[] exams = {120, 450, 60, 150};
        double[] effects = {1, 0.5, 1, 0.5};
        for (int n = 0; n < exams.length; n++) {
            List<Operation<FeatureTable>> erased = List.of(kept, new Erase(0.3 * effects[n]));
            scenes.add(new Scene("30 % erased", exams[n], effects[n], uneven, erased));
        }
        scenes.add(new Scene("unprotected, 25/50/75 %", 120, 2, uneven, List.of(lost)));
        scenes.add(new Scene("unprotected, 50 %", 120, 2, even, List.of(lost)));
        return scenes;
    }

    static Found study(Scene scene, int cohorts) {
        List<double[]> rows = new ArrayList<>();
        List<String> columns = List.of();
        double harm = 0;
        for (int c = 0; c < cohorts; c++) {
            FeatureTable before = cohort(scene, c);
            var refit = Fold.refit(scene.operations());
            FeatureTable after = refit.fit(before).apply(before);
            Judgement j = JUDGE.judge(null, before, after, refit, new Trace("study", c));
            harm += j.verdict() == Verdict.HARM ? 1 : 0;
            rows.addAll(j.table().rows());
            columns = j.table().columns();
        }
        return found(columns, rows, harm / cohorts);
    }

    /** Rows are the features of the first cohort, those of the second, and so on. */
    private static Found found(List<String> columns, List<double[]> rows, double harm) {
        int kept = columns.indexOf("kept");
        int within = columns.indexOf("within");
        int b = columns.indexOf("coefficientBefore");
        double truth = 0;
        double judged = 0;
        double flagged = 0;
        double erased = 0;
        double[] covered = new double[2];
        for (int alike = 0; alike < SETS * FEATURES; alike++) {
            List<double[]> own = new ArrayList<>();
            for (int r = alike; r < rows.size(); r += SETS * FEATURES) {
                own.add(rows.get(r));
            }
            double[] truths = {truth(own, b, kept), truth(own, b, within)};
            truth += own.isEmpty() ? 0 : truths[0] * own.size() / rows.size();
            for (double[] row : own) {
                if (row[columns.indexOf("judged")] == 1) {
                    double lost = row[columns.indexOf("erased")];
                    judged++;
                    covered[0] += holds(row, kept, truths[0]);
                    covered[1] += holds(row, within, truths[1]);
                    erased += lost;
                    flagged += lost + row[columns.indexOf("inflated")] > 0 ? 1 : 0;
                }
            }
        }
        return new Found(
                judged / rows.size(),
                truth,
                covered[0] / judged,
                covered[1] / judged,
                flagged / judged,
                erased / rows.size(),
                harm);
    }

    /** Mean coefficient after over mean coefficient before. */
    private static double truth(List<double[]> rows, int before, int ratio) {
        double was = 0;
        double is = 0;
        for (double[] row : rows) {
            was += row[before];
            is += row[before] * row[ratio];
        }
        return is / was;
    }

    private static int holds(double[] row, int ratio, double truth) {
        return row[ratio + 1] <= truth && truth <= row[ratio + 2] ? 1 : 0;
    }

    /** Studies labels shuffled within sites under a ComBat that protects them. */
    static Made made(Scene scene, int cohorts) {
        ManufacturedBiology judge =
                new ManufacturedBiology("site", "disease", List.of(), List.of(), 200);
        double[] shares = new double[cohorts];
        double plain = 0;
        double predicted = 0;
        double harm = 0;
        for (int c = 0; c < cohorts; c++) {
            FeatureTable before = cohort(scene, c);
            var refit = Fold.refit(scene.operations());
            Judgement j = judge.judge(null, before, before, refit, new Trace("study", c));
            shares[c] = j.figures().get("falsePositives");
            plain += j.figures().get("falsePositivesPlain") / cohorts;
            predicted = j.figures().get("falsePositivesPlainPredicted");
            harm += j.verdict() == Verdict.HARM ? 1 : 0;
        }
        double mean = Arrays.stream(shares).average().orElseThrow();
        double squares = Arrays.stream(shares).map(s -> (s - mean) * (s - mean)).sum();
        double error = Math.sqrt(squares / (cohorts - 1) / cohorts);
        return new Made(mean, plain, predicted, error, harm / cohorts);
    }

    private static FeatureTable cohort(Scene scene, int cohort) {
        Rng rng = new Rng(Rng.seed(cohort, scene.name() + scene.exams()));
        Rng sites = new Rng(Rng.seed(cohort % SETS, "offsets"));
        int each = scene.exams() / 3;
        List<String> names = new ArrayList<>();
        double[][] rows = new double[3 * each][FEATURES];
        for (int f = 0; f < FEATURES; f++) {
            names.add("f" + f);
            for (int r = 0; r < rows.length; r++) {
                rows[r][f] = (ill(scene, r) ? scene.effect() : 0) + rng.nextGaussian();
            }
            for (int s = 0; s < 3; s++) {
                double offset = 1.5 * sites.nextGaussian();
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
        System.out.println(
                "scene, exams, d: judged, truth of kept, covered by kept, by within, flagged of"
                        + " judged, erased of all, harm");
        for (Scene scene : scenes()) {
            Found f = study(scene, cohorts);
            say(
                    scene,
                    percent(f.judged()),
                    Numbers.fixed(f.kept(), 3),
                    percent(f.keptCovered()),
                    percent(f.withinCovered()),
                    percent(f.flagged()),
                    percent(f.erased()),
                    percent(f.harm()));
        }
        System.out.println(
                "shuffled labels: found with site in the model, its standard error, without,"
                        + " without as predicted, harm");
        for (Scene scene : shuffledScenes()) {
            Made m = made(scene, cohorts);
            say(
                    scene,
                    percent(m.adjusted()),
                    Numbers.fixed(100 * m.error(), 2) + " %",
                    percent(m.plain()),
                    percent(m.predicted()),
                    percent(m.harm()));
        }
    }

    static List<Scene> shuffledScenes() {
        List<Operation<FeatureTable>> kept = List.of(ComBat.of("site", List.of("disease")));
        return List.of(
                new Scene("25/50/75 %", 120, 1, new double[] {0.25, 0.5, 0.75}, kept),
                new Scene("10/50/90 %", 120, 1, new double[] {0.1, 0.5, 0.9}, kept));
    }

    private static void say(Scene scene, String... numbers) {
        String who = scene.name() + ", " + scene.exams() + ", " + scene.effect() + ": ";
        System.out.println(who + String.join(", ", numbers));
    }

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 1) + " %";
    }
}
