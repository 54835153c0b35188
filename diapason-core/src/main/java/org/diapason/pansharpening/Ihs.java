package org.diapason.pansharpening;

import java.util.List;
import org.diapason.step.Default;

/**
 * Intensity, hue and saturation of any number of bands: {@code F_k = M_k + P' − I}, I their mean.
 *
 * <p>Every band gets the same detail, whatever its own contrast. Of a single band it would be the
 * sharp image, and is refused.
 *
 * <p>Method: Tu, Su, Shyu and Huang 2001, Information Fusion 2(3):177–186,
 * doi:10.1016/S1566-2535(01)00036-7, section 3.
 *
 * @param scaling how the sharp image gets the scale of I: {@code signed} or {@code positive}
 */
public record Ihs(@Default("signed") Scaling scaling) implements Sharpening {

    public Ihs {
        if (scaling == Scaling.FITTED) {
            throw new IllegalArgumentException(
                    "ihs adds to bands in their own unit, and an intensity that is fitted has that of"
                            + " the sharp image. Take gram-schmidt with scaling: fitted.");
        }
    }

    @Override
    public List<Injection> injections(Scene scene) {
        return Substitution.of(scene, scaling, "ihs").added(false);
    }

    @Override
    public boolean substitutes() {
        return true;
    }
}
