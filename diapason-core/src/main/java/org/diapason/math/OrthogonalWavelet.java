package org.diapason.math;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The filters of orthogonal wavelets, from their definitions: {@link Daubechies} (haar is db1) and
 * {@link Coiflets}.
 *
 * <p>Filters of analysis: the low pass is that of synthesis turned round, the high pass {@code g[m]
 * = (−1)^(m+1) h[m]}; half of the weights, rounded down, stand after the voxel and the others from
 * it back (IBSI 2, section "Separable wavelets").
 */
public final class OrthogonalWavelet {
    /** The names that are known. */
    public static final List<String> NAMES =
            Stream.of(
                            Stream.of("haar"),
                            names("db", 1, Daubechies.MOST_MOMENTS),
                            names("sym", 2, Daubechies.MOST_SYMMETRIC),
                            names("coif", 1, Coiflets.MOST))
                    .flatMap(s -> s)
                    .toList();

    /** What {@link #NAMES} holds, in a few words. */
    public static final String KNOWN =
            "haar, db1 to db"
                    + Daubechies.MOST_MOMENTS
                    + ", sym2 to sym"
                    + Daubechies.MOST_SYMMETRIC
                    + ", coif1 to coif"
                    + Coiflets.MOST;

    /** Filters that were asked for: the longest take a second. */
    private static final Map<String, double[]> MADE = new ConcurrentHashMap<>();

    private OrthogonalWavelet() {}

    private static Stream<String> names(String family, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(n -> family + n);
    }

    /** Returns the filter of synthesis of a known name; its sum is √2, its squares sum to 1. */
    public static double[] scaling(String name) {
        return MADE.computeIfAbsent(name, OrthogonalWavelet::make).clone();
    }

    private static double[] make(String name) {
        if (name.equals("haar")) {
            return Daubechies.least(1);
        }
        int number = Integer.parseInt(name.replaceAll("[a-z]", ""));
        if (name.startsWith("coif")) {
            return Coiflets.filter(number);
        }
        return name.startsWith("sym") ? Daubechies.symmetric(number) : Daubechies.least(number);
    }

    /** Returns the low pass of analysis. */
    public static Kernel low(String name) {
        double[] h = scaling(name);
        double[] turned = new double[h.length];
        for (int m = 0; m < h.length; m++) {
            turned[m] = h[h.length - 1 - m];
        }
        return Kernel.of(-(h.length / 2), turned);
    }

    /** Returns the high pass of analysis. */
    public static Kernel high(String name) {
        double[] g = scaling(name);
        for (int m = 0; m < g.length; m += 2) {
            g[m] = -g[m];
        }
        return Kernel.of(-(g.length / 2), g);
    }
}
