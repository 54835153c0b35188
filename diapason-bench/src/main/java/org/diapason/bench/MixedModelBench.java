package org.diapason.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diapason.math.Rng;
import org.diapason.stats.MixedModel;
import org.diapason.stats.RandomTerm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to fit one feature by restricted likelihood, one thread; a longitudinal study of 120
 * subjects with three visits at four sites, age, sex and time: seven fixed effects. The design is
 * prepared once for all features.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class MixedModelBench {
    static final int FEATURES = 50;
    static final int SUBJECTS = 120;
    static final int VISITS = 3;

    @Param({"intercept", "slope"})
    public String random;

    private MixedModel model;
    private double[][] features;

    /** Subjects differ with variance 4 (slopes 0.25), visits with variance 1, time adds 0.5. */
    @Setup
    public void setUp() {
        Rng rng = new Rng(1);
        int n = SUBJECTS * VISITS;
        double[][] x = new double[n][7];
        double[] one = new double[n];
        double[] time = new double[n];
        int[] subject = new int[n];
        for (int r = 0; r < n; r++) {
            subject[r] = r / VISITS;
            one[r] = 1;
            time[r] = r % VISITS + 0.1 * rng.nextGaussian();
            x[r][0] = 1;
            x[r][1] = time[r];
            x[r][2] = 40 + subject[r] * 37 % 41;
            x[r][3] = subject[r] % 2;
            int site = (subject[r] + r % VISITS) % 4;
            if (site > 0) {
                x[r][3 + site] = 1;
            }
        }
        features = new double[FEATURES][n];
        for (double[] y : features) {
            for (int s = 0; s < SUBJECTS; s++) {
                double level = 2 * rng.nextGaussian();
                double slope = random.equals("slope") ? 0.5 * rng.nextGaussian() : 0;
                for (int v = 0; v < VISITS; v++) {
                    int r = s * VISITS + v;
                    y[r] = 10 + level + (0.5 + slope) * time[r] + rng.nextGaussian();
                }
            }
        }
        RandomTerm term =
                random.equals("slope")
                        ? RandomTerm.of(subject, new double[][] {one, time})
                        : RandomTerm.intercept(subject);
        model = MixedModel.of(x, List.of(term), true);
    }

    @Benchmark
    @OperationsPerInvocation(FEATURES)
    public List<MixedModel.Fit> fitOneFeature() {
        List<MixedModel.Fit> fits = new ArrayList<>();
        for (double[] y : features) {
            fits.add(model.fit(y));
        }
        return fits;
    }
}
