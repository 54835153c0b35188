package org.diapason.features.filter;

import java.util.Arrays;
import org.diapason.math.Boundary;
import org.diapason.math.Convolve;
import org.diapason.math.Kernel;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Averages the voxels of a square or cube around each voxel.
 *
 * <p>{@code h = Σ f / M^D} over M voxels along each of D axes. Refused on axes of different
 * spacing: the support would be no cube.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Mean filter" (S60F).
 *
 * @param support voxels along each axis, M; odd, to 999
 * @param boundary how the image goes on beyond its border
 * @param space in slices or in the volume
 */
public record Mean(int support, @Default("mirror") Boundary boundary, @Default("3d") Space space)
        implements Filter {

    static final int MOST = 999;

    public Mean {
        if (support < 1 || support > MOST || support % 2 == 0) {
            throw new IllegalArgumentException(
                    "support must be an odd number of voxels to " + MOST + ", got " + support);
        }
    }

    @Override
    public float[] respond(Geometry g, float[] values) {
        Grids.needValues(label(), values);
        Grids.needEqualSpacing(label(), g, space.axes());
        float[] out = values.clone();
        average(g, out, support, boundary, space);
        return out;
    }

    /** Averages in place. */
    static void average(Geometry g, float[] values, int support, Boundary boundary, Space space) {
        double[] weights = new double[support];
        Arrays.fill(weights, 1.0 / support);
        Kernel kernel = Kernel.centred(weights);
        for (int a = 0; a < space.axes(); a++) {
            Convolve.along(g, values, a, kernel, boundary, values, Convolve.Store.SET);
        }
    }

    @Override
    public String label() {
        return "mean-" + support + Labels.end(space, boundary);
    }
}
