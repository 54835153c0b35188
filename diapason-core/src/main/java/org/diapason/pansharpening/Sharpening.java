package org.diapason.pansharpening;

import java.util.List;
import org.diapason.volume.RefusedException;

/**
 * The rules of pansharpening: what {@code --rule} and the setting {@code rule} of the step
 * pansharpen choose from.
 *
 * <p>One image is sharp, the others are bands: roles, which rules of {@code fuse} do not have.
 * {@link Ihs}, {@link Brovey} and {@link GramSchmidt} substitute a component, the intensity of all
 * bands; {@link Hpf}, {@link MtfGlp} and {@link Atwt} add what the sharp image has beyond the
 * resolution of the bands.
 */
public sealed interface Sharpening permits Ihs, Brovey, GramSchmidt, Hpf, MtfGlp, Atwt {

    /**
     * Returns how each band gets its detail.
     *
     * @throws RefusedException if these images do not carry the rule
     */
    List<Injection> injections(Scene scene);

    /**
     * Says whether a component is substituted: then the sharp image's low frequencies come along,
     * and bands are mixed with each other.
     */
    boolean substitutes();
}
