package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

/**
 * Curves beside effects of subjects, against mgcv 1.8-41 in R 4.2.2.
 *
 * <p>i <- 0:119; s <- i %/% 5; t <- i %% 5; d <- data.frame(site = factor(c('A', 'B', 'C')[(s + t)
 * %% 3 + 1]), who = factor(s), x = (i*37) %% 101/10, w = (i*53) %% 97/10); noise <- sin(i*i*0.7) +
 * cos(i*i*1.3 + i); y1 <- 10 + 2*cos(3*s) + 3*sin(x*0.9) + (s+t) %% 3 + 0.5*noise; y2 <- 5 +
 * cos(5*s+1) + 0.4*x - (s+t) %% 3 + noise; y3 <- y1 + 0.2*(w-5)^2
 *
 * <p>full <- function(x, k) min(x) + (-3:k) * diff(range(x)) / (k - 3); gam(y ~ site + s(x, bs =
 * 'ps', k = 10, m = c(2, 2)) + s(who, bs = 're'), knots = list(x = full(x, 10)), method = 'REML',
 * control = gam.control(epsilon = 1e-13, newton = list(conv.tol = 1e-12))); fitted(g)[c(1, 2, 18,
 * 40, 77, 90, 119, 120)], g$reml.scale, gam.vcomp(g), summary(g)$edf
 */
class LongComBatCurvesTest {
    private static final int[] SHOWN = {0, 1, 17, 39, 76, 89, 118, 119};

    private static FeatureTable table() {
        double[][] y = new double[3][120];
        SortedMap<String, List<String>> c = new TreeMap<>();
        double[] x = IntStream.range(0, 120).mapToDouble(i -> i * 37 % 101 / 10.0).toArray();
        double[] w = IntStream.range(0, 120).mapToDouble(i -> i * 53 % 97 / 10.0).toArray();
        for (int i = 0; i < 120; i++) {
            int s = i / 5;
            int site = (s + i % 5) % 3;
            double noise = Math.sin(i * i * 0.7) + Math.cos(i * i * 1.3 + i);
            y[0][i] = 10 + 2 * Math.cos(3 * s) + 3 * Math.sin(x[i] * 0.9) + site + 0.5 * noise;
            y[1][i] = 5 + Math.cos(5 * s + 1) + 0.4 * x[i] - site + noise;
            y[2][i] = y[0][i] + 0.2 * (w[i] - 5) * (w[i] - 5);
        }
        c.put("x", texts(i -> Double.toString(x[i])));
        c.put("w", texts(i -> Double.toString(w[i])));
        c.put("time", texts(i -> Integer.toString(i % 5)));
        c.put("who", texts(i -> "p" + (100 + i / 5)));
        c.put("site", texts(i -> "ABC".substring((i / 5 + i % 5) % 3, (i / 5 + i % 5) % 3 + 1)));
        return Tables.table(List.of("y1", "y2", "y3"), y, c);
    }

    private static List<String> texts(java.util.function.IntFunction<String> text) {
        return IntStream.range(0, 120).mapToObj(text).toList();
    }

    private static LongComBat settings(
            List<String> protect, Optional<String> slope, ComBat.Smoothing smoothing) {
        return new LongComBat(
                "site", "who", protect, slope, "*", LongComBat.Scale.REML, 3, smoothing);
    }

    private static LongComBatModel fit(List<String> protect, Trace trace) {
        return LongComBatTest.fit(
                settings(protect, Optional.empty(), ComBat.Smoothing.REML), table(), trace);
    }

    /** α + C·β + u + γ of the rows shown. */
    private static double[] fitted(LongComBatModel model, int f) {
        FeatureTable table = table();
        return IntStream.of(SHOWN)
                .mapToDouble(
                        r ->
                                model.combat().expected(table, r)[f]
                                        + model.subjects().get(r / 5).intercept().get(f)
                                        + model.shifts().get((r / 5 + r % 5) % 3).values().get(f))
                .toArray();
    }

