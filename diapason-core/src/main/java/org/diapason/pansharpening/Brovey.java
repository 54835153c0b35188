package org.diapason.pansharpening;

import java.util.List;
import org.diapason.step.Default;

/**
 * Every band times the same quotient: {@code F_k = M_k P'/I}, so that the ratios of bands stay.
 *
 * <p>Where I is below a thousandth of its mean there is nothing to multiply, and bands stay as they
 * are; these voxels are counted. Refused where I is not positive on the mean (HU, z-scores): a
 * quotient needs values that count from zero. Of a single band it would be the sharp image, and is
 * refused.
 *
 * <p>Method: Gillespie, Kahle and Walker 1987, Remote Sens. Environ. 22(3):343–365,
 * doi:10.1016/0034-4257(87)90088-5; Vivone and others 2015 (see {@link Injection}), section II-A.
 *
 * @param scaling how sharp image and I get one scale: {@code signed}, {@code positive} or {@code
 *     fitted}
 */
public record Brovey(@Default("signed") Scaling scaling) implements Sharpening {

    @Override
    public List<Injection> injections(Scene scene) {
        return Substitution.of(scene, scaling, "brovey").multiplied("brovey");
    }

    @Override
    public boolean substitutes() {
        return true;
    }
}
