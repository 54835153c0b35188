package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.math.Fft;

/**
 * Some samples of the Fourier transform of a real image, as a magnetic resonance scanner takes
 * them.
 *
 * <p>{@code B w = M F w}: F is the transform divided by the root of the number of pixels, so that
 * {@code FᴴF = 1}, M keeps the samples of a mask on the Cartesian grid of frequencies, where
 * frequency 0 is the first. All real parts come first, then all imaginary parts. The transpose is
 * the real part of {@code Fᴴ Mᵀ}. Entries have both signs, so it is no model for counts.
 */
public final class FourierSampling implements ForwardModel {
    private final int ni;
    private final int nj;
    private final int nk;
    private final int[] kept;

    private FourierSampling(int ni, int nj, int nk, int[] kept) {
        this.ni = ni;
        this.nj = nj;
        this.nk = nk;
        this.kept = kept;
    }

    /**
     * Keeps the samples of a mask.
     *
     * @param mask which of the ni × nj × nk frequencies are measured, i fastest; not modified
     * @throws IllegalArgumentException if its length is not that of the image or it keeps nothing
     */
    public static FourierSampling of(int ni, int nj, int nk, boolean[] mask) {
        int n = Math.multiplyExact(Math.multiplyExact(ni, nj), nk);
        if (mask.length != n) {
            throw new IllegalArgumentException(
                    "a mask of frequencies needs "
                            + ni
                            + " x "
                            + nj
                            + " x "
                            + nk
                            + " places, got "
                            + mask.length);
        }
        int[] kept = new int[n];
        int count = 0;
        for (int u = 0; u < n; u++) {
            if (mask[u]) {
                kept[count++] = u;
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("a mask of frequencies must keep at least one");
        }
        return new FourierSampling(ni, nj, nk, Arrays.copyOf(kept, count));
    }

    /**
     * Returns the mask that takes the lines along i nearest to frequency 0 and every so many-th of
     * the others: what parallel lines in time leave out.
     *
     * @param centre lines around frequency 0 that are all taken
     * @param every one line in so many is taken beyond; 1 takes all
     */
    public static boolean[] lines(int ni, int nj, int centre, int every) {
        boolean[] mask = new boolean[Math.multiplyExact(ni, nj)];
        for (int j = 0; j < nj; j++) {
            int frequency = j <= nj / 2 ? j : j - nj;
            if (2 * Math.abs(frequency) < centre || Math.floorMod(frequency, every) == 0) {
                Arrays.fill(mask, j * ni, (j + 1) * ni, true);
            }
        }
        return mask;
    }

    @Override
    public int pixels() {
        return ni * nj * nk;
    }

    @Override
    public int measurements() {
        return 2 * kept.length;
    }

    @Override
    public void forward(float[] image, float[] data) {
        double[] re = new double[image.length];
        double[] im = new double[image.length];
        for (int v = 0; v < re.length; v++) {
            re[v] = image[v];
        }
        Fft.forward(re, im, ni, nj, nk);
        double scale = 1 / Math.sqrt(re.length);
        for (int m = 0; m < kept.length; m++) {
            data[m] = (float) (re[kept[m]] * scale);
            data[m + kept.length] = (float) (im[kept[m]] * scale);
        }
    }

    @Override
    public void backward(float[] data, float[] image) {
        double[] re = new double[image.length];
        double[] im = new double[image.length];
        for (int m = 0; m < kept.length; m++) {
            re[kept[m]] = data[m];
            im[kept[m]] = data[m + kept.length];
        }
        Fft.inverse(re, im, ni, nj, nk);
        double scale = Math.sqrt(re.length);
        for (int v = 0; v < re.length; v++) {
            image[v] = (float) (re[v] * scale);
        }
    }

    /** {@inheritDoc} No sample of a unitary transform is longer than the image. */
    @Override
    public void bound(float[] weights, float[] diagonal) {
        float most = 0;
        for (float w : weights) {
            most = Math.max(most, w);
        }
        Arrays.fill(diagonal, most);
    }
}
