package org.diapason.pansharpening;

import java.util.List;
import org.diapason.step.Default;

/**
 * Gram-Schmidt orthogonalisation with the intensity as its first vector: {@code F_k = M_k + g_k (P'
 * − I)}, {@code g_k = cov(M_k, I)/var(I)}.
 *
 * <p>With {@code scaling: fitted} it is the adaptive form, GSA. Of a single band it would be the
 * sharp image, and is refused.
 *
 * <p>Method: Laben and Brower 2000, US patent 6,011,875; Aiazzi, Baronti and Selva 2007, IEEE
 * Trans. Geosci. Remote Sens. 45(10):3230–3239, doi:10.1109/TGRS.2007.901007, eq. 9 to 11.
 *
 * @param scaling how sharp image and I get one scale: {@code signed}, {@code positive} or {@code
 *     fitted}
 */
public record GramSchmidt(@Default("signed") Scaling scaling) implements Sharpening {

    @Override
    public List<Injection> injections(Scene scene) {
        return Substitution.of(scene, scaling, "gram-schmidt").added(true);
    }

    @Override
    public boolean substitutes() {
        return true;
    }
}
