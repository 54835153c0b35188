package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.diapason.stats.MixedModel.Fit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedModelBenchTest {

    /** Variances of 4, 0.25 and 1 and an effect of 0.5 are planted; means of 50 features. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"intercept, 0", "slope, 0.25"})
    void theTimedMethodFindsWhatWasPlanted(String random, double slopeVariance) {
        MixedModelBench bench = new MixedModelBench();
        bench.random = random;
        bench.setUp();
        List<Fit> fits = bench.fitOneFeature();
        double level = 0;
        double slope = 0;
        double noise = 0;
        double time = 0;
        for (Fit fit : fits) {
            level += fit.random().get(0).covariance().get(0) / fits.size();
            slope += random.equals("slope") ? fit.random().get(0).covariance().get(3) / 50 : 0;
            noise += fit.residualVariance() / fits.size();
            time += fit.coefficients().get(1) / fits.size();
        }
        // Standard errors of the means: 0.11, 0.03, 0.02 and 0.011.
        assertEquals(4, level, 0.35);
        assertEquals(slopeVariance, slope, 0.1);
        assertEquals(1, noise, 0.06);
        assertEquals(0.5, time, 0.035);
    }
}
