package org.diapason.stats;

import org.diapason.volume.Numbers;

/**
 * Tests compared by several readers on the same cases: an analysis of variance of the readers'
 * areas whose errors are correlated.
 *
 * <p>With I tests, J readers, mean squares MS of tests T, readers R and both TR, and error
 * covariances Cov1 (same reader, other test), Cov2 (other reader, same test) and Cov3 (both other):
 * readers and cases random, {@code F = MS(T)/[MS(TR) + J max(Cov2 − Cov3, 0)]} on I − 1 and {@code
 * den²/(MS(TR)²/((I − 1)(J − 1)))} degrees of freedom; readers fixed, {@code χ² = (I − 1)
 * MS(T)/[Var − Cov1 + (J − 1) max(Cov2 − Cov3, 0)]}; cases fixed, {@code F = MS(T)/MS(TR)}.
 *
 * <p>Obuchowski and Rockette 1995, Communications in Statistics – Simulation 24(2):285–308; degrees
 * of freedom of Hillis 2007, Statistics in Medicine 26(3):596–619, doi:10.1002/sim.2532. With
 * jackknife covariances the result is that of Dorfman, Berbaum and Metz 1992 (Hillis and others
 * 2005, doi:10.1002/sim.2024); {@link #pseudovalues} gives its components.
 *
 * <p>Split-plot designs, where readers or tests have cases of their own, are the same formulas:
 * pairs of readers that share no case have covariance 0 and count as such in the means Cov1 … Cov3
 * (Hillis 2014, Statistics in Medicine 33(2):330–360, doi:10.1002/sim.5926). Every reader reads
 * under every test; where not, see {@link OneShot}.
 *
 * @param tests I
 * @param readers J
 * @param area of each test and reader, tests one after another
 * @param variance mean error variance of an area
 * @param cov1 mean error covariance, same reader, other test
 * @param cov2 mean error covariance, other reader, same test
 * @param cov3 mean error covariance, other reader and test
 * @param byTest variance and cov2 of each test on its own, one after another
 */
