package org.diapason.pansharpening;

import java.util.List;
import org.diapason.math.GapFill;
import org.diapason.math.Starlet;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Additive wavelets without decimation (à trous): P_low is what the starlet transform leaves after
 * as many levels as the bands are coarser; {@code F = M + g (P − P_low)}.
 *
 * <p>After j levels its variance is {@code (4^j − 1)/3} voxels²; j is the number nearest to the
 * bands' blur, log2 of the ratio where that is 2, 4 or 8. Axes count in units of the bands' width:
 * one along which they are less coarse is smoothed from the level on at which the others reach as
 * far.
 *
 * <p>Method: Núñez and others 1999, IEEE Trans. Geosci. Remote Sens. 37(3):1204–1211,
 * doi:10.1109/36.763274, section III (additive wavelet).
 *
 * @param gain how much detail a band is given: regression, sd or modulation
 */
public record Atwt(@Default("regression") Gain gain) implements Sharpening {

    @Override
    public List<Injection> injections(Scene scene) {
        Degradation way = scene.way();
        Geometry fine = way.fine();
        double[] unit = new double[3];
        double widest = 0;
        for (int a = 0; a < 3; a++) {
            unit[a] = 1 / way.ratio().get(a);
            widest = Math.max(widest, way.sigma(a));
        }
        Geometry byWidth = Geometry.of(fine.ni(), fine.nj(), fine.nk(), unit[0], unit[1], unit[2]);
        Starlet starlet = new Starlet(byWidth);
        List<float[]> low = List.of(GapFill.of(fine, scene.sharp()));
        for (int level = levels(widest); level > 0; level--) {
            low = starlet.smoother(low);
        }
        return Details.of(scene, low.get(0), gain, "atwt");
    }

    /** Returns the levels whose standard deviation in voxels is nearest; 1 at least. */
    static int levels(double sigma) {
        double log2 = StrictMath.log(3 * sigma * sigma + 1) / StrictMath.log(2);
        return Math.max(1, (int) Math.rint(log2 / 2));
    }

    @Override
    public boolean substitutes() {
        return false;
    }
}
