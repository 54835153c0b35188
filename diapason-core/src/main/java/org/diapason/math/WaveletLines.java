package org.diapason.math;

/** One level of a decimated wavelet transform of a block of voxels, and back. */
interface WaveletLines {
    /** Returns how many low-pass coefficients n voxels have; n is 2 or more. */
    int low(int n);

    /** Returns how many high-pass coefficients n voxels have. */
    int high(int n);

    /**
     * Splits a block along the given axes, one or more; of the bands the highest axis changes
     * fastest: LL, LH, HL, HH. Does not modify its input.
     */
    float[][] split(int[] size, boolean[] axes, float[] values);

    /** Returns the block of {@code size} voxels with these bands. Does not modify its input. */
    float[] merge(int[] size, boolean[] axes, float[][] bands);

    /** Returns what the name stands for: haar, db1 to db38 …, cdf-5-3 or cdf-9-7. */
    static WaveletLines of(String name) {
        return switch (name) {
            case "cdf-5-3" -> Lifting.CDF_5_3;
            case "cdf-9-7" -> Lifting.CDF_9_7;
            default -> new FilterBank(OrthogonalWavelet.scaling(name));
        };
    }
}
