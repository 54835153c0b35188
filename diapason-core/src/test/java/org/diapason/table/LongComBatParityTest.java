package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** lme4 stopped tightly still moves by 1e-7 with a random slope, 1e-9 without. */
    private static final double CLOSE = 2e-7;

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
                new LongComBat("batch", "subid", PROTECT, slope, "*", scale, 2),
                table,
                new Trace());
    }

    /** Its 30 steps are at the fixed point to 1e-15; lme4's own stop leaves 5e-8. */
    @Test
    void theOriginalHasTheSameNumbers() throws IOException {
        LongComBatModel model = fit(LongComBat.Scale.REML, Optional.empty());
        List<String[]> gamma = lines("longcombat_gammastarhat.csv");
        List<String[]> delta = lines("longcombat_delta2starhat.csv");
        for (int i = 0; i < 4; i++) {
            LongComBatModel.Batch batch = model.batches().get(i);
            for (int f = 0; f < 12; f++) {
                assertEquals(Double.parseDouble(gamma.get(i)[f + 1]), batch.gamma().get(f), 5e-7);
                assertEquals(Double.parseDouble(delta.get(i)[f + 1]), batch.delta().get(f), 5e-7);
            }
        }
        FeatureTable after = model.apply(table, new Trace());
        List<String[]> expected = lines("longcombat_output.csv");
        for (int r = 0; r < after.size(); r++) {
            for (int f = 0; f < 12; f++) {
                assertEquals(Double.parseDouble(expected.get(r)[3 + f]), after.row(r)[f], 1e-7);
            }
        }
    }

    // The original with control=lmerControl(optimizer='bobyqa', optCtrl=list(rhobeg=0.02,
    // rhoend=1e-11, maxfun=1e5)): data_combat[c(1,60,120), c(4,8,15)], gammastarhat[,1],
    // delta2starhat[,1]
    private static void meets(LongComBatModel model, FeatureTable after, double[][] expected) {
        int[] features = {0, 4, 11};
        int[] rows = {0, 59, 119};
        for (int f = 0; f < 3; f++) {
            for (int r = 0; r < 3; r++) {
                assertEquals(expected[f][r], after.row(rows[r])[features[f]], CLOSE);
            }
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[3][i], model.batches().get(i).gamma().get(0), CLOSE);
            assertEquals(expected[4][i], model.batches().get(i).delta().get(0), CLOSE);
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
                });
    }

    /** ranef='(1 + time|subid)'. */
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
                });
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
                });
    }
}