public record ObuchowskiRockette(
        int tests,
        int readers,
        Numbers area,
        double variance,
        double cov1,
        double cov2,
        double cov3,
        Numbers byTest) {
    private static final double ROUNDING = 1e-24;

    /** How error covariances are estimated. */
    public enum Errors {
        /** Leaving out one case at a time; needs all to have read all. */
        JACKKNIFE,
        /** From placements; over the cases that two readings share. */
        DELONG
    }

    /** What the result is to hold for. */
    public enum Population {
        /** Other readers and other cases. */
        READERS_AND_CASES,
        /** These readers, other cases. */
        CASES,
        /** Other readers, these cases. */
        READERS
    }

    /**
     * A test of equal areas.
     *
     * @param statistic F, or χ² where readers are fixed
     * @param numeratorFreedom I − 1
     * @param denominatorFreedom infinite where readers are fixed
     * @param p its p-value
     */
    public record Test(
            double statistic, double numeratorFreedom, double denominatorFreedom, double p) {}

    /**
     * Analyses readings.
     *
     * @throws IllegalArgumentException if there are fewer than 2 tests or 2 readers, a reader did
     *     not read under a test, or the jackknife is asked for and not all read all
     */
    public static ObuchowskiRockette of(ReaderScores scores, Errors errors) {
        int tests = scores.tests().size();
        int readers = scores.readers().size();
        if (tests < 2 || readers < 2) {
            throw new IllegalArgumentException(
                    "2 tests and 2 readers are needed, got "
                            + tests
                            + " and "
                            + readers
                            + ". Compare one reader's areas with DeLong.");
        }
        if (errors == Errors.JACKKNIFE && !scores.factorial()) {
            throw new IllegalArgumentException(
                    "the jackknife needs every reader to have read every case under every test. Take"
                            + " DeLong covariances.");
        }
        for (int c = 0; c < tests * readers; c++) {
            if (!scores.read(c / readers, c % readers)) {
                throw new IllegalArgumentException(
                        "reader "
                                + scores.readers().get(c % readers)
                                + " read nothing under test "
                                + scores.tests().get(c / readers)
                                + ". Leave the reader out, or take U-statistics.");
            }
        }
        ReaderErrors found = new ReaderErrors(scores, errors);
        return new ObuchowskiRockette(
                tests,
                readers,
                Numbers.of(found.area),
                found.mean[0],
                found.mean[1],
                found.mean[2],
                found.mean[3],
                Numbers.of(found.byTest));
    }

    /** Returns the mean area of a test over readers. */
    public double mean(int test) {
        double sum = 0;
        for (int r = 0; r < readers; r++) {
            sum += area.get(test * readers + r);
        }
        return sum / readers;
    }

    /** Returns the mean square of tests. */
    public double meanSquareOfTests() {
        double grand = grand();
        double sum = 0;
        for (int t = 0; t < tests; t++) {
            sum += readers * square(mean(t) - grand);
        }
        return sum / (tests - 1);
    }

    /** Returns the mean square of readers. */
    public double meanSquareOfReaders() {
        double grand = grand();
        double sum = 0;
        for (int r = 0; r < readers; r++) {
            sum += tests * square(ofReader(r) - grand);
        }
        return sum / (readers - 1);
    }

    /** Returns the mean square of tests and readers together. */
    public double meanSquareOfBoth() {
        double grand = grand();
        double sum = 0;
        for (int t = 0; t < tests; t++) {
            for (int r = 0; r < readers; r++) {
                sum += square(area.get(t * readers + r) - mean(t) - ofReader(r) + grand);
            }
        }
        // what is left of areas up to 1 that all readers find alike is rounding
        return sum > ROUNDING ? sum / ((tests - 1.0) * (readers - 1)) : 0;
    }

    private double ofReader(int reader) {
        double sum = 0;
        for (int t = 0; t < tests; t++) {
            sum += area.get(t * readers + reader);
        }
        return sum / tests;
    }

    private double grand() {
        double sum = 0;
        for (int t = 0; t < tests; t++) {
            sum += mean(t);
        }
        return sum / tests;
    }

    /** Returns the error of the contrast of tests: what MS(T) is compared with. */
    public double error(Population population) {
        double apart = Math.max(cov2 - cov3, 0);
        return switch (population) {
            case READERS_AND_CASES -> meanSquareOfBoth() + readers * apart;
            case CASES -> variance - cov1 + (readers - 1) * apart;
            case READERS -> meanSquareOfBoth();
        };
    }

    private double freedom(Population population) {
        double of = (tests - 1.0) * (readers - 1);
        return switch (population) {
            case READERS_AND_CASES -> square(error(population)) / (square(meanSquareOfBoth()) / of);
            case CASES -> Double.POSITIVE_INFINITY;
            case READERS -> of;
        };
    }

    /** Tests whether all tests have one area; NaN where readers leave no error at all. */
    public Test test(Population population) {
        double f = error(population) > 0 ? meanSquareOfTests() / error(population) : Double.NaN;
        double freedom = freedom(population);
        return new Test(
                population == Population.CASES ? (tests - 1) * f : f,
                tests - 1.0,
                freedom,
                Tails.f(f, tests - 1.0, freedom));
    }

    /** Returns the difference of two tests' mean areas with its interval. */
    public Estimate difference(int a, int b, Population population) {
        return interval(
                mean(a) - mean(b),
                Math.sqrt(2.0 / readers * error(population)),
                freedom(population));
    }

    /**
     * Returns the mean area of a test with its interval, from this test's readers, error variance
     * and Cov2 alone.
     */
    public Estimate single(int test, Population population) {
        double spread = 0;
        for (int r = 0; r < readers; r++) {
            spread += square(area.get(test * readers + r) - mean(test)) / (readers - 1);
        }
        double shared = Math.max(byTest.get(2 * test + 1), 0);
        double own = byTest.get(2 * test);
        return switch (population) {
            case READERS_AND_CASES ->
                    interval(
                            mean(test),
                            Math.sqrt(spread / readers + shared),
                            square(spread + readers * shared) / (square(spread) / (readers - 1)));
            case CASES ->
                    interval(
                            mean(test),
                            Math.sqrt((own + (readers - 1) * shared) / readers),
                            Double.POSITIVE_INFINITY);
            case READERS -> interval(mean(test), Math.sqrt(spread / readers), readers - 1.0);
        };
    }

    private static Estimate interval(double value, double error, double freedom) {
        if (!(freedom > 0 && error > 0)) {
            return new Estimate(value, Double.NaN, Double.NaN);
        }
        double reach = Students.t95(freedom);
        return new Estimate(value, value - reach * error, value + reach * error);
    }

    /**
     * Components of variance of the pseudovalues of Dorfman, Berbaum and Metz; they may be
     * negative.
     *
     * @param reader of readers
     * @param testReader of tests by readers
     * @param cases of cases
     * @param testCase of tests by cases
     * @param readerCase of readers by cases
     * @param rest of all three and error
     */
    public record Components(
            double reader,
            double testReader,
            double cases,
            double testCase,
            double readerCase,
            double rest) {}

    /** Returns the components, from jackknife covariances of a number of cases. */
    public Components pseudovalues(int cases) {
        double both = meanSquareOfBoth() - variance + cov1 + cov2 - cov3;
        return new Components(
                (meanSquareOfReaders() - meanSquareOfBoth()) / tests - cov1 + cov3,
                both,
                cases * cov3,
                cases * (cov2 - cov3),
                cases * (cov1 - cov3),
                cases * (variance - cov1 - cov2 + cov3));
    }

    private static double square(double x) {
        return x * x;
    }
}
