package org.diapason.phantom.lab;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.diapason.fusion.Laplacian;
import org.diapason.fusion.Match;
import org.diapason.math.SortedFloats;
import org.diapason.pansharpening.Gain;
import org.diapason.pansharpening.MtfGlp;
import org.diapason.pansharpening.Pansharpened;
import org.diapason.pansharpening.Resolution;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** Rules that fuse images which are there already, as {@code fuse} and {@code pansharpen} do. */
final class LabRules {
    private static final double LOW = 0.01;

    private LabRules() {}

    /**
     * Returns the details of whichever image shows them more, by Laplacian pyramids, over what PET
     * shows coarsely. MR is brought to PET's percentiles 1 and 99, so that the numbers stay
     * activities as far as such a rule lets them.
     */
    static float[] laplacian(Geometry grid, float[] pet, float[] mr) {
        SortedFloats p = SortedFloats.of(pet);
        SortedFloats m = SortedFloats.of(mr);
        double low = p.quantile(LOW);
        double range = p.quantile(1 - LOW) - low;
        double mrLow = m.quantile(LOW);
        double mrRange = m.quantile(1 - LOW) - mrLow;
        float[] scaled = new float[mr.length];
        for (int v = 0; v < scaled.length; v++) {
            scaled[v] = (float) (low + range * (mr[v] - mrLow) / mrRange);
        }
        Optional<Numbers> coarse = Optional.of(Numbers.of(1, 0));
        return new Laplacian(OptionalInt.empty(), new Match(0.7, true), coarse)
                .fuse(grid, List.of(pet, scaled));
    }

    /** Returns PET plus what MR has beyond PET's resolution, times the gain of a regression. */
    static float[] sharpened(Geometry grid, float[] pet, float[] mr, double fwhmMm) {
        Volume band = Volume.of(grid, pet, Quantity.UNKNOWN);
        Volume sharp = Volume.of(grid, mr, Quantity.MR);
        Resolution width = Resolution.unsaid().withFwhmMm(fwhmMm);
        return Pansharpened.of(
                        new MtfGlp(Gain.REGRESSION),
                        sharp,
                        List.of("pet"),
                        List.of(band),
                        width,
                        Optional.empty())
                .bands()
                .get(0)
                .fused()
                .volume()
                .values();
    }
}
