package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.stats.MixedModel.Fit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * lme4 1.1-31 and lmerTest 3.1-3 on the same numbers, with control=lmerControl(optimizer="bobyqa",
 * optCtrl=list(rhobeg=0.02, rhoend=1e-11, maxfun=1e5)); with its own defaults lme4 stops earlier,
 * 2e-5 from the best variances. Data, in R:
 *
 * <pre>
 * r <- 0:95; s <- r%%12; t <- r%/%12; site <- (s+2*t)%%5; sex <- ifelse(s%%3==0,"F","M")
 * y <- 50+3*t+4*sin(1+3*s)+t*sin(2+5*s)+2*cos(3*site)+1.5*sin(17*r+0.3)
 * d <- data.frame(y,s=factor(s),t,site=factor(site),sex)[(r*7)%%11>2,]
 * d$y2 <- 50+3*d$t+2*sin(1+3*as.integer(d$s))+1.5*sin(17*seq_len(nrow(d)))
 * </pre>
 */
class MixedModelParityTest {
    /** What lme4 gives for variances near 0 changes so much with rhobeg. */
    private static final double CLOSE = 2e-6;

    private final int[] subject = new int[70];
    private final int[] site = new int[70];
    private final double[] one = new double[70];
    private final double[] time = new double[70];
    private final double[] male = new double[70];
    private final double[] y = new double[70];
    private final double[] y2 = new double[70];

    MixedModelParityTest() {
        int n = 0;
        for (int r = 0; r < 96; r++) {
            if (r * 7 % 11 > 2) {
                subject[n] = r % 12;
                int t = r / 12;
                int s = subject[n];
                site[n] = (s + 2 * t) % 5;
                one[n] = 1;
                time[n] = t;
                male[n] = s % 3 == 0 ? 0 : 1;
                y[n] = 50 + 3 * t + 4 * Math.sin(1 + 3 * s) + t * Math.sin(2 + 5 * s);
                y[n] += 2 * Math.cos(3 * site[n]) + 1.5 * Math.sin(17 * r + 0.3);
                y2[n] = 50 + 3 * t + 2 * Math.sin(4 + 3 * s);
                n++;
                y2[n - 1] += 1.5 * Math.sin(17 * n);
            }
        }
    }

    private static double[][] design(double[]... columns) {
        double[][] x = new double[columns[0].length][columns.length];
        for (int r = 0; r < x.length; r++) {
            for (int k = 0; k < columns.length; k++) {
                x[r][k] = columns[k][r];
            }
        }
        return x;
    }

    private RandomTerm slope() {
        return RandomTerm.of(subject, new double[][] {one, time});
    }

    private static void close(double[] expected, double... actual) {
        assertEquals(expected.length, actual.length);
        for (int k = 0; k < expected.length; k++) {
            double tolerance = CLOSE * Math.abs(expected[k]);
            assertEquals(expected[k], actual[k], tolerance, "number " + (k + 1));
        }
    }

    /** Coefficients, standard errors, degrees of freedom, then variances, σ² and criterion. */
    private static void meets(
            MixedModel model, double[] response, double[][] fixed, double[] variances) {
        Fit fit = model.fit(response);
        int p = fit.coefficients().size();
        double[] errors = new double[p];
        Arrays.setAll(errors, fit::standardError);
        close(fixed[0], fit.coefficients().toArray());
        close(fixed[1], errors);
        close(fixed[2], model.degreesOfFreedom(fit, response).toArray());
        List<Double> found = new ArrayList<>();
        fit.random()
                .forEach(
                        t ->
                                Arrays.stream(t.covariance().toArray())
                                        .distinct()
                                        .forEach(found::add));
        found.add(fit.residualVariance());
        found.add(fit.criterion());
        close(variances, found.stream().mapToDouble(v -> v).toArray());
    }

    /** lmer(y ~ t + (1 | s), d). */
    @Test
    void anInterceptPerSubject() {
        MixedModel model =
                MixedModel.of(design(one, time), List.of(RandomTerm.intercept(subject)), true);
        meets(
                model,
                y,
                new double[][] {
                    {50.80782132020, 3.07608089551},
                    {1.1703834804960, 0.1553304130156},
                    {17.83017106283, 57.41121920886}
                },
                new double[] {11.35977969882, 8.56557980047, 372.9645864365});
        Fit fit = model.fit(y);
        close(
                new double[] {5.5523891492484, -2.4748024604904, 0.2783320707731},
                Arrays.copyOf(fit.random().get(0).effects().toArray(), 3));
        close(
                new double[] {48.33301885971, 51.08615339098, 45.52207680371},
                Arrays.copyOf(fit.fitted().toArray(), 3));
        close(
                new double[] {
                    1.3697974914179, -0.0851190381307, -0.0851190381307, 0.02412753720759
                },
                fit.covariance().toArray());
    }

