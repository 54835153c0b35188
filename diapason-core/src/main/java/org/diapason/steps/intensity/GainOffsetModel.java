package org.diapason.steps.intensity;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;

/**
 * Takes gain and offset of a scanner out of its images: {@code reference = (measured − δ)/γ}.
 * Learned by {@link GainOffset}; a scanner it does not know is refused.
 *
 * @param image name of the image
 * @param batch column of the cohort table that names the scanner
 * @param reference the scanner whose scale all others get
 * @param gains gain of each scanner; 1 for the reference
 * @param offsets offset of each scanner; 0 for the reference
 * @param contrast the class of contrast it was learned from; images whose tags tell another are
 *     refused
 */
public record GainOffsetModel(
        String image,
        String batch,
        String reference,
        SortedMap<String, Double> gains,
        SortedMap<String, Double> offsets,
        Optional<String> contrast)
        implements Step<Exam> {

    public GainOffsetModel {
        gains = Collections.unmodifiableSortedMap(new TreeMap<>(gains));
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        boolean sound = gains.keySet().equals(offsets.keySet());
        for (Map.Entry<String, Double> gain : gains.entrySet()) {
            sound &= gain.getValue() > 0 && Double.isFinite(gain.getValue());
        }
        for (double offset : offsets.values()) {
            sound &= Double.isFinite(offset);
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    "gains and offsets must name the same scanners, gains above 0, all finite");
        }
    }

    @Override
    public Set<String> images() {
        return Set.of(image);
    }

    @Override
    public Set<String> cohortColumns() {
        return Set.of(batch);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> undone(exam, one, trace));
    }

    private Image undone(Exam exam, Image one, Trace trace) {
        Admission admitted = GainOffset.admit(exam, image);
        Contrasts.require(admitted, contrast);
        String scanner = GainOffset.scanner(exam, batch);
        if (!gains.containsKey(scanner)) {
            throw admitted.refused(
                    "its scanner, \""
                            + scanner
                            + "\" in the column "
                            + batch
                            + ", is not among those whose gain and offset were learned, "
                            + gains.keySet()
                            + ". Learn anew with at least 3 exams of it.");
        }
        double gain = gains.get(scanner);
        double offset = offsets.get(scanner);
        trace.note(image + ".scanner", scanner);
        trace.note(image + ".gain", gain);
        trace.note(image + ".offset", offset);
        return one.withVolume(Linear.scale(one.volume(), offset, gain, Quantity.MAPPED));
    }
}
