package org.diapason.step;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a judge found.
 *
 * @param verdict one of the five words
 * @param reasons whole sentences that say why, most important first
 * @param figures named numbers of the whole cohort, in the order to be shown
 * @param table one row per judged thing (a feature), for the report
 */
public record Judgement(
        Verdict verdict, List<String> reasons, Map<String, Double> figures, Table table) {

    public Judgement {
        reasons = List.copyOf(reasons);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** Returns the judgement of a judge that could not work, with its reason. */
    public static Judgement notJudged(String reason) {
        return new Judgement(Verdict.NOT_JUDGED, List.of(reason), Map.of(), Table.EMPTY);
    }

    /**
     * Returns what several judges say together: harm if one says so, else the word of the first.
     */
    public static Verdict together(List<Judgement> judgements) {
        if (judgements.isEmpty()) {
            return Verdict.NOT_JUDGED;
        }
        return judgements.stream().anyMatch(j -> j.verdict == Verdict.HARM)
                ? Verdict.HARM
                : judgements.get(0).verdict;
    }

    /** The words a judgement ends with. */
    public enum Verdict {
        BETTER("better"),
        NO_CHANGE("no change"),
        HARM("harm"),
        CANNOT_BE_JUDGED("cannot be judged at this n"),
        NOT_JUDGED("not judged");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * Rows of numbers with names.
     *
     * @param columns names of the numbers in a row
     * @param names name of each row
     * @param rows numbers, NaN where undefined; one array per row, do not write to them
     */
    public record Table(List<String> columns, List<String> names, List<double[]> rows) {
        public static final Table EMPTY = new Table(List.of(), List.of(), List.of());
    }
}
