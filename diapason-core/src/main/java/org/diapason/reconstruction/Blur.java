package org.diapason.reconstruction;

import org.diapason.math.Boundary;
import org.diapason.math.Convolve;
import org.diapason.math.Gauss;
import org.diapason.math.Kernel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * A scanner's resolution as a forward model: what it shows of an image, blurred by a Gaussian of
 * one width an axis.
 *
 * <p>Kernel of {@link Gauss#kernel}; at the borders the image goes on as its mirror image, half a
 * voxel out. So A is symmetric, {@code Aᵀ = A}, its rows and columns have the sum 1, constants stay
 * and the sum of the image is kept, borders included; repeating the border voxel would do neither.
 * An axis of one voxel is not blurred.
 */
public final class Blur implements ForwardModel {
    private final Geometry grid;
    private final Kernel[] kernels = new Kernel[3];

    /**
     * @param fwhmMm full widths at half maximum along i, j, k in mm; 0 or more
     */
    public Blur(Geometry grid, Numbers fwhmMm) {
        this.grid = grid;
        if (fwhmMm.size() != 3) {
            throw new IllegalArgumentException("a blur needs three widths in mm, got " + fwhmMm);
        }
        for (int a = 0; a < 3; a++) {
            double fwhm = fwhmMm.get(a);
            if (!(fwhm >= 0) || Double.isInfinite(fwhm)) {
                throw new IllegalArgumentException("fwhm must be 0 mm or more, got " + fwhm);
            }
            double[] half = Gauss.kernel(fwhm / Gauss.FWHM_PER_SIGMA / grid.spacing(a));
            if (grid.size(a) > 1 && half.length > 1) {
                kernels[a] = Kernel.centred(bothSides(half));
            }
        }
    }

    private static double[] bothSides(double[] half) {
        int reach = half.length - 1;
        double[] all = new double[2 * reach + 1];
        for (int m = 0; m < all.length; m++) {
            all[m] = half[Math.abs(m - reach)];
        }
        return all;
    }

    @Override
    public int pixels() {
        return grid.voxels();
    }

    @Override
    public int measurements() {
        return grid.voxels();
    }

    @Override
    public void forward(float[] image, float[] data) {
        float[] from = image;
        for (int a = 0; a < 3; a++) {
            if (kernels[a] != null) {
                Convolve.along(
                        grid, from, a, kernels[a], Boundary.MIRROR, data, Convolve.Store.SET);
                from = data;
            }
        }
        if (from == image) {
            System.arraycopy(image, 0, data, 0, data.length);
        }
    }

    @Override
    public void backward(float[] data, float[] image) {
        forward(data, image);
    }
}
