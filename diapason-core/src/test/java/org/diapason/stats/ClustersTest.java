package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.diapason.gate.NetBenefit;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class ClustersTest {

    private static Clusters ofFive(int rows) {
        List<String> names = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            names.add("g" + r / 5);
        }
        return Clusters.of(names);
    }

    // R 4.2, sandwich 3.0-2, g <- (seq_len(750) - 1) %/% 5: sqrt(diag(vcovCL(glm(y ~ L), ~g))),
    // of glm(y ~ 1, offset = L); vcovCL(lm((p - y)^2 ~ 1), ~g, type = "HC0"); qt(.975, 149);
    // net benefit at 0.2: the same of lm(ifelse(p >= .2, ifelse(y, 1, -.25), 0) ~ 1)
    @Test
    void errorsOfRowsInClustersAreThoseOfSandwich() throws IOException {
        Asah data = Asah.read("df_binary.csv");
        double[] p = data.column("cancerpredmarker");
        boolean[] y = data.is("cancer", "TRUE");
        Clusters fives = ofFive(p.length);
        Calibration c = Calibration.of(p, y, fives, 100, 1);
        double t = 1.9760131776891861;
        assertEquals(
                0.167817154888051628, (c.intercept().high() - c.intercept().low()) / 2 / t, 1e-8);
        assertEquals(0.097148320536875707, (c.slope().high() - c.slope().low()) / 2 / t, 1e-8);
        assertEquals(
                0.11785875771659271, (c.inTheLarge().high() - c.inTheLarge().value()) / t, 1e-8);
        assertEquals(0.0067909672918149691, (c.brier().high() - c.brier().value()) / t, 1e-10);
        NetBenefit worth = NetBenefit.of(p, y, fives, .2);
        assertEquals(
                0.010597229246867488, (worth.model().high() - worth.model().value()) / t, 1e-10);
        assertEquals(150, c.auc().clusters());
        Calibration rows = Calibration.of(p, y, 100, 1);
        assertEquals(rows.slope().value(), c.slope().value());
        assertEquals(rows.ici().value(), c.ici().value());
        assertTrue(!rows.ici().equals(c.ici()), "other draws");
    }

    @Test
    void clustersAreDrawnWhole() {
        Clusters clusters = Clusters.of(List.of("a", "b", "a", "c", "b", "a"));
        assertEquals(3, clusters.count());
        assertFalse(clusters.apart());
        int[] size = {3, 2, 0, 1};
        Rng rng = new Rng(1);
        for (int draw = 0; draw < 50; draw++) {
            int[] rows = clusters.draw(rng);
            int[] seen = new int[6];
            for (int r : rows) {
                seen[r]++;
            }
            assertArrayEquals(new int[] {seen[0], seen[1]}, new int[] {seen[2], seen[4]});
            assertEquals(seen[0], seen[5]);
            assertEquals(3, seen[0] + seen[1] + seen[3], "three clusters");
            assertEquals(seen[0] * size[0] + seen[1] * size[1] + seen[3], rows.length);
        }
        assertEquals(2, clusters.of(new int[] {1, 2, 4}).count());
        assertThrows(IllegalArgumentException.class, () -> clusters.mean(new double[5]));
    }

    @Test
    void aMeanOfSingleRowsHasTheErrorOfAMean() {
        Estimate mean = Clusters.single(4).mean(new double[] {1, 2, 3, 6});
        assertEquals(3, mean.value());
        assertEquals(1.959963984540054 * Math.sqrt(14.0 / 3 / 4), mean.high() - 3, 1e-14);
        // every row twice in its cluster: the same error, with t of 3 degrees of freedom
        Clusters twos = Clusters.of(List.of("a", "b", "c", "d", "a", "b", "c", "d"));
        Estimate twice = twos.mean(new double[] {1, 2, 3, 6, 1, 2, 3, 6});
        assertEquals(3.182446305284263 * Math.sqrt(14.0 / 3 / 4), twice.high() - 3, 1e-8);
    }

    /**
     * 40 patients of 6 lesions; outcomes of a patient agree more than their probabilities say, but
     * each happens with its own. Intervals hold the truth (1, 0 and the mean of p(1 − p)) in 92 to
     * 98 of 100 samples (Monte-Carlo error 0.7); those of rows taken as patients in fewer than 85.
     */
    @Test
    void intervalsOfPatientsHoldTheTruth() {
        int[] held = new int[4];
        int samples = 1000;
        double brier = 0;
        Estimate[] briers = new Estimate[samples];
        for (int sample = 0; sample < samples; sample++) {
            Rng rng = new Rng(Rng.seed(13, "sample " + sample));
            double[] p = new double[240];
            boolean[] y = new boolean[240];
            List<String> names = new ArrayList<>();
            for (int r = 0, patient = 0; patient < 40; patient++) {
                double luck = rng.nextGaussian();
                double level = rng.nextGaussian();
                for (int l = 0; l < 6; l++, r++) {
                    p[r] = Logistic.probability(level + 0.6 * rng.nextGaussian());
                    double z = Math.sqrt(0.6) * luck + Math.sqrt(0.4) * rng.nextGaussian();
                    y[r] = z < Normals.quantile(p[r]);
                    names.add("" + patient);
                    brier += p[r] * (1 - p[r]) / (samples * 240.0);
                }
            }
            Calibration c = Calibration.of(p, y, Clusters.of(names), 0, 1);
            Calibration rows = Calibration.of(p, y, 0, 1);
            held[0] += c.slope().low() <= 1 && 1 <= c.slope().high() ? 1 : 0;
            held[1] += c.inTheLarge().low() <= 0 && 0 <= c.inTheLarge().high() ? 1 : 0;
            held[3] += rows.inTheLarge().low() <= 0 && 0 <= rows.inTheLarge().high() ? 1 : 0;
            briers[sample] = c.brier();
        }
        for (Estimate e : briers) {
            held[2] += e.low() <= brier && brier <= e.high() ? 1 : 0;
        }
        for (int n = 0; n < 3; n++) {
            assertTrue(held[n] >= 920 && held[n] <= 980, held[0] + ", " + held[1] + ", " + held[2]);
        }
        assertTrue(held[3] < 850, "by rows " + held[3]);
    }
}
