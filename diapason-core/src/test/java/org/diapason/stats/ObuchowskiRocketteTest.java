package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Rng;
import org.diapason.stats.ObuchowskiRockette.Errors;
import org.diapason.stats.ObuchowskiRockette.Population;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class ObuchowskiRocketteTest {

    /**
     * The study of Van Dyke and others 1993 (spin-echo against cine MRI of aortic dissection, 5
     * readers, 69 normal and 45 abnormal cases) as OR-DBM MRMC 2.51 of the University of Iowa
     * prints it: areas and components to 8 decimals.
     */
    private static final ObuchowskiRockette PRINTED =
            new ObuchowskiRockette(
                    2,
                    5,
                    Numbers.of(
                            .91964573, .85877617, .90386473, .97310789, .82979066, .94782609,
                            .90531401, .92173913, .99935588, .92995169),
                    .00080229,
                    .00034661,
                    .00034407,
                    .00023903,
                    Numbers.of(.00101410, .00048396, .00059047, .00020419));

    @Test
    void thePrintedAnalysisFollowsFromThePrintedComponents() {
        check(PRINTED, 6e-8, 2e-4, 1.1e-6);
    }

    /** The same from the readings themselves, where they are in the references. */
    @Test
    void thePrintedAnalysisFollowsFromTheReadings() throws IOException {
        ReaderScores scores = vanDyke();
        ObuchowskiRockette found = ObuchowskiRockette.of(scores, Errors.JACKKNIFE);
        for (int c = 0; c < 10; c++) {
            assertEquals(PRINTED.area().get(c), found.area().get(c), 5.1e-9);
        }
        assertEquals(.00080229, found.variance(), 5.1e-9);
        assertEquals(.00034661, found.cov1(), 5.1e-9);
        assertEquals(.00034407, found.cov2(), 5.1e-9);
        assertEquals(.00023903, found.cov3(), 5.1e-9);
        check(found, 5.1e-9, 5.1e-6, 5.1e-9);
        ObuchowskiRockette.Components dbm = found.pseudovalues(scores.cases());
        assertEquals(.00153500, dbm.reader(), 5.1e-9);
        assertEquals(.00020040, dbm.testReader(), 5.1e-9);
        assertEquals(.02724923, dbm.cases(), 5.1e-9);
        assertEquals(.01197530, dbm.testCase(), 5.1e-9);
        assertEquals(.01226473, dbm.readerCase(), 5.1e-9);
        assertEquals(.03997160, dbm.rest(), 5.1e-9);
        // the other way to the covariances lies within 3 % (Hillis and others 2005, table II)
        ObuchowskiRockette delong = ObuchowskiRockette.of(scores, Errors.DELONG);
        assertEquals(1, delong.variance() / found.variance(), 0.03);
        assertEquals(1, delong.cov1() / found.cov1(), 0.03);
        assertEquals(1, delong.cov3() / found.cov3(), 0.03);
    }

    private static void check(ObuchowskiRockette study, double squares, double chi, double ends) {
        assertEquals(.89703704, study.mean(0), 6e-9);
        assertEquals(.94083736, study.mean(1), 6e-9);
        assertEquals(.00479617, study.meanSquareOfTests(), squares);
        assertEquals(.00383620, study.meanSquareOfReaders(), squares);
        assertEquals(.00055103, study.meanSquareOfBoth(), squares);
        assertEquals(.00107626, study.error(Population.READERS_AND_CASES), squares);
        ObuchowskiRockette.Test random = study.test(Population.READERS_AND_CASES);
        assertEquals(4.46, random.statistic(), .005);
        assertEquals(15.26, random.denominatorFreedom(), .005);
        assertEquals(.0517, random.p(), .00005);
        ends(-.04380, -.08796, .00036, study.difference(0, 1, Population.READERS_AND_CASES));
        ObuchowskiRockette.Test fixed = study.test(Population.CASES);
        assertEquals(5.47595, fixed.statistic(), chi);
        assertEquals(.0193, fixed.p(), .00005);
        ends(-.04380, -.08049, -.00711, study.difference(0, 1, Population.CASES));
        ObuchowskiRockette.Test cases = study.test(Population.READERS);
        assertEquals(8.70, cases.statistic(), .005);
        assertEquals(4, cases.denominatorFreedom());
        assertEquals(.0420, cases.p(), .00005);
        ends(-.04380, -.08502, -.00258, study.difference(0, 1, Population.READERS));
        Estimate first = study.single(0, Population.READERS_AND_CASES);
        assertEquals(.82522360, first.low(), ends);
        assertEquals(.96885048, first.high(), ends);
        Estimate second = study.single(1, Population.READERS_AND_CASES);
        assertEquals(.89413783, second.low(), ends);
        assertEquals(.98753689, second.high(), ends);
        assertEquals(.84943008, study.single(0, Population.CASES).low(), ends);
        assertEquals(.94464399, study.single(0, Population.CASES).high(), ends);
        assertEquals(.82809808, study.single(0, Population.READERS).low(), ends);
    }

    private static void ends(double value, double low, double high, Estimate found) {
        assertEquals(value, found.value(), 5.5e-6);
        assertEquals(low, found.low(), 5.5e-6);
        assertEquals(high, found.high(), 5.5e-6);
    }

    /**
     * Two readers who find the second test better by the same 0.1: nothing is left between tests
     * and readers, so the error is 2 (Cov2 − Cov3) = 0.0006, and t is normal.
     */
    @Test
    void readersWhoSeeTheSameDifferenceLeaveTheErrorOfCases() {
        for (double first : new double[] {.8, .81, .825}) { // with and without rounding
            ObuchowskiRockette study =
                    new ObuchowskiRockette(
                            2,
                            2,
                            Numbers.of(first, first + .02, first + .1, first + .12),
                            .001,
                            .0005,
                            .0006,
                            .0003,
                            Numbers.of(.001, .0006, .001, .0006));
            Estimate d = study.difference(0, 1, Population.READERS_AND_CASES);
            assertEquals(-.1 + 1.959963984540054 * Math.sqrt(.0006), d.high(), 1e-9);
            // .01/.0006 = 16.667; R 4.2: pchisq(16.6666666667, 1, lower.tail = FALSE)
            assertEquals(
                    4.4557090604056125e-05, study.test(Population.READERS_AND_CASES).p(), 1e-14);
            assertTrue(Double.isNaN(study.test(Population.READERS).p()));
            assertTrue(Double.isNaN(study.difference(0, 1, Population.READERS).low()));
        }
    }

    private static ReaderScores vanDyke() throws IOException {
        Asah table = Asah.read("VanDyke.csv");
        double[] reader = table.column("reader");
        double[] test = table.column("treatment");
        double[] id = table.column("case");
        double[] truth = table.column("truth");
        double[] rating = table.column("rating");
        List<ReaderScores.Reading> readings = new ArrayList<>();
        for (int r = 0; r < reader.length; r++) {
            readings.add(
                    new ReaderScores.Reading(
                            "t" + (int) test[r],
                            "r" + (int) reader[r],
                            "c" + (int) id[r],
                            truth[r] == 1,
                            rating[r]));
        }
        return ReaderScores.of(readings);
    }

    @Test
    void theUStatisticOfTheStudyLiesNextToIt() throws IOException {
        OneShot shot = OneShot.of(vanDyke(), 0, 1);
        assertEquals(.89703704, shot.first(), 5.1e-9);
        assertEquals(.94083736, shot.second(), 5.1e-9);
        // OR: 0.02075; unbiased instead of jackknifed, and without max(Cov2 − Cov3, 0), 1 % less
        assertEquals(.02075, Math.sqrt(shot.variance()), .0004);
        assertEquals(.0517, shot.p(), .01);
    }

    /** Every pair of comparisons, sorted by hand. */
    @Test
    void theUStatisticIsTheSumOverAllPairsOfComparisons() {
        Rng rng = new Rng(5);
        List<ReaderScores.Reading> readings = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 9; c++) {
                    if (rng.nextDouble() < 0.8 || c < 2 || c > 7) { // not all read all
                        double s = (c < 4 ? 1 : 0) + rng.nextInt(4);
                        readings.add(new ReaderScores.Reading("t" + t, "r" + r, "" + c, c < 4, s));
                    }
                }
            }
        }
        ReaderScores scores = ReaderScores.of(readings);
        OneShot shot = OneShot.of(scores, 0, 1);
        assertEquals(brute(scores, 0, 0), shot.firstVariance(), 1e-12);
        assertEquals(brute(scores, 1, 1), shot.secondVariance(), 1e-12);
        assertEquals(brute(scores, 0, 1), shot.covariance(), 1e-12);
    }

    private static double brute(ReaderScores scores, int a, int b) {
        List<double[]> x = comparisons(scores, a);
        List<double[]> y = comparisons(scores, b);
        double[] products = new double[8];
        double[] pairs = new double[8];
        double[] weights = new double[8];
        for (double[] p : x) {
            for (double[] q : y) {
                int kind = (p[0] == q[0] ? 1 : 0) + (p[1] == q[1] ? 2 : 0) + (p[2] == q[2] ? 4 : 0);
                products[kind] += p[3] * q[3];
                pairs[kind]++;
                weights[kind] += p[4] * q[4];
            }
        }
        double sum = 0;
        for (int kind = 1; kind < 8; kind++) {
            sum += weights[kind] * (products[kind] / pairs[kind] - products[0] / pairs[0]);
        }
        return sum;
    }

    /** Returns reader, positive case, negative case, s and weight of each. */
    private static List<double[]> comparisons(ReaderScores scores, int test) {
        List<double[]> all = new ArrayList<>();
        for (int r = 0; r < 3; r++) {
            List<double[]> own = new ArrayList<>();
            for (int i = 0; i < scores.cases(); i++) {
                for (int j = 0; j < scores.cases(); j++) {
                    double x = scores.score(test, r, i);
                    double y = scores.score(test, r, j);
                    if (scores.positive(i) && !scores.positive(j) && !Double.isNaN(x + y)) {
                        own.add(new double[] {r, i, j, x > y ? 1 : x == y ? .5 : 0, 0});
                    }
                }
            }
            own.forEach(c -> c[4] = 1.0 / (3 * own.size()));
            all.addAll(own);
        }
        return all;
    }

    /**
     * Two tests that are alike, read by 6 readers with effects of their own: tests at 5 % reject in
     * 5 % of 400 studies, both where all read all and where each reader has cases of his own.
     */
    @Test
    void alikeTestsAreToldApartAsOftenAsStated() {
        int[] rejected = new int[3];
        for (int study = 0; study < 400; study++) {
            ReaderScores all = simulated(study, false);
            rejected[0] += p(all, Errors.JACKKNIFE) < 0.05 ? 1 : 0;
            rejected[1] += p(simulated(study, true), Errors.DELONG) < 0.05 ? 1 : 0;
            rejected[2] += OneShot.of(all, 0, 1).p() < 0.05 ? 1 : 0;
        }
        for (int n : rejected) {
            assertTrue(n >= 8 && n <= 34, rejected[0] + ", " + rejected[1] + ", " + rejected[2]);
        }
    }

    private static double p(ReaderScores scores, Errors errors) {
        return ObuchowskiRockette.of(scores, errors).test(Population.READERS_AND_CASES).p();
    }

    private static ReaderScores simulated(int study, boolean split) {
        Rng rng = new Rng(Rng.seed(11, "study " + study));
        int readers = 6;
        int cases = split ? 180 : 60;
        double[] own = new double[cases];
        double[][] ofTest = new double[2][cases];
        double[][] skill = new double[2][readers];
        for (int c = 0; c < cases; c++) {
            own[c] = (c % 2) * 1.5 + 0.6 * rng.nextGaussian();
            ofTest[0][c] = 0.4 * rng.nextGaussian();
            ofTest[1][c] = 0.4 * rng.nextGaussian();
        }
        List<ReaderScores.Reading> readings = new ArrayList<>();
        for (int r = 0; r < readers; r++) {
            double shared = 0.2 * rng.nextGaussian();
            for (int t = 0; t < 2; t++) {
                skill[t][r] = shared + 0.2 * rng.nextGaussian();
            }
            for (int c = 0; c < cases; c++) {
                double ofReader = 0.3 * rng.nextGaussian();
                for (int t = 0; t < 2; t++) {
                    double s =
                            own[c]
                                    + ofTest[t][c]
                                    + (c % 2) * skill[t][r]
                                    + ofReader
                                    + 0.5 * rng.nextGaussian();
                    if (!split || c / 30 == r) {
                        readings.add(
                                new ReaderScores.Reading("t" + t, "r" + r, "" + c, c % 2 == 1, s));
                    }
                }
            }
        }
        return ReaderScores.of(readings);
    }

    @Test
    void readingsThatDoNotFitAreNamed() {
        ReaderScores.Reading one = new ReaderScores.Reading("a", "r", "1", true, 1);
        assertEquals(
                "test a, reader r, case 1 was read twice. Keep one reading.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ReaderScores.of(List.of(one, one)))
                        .getMessage());
        ReaderScores partly = simulated(1, true);
        assertEquals(
                "the jackknife needs every reader to have read every case under every test. Take DeLong"
                        + " covariances.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ObuchowskiRockette.of(partly, Errors.JACKKNIFE))
                        .getMessage());
    }
}
