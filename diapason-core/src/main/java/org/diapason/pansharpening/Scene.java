package org.diapason.pansharpening;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Covariance;

/**
 * A sharp image and bands as a rule sees them.
 *
 * @param way between their resolutions
 * @param sharp on the fine grid; gaps are NaN
 * @param bands on the fine grid, interpolated there
 * @param within the voxels over which means, spreads and regressions are taken; null for all
 */
record Scene(Degradation way, float[] sharp, List<float[]> bands, boolean[] within) {

    /** Of the mean: a spread below is one of roundings. */
    private static final double FLAT = 1e-6;

    /** Returns moments of images over the voxels within where all have a value. */
    Covariance moments(List<float[]> images) {
        return Covariance.of(images, within);
    }

    /** Returns moments of the bands, then of one more image. */
    Covariance momentsWith(float[] last) {
        return moments(bandsAnd(last));
    }

    /** Returns at how many voxels within the bands and one more image have a value. */
    long countWith(float[] last) {
        return Covariance.count(bandsAnd(last), within);
    }

    private List<float[]> bandsAnd(float[] last) {
        List<float[]> all = new ArrayList<>(bands);
        all.add(last);
        return all;
    }

    /** Says whether an image has no contrast within. */
    static boolean flat(Covariance c, int image) {
        return !(c.sd(image) > FLAT * Math.abs(c.mean(image)));
    }
}
