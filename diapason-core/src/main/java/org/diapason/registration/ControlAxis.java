package org.diapason.registration;

/**
 * One axis of a grid of uniform cubic B-splines, in mm: what its control points are worth at
 * samples, and what its curvature costs.
 *
 * <p>Values are drawn to zero towards both ends, so that nothing leaves the image.
 */
final class ControlAxis {
    private static final int TAPS = 4;

    /** Gauss-Legendre points of an element; exact for the products of cubics (degree 6). */
    private static final double[] AT = {
        0.06943184420297371, 0.33000947820757187, 0.6699905217924281, 0.9305681557970262
    };

    private static final double[] GAUSS = {
        0.17392742256872692, 0.32607257743127307, 0.32607257743127307, 0.17392742256872692
    };

    private final double length;
    private final int elements;
    private final double taper;

    /**
     * @param length from the first voxel's centre to the last one's; 0 for an axis of one voxel
     * @param elements equal parts of it; 0 for an axis of one voxel
     * @param taper width over which values are drawn to zero at either end
     */
    ControlAxis(double length, int elements, double taper) {
        this.length = length;
        this.elements = elements;
        this.taper = taper;
    }

    /** Returns how many elements there are. */
    int elements() {
        return elements;
    }

    /** Returns how many control points there are. */
    int controls() {
        return elements == 0 ? 1 : elements + TAPS - 1;
    }

    /** Control points that reach samples: the first of them, and weights of four side by side. */
    record Reach(int controls, int[] first, double[] weight, int taps) {
        int samples() {
            return first.length;
        }
    }

    /** Returns what reaches samples at the given places in mm from the first voxel. */
    Reach reach(double[] mm) {
        int taps = elements == 0 ? 1 : TAPS;
        int[] first = new int[mm.length];
        double[] weight = new double[taps * mm.length];
        for (int s = 0; s < mm.length; s++) {
            if (elements == 0) {
                weight[s] = 1;
                continue;
            }
            double x = mm[s] / length * elements;
            first[s] = Math.max(0, Math.min(elements - 1, (int) x));
            double[] w = spline(x - first[s], 0);
            double in = drawn(Math.min(mm[s], length - mm[s]) / taper);
            for (int t = 0; t < TAPS; t++) {
                weight[TAPS * s + t] = w[t] * in;
            }
        }
        return new Reach(controls(), first, weight, taps);
    }

    /** Rises from 0 at the border to 1, smoothly. */
    private static double drawn(double x) {
        double in = Math.max(0, Math.min(1, x));
        return in * in * (3 - 2 * in);
    }

    /**
     * Returns the integrals of the products of two splines' derivatives of an order (0, 1 or 2),
     * seven side by side for each control point: with those three before it to three after it.
     */
    double[] products(int order) {
        int n = controls();
        double[] band = new double[7 * n];
        if (elements == 0) {
            band[3] = order == 0 ? 1 : 0;
            return band;
        }
        double h = length / elements;
        double scale = h;
        for (int o = 0; o < order; o++) {
            scale /= h * h;
        }
        for (int e = 0; e < elements; e++) {
            for (int q = 0; q < AT.length; q++) {
                double[] w = spline(AT[q], order);
                for (int a = 0; a < TAPS; a++) {
                    for (int b = 0; b < TAPS; b++) {
                        band[7 * (e + a) + 3 + b - a] += GAUSS[q] * scale * w[a] * w[b];
                    }
                }
            }
        }
        return band;
    }

    /**
     * Returns the lower triangle L of a band of products, L Lᵀ; what is 0 but for rounding is 0.
     */
    static double[] root(double[] band) {
        int n = band.length / 7;
        double[] l = new double[band.length];
        for (int r = 0; r < n; r++) {
            for (int c = Math.max(0, r - 3); c <= r; c++) {
                double rest = band[7 * r + 3 + c - r];
                for (int m = Math.max(0, r - 3); m < c; m++) {
                    rest -= l[7 * r + 3 + m - r] * l[7 * c + 3 + m - c];
                }
                double pivot = c == r ? 0 : l[7 * c + 3];
                l[7 * r + 3 + c - r] =
                        c < r
                                ? pivot > 0 ? rest / pivot : 0
                                : rest > 1e-12 * band[7 * r + 3] ? Math.sqrt(rest) : 0;
            }
        }
        return l;
    }

    private static double[] spline(double t, int order) {
        double r = 1 - t;
        return switch (order) {
            case 0 ->
                    new double[] {
                        r * r * r / 6,
                        (3 * t * t * t - 6 * t * t + 4) / 6,
                        (3 * r * r * r - 6 * r * r + 4) / 6,
                        t * t * t / 6
                    };
            case 1 ->
                    new double[] {
                        -r * r / 2, (3 * t * t - 4 * t) / 2, (-3 * t * t + 2 * t + 1) / 2, t * t / 2
                    };
            default -> new double[] {r, 3 * t - 2, 1 - 3 * t, t};
        };
    }

    /**
     * Returns a banded matrix, seven numbers a row, times the numbers along an axis.
     *
     * @param step how far neighbours along the axis lie apart in the array
     * @param n how many there are
     */
    static double[] banded(double[] x, double[] band, int step, int n) {
        double[] out = new double[x.length];
        if (step == 1) {
            for (int row = 0; row < x.length; row += n) {
                bandedRow(x, band, row, n, out);
            }
            return out;
        }
        for (int block = 0; block < x.length; block += step * n) {
            for (int at = 0; at < n; at++) {
                int to = block + at * step;
                for (int t = Math.max(-3, -at); t <= Math.min(3, n - 1 - at); t++) {
                    double w = band[7 * at + 3 + t];
                    int from = to + t * step;
                    for (int m = 0; m < step; m++) {
                        out[to + m] += w * x[from + m];
                    }
                }
            }
        }
        return out;
    }

    private static void bandedRow(double[] x, double[] band, int row, int n, double[] out) {
        for (int at = 0; at < n; at++) {
            double sum = 0;
            for (int t = Math.max(-3, -at); t <= Math.min(3, n - 1 - at); t++) {
                sum += band[7 * at + 3 + t] * x[row + at + t];
            }
            out[row + at] = sum;
        }
    }
}
