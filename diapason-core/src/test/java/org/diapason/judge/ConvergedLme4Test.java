package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Formula;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Variances where the criterion of lme4 1.1-31 is lowest, in R: its search is followed by Newton
 * steps on its own criterion until the slope is 1e-10.
 *
 * <pre>
 * f <- lmer(formula, data, REML = reml, devFunOnly = TRUE)
 * t <- getME(lmer(formula, data, REML = reml, control = lmerControl(optimizer = "bobyqa",
 *     optCtrl = list(rhobeg = 0.02, rhoend = 1e-11, maxfun = 1e5))), "theta")
 * e <- function(i, h) replace(0 * t, i, h)
 * g <- function(t) sapply(seq_along(t), function(i) (45 * (f(t + e(i, h)) - f(t - e(i, h)))
 *     - 9 * (f(t + e(i, 2*h)) - f(t - e(i, 2*h))) + f(t + e(i, 3*h)) - f(t - e(i, 3*h))) / (60*h))
 * h <- 3e-3; for (k in 1:6) t <- t - solve(H, g(t))        # H: differences of g
 * f(t); s2 <- (environment(f)$resp$wrss() + environment(f)$pp$sqrL(1)) / (n - p)
 * </pre>
 */
class ConvergedLme4Test {
    private static final double CLOSE = 1e-8;

    // Davies and Goldsmith 1972, tables 6.6 and 6.5: lme4::Penicillin, lme4::Pastes
    private static final String PENICILLIN =
            "27 23 26 23 23 21 27 23 26 23 23 21 25 21 25 24 24 20 26 23 25 23 23 20 25 22 26 22 23"
                    + " 20 24 22 25 23 22 19 24 20 23 21 22 19 26 22 26 24 24 21 24 21 24 22 22 20"
                    + " 24 21 24 23 22 19 26 23 26 24 24 21 25 22 26 24 24 20 26 24 26 24 25 22 26"
                    + " 23 26 23 23 20 26 23 25 24 24 22 25 22 25 23 23 20 25 21 24 23 23 20 25 22"
                    + " 24 23 23 19 24 21 23 21 21 19 26 23 26 24 24 21 25 21 24 22 22 18 25 22 25"
                    + " 22 22 20 24 21 24 22 24 19 24 21 24 22 21 18";
    private static final String PASTES =
            "62.8 62.6 60.1 62.3 62.7 63.1 60 61.4 57.5 56.9 61.1 58.9 58.7 57.5 63.9 63.1 65.4 63.7"
                    + " 57.1 56.4 56.9 58.6 64.7 64.5 55.1 55.1 54.7 54.2 58.8 57.5 63.4 64.9 59.3"
                    + " 58.1 60.5 60 62.5 62.6 61 58.7 56.9 57.7 59.2 59.4 65.2 66 64.8 64.1 54.8"
                    + " 54.8 64 64 57.7 56.8 58.3 59.3 59.2 59.2 58.9 56.6";

