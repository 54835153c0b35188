package org.diapason.pansharpening;

import java.util.List;
import org.diapason.step.Default;

/**
 * Generalised Laplacian pyramid matched to the scanner: P_low is the sharp image blurred by the
 * bands' point-spread function, sampled on their grid and interpolated back; {@code F = M + g (P −
 * P_low)}.
 *
 * <p>Where the bands do not lie on a grid of their own nothing is sampled. Of all rules this one
 * knows the bands' resolution best: degraded again the result is nearest to them.
 *
 * <p>Method: Aiazzi, Alparone, Baronti and Garzelli 2002, IEEE Trans. Geosci. Remote Sens.
 * 40(10):2300–2312, doi:10.1109/TGRS.2002.803623; Aiazzi and others 2006, Photogramm. Eng. Remote
 * Sens. 72(5):591–596, doi:10.14358/PERS.72.5.591.
 *
 * @param gain how much detail a band is given: regression, sd or modulation
 */
public record MtfGlp(@Default("regression") Gain gain) implements Sharpening {

    @Override
    public List<Injection> injections(Scene scene) {
        return Details.of(scene, scene.way().lowPass(scene.sharp()), gain, "mtf-glp");
    }

    @Override
    public boolean substitutes() {
        return false;
    }
}
