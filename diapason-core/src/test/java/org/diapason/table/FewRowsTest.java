package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;

class FewRowsTest {

    private static List<double[]> rows(double[]... rows) {
        return List.of(rows);
    }

    /**
     * [1 | c] without a set of rows has a lower rank if and only if a combination has only these.
     */
    @Test
    void itAgreesWithTheRankOfEveryRest() {
        Rng rng = new Rng(4);
        int told = 0;
        for (int round = 0; round < 300; round++) {
            int n = 8 + rng.nextInt(9);
            List<double[]> codes = new ArrayList<>();
            for (int r = 0; r < n; r++) {
                double a = rng.nextInt(3);
                double b = rng.nextInt(2);
                codes.add(new double[] {a, b, round % 3 == 0 ? a * b : 0});
            }
            boolean expected = false;
            int whole = rank(codes, 0);
            for (int set = 1; set < 1 << n; set++) {
                expected |= Integer.bitCount(set) < 5 && rank(codes, set) < whole;
            }
            // leverages over 0.9 that are not 1 do not come with so few values
            assertEquals(expected, FewRows.told(codes, 5), "round " + round);
            told += expected ? 1 : 0;
        }
        assertTrue(told > 50 && told < 250, told + " of 300");
    }

    private static int rank(List<double[]> codes, int without) {
        List<double[]> left = new ArrayList<>();
        for (int r = 0; r < codes.size(); r++) {
            if ((without >> r & 1) == 0) {
                double[] c = codes.get(r);
                left.add(new double[] {1, c[0], c[1], c[2]});
            }
        }
        int rank = 0;
        for (int k = 0; k < 4; k++) {
            int pivot = rank;
            while (pivot < left.size() && Math.abs(left.get(pivot)[k]) < 1e-9) {
                pivot++;
            }
            if (pivot < left.size()) {
                double[] row = left.get(pivot);
                left.set(pivot, left.get(rank));
                left.set(rank++, row);
                for (int r = rank; r < left.size(); r++) {
                    double times = left.get(r)[k] / row[k];
                    for (int j = 0; j < 4; j++) {
                        left.get(r)[j] -= times * row[j];
                    }
                }
            }
        }
        return rank;
    }

    /** Ages 60 and 61 in turn, and one of 95: Σ(age − 60.5)·y is nearly this patient's y. */
    @Test
    void oneRowFarFromAllOthersIsTold() {
        List<double[]> codes = new ArrayList<>();
        for (int r = 0; r < 40; r++) {
            codes.add(new double[] {60 + r % 2});
        }
        assertFalse(FewRows.told(codes, 5));
        codes.add(new double[] {95});
        assertTrue(FewRows.told(codes, 5));
    }

    /** Seconds since 1970: two minutes among thousands of millions of seconds are a number too. */
    @Test
    void aLargeNumberThatHardlyVariesIsLookedAt() {
        List<double[]> codes = new ArrayList<>();
        List<double[]> constant = new ArrayList<>();
        for (int r = 0; r < 40; r++) {
            codes.add(new double[] {1.7e9 + (r == 7 ? 120 : r % 2)});
            constant.add(new double[] {1.7e9 / 3});
        }
        assertTrue(FewRows.told(codes, 5));
        assertFalse(FewRows.told(constant, 5));
    }

    @Test
    void fewerRowsThanAskedForAreTold() {
        List<double[]> codes = rows(new double[0], new double[0], new double[0], new double[0]);
        assertTrue(FewRows.told(codes, 5));
        assertFalse(FewRows.told(codes, 4));
    }

    /** A line that is 0 at one of six ages leaves five; a second number at any two leaves four. */
    @Test
    void everyNumberTakesARow() {
        List<double[]> one = new ArrayList<>();
        List<double[]> two = new ArrayList<>();
        Rng rng = new Rng(1);
        for (int r = 0; r < 6; r++) {
            double x = rng.nextGaussian();
            one.add(new double[] {x});
            two.add(new double[] {x, rng.nextGaussian()});
        }
        assertFalse(FewRows.told(one, 5));
        assertTrue(FewRows.told(two, 5));
    }
}
