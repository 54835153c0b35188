package org.diapason.steps.intensity;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Trace;
import org.diapason.volume.Contrast;
import org.diapason.volume.RefusedException;

/**
 * The classes of contrast that a learner has met, each with the first image that showed it: what is
 * learned from one must not be given to another.
 *
 * <p>An image whose tags do not tell its class (a NIfTI file has none) is never refused.
 */
final class Contrasts {
    private static final String WAY_OUT =
            "Only travelling subjects, scanned both ways, can carry one contrast to another.";

    private final SortedMap<Contrast, String> met = new TreeMap<>();

    void add(Admission image) {
        met.putIfAbsent(Contrast.of(image.image().tags()), image.who());
    }

    /** Adds what was met later. */
    void merge(Contrasts later) {
        later.met.forEach(met::putIfAbsent);
    }

    /**
     * Returns the label of the one class that was met, nothing where tags told none.
     *
     * @param what the learner with its article, for the message
     * @throws RefusedException if there are several
     */
    Optional<String> one(String what, Trace trace) {
        SortedMap<Contrast, String> known = new TreeMap<>(met);
        String untold = known.remove(Contrast.UNKNOWN);
        if (known.size() > 1) {
            Iterator<Map.Entry<Contrast, String>> each = known.entrySet().iterator();
            Map.Entry<Contrast, String> a = each.next();
            Map.Entry<Contrast, String> b = each.next();
            throw new RefusedException(
                    a.getValue()
                            + " is "
                            + a.getKey().label()
                            + " and "
                            + b.getValue()
                            + " is "
                            + b.getKey().label()
                            + " by their tags, and "
                            + what
                            + " must not mix contrasts. Learn from one at a time (setting image). "
                            + WAY_OUT);
        }
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String label = known.firstKey().label();
        trace.note("contrast", label);
        if (untold != null) {
            trace.warn(
                    untold
                            + " has no tags that tell its contrast and was taken for "
                            + label
                            + " like the others; there may be more such images.");
        }
        return Optional.of(label);
    }

    /** Refuses an image whose tags tell another class than the one that was learned from. */
    static void require(Admission image, Optional<String> learned) {
        Contrast own = Contrast.of(image.image().tags());
        if (learned.isPresent() && own != Contrast.UNKNOWN && !own.label().equals(learned.get())) {
            throw image.refused(
                    "its contrast is "
                            + own.label()
                            + " by its tags, and the step was learned from "
                            + learned.get()
                            + ". "
                            + WAY_OUT);
        }
    }
}
