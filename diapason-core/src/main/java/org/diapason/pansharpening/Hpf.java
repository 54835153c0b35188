package org.diapason.pansharpening;

import java.util.List;
import org.diapason.math.BoxMean;
import org.diapason.math.GapFill;
import org.diapason.step.Default;

/**
 * High-pass filter: P_low is the mean of a box, {@code F = M + g (P − P_low)}.
 *
 * <p>The box is as wide as the resolution of the bands: of n voxels where {@code (n² − 1)/12} is
 * nearest to the variance of their blur, n odd (7 for a ratio of 4).
 *
 * <p>Method: Chavez, Sides and Anderson 1991, Photogramm. Eng. Remote Sens. 57(3):295–303.
 *
 * @param gain how much detail a band is given: regression, sd or modulation
 */
public record Hpf(@Default("regression") Gain gain) implements Sharpening {

    @Override
    public List<Injection> injections(Scene scene) {
        int[] reach = new int[3];
        for (int a = 0; a < 3; a++) {
            double variance = scene.way().sigma(a) * scene.way().sigma(a);
            reach[a] = reach(variance);
        }
        float[] low =
                BoxMean.of(
                        scene.way().fine(), GapFill.of(scene.way().fine(), scene.sharp()), reach);
        return Details.of(scene, low, gain, "hpf");
    }

    /**
     * Returns the voxels on either side of a box of that variance; 1 at least where there is any.
     */
    static int reach(double variance) {
        double side = Math.sqrt(12 * variance + 1);
        return variance == 0 ? 0 : Math.max(1, (int) Math.rint((side - 1) / 2));
    }

    @Override
    public boolean substitutes() {
        return false;
    }
}
