package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** ComBat that keeps what covariates do to spreads. */
class ScaleFitTest {
    private static final ComBat AGE = ComBat.of("site", List.of("age"));
    private static final ComBat SCALE = AGE.protectingScale(List.of("age"));

    /** Sines instead of chance, so that R has the same numbers. */
    private static FeatureTable sines() {
        double[][] y = new double[3][90];
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("site", new ArrayList<>());
        c.put("age", new ArrayList<>());
        double[] theta = {0.02, -0.015, 0.03};
        for (int r = 0; r < 90; r++) {
            int s = r % 3;
            int age = 20 + r * 37 % 60;
            c.get("site").add(List.of("A", "B", "C").get(s));
            c.get("age").add("" + age);
            for (int f = 0; f < 3; f++) {
                double noise = Math.sin(12.9898 * (r + 1) * (f + 1) * (r + 1));
                double site = 2 * s + (1 + 0.5 * s) * noise;
                y[f][r] = 10 + f + 0.05 * age + Math.exp((age - 50) * theta[f]) * site;
            }
        }
        return Tables.table(List.of("a", "b", "c"), y, c);
    }

    // R, nlme: r <- 0:89; s <- r %% 3; age <- 20 + (r*37) %% 60; b <- factor(c("A","B","C")[s +
    // 1]);
    // y <- 10 + f + .05*age + exp((age - 50)*theta)*(2*s + (1 +
    // .5*s)*sin(12.9898*(r+1)*(f+1)*(r+1)))
    // gls(y ~ 0 + b + age, weights = varComb(varIdent(form = ~1|b), varExp(form = ~age)),
    //   method = "ML", control = glsControl(tolerance = 1e-12, msTol = 1e-14, maxIter = 500))
    @Test
    void effectsOnMeanAndSpreadEqualGls() {
        double[] theta = {0.0282170765, -0.0145932984, 0.0319084171};
        double[] age = {0.0690678118, 0.0355037870, 0.0690696023};
        double[] mean = {10.8957745368, 13.6588563445, 12.7265856772};
        ComBatModel model = Tables.fit(SCALE, sines());
        for (int f = 0; f < 3; f++) {
            Numbers found = model.scale().orElseThrow().effects().get(0).values();
            assertEquals(theta[f], found.get(f), 1e-7);
            assertEquals(age[f], model.effects().get(0).values().get(f), 1e-6);
            assertEquals(mean[f], model.alpha().get(f), 1e-5);
        }
        assertEquals(List.of("age"), model.scale().get().design().names());
    }

