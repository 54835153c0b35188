package org.diapason.volume;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The values of one covariate as they are met: the ends of numbers, and texts while there are few
 * enough to be levels. The order of the values does not matter.
 */
final class Seen {
    /** Levels that a column of text may have: each is a number of every row's design. */
    static final int MOST_LEVELS = 1000;

    private final String name;
    private final SortedSet<String> texts = new TreeSet<>();
    private boolean many;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    /** The first text, in their order, that is no number. */
    private String word;

    Seen(String name) {
        this.name = name;
    }

    void add(String text) {
        double value = Design.number(text);
        if (Double.isNaN(value)) {
            word = word == null || text.compareTo(word) < 0 ? text : word;
        } else {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        keep(text);
    }

    void merge(Seen from) {
        if (from.word != null) {
            word = word == null || from.word.compareTo(word) < 0 ? from.word : word;
        }
        low = Math.min(low, from.low);
        high = Math.max(high, from.high);
        if (from.many) {
            forget();
        }
        from.texts.forEach(this::keep);
    }

    private void keep(String text) {
        if (!many && texts.add(text) && texts.size() > MOST_LEVELS) {
            forget();
        }
    }

    private void forget() {
        many = true;
        texts.clear();
    }

    /**
     * Returns the column of these values.
     *
     * @throws RefusedException if not all are numbers and there are too many for levels
     */
    Design.Column column() {
        if (word == null) {
            boolean none = low > high;
            return new Design.Column(name, List.of(), none ? 0 : low, none ? 0 : high);
        }
        if (many) {
            throw new RefusedException(
                    "protected column "
                            + name
                            + " has more than "
                            + MOST_LEVELS
                            + " different texts, and one is no number (\""
                            + word
                            + "\"), so each would be a level with an effect of its own. Correct the"
                            + " cell, or put the values in fewer groups.");
        }
        return new Design.Column(name, List.copyOf(texts), 0, 0);
    }
}
