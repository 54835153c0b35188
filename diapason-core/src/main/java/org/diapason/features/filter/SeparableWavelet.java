package org.diapason.features.filter;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Boundary;
import org.diapason.math.Kernel;
import org.diapason.math.OrthogonalWavelet;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Splits an image into bands by a stationary wavelet transform, and answers with one band.
 *
 * <p>Level j convolves along each axis by the low (L) or high (H) pass with 2^(j−1) − 1 holes
 * between its weights (à trous), never dropping voxels; all levels before the last take the low
 * pass along every axis. LHL is low along i, high along j, low along k.
 *
 * <p>Refused on axes of different spacing.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Separable wavelets" (25BO); Mallat 1989,
 * IEEE Trans. Pattern Anal. 11(7):674–693, doi:10.1109/34.192463; Shensa 1992, IEEE Trans. Signal
 * Process. 40(10):2464–2482, doi:10.1109/78.157290.
 *
 * @param wavelet haar, db1 to db38, sym2 to sym20, or coif1 to coif17, named as in PyWavelets
 * @param bands L or H along i, j and, in a volume, k
 * @param level how often the image is split; 1 to 8
 * @param pooling how turned copies of the filter become one
 * @param boundary how the image goes on beyond its border
 * @param space in slices or in the volume
 */
public record SeparableWavelet(
        String wavelet,
        String bands,
        @Default("1") int level,
        @Default("none") Pooling pooling,
        @Default("mirror") Boundary boundary,
        @Default("3d") Space space)
        implements Filter {

    private static final int MOST_LEVELS = 8;

    public SeparableWavelet {
        if (!OrthogonalWavelet.NAMES.contains(wavelet)) {
            throw new IllegalArgumentException(
                    "wavelet must be " + OrthogonalWavelet.KNOWN + ", got " + wavelet);
        }
        if (bands.length() != space.axes() || !bands.matches("[LH]+")) {
            throw new IllegalArgumentException(
                    "bands must be "
                            + space.axes()
                            + " letters L or H, as in "
                            + "LHL".substring(0, space.axes())
                            + ", got "
                            + bands);
        }
        if (level < 1 || level > MOST_LEVELS) {
            throw new IllegalArgumentException(
                    "level must be from 1 to " + MOST_LEVELS + ", got " + level);
        }
    }

    @Override
    public float[] respond(Geometry g, float[] values) {
        Grids.needValues(label(), values);
        Grids.needEqualSpacing(label(), g, space.axes());
        Kernel low = OrthogonalWavelet.low(wavelet);
        Kernel high = OrthogonalWavelet.high(wavelet);
        List<List<Kernel>> axes = new ArrayList<>();
        for (int a = 0; a < space.axes(); a++) {
            List<Kernel> kernels = new ArrayList<>();
            for (int j = 1; j < level; j++) {
                kernels.add(low.spread(1 << (j - 1)));
            }
            kernels.add((bands.charAt(a) == 'L' ? low : high).spread(1 << (level - 1)));
            axes.add(kernels);
        }
        return Turns.respond(g, values, axes, boundary, pooling);
    }

    @Override
    public String label() {
        return "wavelet-"
                + wavelet
                + "-"
                + bands
                + "-level"
                + level
                + Labels.of(pooling)
                + Labels.end(space, boundary);
    }
}