    private static FeatureTable table(List<SortedMap<String, String>> rows) {
        int n = rows.size();
        List<String> names = new ArrayList<>();
        for (int r = 0; r < n; r++) {
            names.add("line " + (r + 2));
        }
        return FeatureTable.of(
                List.of(), names, Collections.nCopies(n, ""), new double[n][0], rows);
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static void close(double[] expected, double... found) {
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], found[k], CLOSE * Math.abs(expected[k]), "number " + k);
        }
    }

    private static double[] variances(MixedEffects fit) {
        return fit.random().stream().mapToDouble(MixedEffects.Variance::value).toArray();
    }

    /** lmer(diameter ~ 1 + (1 | plate) + (1 | sample), Penicillin); df by lmerTest 3.1-3. */
    @Test
    void crossedGroupsOfPenicillin() {
        double[] y = numbers(PENICILLIN);
        List<SortedMap<String, String>> rows = new ArrayList<>();
        for (int r = 0; r < y.length; r++) {
            rows.add(new TreeMap<>());
            rows.get(r).put("plate", "p" + r / 6);
            rows.get(r).put("sample", "ABCDEF".substring(r % 6, r % 6 + 1));
        }
        MixedEffects fit =
                MixedEffects.of(
                        table(rows), y, Formula.parse("y ~ 1 + (1 | plate) + (1 | sample)"), true);
        close(new double[] {0.71690821256548, 3.73091787398946}, variances(fit));
        close(new double[] {0.30241545893821}, fit.residualVariance());
        close(new double[] {330.860588991087}, fit.criterion());
        close(new double[] {22.972222222222}, fit.fixed().get(0).estimate());
        close(new double[] {0.8085733909437}, fit.fixed().get(0).standardError());
        assertEquals(5.48709316, fit.fixed().get(0).df(), 2e-5);
    }

    /** lmer(strength ~ 1 + (1 | batch/cask), Pastes). */
    @Test
    void nestedGroupsOfPastes() {
        double[] y = numbers(PASTES);
        List<SortedMap<String, String>> rows = new ArrayList<>();
        for (int r = 0; r < y.length; r++) {
            rows.add(new TreeMap<>());
            rows.get(r).put("batch", "ABCDEFGHIJ".substring(r / 6, r / 6 + 1));
            rows.get(r).put("cask", "abc".substring(r / 2 % 3, r / 2 % 3 + 1));
        }
        MixedEffects fit =
                MixedEffects.of(table(rows), y, Formula.parse("y ~ 1 + (1 | batch/cask)"), true);
        assertEquals("batch", fit.random().get(0).group());
        assertEquals("batch:cask", fit.random().get(1).group());
        close(new double[] {1.6573086419983, 8.4336666666647}, variances(fit));
        close(new double[] {0.678}, fit.residualVariance());
        close(new double[] {246.990745853486}, fit.criterion());
        close(new double[] {0.6768700661294}, fit.fixed().get(0).standardError());
        assertEquals(9, fit.fixed().get(0).df(), 1e-8);
    }

    /**
     * lmer(Reaction ~ Days + (Days | Subject), sleepstudy). The defaults of lme4 stop at 612.1002,
     * where the criterion is higher by 1.5e-9.
     */
    @Test
    void sleepstudy() throws Exception {
        Path file =
                Path.of(
                        System.getProperty("diapason.data", "../shared/data"),
                        "references",
                        "sleepstudy.csv");
        Assumptions.assumeTrue(Files.isRegularFile(file), "no sleepstudy.csv");
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        double[] y = new double[lines.size() - 1];
        List<SortedMap<String, String>> rows = new ArrayList<>();
        for (int r = 0; r < y.length; r++) {
            String[] cells = lines.get(r + 1).split(",");
            y[r] = Double.parseDouble(cells[0]);
            rows.add(new TreeMap<>());
            rows.get(r).put("days", cells[1]);
            rows.get(r).put("subject", cells[2]);
        }
        Formula slopes = Formula.parse("y ~ days + (days | subject)");
        MixedEffects fit = MixedEffects.of(table(rows), y, slopes, true);
        close(new double[] {612.0899386593766, 35.0716604961797}, variances(fit));
        close(new double[] {654.94102707606}, fit.residualVariance());
        close(new double[] {1743.62827195849}, fit.criterion());
        close(new double[] {6.824556532062}, fit.fixed().get(0).standardError());
        close(new double[] {1.545788896257}, fit.fixed().get(1).standardError());
        assertEquals(17, fit.fixed().get(1).df(), 1e-7);
        double r = fit.correlations().get(0).value();
        close(new double[] {9.6043333190698}, r * Math.sqrt(612.0899386593766 * 35.0716604961797));
        balanced(y, fit);
        MixedEffects likelihood = MixedEffects.of(table(rows), y, slopes, false);
        close(new double[] {565.515366796096, 32.682197183554}, variances(likelihood));
        close(new double[] {654.94102707815}, likelihood.residualVariance());
        close(new double[] {1751.9393444632}, likelihood.criterion());
    }

    /** Equal days: what varies between the subjects' own lines, less σ²(X'X)⁻¹ of such a line. */
    private static void balanced(double[] y, MixedEffects fit) {
        double[] slope = new double[18];
        double[] level = new double[18];
        double left = 0;
        for (int s = 0; s < 18; s++) {
            double mean = 0;
            for (int d = 0; d < 10; d++) {
                mean += y[s * 10 + d] / 10;
                slope[s] += (d - 4.5) * y[s * 10 + d] / 82.5;
            }
            level[s] = mean - 4.5 * slope[s];
            for (int d = 0; d < 10; d++) {
                left += Math.pow(y[s * 10 + d] - level[s] - slope[s] * d, 2) / 144;
            }
        }
        close(new double[] {left}, fit.residualVariance());
        close(
                new double[] {variance(level) - left * (0.1 + 4.5 * 4.5 / 82.5)},
                fit.random().get(0).value());
        close(new double[] {variance(slope) - left / 82.5}, fit.random().get(1).value());
    }

    private static double variance(double[] v) {
        double mean = Arrays.stream(v).average().orElseThrow();
        return Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum() / (v.length - 1);
    }
}
