package org.diapason.io.dicom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Faults that a reader could put right: one sentence for each kind, and how often it came again.
 *
 * <p>Thousands of slices share their faults, so a kind is told once, with the first file it was
 * seen in.
 */
final class Warnings {
    /** A file that is nothing but faults shall not fill a report. */
    private static final int MOST_KINDS = 50;

    private record Seen(String first, int times) {}

    private final Map<String, Seen> kinds = new LinkedHashMap<>();
    private int more;

    /**
     * Notes a fault.
     *
     * @param kind what makes two faults the same, never shown
     * @param sentence who, found, what was done; ends with a full stop
     */
    void add(String kind, String sentence) {
        add(kind, new Seen(sentence, 1));
    }

    private void add(String kind, Seen found) {
        Seen seen = kinds.get(kind);
        if (seen != null) {
            kinds.put(kind, new Seen(seen.first, seen.times + found.times));
        } else if (kinds.size() < MOST_KINDS) {
            kinds.put(kind, found);
        } else {
            more += found.times;
        }
    }

    void addAll(Warnings other) {
        other.kinds.forEach(this::add);
        more += other.more;
    }

    boolean isEmpty() {
        return kinds.isEmpty();
    }

    /** Returns the sentences in the order they came up. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        kinds.values()
                .forEach(
                        seen ->
                                sentences.add(
                                        seen.times == 1
                                                ? seen.first
                                                : seen.first.substring(0, seen.first.length() - 1)
                                                        + (seen.times == 2
                                                                ? " (and once more)."
                                                                : " (and "
                                                                        + (seen.times - 1)
                                                                        + " times more).")));
        if (more > 0) {
            sentences.add(more + " more faults are of further kinds and are not listed.");
        }
        return sentences;
    }
}
