package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class ErrorCovarianceTest {
    private static final Affine TURN =
            LinearModel.RIGID.at(new double[] {30, -20, 10, 0.3, -0.5, 0.7}, new double[3]);

    private static Geometry turned(int ni, int nj, int nk) {
        Affine m = TURN;
        return new Geometry(
                ni,
                nj,
                nk,
                Numbers.of(1.5, 1, 2),
                Numbers.of(-7, 5, 11),
                Numbers.of(
                        m.get(0, 0),
                        m.get(0, 1),
                        -m.get(0, 2),
                        m.get(1, 0),
                        m.get(1, 1),
                        -m.get(1, 2),
                        m.get(2, 0),
                        m.get(2, 1),
                        -m.get(2, 2)));
    }

    /** Any covariances: A Aᵀ of three random shifts. */
    private static ErrorCovariance any(Geometry image) {
        Geometry nodes = ErrorCovariance.nodes(image);
        double[] mm2 = new double[6 * nodes.voxels()];
        Rng rng = new Rng(2);
        for (int n = 0; n < nodes.voxels(); n++) {
            for (int s = 0; s < 3; s++) {
                double[] u = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
                ErrorCovariance.add(mm2, 6 * n, 1, u);
            }
        }
        return ErrorCovariance.blended(nodes, mm2);
    }

    private static double[] at(ErrorCovariance e, Numbers place) {
        double[] s = new double[6];
        e.at(place.toArray(), s);
        return s;
    }

    private static double[] node(ErrorCovariance e, int i, int j, int k) {
        double[] s = new double[6];
        System.arraycopy(e.mm2().toArray(), 6 * e.nodes().index(i, j, k), s, 0, 6);
        return s;
    }

    @Test
    void theNodesReachFromBorderToBorderAndOneVoxelHasOne() {
        Geometry image = turned(17, 3, 1);
        Geometry nodes = ErrorCovariance.nodes(image);
        assertEquals(15, nodes.voxels());
        assertArrayEquals(
                image.toWorld(16, 2, 0).toArray(), nodes.toWorld(4, 2, 0).toArray(), 1e-12);
        assertArrayEquals(
                image.toWorld(8, 1, 0).toArray(), nodes.toWorld(2, 1, 0).toArray(), 1e-12);
    }

    @Test
    void betweenNodesItIsLinearAndBeyondThatOfTheBorder() {
        Geometry image = turned(17, 13, 9);
        ErrorCovariance e = any(image);
        assertArrayEquals(node(e, 3, 1, 2), at(e, image.toWorld(12, 3, 4)), 1e-12);
        assertArrayEquals(node(e, 4, 4, 4), at(e, image.toWorld(40, 30, 20)), 1e-12);
        assertArrayEquals(node(e, 0, 2, 2), at(e, image.toWorld(-5, 6, 4)), 1e-12);
        double[] low = node(e, 1, 2, 3);
        double[] high = node(e, 1, 3, 3);
        double[] between = at(e, image.toWorld(4, 7, 6));
        for (int n = 0; n < 6; n++) {
            assertEquals(low[n] + (high[n] - low[n]) / 3, between[n], 1e-12);
        }
    }

    /** A shift of everything, and any linear map: Σ = w u uᵀ at every place, nodes or not. */
    @Test
    void errorsOfLinearMapsAreExactBetweenNodesToo() {
        Geometry image = turned(37, 29, 23);
        ErrorCovariance shift = ErrorCovariance.linear(image, 0.5, List.of(Affine.shift(0, 2, 0)));
        assertArrayEquals(new double[] {0, 0, 0, 2, 0, 0}, at(shift, Numbers.of(1, 2, 3)), 1e-12);
        Affine a = new Affine(Numbers.of(1.01, 0.02, 0, 0.3, -0.03, 1, 0.01, 0, 0, 0.04, 0.99, 1));
        Affine b = new Affine(Numbers.of(1, 0, 0.02, 0, 0.01, 0.98, 0, -1, 0.03, 0, 1, 0));
        ErrorCovariance e = ErrorCovariance.linear(image, 0.5, List.of(a, b));
        for (double[] v : new double[][] {{0, 0, 0}, {4.5, 10.5, 2}, {30, 3, 21}, {36, 27, 13}}) {
            Numbers x = image.toWorld(v[0], v[1], v[2]);
            double[] expected = new double[6];
            for (Affine map : new Affine[] {a, b}) {
                double[] u = x.toArray();
                map.apply(u);
                for (int r = 0; r < 3; r++) {
                    u[r] -= x.get(r);
                }
                ErrorCovariance.add(expected, 0, 0.5, u);
            }
            assertArrayEquals(expected, at(e, x), 1e-12);
            ErrorCovariance both = e.plus(shift).times(3);
            assertEquals(3 * (expected[3] + 2), at(both, x)[3], 1e-11);
        }
    }

    @Test
    void anErrorAlikeEverywhereHasTheMeanLengthItWasGiven() {
        ErrorCovariance none = any(turned(20, 20, 20)).times(0);
        double[] s = at(none.plusAlike(0.8), Numbers.of(1, 2, 3));
        double each = 0.64 / (8 / Math.PI);
        assertArrayEquals(new double[] {each, 0, 0, each, 0, each}, s, 1e-12);
        Geometry slice = turned(20, 20, 1);
        double[] flat = at(any(slice).times(0).plusAlike(0.8), Numbers.of(1, 2, 3));
        double[] normal = new double[3];
        for (int r = 0; r < 3; r++) {
            normal[r] = slice.direction().get(3 * r + 2);
        }
        assertEquals(0, along(flat, normal), 1e-12);
        assertEquals(2 * 0.64 / (Math.PI / 2), flat[0] + flat[3] + flat[5], 1e-12);
    }

    /** Returns dᵀ Σ d. */
    static double along(double[] s, double[] d) {
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                sum += d[r] * s[ErrorCovariance.part(r, c)] * d[c];
            }
        }
        return sum;
    }

    @Test
    void seenFromElsewhereTheSameErrorsLieAtTheSamePlaces() {
        Affine any = new Affine(Numbers.of(1.1, 0.2, 0, 3, -0.3, 1, 0, 0, 0, 0.4, 0.9, 1));
        Geometry image = turned(17, 13, 9);
        ErrorCovariance e = any(image).plus(ErrorCovariance.linear(image, 1, List.of(any)));
        Affine mirror = new Affine(Numbers.of(0, -1, 0, 5, 1, 0, 0, 6, 0, 0, -1, 7));
        for (Affine frame : new Affine[] {TURN, TURN.then(mirror)}) {
            ErrorCovariance there = e.seen(frame);
            double[] place = e.nodes().toWorld(1.3, 2.6, 0.2).toArray();
            double[] s = at(e, Numbers.of(place));
            double[] tip = {place[0] + 0.6, place[1] - 0.48, place[2] + 0.64};
            frame.apply(place);
            frame.apply(tip);
            double[] d = {tip[0] - place[0], tip[1] - place[1], tip[2] - place[2]};
            double expected = along(s, new double[] {0.6, -0.48, 0.64});
            assertEquals(expected, along(at(there, Numbers.of(place)), d), 1e-9 * expected);
        }
    }

    @Test
    void whatIsNoCovarianceIsRefused() {
        Geometry nodes = Geometry.of(1, 1, 1, 1, 1, 1);
        for (double[] wrong :
                new double[][] {
                    {1, 0, 0, -1, 0, 1},
                    {1, 2, 0, 1, 0, 1},
                    {1, 0, 0, 1, 0, Double.NaN},
                    {Double.POSITIVE_INFINITY, 0, 0, 1, 0, 1},
                    {1e200, 0, 0, 1, 0, 1}
                }) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> ErrorCovariance.blended(nodes, wrong));
            assertEquals(
                    "the numbers of node 0 are no covariance: no spread has them", e.getMessage());
        }
        IllegalArgumentException few =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ErrorCovariance.blended(nodes, new double[] {1, 0, 0, 1}));
        assertTrue(
                few.getMessage().startsWith("1 nodes and 3 axes have 6 numbers each"),
                few.getMessage());
        // of one direction only, to the last bits
        double[] thin = new double[6];
        ErrorCovariance.add(thin, 0, 1, new double[] {0.1, 0.7, -0.3});
        assertEquals(0.01, ErrorCovariance.blended(nodes, thin).mm2().get(0), 1e-12);
    }
}
