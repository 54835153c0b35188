package org.diapason.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What readers said of cases under the tests that are compared: a score for each test, reader and
 * case, NaN where that reader did not read that case so.
 *
 * <p>Scores are kept, do not write to them afterwards.
 */
public final class ReaderScores {
    private final List<String> tests;
    private final List<String> readers;
    private final boolean[] positive;
    private final double[][][] score;

    private ReaderScores(
            List<String> tests, List<String> readers, boolean[] positive, double[][][] score) {
        this.tests = tests;
        this.readers = readers;
        this.positive = positive;
        this.score = score;
    }

    /**
     * One reading.
     *
     * @param test what was read, such as with or without harmonization
     * @param reader who read
     * @param caseId which case
     * @param positive whether the case has the disease
     * @param score higher where the reader believes so more
     */
    public record Reading(
            String test, String reader, String caseId, boolean positive, double score) {}

    /**
     * Sorts readings; tests and readers stand in the order of their names.
     *
     * @throws IllegalArgumentException if a reading is there twice, a score is NaN, or a case is
     *     positive in one and negative in another
     */
    public static ReaderScores of(List<Reading> readings) {
        TreeSet<String> tests = new TreeSet<>();
        TreeSet<String> readers = new TreeSet<>();
        Map<String, Integer> cases = new HashMap<>();
        List<Boolean> truth = new ArrayList<>();
        for (Reading r : readings) {
            tests.add(r.test());
            readers.add(r.reader());
            Integer known = cases.putIfAbsent(r.caseId(), truth.size());
            if (known == null) {
                truth.add(r.positive());
            } else if (truth.get(known) != r.positive()) {
                throw new IllegalArgumentException(
                        "case "
                                + r.caseId()
                                + " is positive in one reading and negative in another.");
            }
        }
        List<String> testNames = List.copyOf(tests);
        List<String> readerNames = List.copyOf(readers);
        double[][][] score = new double[testNames.size()][readerNames.size()][truth.size()];
        for (double[][] test : score) {
            for (double[] row : test) {
                java.util.Arrays.fill(row, Double.NaN);
            }
        }
        for (Reading r : readings) {
            double[] row =
                    score[Collections.binarySearch(testNames, r.test())][
                            Collections.binarySearch(readerNames, r.reader())];
            int at = cases.get(r.caseId());
            if (!Double.isNaN(row[at]) || Double.isNaN(r.score())) {
                throw new IllegalArgumentException(
                        "test "
                                + r.test()
                                + ", reader "
                                + r.reader()
                                + ", case "
                                + r.caseId()
                                + (Double.isNaN(r.score())
                                        ? ": the score is NaN. Leave the reading out."
                                        : " was read twice. Keep one reading."));
            }
            row[at] = r.score();
        }
        boolean[] positive = new boolean[truth.size()];
        for (int c = 0; c < positive.length; c++) {
            positive[c] = truth.get(c);
        }
        return new ReaderScores(testNames, readerNames, positive, score);
    }

    public List<String> tests() {
        return tests;
    }

    public List<String> readers() {
        return readers;
    }

    public int cases() {
        return positive.length;
    }

    /** Returns how many comparisons there are: readers · positive · negative cases. */
    public long comparisons() {
        long positives = 0;
        for (boolean p : positive) {
            positives += p ? 1 : 0;
        }
        return readers.size() * positives * (positive.length - positives);
    }

    boolean positive(int c) {
        return positive[c];
    }

    double score(int test, int reader, int c) {
        return score[test][reader][c];
    }

    /** Says whether a reader read any case under a test. */
    boolean read(int test, int reader) {
        for (double s : score[test][reader]) {
            if (!Double.isNaN(s)) {
                return true;
            }
        }
        return false;
    }

    /** Says whether every reader read some case under every test. */
    public boolean everyReaderReadEveryTest() {
        for (int t = 0; t < tests.size(); t++) {
            for (int r = 0; r < readers.size(); r++) {
                if (!read(t, r)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Says whether every reader read every case under every test. */
    public boolean factorial() {
        for (double[][] test : score) {
            for (double[] row : test) {
                for (double s : row) {
                    if (Double.isNaN(s)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Returns the placements of the cases that a reader read under a test, without one case. */
    Placements placements(int test, int reader, int without) {
        int n = 0;
        int[] rows = rows(test, reader);
        double[] s = new double[rows.length];
        boolean[] y = new boolean[rows.length];
        for (int c : rows) {
            if (c != without) {
                s[n] = score[test][reader][c];
                y[n++] = positive[c];
            }
        }
        try {
            return Placements.of(java.util.Arrays.copyOf(s, n), java.util.Arrays.copyOf(y, n));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "test "
                            + tests.get(test)
                            + ", reader "
                            + readers.get(reader)
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Returns the cases that a reader read under a test. */
    int[] rows(int test, int reader) {
        int[] rows = new int[positive.length];
        int n = 0;
        for (int c = 0; c < rows.length; c++) {
            if (!Double.isNaN(score[test][reader][c])) {
                rows[n++] = c;
            }
        }
        return java.util.Arrays.copyOf(rows, n);
    }
}
