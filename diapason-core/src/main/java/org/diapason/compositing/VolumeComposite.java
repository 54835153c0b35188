package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * One image of measured values laid on another, voxel by voxel: {@code y = α x + (1 − α) z}.
 *
 * <p>Where x is NaN nothing was measured, and z stays. The result keeps the quantity where both
 * have the same, and one opacity holds for all of the target: a mean of two measurements. Else it
 * is {@link Quantity#FUSED}, unless the target's values meant nothing before.
 *
 * @param volume the result, on the target's grid
 * @param covered voxels of the target that the source covers
 * @param unmeasured voxels among them where the source is NaN
 */
public record VolumeComposite(Volume volume, int covered, int unmeasured) {

    /**
     * Lays a volume on another.
     *
     * @param source values of any quantity
     * @param target as many channels
     * @param matte opacity of each voxel of the source, 0 to 1; empty for {@code opacity}
     *     everywhere
     * @param opacity 0 to 1
     * @param x where the first voxel of the source lies on the target; so y, z
     * @throws org.diapason.volume.RefusedException if the source does not reach the target, or
     *     channels differ
     * @throws IllegalArgumentException if an opacity is not from 0 to 1
     */
    public static VolumeComposite of(
            Volume source, Volume target, float[] matte, float opacity, int x, int y, int z) {
        if (source.channels() != target.channels()) {
            throw new RefusedException(
                    "an image of "
                            + source.channels()
                            + " channels cannot be laid on one of "
                            + target.channels()
                            + ". Take one channel: diapason convert IN OUT --frame N");
        }
        requireOpacity(opacity);
        for (float a : matte) {
            requireOpacity(a);
        }
        Laid laid = Laid.of(source, matte, opacity, target.geometry(), x, y, z);
        float[] a = laid.opacity();
        int unmeasured = 0;
        for (int p = 0; p < a.length; p++) {
            boolean nothing = false;
            for (float[] over : laid.planes()) {
                nothing |= over[p] != over[p];
            }
            if (nothing) {
                a[p] = 0;
                unmeasured++;
            }
        }
        List<float[]> out = new ArrayList<>();
        for (int c = 0; c < target.channels(); c++) {
            out.add(mixed(laid.planes()[c], a, target.channel(c)));
        }
        Quantity q = target.quantity();
        boolean mean =
                matte.length == 0
                        && source.quantity() == q
                        && laid.pixels() == a.length
                        && unmeasured == 0;
        boolean keeps = mean || !q.physical() && q != Quantity.Z_SCORE && q != Quantity.MAPPED;
        Volume volume =
                Volume.of(target.geometry(), out, target.meaning(), keeps ? q : Quantity.FUSED);
        return new VolumeComposite(volume, laid.pixels(), unmeasured);
    }

    private static float[] mixed(float[] over, float[] a, float[] below) {
        float[] out = new float[over.length];
        Alpha.mix(over, a, below, out);
        for (int p = 0; p < out.length; p++) {
            if (out[p] != out[p]) { // where one of both is NaN, only what is opaque or below shows
                out[p] = a[p] == 1 ? over[p] : below[p];
            }
        }
        return out;
    }

    private static void requireOpacity(float a) {
        if (!(a >= 0 && a <= 1)) {
            throw new IllegalArgumentException("opacities must be from 0 to 1, got " + a);
        }
    }
}
