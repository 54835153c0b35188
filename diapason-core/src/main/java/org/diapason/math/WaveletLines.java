package org.diapason.math;

/** One level of a decimated wavelet transform along lines, and back. */
interface WaveletLines {
    /** Returns how many low-pass coefficients n voxels have; n is 2 or more. */
    int low(int n);

    /** Returns how many high-pass coefficients n voxels have. */
    int high(int n);

    /** Writes the low-pass rows, then the high-pass rows, of n rows of voxels. */
    void split(double[][] in, int n, double[][] out, int width);

    /** Writes n rows of voxels of low-pass rows and the high-pass rows after them. */
    void merge(double[][] in, int n, double[][] out, int width);

    /** Returns what the name stands for: haar, db1 to db38 …, cdf-5-3 or cdf-9-7. */
    static WaveletLines of(String name) {
        return switch (name) {
            case "cdf-5-3" -> Lifting.CDF_5_3;
            case "cdf-9-7" -> Lifting.CDF_9_7;
            default -> new FilterBank(OrthogonalWavelet.scaling(name));
        };
    }
}
