package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BsplineFieldTest {
    private static final int[] SIZE = {7, 5, 6};
    private static final BsplineField.Samples SAMPLES =
            BsplineField.Samples.blocks(SIZE, new int[] {1, 1, 1}, new double[] {1, 0.8, 0.9});

    private final double[] value = new double[7 * 5 * 6];
    private final double[] confidence = new double[value.length];

    BsplineFieldTest() {
        Rng rng = new Rng(3);
        for (int v = 0; v < value.length; v++) {
            value[v] = rng.nextGaussian();
            confidence[v] = v % 3 == 0 ? 0 : rng.nextDouble();
        }
    }

    private BsplineField fit(int ei, int ej, int ek) {
        return new BsplineField.Fitter(SAMPLES, ei, ej, ek, row(confidence, null))
                .fit(row(confidence, value));
    }

    private static BsplineField.RowWork row(double[] a, double[] b) {
        return (j, k, row) -> {
            for (int i = 0; i < row.length; i++) {
                int at = (k * SIZE[1] + j) * SIZE[0] + i;
                row[i] = a[at] * (b == null ? 1 : b[at]);
            }
        };
    }

    private static double[] values(BsplineField field) {
        double[] out = new double[7 * 5 * 6];
        field.evaluate(
                SAMPLES,
                (j, k, row) ->
                        System.arraycopy(row, 0, out, (k * SIZE[1] + j) * SIZE[0], row.length));
        return out;
    }

    /** Equations 3 to 5 written out: 64 control points a sample, each weight a product. */
    @ParameterizedTest(name = "{0} × {1} × {2} elements")
    @CsvSource({"1, 1, 1", "3, 2, 1", "4, 1, 3", "2, 0, 1", "0, 0, 0"})
    void isTheApproximationOfLeeWolbergAndShin(int ei, int ej, int ek) {
        int[] e = {ei, ej, ek};
        int ci = ei == 0 ? 1 : ei + 3;
        int cj = ej == 0 ? 1 : ej + 3;
        int ck = ek == 0 ? 1 : ek + 3;
        double[] above = new double[ci * cj * ck];
        double[] below = new double[above.length];
        double[] b = new double[above.length];
        for (int v = 0; v < value.length; v++) {
            weights(v, e, ci, cj, b);
            double squares = 0;
            for (double x : b) {
                squares += x * x;
            }
            for (int c = 0; c < b.length; c++) {
                above[c] += confidence[v] * b[c] * b[c] * (b[c] * value[v] / squares);
                below[c] += confidence[v] * b[c] * b[c];
            }
        }
        double[] expected = new double[value.length];
        for (int v = 0; v < value.length; v++) {
            weights(v, e, ci, cj, b);
            for (int c = 0; c < b.length; c++) {
                expected[v] += below[c] == 0 ? 0 : b[c] * above[c] / below[c];
            }
        }
        assertArrayEquals(expected, values(fit(ei, ej, ek)), 1e-12);
    }

    /** The cubic B-spline around every knot: (4 − 6t² + 3|t|³)/6 to 1, (2 − |t|)³/6 to 2. */
    private static void weights(int v, int[] e, int ci, int cj, double[] b) {
        int[] at = {v % 7, v / 7 % 5, v / 35};
        double[] filled = {1, 0.8, 0.9};
        for (int c = 0; c < b.length; c++) {
            int[] point = {c % ci, c / ci % cj, c / (ci * cj)};
            b[c] = 1;
            for (int a = 0; a < 3; a++) {
                double x = 0.5 + ((at[a] + 0.5) / SIZE[a] - 0.5) * filled[a];
                double t = Math.abs(x * e[a] - (point[a] - 1));
                double w =
                        t < 1
                                ? (4 - 6 * t * t + 3 * t * t * t) / 6
                                : t < 2 ? (2 - t) * (2 - t) * (2 - t) / 6 : 0;
                b[c] *= e[a] == 0 ? 1 : w;
            }
        }
    }

    @ParameterizedTest(name = "{0} × {1} × {2} elements")
    @CsvSource({"1, 1, 1", "3, 2, 1", "2, 0, 5"})
    void finerElementsShowTheSameField(int ei, int ej, int ek) {
        BsplineField field = fit(ei, ej, ek);
        BsplineField fine = field.refined();
        assertEquals(2 * ei, fine.elements(0));
        assertArrayEquals(values(field), values(fine), 1e-12);
        assertArrayEquals(values(field), values(fine.refined()), 1e-12);
    }

    @Test
    void fieldsAddUp() {
        BsplineField field = fit(2, 1, 1);
        double[] one = values(field);
        double[] two = values(field.plus(field));
        for (int v = 0; v < one.length; v++) {
            assertEquals(2 * one[v], two[v], 1e-12);
        }
    }

    @ParameterizedTest(name = "of numbers up to {0}")
    @CsvSource({"0.01", "0.3", "1", "5"})
    void theExponentialIsThatOfStrictMath(double largest) {
        double[] x = new double[1001];
        for (int n = 0; n < x.length; n++) {
            x[n] = largest * (n - 500) / 500;
        }
        double[] e = x.clone();
        SmallExp.row(e);
        for (int n = 0; n < x.length; n++) {
            assertEquals(1, e[n] / StrictMath.exp(x[n]), 2e-11);
        }
    }

    @Test
    void theExponentialOfANumberThatIsNoneIsNone() {
        double[] x = {0.5, Double.NaN};
        SmallExp.row(x);
        assertEquals(Double.NaN, x[1]);
    }
}