    /** lmer(y ~ t*sex + (t | s), d). */
    @Test
    void aSlopePerSubjectBesideAnInteraction() {
        double[] both = new double[70];
        Arrays.setAll(both, r -> male[r] * time[r]);
        meets(
                MixedModel.of(design(one, time, male, both), List.of(slope()), true),
                y,
                new double[][] {
                    {50.3263816769967, 3.3867279151081, 0.5414777971384, -0.4100494106254},
                    {1.3302181081162, 0.4173348988163, 1.6445507082953, 0.5141194167387},
                    {10.454518854577, 9.769591866540, 10.805749438353, 9.998674193367}
                },
                new double[] {
                    3.8860779897958,
                    0.1974202427578,
                    0.5146550710251,
                    5.7799598795046,
                    352.6725553698
                });
    }

    /** lmer(y ~ t + (t || s), d). */
    @Test
    void aSlopeThatIsNotCorrelated() {
        RandomTerm alone = RandomTerm.of(subject, new double[][] {time});
        meets(
                MixedModel.of(
                        design(one, time), List.of(RandomTerm.intercept(subject), alone), true),
                y,
                new double[][] {
                    {50.669562713394, 3.118269598943},
                    {0.7677748099833, 0.2452533499227},
                    {13.59008631479, 13.28415527140}
                },
                new double[] {3.6556596947901, 0.5258825432868, 5.7158410290486, 356.6470615524});
    }

    /** lmer(y ~ t + (1 | s) + (1 | site), d) and with (t | s). */
    @Test
    void crossedIntercepts() {
        RandomTerm sites = RandomTerm.intercept(site);
        meets(
                MixedModel.of(
                        design(one, time), List.of(RandomTerm.intercept(subject), sites), true),
                y,
                new double[][] {
                    {50.775534393059, 3.070497478195},
                    {1.4136115687502, 0.1160798448456},
                    {13.44564156946, 53.45572865759}
                },
                new double[] {11.004644414091, 4.229680382997, 4.741768561554, 348.4409914136});
        MixedModel model = MixedModel.of(design(one, time), List.of(sites, slope()), true);
        meets(
                model,
                y,
                new double[][] {
                    {50.627402349588, 3.123886743743},
                    {1.0854046065158, 0.2189705537489},
                    {7.303166605447, 11.019571883259}
                },
                new double[] {
                    4.1128570411768,
                    3.2642627291356,
                    0.1409832516139,
                    0.5178175678678,
                    1.6508648253803,
                    306.1965545349
                });
        Fit fit = model.fit(y);
        assertEquals(1.515454831342, fit.random().get(0).effects().get(0), 1e-6);
        assertEquals(2.3394264163490, fit.random().get(1).effects().get(0), 1e-6);
        assertEquals(0.91553692641153, fit.random().get(1).effects().get(1), 1e-6);
    }

    /** lmer(y ~ t + (t | s) + (t | site), d): the correlation in site is 1. */
    @Test
    void aCorrelationOfOneIsSingular() {
        RandomTerm sites = RandomTerm.of(site, new double[][] {one, time});
        MixedModel model = MixedModel.of(design(one, time), List.of(slope(), sites), true);
        meets(
                model,
                y,
                new double[][] {
                    {50.636665379796, 3.121785844701},
                    {1.0500641919782, 0.2196705324334},
                    {6.589065220682, 11.024869149199}
                },
                new double[] {
                    3.3332583676317,
                    0.1281479928240,
                    0.5198102930849,
                    3.7094255160981,
                    0.0559837108895,
                    0.0008449221777,
                    1.6399439344915,
                    306.0971881313
                });
        assertTrue(model.fit(y).singular());
    }

