package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Rng;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The derivatives of the criterion are those of its values. */
class MixedGradientTest {
    private static final int ROWS = 120;

    /** Groups of equal visits share their products, others are taken one by one. */
    @ParameterizedTest(name = "slopes {0}, crossed {1}, own times {2}, restricted {3}")
    @CsvSource({
        "false, false, false, true",
        "false, false, false, false",
        "true, false, false, true",
        "true, false, true, true",
        "true, true, true, true",
        "true, true, true, false",
        "false, true, false, false"
    })
    void aSmallStepChangesTheCriterionAsTheGradientSays(
            boolean slopes, boolean crossed, boolean ownTimes, boolean restricted) {
        Rng rng = new Rng(5);
        double[][] x = new double[ROWS][];
        double[] one = new double[ROWS];
        double[] time = new double[ROWS];
        double[] y = new double[ROWS];
        int[] subject = new int[ROWS];
        int[] site = new int[ROWS];
        for (int r = 0; r < ROWS; r++) {
            subject[r] = r % 20;
            site[r] = (r * 7 + r / 20) % 6;
            one[r] = 1;
            time[r] = r / 20 + (ownTimes ? 0.2 * rng.nextGaussian() : 0);
            x[r] = new double[] {1, time[r], subject[r] % 3};
            y[r] = rng.nextGaussian() + Math.sin(subject[r]) + Math.cos(site[r]);
        }
        List<RandomTerm> terms = new ArrayList<>();
        double[][] both = {one, time};
        terms.add(slopes ? RandomTerm.of(subject, both) : RandomTerm.intercept(subject));
        if (crossed) {
            terms.add(slopes ? RandomTerm.of(site, both) : RandomTerm.intercept(site));
        }
        MixedModel model = MixedModel.of(x, terms, restricted);
        MixedResponse response = model.response(model.least.residuals(y));
        MixedPoint point = new MixedPoint(model.sums);
        double[] theta = new double[model.sums.parameter[model.sums.factors.size()]];
        for (double size : new double[] {0.4, 1.3, 30}) {
            for (int k = 0; k < theta.length; k++) {
                theta[k] = size * (1 + Math.sin(3 * k + 1) / 2);
            }
            response.solve(point.set(theta));
            double[] gradient = response.gradient(point);
            for (int k = 0; k < theta.length; k++) {
                double at = theta[k];
                double h = 1e-3 * size;
                double[] v = new double[4];
                for (int p = 0; p < 4; p++) {
                    theta[k] = at + (p < 2 ? p - 2 : p - 1) * h;
                    v[p] = response.solve(point.set(theta));
                }
                theta[k] = at;
                double difference = (8 * (v[2] - v[1]) - (v[3] - v[0])) / (12 * h);
                // The differences are good to about 1e-10 / size.
                assertEquals(
                        difference, gradient[k], 2e-8 * Math.max(1, Math.abs(difference)) / size);
            }
        }
    }
}
