package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * longCombat (R, lme4 1.1-31): longCombat(idvar='subid', timevar='time', batchvar='batch',
 * features=paste0('feature',1:12), formula='age + diagnosis*time', ranef='(1|subid)', data=d).
 */
class LongComBatParityTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("diapason.data", "../shared/data"), "references");
    private static final List<String> PROTECT =
            List.of("age", "diagnosis", "time", "diagnosis:time");

    private FeatureTable table;

    private static List<String[]> lines(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file), StandardCharsets.UTF_8).stream()
                .skip(1)
                .map(l -> l.replace("\"", "").split(","))
                .toList();
    }

    @BeforeEach
    void read() throws IOException {
        Assumptions.assumeTrue(
                Files.isRegularFile(FOLDER.resolve("longcombat_input.csv")), "no longCombat files");
        List<String[]> cells = lines("longcombat_input.csv");
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        List<String> exams = new ArrayList<>();
        double[][] rows = new double[cells.size()][12];
        for (String[] row : cells) {
            SortedMap<String, String> c = new TreeMap<>();
            c.put("time", row[0]);
            c.put("subid", row[1]);
            c.put("age", row[2]);
            c.put("diagnosis", row[3]);
            c.put("batch", row[4]);
            for (int f = 0; f < 12; f++) {
                rows[exams.size()][f] = Double.parseDouble(row[5 + f]);
            }
            covariates.add(c);
            exams.add("e" + exams.size());
        }
        List<String> names = new ArrayList<>();
        for (int f = 1; f <= 12; f++) {
            names.add("feature" + f);
        }
        table =
                FeatureTable.of(
                        names, exams, Collections.nCopies(rows.length, "r"), rows, covariates);
    }

    private LongComBatModel fit(LongComBat.Scale scale, Optional<String> slope) {
        return LongComBatTest.fit(
                new LongComBat(
                        "batch", "subid", PROTECT, slope, "*", scale, 2, ComBat.Smoothing.REML),
                table,
                new Trace());
    }

    /**
     * What differs is where lme4's search stops: the original itself, run again with another BLAS,
     * is 3e-8 from its file.
     */
    @Test
    void theOriginalHasTheSameNumbers() throws IOException {
        LongComBatModel model = fit(LongComBat.Scale.REML, Optional.empty());
        double[][] gamma = numbers("longcombat_gammastarhat.csv", 1);
        double[][] delta = numbers("longcombat_delta2starhat.csv", 1);
        for (int i = 0; i < 4; i++) {
            ComBatModel.Batch batch = model.batches().get(i);
            assertArrayEquals(gamma[i], batch.gamma().toArray(), 5e-7);
            assertArrayEquals(delta[i], batch.delta().toArray(), 5e-7);
        }
        FeatureTable after = model.apply(table, new Trace());
        double[][] expected = numbers("longcombat_output.csv", 3);
        for (int r = 0; r < after.size(); r++) {
            assertArrayEquals(expected[r], after.row(r), 1e-7);
        }
    }

    private static double[][] numbers(String file, int from) throws IOException {
        return lines(file).stream()
                .map(l -> Arrays.stream(l).skip(from).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
    }

    /** From its γ̂ and δ̂², its γ* and δ*²: its 30 steps end where ours do. */
    @Test
    void whatTheOriginalShrinksComesOutAsItSays() throws IOException {
        double[][] gammaHat = numbers("longcombat_gammahat.csv", 1);
        double[][] deltaHat = numbers("longcombat_delta2hat.csv", 1);
        double[][] gamma = numbers("longcombat_gammastarhat.csv", 1);
        double[][] delta = numbers("longcombat_delta2starhat.csv", 1);
        int[] exams = new int[4];
        for (int r = 0; r < table.size(); r++) {
            exams[Integer.parseInt(table.covariate(r, "batch")) - 1]++;
        }
        for (int i = 0; i < 4; i++) {
            int[] count = new int[12];
            Arrays.fill(count, exams[i]);
            EmpiricalBayes shrunk =
                    new EmpiricalBayes(
                            gammaHat[i],
                            deltaHat[i],
                            count,
                            exams[i],
                            LongComBat.of("batch", "subid", PROTECT).shrinking());
            assertArrayEquals(gamma[i], shrunk.gamma, 1e-11);
            assertArrayEquals(delta[i], shrunk.delta, 1e-11);
        }
    }

    /**
     * lmer(y ~ age + diagnosis*time + batch + (1|subid), data = d, REML = TRUE, control =
     * lmerControl(optimizer = 'bobyqa')) as the original calls it: REMLcrit per feature, lme4
     * 1.1-31.
     */
    @Test
    void noFeatureHasALowerCriterionInTheOriginal() {
        double[] lme4 = {
            225.9793391267775, 238.5210325187805, 246.9203412260059, 220.6710559932935,
            241.4503887584906, 236.5796636304038, 231.5224414543644, 245.0449389988728,
            227.2987614519931, 221.4853980773850, 223.3037150324141, 241.7419473787254
        };
        LongComBat settings = LongComBat.of("batch", "subid", PROTECT);
        RepeatedRows rows = new RepeatedRows(settings, table);
        SubjectModel model =
                new SubjectModel(rows, IntStream.range(0, 120).toArray(), ComBat.Smoothing.REML);
        for (int f = 0; f < 12; f++) {
            double[] y = table.column("feature" + (f + 1));
            double ours = model.fit(y).criterion();
            // 1e-12 of 250 is what rounding leaves; a θ off by 1e-6 costs 1e-11.
            assertEquals(lme4[f], ours, 1e-9);
            assertTrue(ours <= lme4[f] + 5e-12, "feature " + (f + 1) + ": " + (ours - lme4[f]));
        }
    }

    // The original with control=lmerControl(optimizer='bobyqa', optCtrl=list(rhobeg=0.02,
    // rhoend=1e-11, maxfun=1e5)): data_combat[c(1,60,120), c(4,8,15)], gammastarhat[,1],
    // delta2starhat[,1]
    private static void meets(
            LongComBatModel model, FeatureTable after, double[][] expected, double close) {
        int[] features = {0, 4, 11};
        int[] rows = {0, 59, 119};
        for (int f = 0; f < 3; f++) {
            for (int r = 0; r < 3; r++) {
                assertEquals(expected[f][r], after.row(rows[r])[features[f]], close);
            }
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[3][i], model.batches().get(i).gamma().get(0), close);
            assertEquals(expected[4][i], model.batches().get(i).delta().get(0), close);
        }
    }

    @Test
    void aTightStopOfLme4LeavesNoDifference() {
        LongComBatModel model = fit(LongComBat.Scale.REML, Optional.empty());
        meets(
                model,
                model.apply(table, new Trace()),
                new double[][] {
                    {5.25641947323, 4.68510685248, 5.82650996214},
                    {5.780778574, 5.43188444611, 5.41410386327},
                    {8.26044311691, 8.71885636948, 7.80944603115},
                    {-0.360149133852, 2.10240966129, -1.56322936963, 0.627725334308},
                    {0.613311475955, 1.35096876521, 0.346139294436, 0.681093866567}
                },
                1e-8);
    }

    /** ranef='(1 + time|subid)'; lme4 stopped tightly still moves by 1e-7 with two effects. */
    @Test
    void aRandomSlope() {
        LongComBatModel model = fit(LongComBat.Scale.REML, Optional.of("time"));
        meets(
                model,
                model.apply(table, new Trace()),
                new double[][] {
                    {5.2518694435, 4.69948284694, 5.84601283278},
                    {5.77878183274, 5.44835943145, 5.43067093533},
                    {8.36739015437, 8.77227176053, 7.82576419467},
                    {-0.361443015119, 2.13972221176, -1.57472916421, 0.624810187475},
                    {0.603498815209, 1.30861241611, 0.339652698571, 0.66033255842}
                },
                2e-7);
    }

    /** method='MSR'. */
    @Test
    void theScaleOfTheResiduals() {
        LongComBatModel model = fit(LongComBat.Scale.MSR, Optional.empty());
        meets(
                model,
                model.apply(table, new Trace()),
                new double[][] {
                    {5.20341723018, 4.52751833044, 5.75122639356},
                    {5.74120705643, 5.41746141306, 5.34902290175},
                    {8.12913123439, 8.63131308903, 7.87354569413},
                    {-0.442707415487, 2.58351702011, -1.9210008976, 0.771464787493},
                    {0.927209237667, 2.03600195473, 0.52238448813, 1.02961982953}
                },
                1e-8);
    }
}