    /** lmer(y ~ t + (t | s), d, REML = FALSE), and lmer(y2 ~ t + (t | s), d), which is singular. */
    @Test
    void likelihoodInsteadOfRestrictedLikelihoodAndASingularSlope() {
        meets(
                MixedModel.of(design(one, time), List.of(slope()), false),
                y,
                new double[][] {
                    {50.665915018734, 3.118166639904},
                    {0.7279625684386, 0.2307203826028},
                    {13.58361905137, 12.30941761114}
                },
                new double[] {
                    2.9434000055676,
                    0.1923725729226,
                    0.4428552417253,
                    5.7313976106550,
                    356.7121767381
                });
        MixedModel model = MixedModel.of(design(one, time), List.of(slope()), true);
        meets(
                model,
                y2,
                new double[][] {
                    {49.851854389238, 3.003272110488},
                    {0.31705204965491, 0.05987706923375},
                    {13.58463861927, 47.40690650703}
                },
                new double[] {
                    0.4647197955083,
                    -0.0205535958623,
                    0.0009090430555,
                    1.2547808478902,
                    228.8663718898
                });
        assertTrue(model.fit(y2).singular());
    }

    /** Years instead of t: lme4 is 1e-6 off there; nothing may change but the intercept. */
    @Test
    void theOriginOfTimeChangesNothingElse() {
        double[] year = new double[70];
        Arrays.setAll(year, r -> 2010 + time[r]);
        RandomTerm late = RandomTerm.of(subject, new double[][] {one, year});
        Fit early = MixedModel.of(design(one, time), List.of(slope()), true).fit(y);
        Fit fit = MixedModel.of(design(one, year), List.of(late), true).fit(y);
        assertEquals(early.criterion(), fit.criterion(), 1e-9);
        assertEquals(early.standardError(1), fit.standardError(1), 1e-9);
        assertEquals(
                early.random().get(0).covariance().get(3),
                fit.random().get(0).covariance().get(3),
                1e-8);
        for (int r = 0; r < 70; r++) {
            assertEquals(early.fitted().get(r), fit.fitted().get(r), 1e-8);
        }
    }

    /** lmer(Reaction ~ Days + (Days | Subject)), (Days || Subject), (1 | Subject), and by ML. */
    @Test
    void sleepstudy() throws Exception {
        Path file =
                Path.of(
                        System.getProperty("diapason.data", "../shared/data"),
                        "references",
                        "sleepstudy.csv");
        Assumptions.assumeTrue(Files.isRegularFile(file), "no sleepstudy.csv");
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        int n = lines.size() - 1;
        double[] reaction = new double[n];
        double[] days = new double[n];
        double[] ones = new double[n];
        int[] who = new int[n];
        List<String> names = new ArrayList<>();
        for (int r = 0; r < n; r++) {
            String[] cells = lines.get(r + 1).split(",");
            reaction[r] = Double.parseDouble(cells[0]);
            days[r] = Double.parseDouble(cells[1]);
            ones[r] = 1;
            if (!names.contains(cells[2])) {
                names.add(cells[2]);
            }
            who[r] = names.indexOf(cells[2]);
        }
        double[][] x = design(ones, days);
        RandomTerm intercept = RandomTerm.intercept(who);
        RandomTerm both = RandomTerm.of(who, new double[][] {ones, days});
        RandomTerm alone = RandomTerm.of(who, new double[][] {days});
        double[] b = {251.4051048485, 10.4672859596};
        MixedModel slope = MixedModel.of(x, List.of(both), true);
        meets(
                slope,
                reaction,
                new double[][] {b, {6.824556762149, 1.545788863821}, {17, 17}},
                new double[] {
                    612.089995845078,
                    9.604332293788,
                    35.071658714219,
                    654.941025174579,
                    1743.628271958
                });
        assertEquals(2.258565778337, slope.fit(reaction).random().get(0).effects().get(0), 1e-5);
        assertEquals(9.198971818927, slope.fit(reaction).random().get(0).effects().get(1), 1e-5);
        meets(
                MixedModel.of(x, List.of(intercept, alone), true),
                reaction,
                new double[][] {
                    b, {6.885381391115, 1.559565936273}, {18.15620332529, 18.15620428127}
                },
                new double[] {627.56908490114, 35.85819832623, 653.58381381797, 1743.669293581});
        meets(
                MixedModel.of(x, List.of(intercept), true),
                reaction,
                new double[][] {b, {9.74671626920939, 0.80422142894524}, {22.8101989552553, 161}},
                new double[] {1378.178513809047, 960.456578560467, 1786.46508539492});
        meets(
                MixedModel.of(x, List.of(both), false),
                reaction,
                new double[][] {b, {6.632276682755, 1.502236864667}, {18, 18}},
                new double[] {
                    565.51533901918, 11.05542434728, 32.68220170632, 654.94102161058, 1751.939344463
                });
    }
}