    /** Spread grows by 3 % a year everywhere; site B has twice the spread of A, and is older. */
    private static FeatureTable ageing(long seed, int each) {
        Rng rng = new Rng(seed);
        FeatureTable names = Tables.random(seed, 20, 2, each);
        double[][] rows = new double[names.size()][20];
        List<String> age = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            int years = 30 + r % 2 * 15 + rng.nextInt(35);
            age.add("" + years);
            for (int f = 0; f < 20; f++) {
                double site = r % 2 == 0 ? rng.nextGaussian() : 2 + 2 * rng.nextGaussian();
                rows[r][f] = 40 + 0.1 * years + Math.exp(0.03 * (years - 55)) * site;
            }
        }
        return names.withRows(rows).withCovariate("age", age);
    }

    @Test
    void theTrendOfTheSpreadStaysAndTheSpreadOfTheSiteGoes() {
        FeatureTable table = ageing(81, 500);
        double[] kept = slopeAndSite(Tables.harmonized(SCALE, table));
        double[] plain = slopeAndSite(Tables.harmonized(AGE, table));
        // Of ln|e| over 20 features of 1,000 exams: standard errors 0.0008 and 0.016.
        assertEquals(0.03, kept[0], 0.003, "trend per year");
        assertEquals(0, kept[1], 0.06, "ln of the ratio of the sites at one age");
        // Site B is 15 years older, so plain ComBat takes 0.45 of ln spread for the site.
        assertTrue(Math.abs(plain[1]) > 0.3, "plain ComBat leaves " + plain[1]);
    }

    /** Regression of ln|e| on age and site, e about the known mean, averaged over features. */
    private static double[] slopeAndSite(FeatureTable table) {
        double[] slope = new double[2];
        int n = table.size();
        for (int f = 0; f < 20; f++) {
            double[] y = table.column(table.features().get(f));
            double[] age = new double[n];
            double[] site = new double[n];
            for (int r = 0; r < n; r++) {
                age[r] = Double.parseDouble(table.covariate(r, "age"));
                site[r] = r % 2;
            }
            double[] mean = regress(y, age, site);
            double[] log = new double[n];
            for (int r = 0; r < n; r++) {
                log[r] = Math.log(Math.abs(y[r] - mean[0] - mean[1] * age[r] - mean[2] * site[r]));
            }
            double[] b = regress(log, age, site);
            slope[0] += b[1] / 20;
            slope[1] += b[2] / 20;
        }
        return slope;
    }

    /** Least squares on 1, a and b. */
    private static double[] regress(double[] y, double[] a, double[] b) {
        double[][] x = new double[y.length][];
        for (int r = 0; r < x.length; r++) {
            x[r] = new double[] {1, a[r], b[r]};
        }
        double[][] m = new double[3][4];
        for (int r = 0; r < x.length; r++) {
            for (int k = 0; k < 3; k++) {
                for (int l = 0; l < 3; l++) {
                    m[k][l] += x[r][k] * x[r][l];
                }
                m[k][3] += x[r][k] * y[r];
            }
        }
        for (int k = 0; k < 3; k++) {
            for (int r = 0; r < 3; r++) {
                double times = r == k ? 0 : m[r][k] / m[k][k];
                for (int l = k; l < 4; l++) {
                    m[r][l] -= times * m[k][l];
                }
            }
        }
        return new double[] {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
    }

    /** By definition: z = (y − α − C·β)/(σ·e^(D·θ)) has, harmonized, mean 0 and variance 1. */
    @Test
    void withoutShrinkingEveryBatchHasTheSameMomentsInUnitsOfItsSpreads() {
        FeatureTable table = Tables.random(82, 4, 3, 30);
        ComBatModel model = Tables.fit(SCALE.by(ComBat.Method.NONE), table);
        FeatureTable after = model.apply(table, new Trace());
        ComBatModel.Scale scale = model.scale().orElseThrow();
        double all = 0;
        for (int site = 0; site < 3; site++) {
            double mean = 0;
            double square = 0;
            for (int r = site; r < 90; r += 3) {
                double age = Double.parseDouble(table.covariate(r, "age"));
                double ln = (age - scale.centre().get(0)) * scale.effects().get(0).values().get(1);
                double expected =
                        model.alpha().get(1) + age * model.effects().get(0).values().get(1);
                double spread = model.sigma().get(1) * Math.exp(ln);
                mean += (after.row(r)[1] - expected) / spread / 30;
                square += Math.pow((after.row(r)[1] - expected) / spread, 2) / 29;
                double before = (table.row(r)[1] - expected) / spread;
                all += Math.pow(before - model.batches().get(site).gamma().get(1), 2) / 90;
            }
            assertEquals(0, mean, 1e-12);
            assertEquals(1, square, 1e-12);
        }
        assertTrue(Math.abs(all - 1) < 0.05, "σ² is the mean of the squares: " + all);
    }

    @Test
    void laterRowsGetWhatTheyGotInTheFitAndANewSiteIsPlacedByItsSpreads() {
        FeatureTable table = ageing(83, 60);
        ComBatModel model = Tables.fit(SCALE, table);
        FeatureTable after = model.apply(table, new Trace());
        assertArrayEquals(after.row(7), model.apply(table.rows(7), new Trace()).row(0));
        int[] own = IntStream.range(0, 60).map(r -> 2 * r).toArray();
        FeatureTable other = Tables.relabel(table.rows(own), "site", r -> "X");
        ComBatModel.Batch placed = model.place(other, new Trace());
        assertArrayEquals(model.batches().get(0).gamma().toArray(), placed.gamma().toArray(), 1e-9);
        assertArrayEquals(model.batches().get(0).delta().toArray(), placed.delta().toArray(), 1e-9);
        Trace trace = new Trace();
        model.apply(Tables.relabel(table.rows(0), "age", r -> "99"), trace);
        assertEquals(1, trace.warnings().size());
    }

    @Test
    void aSingletonAndAFeatureConstantInABatchDoNotDecideTheSpread() {
        FeatureTable all = ageing(84, 60);
        double[][] rows = new double[120][];
        for (int r = 0; r < 120; r++) {
            rows[r] = all.row(r).clone();
            rows[r][3] = r % 2 == 0 ? 5 : rows[r][3];
        }
        FeatureTable table =
                Tables.relabel(
                        all.withRows(rows), "site", r -> r == 0 ? "E" : all.covariate(r, "site"));
        ComBatModel model = Tables.fit(SCALE, table);
        FeatureTable after = model.apply(table, new Trace());
        for (int r = 0; r < 120; r++) {
            for (int f = 0; f < 20; f++) {
                assertTrue(Double.isFinite(after.row(r)[f]));
            }
        }
        double theta = model.scale().orElseThrow().effects().get(0).values().get(0);
        assertEquals(0.03, theta, 0.015, "standard error 0.006");
    }

    @Test
    void aSpreadOfACovariateWithOneValueIsPlainComBatAndSaidSo() {
        FeatureTable table = Tables.random(86, 4, 2, 20);
        FeatureTable even = Tables.relabel(table, "dose", r -> "3");
        Trace trace = new Trace();
        ComBatModel model = Tables.fit(AGE.protectingScale(List.of("dose")), even, trace);
        assertEquals(
                0,
                Tables.difference(Tables.harmonized(AGE, table), model.apply(even, new Trace())),
                1e-12);
        assertEquals(
                List.of("protected column dose is the same in every exam and has no effect."),
                trace.children().get(0).warnings());
    }

    @Test
    void whatCannotBeToldApartOrCombinedIsRefused() {
        FeatureTable table = Tables.random(85, 4, 2, 20);
        FeatureTable told = Tables.relabel(table, "old", r -> r % 2 == 0 ? "no" : "yes");
        String message =
                assertThrows(
                                RefusedException.class,
                                () -> Tables.fit(AGE.protectingScale(List.of("old")), told))
                        .getMessage();
        assertTrue(
                message.startsWith("protect-scale: old and site cannot be told apart: no exam"),
                message);
        assertEquals(
                "protect-scale takes no curve, got s(age). Write age, whose effect on the logarithm"
                        + " of the spread is a line.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> AGE.protectingScale(List.of("s(age)")))
                        .getMessage());
        assertEquals(
                "protect-scale is fitted by maximum likelihood, which location-scale robust is not."
                        + " Leave one of them out.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SCALE.by(ComBat.LocationScale.ROBUST))
                        .getMessage());
        assertEquals(
                "protect-scale names the batch column site, which is to be removed",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> AGE.protectingScale(List.of("site")))
                        .getMessage());
    }
}
