package org.diapason.quality;

import java.util.List;
import java.util.Optional;
import org.diapason.stats.Estimate;

/**
 * A number about images, or why there is none.
 *
 * @param metric what it is
 * @param value the number; NaN where it is not defined
 * @param reason why it is not defined; empty where it is
 * @param note what must be known to read it; mostly empty
 * @param interval 95 % by bootstrap over blocks of the image, where that was asked for and is known
 * @param literature what well-known programs give for the same images where they differ
 */
public record Figure(
        Metric metric,
        double value,
        String reason,
        String note,
        Optional<Estimate> interval,
        List<Variant> literature) {

    /**
     * What another program gives.
     *
     * @param program which one
     * @param value its number; NaN where it has none
     * @param difference what it does otherwise
     */
    public record Variant(String program, double value, String difference) {}

    public Figure {
        if (!Double.isFinite(value) && reason.isEmpty()) {
            throw new IllegalArgumentException(metric.label() + " is not defined: say why");
        }
        literature = List.copyOf(literature);
    }

    /** Makes a figure, which is not defined where the value is no number. */
    static Figure of(Metric metric, double value, String undefined, Optional<Estimate> interval) {
        return Double.isFinite(value)
                ? new Figure(metric, value, "", "", interval, List.of())
                : none(metric, undefined);
    }

    /** Makes what is not defined. */
    static Figure none(Metric metric, String reason) {
        return new Figure(metric, Double.NaN, reason, "", Optional.empty(), List.of());
    }

    Figure with(List<Variant> variants) {
        return new Figure(metric, value, reason, note, interval, variants);
    }

    Figure withNote(String newNote) {
        return new Figure(metric, value, reason, newNote, interval, literature);
    }

    public boolean defined() {
        return reason.isEmpty();
    }
}
