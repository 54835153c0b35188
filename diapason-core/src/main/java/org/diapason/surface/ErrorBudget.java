package org.diapason.surface;

import java.util.List;
import java.util.OptionalDouble;

/**
 * By how much a printed surface may be off, part by part, in mm.
 *
 * <p>Of each part the distance is given that 95 % of the surface do not exceed. Added up they are
 * what it comes to if all parts err the same way; the root of the sum of their squares is what to
 * expect where they have nothing to do with each other.
 *
 * @param parts in the order in which they arise
 */
public record ErrorBudget(List<Part> parts) {

    /**
     * One source of error.
     *
     * @param name what it is
     * @param p95Mm 95 % of the surface are off by no more; empty where nothing can be said
     * @param words how it was found, or why it was not
     */
    public record Part(String name, OptionalDouble p95Mm, String words) {}

    public ErrorBudget {
        parts = List.copyOf(parts);
    }

    /** Returns the sum of the known parts in mm. */
    public double addedMm() {
        double sum = 0;
        for (Part part : parts) {
            sum += part.p95Mm().orElse(0);
        }
        return sum;
    }

    /** Returns the root of the sum of the squares of the known parts in mm. */
    public double rootMm() {
        double sum = 0;
        for (Part part : parts) {
            sum += part.p95Mm().orElse(0) * part.p95Mm().orElse(0);
        }
        return Math.sqrt(sum);
    }

    /** Says whether every part is known. */
    public boolean complete() {
        return parts.stream().allMatch(part -> part.p95Mm().isPresent());
    }
}