    @Test
    void aCurveEqualsMgcv() {
        Trace trace = new Trace();
        LongComBatModel model = fit(List.of("s(x)"), trace);
        double[] mgcv = {
            12.23537590542,
            12.52557496052,
            13.09730488011,
            13.08179830164,
            15.03814191941,
            9.35045670634,
            16.72353590376,
            9.67613111007
        };
        assertArrayEquals(mgcv, fitted(model, 0), 1e-7);
        double[] line = {
            5.53005833232,
            5.92716509515,
            3.57689063647,
            4.59841031130,
            8.11275199470,
            7.49539778139,
            3.41699684620,
            7.01738634394
        };
        assertArrayEquals(line, fitted(model, 1), 1e-7, "its variance is 2e-6 there, ours 0");
        assertEquals(0.24022667224193, Math.pow(model.combat().sigma().get(0), 2), 1e-8);
        assertEquals(1.465468515874, Math.sqrt(model.variances().get(1).values().get(0)), 1e-7);
        Numbers freedom = (Numbers) trace.notes().get("freedom.s(x)");
        assertEquals(1, freedom.get(0), 1e-12, "a straight line");
        assertEquals(7.1277354935723, freedom.get(2), 1e-6);
    }

    @Test
    void twoCurvesEqualMgcv() {
        // + s(w, bs = 'ps', k = 8, m = c(2, 2)), knots w = full(w, 8)
        LongComBatModel model = fit(List.of("s(x)", "s(w,8)"), new Trace());
        double[] mgcv = {
            17.33575010535,
            12.59917774252,
            14.03909374512,
            13.92603045199,
            15.13370987103,
            9.56510458088,
            16.80500173635,
            14.39415059575
        };
        assertArrayEquals(mgcv, fitted(model, 2), 1e-6);
        assertEquals(0.24438731210783, Math.pow(model.combat().sigma().get(2), 2), 1e-7);
    }

    /**
     * B <- splines::splineDesign(full(x, 8), x, outer.ok = TRUE)[, -1]; lmer(y1 ~ site + B + (1 |
     * who)), stopped tightly as in {@link LongComBatParityTest}.
     */
    @Test
    void aCurveWithoutPenaltyIsFixedColumns() {
        LongComBatModel model =
                LongComBatTest.fit(
                        settings(List.of("s(x,8)"), Optional.empty(), ComBat.Smoothing.NONE),
                        table(),
                        new Trace());
        double[] lme4 = {
            12.28006960078,
            12.46629160667,
            13.14998540921,
            12.94277882292,
            14.94574220782,
            9.35164986933,
            16.79293174755,
            9.65950034877
        };
        assertArrayEquals(lme4, fitted(model, 0), 1e-8);
        assertEquals(0.49997070169794, model.combat().sigma().get(0), 1e-8);
    }

    /** A feature with gaps is fitted as on the rows it has. */
    @Test
    void aCurveGoesWithSlopesAndWithGaps() {
        FeatureTable table = table();
        double[][] rows = new double[120][];
        for (int r = 0; r < 120; r++) {
            rows[r] = table.row(r).clone();
            rows[r][2] = r % 11 == 5 ? Double.NaN : rows[r][0];
        }
        FeatureTable holed = table.withRows(rows);
        int[] kept = IntStream.range(0, 120).filter(r -> r % 11 != 5).toArray();
        LongComBat settings =
                settings(List.of("s(x)", "time"), Optional.of("time"), ComBat.Smoothing.REML);
        LongComBatModel whole = LongComBatTest.fit(settings, holed, new Trace());
        LongComBatModel fewer = LongComBatTest.fit(settings, holed.rows(kept), new Trace());
        assertEquals(fewer.combat().sigma().get(0), whole.combat().sigma().get(2), 1e-7);
        assertEquals(whole.combat().sigma().get(0), 0.5, 0.1, "0.5 times noise of variance 1");
    }

    @Test
    void gcvIsRefused() {
        assertEquals(
                "smoothing gcv takes rows for independent, and those of a subject are not. Take reml.",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        settings(
                                                List.of("s(x)"),
                                                Optional.empty(),
                                                ComBat.Smoothing.GCV))
                        .getMessage());
    }
}
