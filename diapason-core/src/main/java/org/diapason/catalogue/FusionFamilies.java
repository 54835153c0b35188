package org.diapason.catalogue;

import java.util.Optional;
import org.diapason.fusion.Fusion;
import org.diapason.pansharpening.Sharpening;
import org.diapason.step.Names;

/**
 * Both ways of making one image of several have rules of their own; who asks one for a rule of the
 * other is told where it is.
 */
final class FusionFamilies {
    private FusionFamilies() {}

    /** Returns a clause on a rule that the other family has; empty for other families and rules. */
    static Optional<String> elsewhere(Class<?> family, String chosen) {
        if (family == Fusion.class && has(Sharpening.class, chosen)) {
            return Optional.of(
                    "it gives images roles, one that is sharp and bands that are not, and belongs to"
                            + " pansharpen: diapason pansharpen SHARP BAND OUT --rule "
                            + Names.kebab(chosen)
                            + ", or the step pansharpen.");
        }
        if (family == Sharpening.class && has(Fusion.class, chosen)) {
            return Optional.of(
                    "it treats all images alike and belongs to fuse: diapason fuse A B OUT --rule "
                            + Names.kebab(chosen)
                            + ", or the step fuse.");
        }
        return Optional.empty();
    }

    private static boolean has(Class<?> family, String chosen) {
        for (Class<?> member : family.getPermittedSubclasses()) {
            if (Names.of(member).equals(Names.kebab(chosen))) {
                return true;
            }
        }
        return false;
    }
}
