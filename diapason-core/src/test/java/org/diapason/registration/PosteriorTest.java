package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class PosteriorTest {
    private static final Geometry GRID = Geometry.of(24, 20, 22, 2, 2, 2);
    private static final ControlGrid CONTROLS = new ControlGrid(GRID, 12, 12);
    private static final double STIFFNESS = 20;

    /** Variances of 2000 draws are off by 3 % (standard deviation); four of them. */
    private static final double OFF = 0.13;

    private static final int DRAWS = 2000;

    /** A fit that knows the half of low i, each cell along one slanted direction. */
    private static Newton newton(double each) {
        Cells cells = new Cells(GRID, 6);
        int ni = cells.middles()[0].length;
        Rng rng = new Rng(3);
        for (int c = 0; c < cells.sums[0].length; c++) {
            double[] s = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
            double h = c % ni < ni / 2 ? each : 0;
            for (int a = 0; a < 3; a++) {
                cells.sums[3 + a][c] = h * s[a] * s[a];
            }
            cells.sums[6][c] = h * s[0] * s[1];
            cells.sums[7][c] = h * s[0] * s[2];
            cells.sums[8][c] = h * s[1] * s[2];
        }
        return new Newton(CONTROLS, cells, STIFFNESS);
    }

    private static double[][] somewhere(long seed) {
        Rng rng = new Rng(seed);
        double[][] to = new double[3][CONTROLS.size];
        for (double[] along : to) {
            for (int i = 0; i < along.length; i++) {
                along[i] = rng.nextGaussian();
            }
        }
        return to;
    }

    @Test
    void aRootTimesItselfIsTheBandOfProducts() {
        ControlAxis axis = new ControlAxis(40, 4, 5);
        for (int order = 0; order < 3; order++) {
            double[] band = axis.products(order);
            double[] root = ControlAxis.root(band);
            int n = axis.controls();
            for (int r = 0; r < n; r++) {
                for (int c = Math.max(0, r - 3); c <= r; c++) {
                    double sum = 0;
                    for (int m = Math.max(0, r - 3); m <= c; m++) {
                        sum += root[7 * r + 3 + m - r] * root[7 * c + 3 + m - c];
                    }
                    double most = 1e-9 * band[7 * r + 3];
                    assertEquals(band[7 * r + 3 + c - r], sum, most, "order " + order);
                }
            }
        }
    }

    @Test
    void noiseOfBendingHasTheBendingEnergyAsItsVariance() {
        double[] along = somewhere(1)[0];
        Rng rng = new Rng(2);
        double sum = 0;
        for (int n = 0; n < DRAWS; n++) {
            double one = Newton.dot(new double[][] {along}, noise(rng));
            sum += one * one / DRAWS;
        }
        double energy = Newton.dot(new double[][] {along}, new double[][] {CONTROLS.bent(along)});
        assertEquals(1, sum / energy, OFF);
    }

    private static double[][] noise(Rng rng) {
        return new double[][] {CONTROLS.bentNoise(rng)};
    }

    @Test
    void drawnChangesHaveTheInverseOfTheCurvatureAsTheirCovariance() {
        Newton newton = newton(50);
        double[][] along = newton.product(somewhere(4), STIFFNESS);
        Rng rng = new Rng(5);
        double sum = 0;
        int draws = DRAWS / 5;
        for (int n = 0; n < draws; n++) {
            double one = Newton.dot(along, newton.drawn(rng));
            sum += one * one / draws;
        }
        // The variance of (A w)·d is w·A w.
        assertEquals(1, sum / Newton.dot(somewhere(4), along), OFF * Math.sqrt(5));
    }

    @Test
    void whatTheImagesDecideGrowsFromNothingToWhatTheyShow() {
        assertEquals(0, newton(0).decided(new Rng(6)), 1e-9);
        double few = newton(1e-5).decided(new Rng(6));
        double many = newton(50).decided(new Rng(6));
        assertTrue(few < many / 3, few + " and " + many);
        // One direction of each cell that is seen.
        int cells = new Cells(GRID, 6).sums[0].length / 2;
        assertTrue(many < cells, many + " of " + cells);
    }

    @Test
    void placesWithoutStructureAreToldToBeFartherOff() {
        Posterior posterior =
                new Posterior(CONTROLS, GRID, newton(50), new double[3][CONTROLS.size]);
        List<DisplacementField> errors = posterior.errors();
        double seen = Posterior.at(errors, new double[][] {{12, 20, 22}}).mean();
        double unseen = Posterior.at(errors, new double[][] {{36, 20, 22}}).mean();
        assertTrue(unseen > 2 * seen, seen + " mm where it is seen, " + unseen + " where not");
    }

    @Test
    void anErrorThatNothingSpeaksOfIsNotTold() {
        Posterior posterior =
                new Posterior(CONTROLS, GRID, newton(0), new double[3][CONTROLS.size]);
        assertEquals(List.of(), posterior.errors());
    }

    @Test
    void moreBendingThanStiffnessExpectsMakesTheErrorLarger() {
        double[][] bent = somewhere(7);
        double[][] place = {{24, 20, 22}};
        Posterior straight =
                new Posterior(CONTROLS, GRID, newton(50), new double[3][CONTROLS.size]);
        double small = Posterior.at(straight.errors(), place).mean();
        double large =
                Posterior.at(new Posterior(CONTROLS, GRID, newton(50), bent).errors(), place)
                        .mean();
        double[][] twice = somewhere(7);
        for (double[] along : twice) {
            for (int i = 0; i < along.length; i++) {
                along[i] *= 2;
            }
        }
        double larger =
                Posterior.at(new Posterior(CONTROLS, GRID, newton(50), twice).errors(), place)
                        .mean();
        assertTrue(large > 1.01 * small, small + " and " + large);
        assertEquals(2, larger / large, 1e-3, "the same draws, twice as bent");
    }

    /** Places all over the grid but for a shell, three voxels apart. */
    private static double[][] places() {
        List<double[]> places = new ArrayList<>();
        for (int k = 3; k < GRID.nk() - 3; k += 3) {
            for (int j = 3; j < GRID.nj() - 3; j += 3) {
                for (int i = 3; i < GRID.ni() - 3; i += 3) {
                    places.add(GRID.toWorld(i, j, k).toArray());
                }
            }
        }
        return places.toArray(double[][]::new);
    }

    private static double variance(ErrorCovariance e, double[] place) {
        double[] s = new double[6];
        e.at(place, s);
        return s[0] + s[3] + s[5];
    }

    private static List<DisplacementField> drawn(Newton newton, int draws, long seed) {
        Rng rng = new Rng(seed);
        List<DisplacementField> errors = new ArrayList<>();
        for (int n = 0; n < draws; n++) {
            errors.add(Diffeomorphic.field(GRID, CONTROLS.velocity(newton.drawn(rng), GRID)));
        }
        return errors;
    }

    /** The places count a thousand times what the rest of the image does. */
    @Test
    void overThePlacesTheCovarianceHasTheVarianceOfTheDraws() {
        List<DisplacementField> errors = drawn(newton(50), 8, 11);
        double[][] places = places();
        ErrorCovariance e = Posterior.covariance(errors, places, GRID);
        double told = 0;
        double drawn = 0;
        double[] u = new double[3];
        for (double[] place : places) {
            told += variance(e, place);
            for (DisplacementField error : errors) {
                error.at(place, u);
                drawn += (u[0] * u[0] + u[1] * u[1] + u[2] * u[2]) / errors.size();
            }
        }
        assertEquals(1, told / drawn, 0.05);
        double mean = Posterior.at(errors, places).mean();
        assertEquals(1, TargetErrorTest.meanLength(e, places) / mean, 0.15);
    }

    @Test
    void whereNoPlaceIsToldOfTheRestOfTheImageDecides() {
        List<DisplacementField> errors = drawn(newton(50), 8, 11);
        double[][] corner = {{6, 6, 6}};
        double[] far = {36, 20, 22};
        double alone = variance(Posterior.covariance(errors, corner, GRID), far);
        double all = variance(Posterior.covariance(errors, places(), GRID), far);
        assertTrue(alone > all / 2 && alone < 2 * all, alone + " and " + all);
    }

    /** Half the image is seen, and that along x only. */
    @Test
    void anErrorIsSmallerAlongWhatTheImageShows() {
        Cells cells = new Cells(GRID, 6);
        int ni = cells.middles()[0].length;
        for (int c = 0; c < cells.sums[0].length; c++) {
            cells.sums[3][c] = c % ni < ni / 2 ? 50 : 0;
        }
        List<DisplacementField> errors = drawn(new Newton(CONTROLS, cells, STIFFNESS), 8, 3);
        ErrorCovariance e = Posterior.covariance(errors, places(), GRID);
        double[] seen = new double[6];
        double[] unseen = new double[6];
        e.at(new double[] {12, 20, 22}, seen);
        e.at(new double[] {36, 20, 22}, unseen);
        assertTrue(seen[0] < seen[3] / 4 && seen[0] < seen[5] / 4, Arrays.toString(seen));
        assertTrue(seen[0] < unseen[0] / 4, seen[0] + " and " + unseen[0]);
    }

    /** One place alone would have √(2/8), 50 %; here nodes are 12 mm apart, as control points. */
    @Test
    void eightDrawsTellTheVarianceAboutANode() {
        Newton newton = newton(50);
        ErrorCovariance many = Posterior.covariance(drawn(newton, 400, 5), places(), GRID);
        double sum = 0;
        int count = 0;
        for (int seed = 0; seed < 20; seed++) {
            ErrorCovariance few =
                    Posterior.covariance(drawn(newton, 8, 100 + seed), places(), GRID);
            for (int n = 0; n < 6 * 125; n += 6) {
                for (int part : new int[] {0, 3, 5}) {
                    double off = few.mm2().get(n + part) / many.mm2().get(n + part) - 1;
                    sum += off * off;
                    count++;
                }
            }
        }
        assertTrue(Math.sqrt(sum / count) < 0.5, "off by " + Math.sqrt(sum / count));
    }
}
