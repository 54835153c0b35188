package org.diapason.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.step.Fold;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.JointComBat;
import org.diapason.volume.FeatureTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to fit ComBat with two covariates and to apply it to the same rows; sizes (exams × features
 * × sites) are a large radiomics study and a region-wise brain consortium; {@code -p
 * size=1000x100x10 -p protect=s(age)+sex} is ComBat-GAM on regional volumes. The heap of the larger
 * one holds the input (0.8 GB, twice while it is made) and the output.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class ComBatBench {
    @Param({"1000x2000x10", "10000x10000x50"})
    public String size;

    /** The non-parametric one takes the square of the features: {@code -p method=NONPARAMETRIC}. */
    @Param("PARAMETRIC")
    public ComBat.Method method = ComBat.Method.PARAMETRIC;

    /** Terms with + between. */
    @Param("age+sex")
    public String protect = "age+sex";

    FeatureTable table;

    /** Makes features of known shift and scale per site; age and sex have no effect. */
    @Setup
    public void setUp() {
        String[] parts = size.split("x");
        int exams = Integer.parseInt(parts[0]);
        int features = Integer.parseInt(parts[1]);
        int sites = Integer.parseInt(parts[2]);
        Rng rng = new Rng(1);
        double[][] rows = new double[exams][features];
        List<String> names = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < exams; r++) {
            int site = r % sites;
            for (int f = 0; f < features; f++) {
                double shift = (site * 7 + f) % 5;
                double scale = 1 + (site + f) % 3;
                rows[r][f] = 10 + shift + scale * rng.nextGaussian();
            }
            SortedMap<String, String> c = new TreeMap<>();
            c.put("site", "s" + site);
            c.put("kernel", "k" + r / sites % 3);
            c.put("age", Integer.toString(20 + rng.nextInt(60)));
            c.put("bmi", Integer.toString(18 + r * 13 % 25));
            c.put("sex", rng.nextInt(2) == 0 ? "F" : "M");
            covariates.add(c);
            names.add("P" + r);
        }
        List<String> columns = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            columns.add("f" + f);
        }
        table =
                FeatureTable.of(
                        columns, names, Collections.nCopies(exams, "lesion"), rows, covariates);
    }

    @Benchmark
    public FeatureTable fitAndApply() {
        List<Operation<FeatureTable>> operations =
                List.of(ComBat.of("site", List.of(protect.split("\\+"))).by(method));
        List<Step<FeatureTable>> steps = Fold.learn(operations, Fold.rows(table), new Trace());
        return steps.get(0).apply(table, new Trace());
    }

    /** Two batch variables in one model, {@code -p size=1000x1000x10}. */
    @Benchmark
    public FeatureTable fitAndApplyJointly() {
        List<Operation<FeatureTable>> operations =
                List.of(JointComBat.of(List.of("site", "kernel"), List.of(protect.split("\\+"))));
        List<Step<FeatureTable>> steps = Fold.learn(operations, Fold.rows(table), new Trace());
        return steps.get(0).apply(table, new Trace());
    }
}
