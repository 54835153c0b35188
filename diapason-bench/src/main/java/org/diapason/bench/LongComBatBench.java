package org.diapason.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.LongComBat;
import org.diapason.table.LongComBatModel;
import org.diapason.table.WholeTable;
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
 * Time to fit long-combat to 100 features of a longitudinal study: 60 subjects with five visits at
 * four sites that they travel between, age, sex and time protected.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(1)
public class LongComBatBench {
    static final int FEATURES = 100;
    private static final int SUBJECTS = 60;
    private static final int VISITS = 5;

    @Param({"intercept", "slope"})
    public String random;

    /** How age is protected: a line or a curve. */
    @Param({"age", "s(age)"})
    public String age;

    private FeatureTable table;

    /** Subjects differ with variance 4, slopes 0.25, visits 1; time adds 0.5, a site its number. */
    @Setup
    public void setUp() {
        Rng rng = new Rng(1);
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        List<String> exams = new ArrayList<>();
        double[][] rows = new double[SUBJECTS * VISITS][FEATURES];
        for (int s = 0; s < SUBJECTS; s++) {
            double[] level = new double[FEATURES];
            double[] slope = new double[FEATURES];
            for (int f = 0; f < FEATURES; f++) {
                level[f] = 10 + 2 * rng.nextGaussian();
                slope[f] = 0.5 + 0.5 * rng.nextGaussian();
            }
            for (int v = 0; v < VISITS; v++) {
                int r = s * VISITS + v;
                int site = (s + v) % 4;
                double time = v + 0.1 * rng.nextGaussian();
                SortedMap<String, String> c = new TreeMap<>();
                c.put("site", Integer.toString(site));
                c.put("who", "p" + s);
                c.put("time", Double.toString(time));
                c.put("age", Integer.toString(40 + s * 37 % 41));
                c.put("sex", s % 2 == 0 ? "F" : "M");
                covariates.add(c);
                exams.add("e" + r);
                for (int f = 0; f < FEATURES; f++) {
                    rows[r][f] = level[f] + slope[f] * time + site + rng.nextGaussian();
                }
            }
        }
        List<String> names = new ArrayList<>();
        for (int f = 0; f < FEATURES; f++) {
            names.add("f" + f);
        }
        table =
                FeatureTable.of(
                        names, exams, Collections.nCopies(rows.length, "r"), rows, covariates);
    }

    @Benchmark
    public LongComBatModel fit() {
        LongComBat settings =
                new LongComBat(
                        "site",
                        "who",
                        List.of(age, "sex", "time"),
                        random.equals("slope") ? Optional.of("time") : Optional.empty(),
                        "*",
                        LongComBat.Scale.REML,
                        3,
                        ComBat.Smoothing.REML);
        WholeTable rows = settings.empty();
        settings.add(rows, table);
        return (LongComBatModel) settings.learn(rows, new Trace());
    }
}
