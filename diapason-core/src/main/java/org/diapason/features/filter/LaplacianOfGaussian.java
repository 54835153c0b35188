package org.diapason.features.filter;

import org.diapason.math.Boundary;
import org.diapason.math.Convolve;
import org.diapason.math.Kernel;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Finds blobs and edges of one size: the Laplacian of an image blurred by a Gaussian.
 *
 * <p>{@code g(x) = −(2πσ²)^(−D/2) (D/σ² − |x|²/σ⁴) exp(−|x|²/2σ²)}, σ in voxels, cut at {@code ⌊dσ
 * + ½⌋} voxels along each axis. It is the sum over the axes of a second derivative along one and
 * Gaussians along the others, and is computed so, exactly. Bright blobs answer negatively.
 *
 * <p>On axes of different spacing s the kernel has the same shape in mm: σ/s voxels along each
 * axis, and second derivatives per m², m being the geometric mean of the spacings, which on cubes
 * is the rule of IBSI. Refused where σ is below 0.65 voxel, where the samples of the kernel no
 * longer sum to nearly 0.
 *
 * <p>Method: IBSI 2 manual, arXiv:2006.05470, section "Laplacian of Gaussian filter" (L6PA); Marr
 * and Hildreth 1980, Proc. R. Soc. Lond. B 207:187–217, doi:10.1098/rspb.1980.0020.
 *
 * @param sigmaMm width of the Gaussian, σ, in mm; positive
 * @param cutoff where the kernel ends, d, in σ; positive
 * @param boundary how the image goes on beyond its border
 * @param space in slices or in the volume
 */
public record LaplacianOfGaussian(
        double sigmaMm,
        @Default("4") double cutoff,
        @Default("mirror") Boundary boundary,
        @Default("3d") Space space)
        implements Filter {

    private static final double LEAST_VOXELS = 0.65;

    public LaplacianOfGaussian {
        if (!(sigmaMm > 0) || Double.isInfinite(sigmaMm)) {
            throw new IllegalArgumentException("sigma-mm must be positive, got " + sigmaMm + " mm");
        }
        if (!(cutoff > 0) || Double.isInfinite(cutoff)) {
            throw new IllegalArgumentException("cutoff must be positive, got " + cutoff + " sigma");
        }
    }

    @Override
    public float[] respond(Geometry g, float[] values) {
        Grids.needValues(label(), values);
        int axes = space.axes();
        double logarithm = 0;
        for (int a = 0; a < axes; a++) {
            Grids.needSampled(label(), sigmaMm, g.spacing(a), LEAST_VOXELS);
            logarithm += StrictMath.log(g.spacing(a)) / axes;
        }
        double unit = StrictMath.exp(logarithm);
        Kernel[] blur = new Kernel[axes];
        Kernel[] bend = new Kernel[axes];
        for (int a = 0; a < axes; a++) {
            double sigma = sigmaMm / g.spacing(a);
            double scale = unit / g.spacing(a);
            blur[a] = kernel(sigma, cutoff, false);
            bend[a] = kernel(sigma, cutoff, true).times(scale * scale);
        }
        return respond(g, values, blur, bend);
    }

    /** Keeps two arrays: blurred along the axes so far, and bent along one of them. */
    private float[] respond(Geometry g, float[] values, Kernel[] blur, Kernel[] bend) {
        float[] blurred = new float[values.length];
        float[] bent = new float[values.length];
        Convolve.along(g, values, 0, blur[0], boundary, blurred, Convolve.Store.SET);
        Convolve.along(g, values, 0, bend[0], boundary, bent, Convolve.Store.SET);
        for (int a = 1; a < blur.length; a++) {
            Convolve.along(g, bent, a, blur[a], boundary, bent, Convolve.Store.SET);
            Convolve.along(g, blurred, a, bend[a], boundary, bent, Convolve.Store.ADD);
            if (a < blur.length - 1) {
                Convolve.along(g, blurred, a, blur[a], boundary, blurred, Convolve.Store.SET);
            }
        }
        return bent;
    }

    /** Returns the sampled Gaussian or its second derivative, σ in voxels. */
    private static Kernel kernel(double sigma, double cutoff, boolean second) {
        int reach = (int) Math.floor(cutoff * sigma + 0.5);
        double[] w = new double[2 * reach + 1];
        double variance = sigma * sigma;
        for (int t = -reach; t <= reach; t++) {
            double square = (double) t * t;
            double gauss =
                    StrictMath.exp(-square / (2 * variance)) / (Math.sqrt(2 * Math.PI) * sigma);
            w[t + reach] = second ? (square / variance - 1) / variance * gauss : gauss;
        }
        return Kernel.centred(w);
    }

    @Override
    public String label() {
        return "log-"
                + Numbers.plain(sigmaMm)
                + "mm"
                + (cutoff == 4 ? "" : "-cut" + Numbers.plain(cutoff))
                + Labels.end(space, boundary);
    }
}
