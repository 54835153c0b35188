package org.diapason.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.diapason.math.Parallel;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

class FoldTest {
    /** Writes down how items were grouped: every fresh sum becomes a pair of brackets. */
    record Grouping(int rounds) implements Learner<FeatureTable, List<String>> {
        @Override
        public List<String> empty() {
            return new ArrayList<>();
        }

        @Override
        public void add(List<String> sum, FeatureTable item) {
            sum.add(Integer.toString((int) item.row(0)[0]));
        }

        @Override
        public void merge(List<String> into, List<String> from) {
            into.add("[" + String.join(" ", from) + "]");
        }

        @Override
        public Operation<FeatureTable> learn(List<String> sum, Trace trace) {
            trace.note("round " + rounds, String.join("", sum));
            return rounds > 1 ? new Grouping(rounds - 1) : new Plus(100);
        }
    }

    record Plus(double more) implements Step<FeatureTable> {
        @Override
        public FeatureTable apply(FeatureTable table, Trace trace) {
            double[][] rows = new double[table.size()][];
            for (int r = 0; r < rows.length; r++) {
                rows[r] = new double[] {table.row(r)[0] + more};
            }
            return table.withRows(rows);
        }
    }

    @Test
    void learnersSeeBlocksOfEightAsChangedByTheStepsBeforeThemInEveryRound() {
        List<Operation<FeatureTable>> operations =
                List.of(new Plus(10), new Grouping(2), new Grouping(1));
        String first = "[10 11 12 13 14 15 16 17][18 19 20 21 22 23 24 25][26 27]";
        String second =
                "[110 111 112 113 114 115 116 117][118 119 120 121 122 123 124 125][126 127]";
        int threads = Parallel.threads();
        try {
            for (int count : new int[] {1, 4}) {
                Parallel.setThreads(count);
                Trace trace = new Trace();
                List<Step<FeatureTable>> steps =
                        Fold.learn(operations, Fold.rows(table(18)), trace);
                assertEquals(List.of(new Plus(10), new Plus(100), new Plus(100)), steps);
                assertEquals(first, trace.children().get(0).notes().get("round 2"));
                assertEquals(first, trace.children().get(0).notes().get("round 1"));
                assertEquals(second, trace.children().get(1).notes().get("round 1"));
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    /** Counts the sums that it gave and that were not taken back. */
    private static final class Large implements Learner<FeatureTable, List<String>> {
        private final long bytes;
        private int held;
        private int most;

        Large(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public long sumBytes() {
            return bytes;
        }

        @Override
        public List<String> empty() {
            most = Math.max(most, ++held);
            return new ArrayList<>();
        }

        @Override
        public void add(List<String> sum, FeatureTable item) {
            sum.add(Integer.toString((int) item.row(0)[0]));
        }

        @Override
        public void merge(List<String> into, List<String> from) {
            held--;
            into.addAll(from);
        }

        @Override
        public Operation<FeatureTable> learn(List<String> sum, Trace trace) {
            trace.note("sum", String.join(" ", sum));
            return new Plus(1);
        }
    }

    @Test
    void ofLargeSumsNoMoreAreHeldThanAQuarterOfTheMemoryTakes() {
        long quarter = Runtime.getRuntime().maxMemory() / 4;
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(3);
            String all = null;
            for (long[] bytesAndMost : new long[][] {{0, 6}, {quarter / 4, 4}, {4 * quarter, 2}}) {
                Large large = new Large(bytesAndMost[0]);
                Trace trace = new Trace();
                Fold.learn(List.of(large), Fold.rows(table(40)), trace);
                assertEquals(bytesAndMost[1], large.most, "the total and so many blocks of eight");
                String sum = (String) trace.children().get(0).notes().get("sum");
                assertEquals(all == null ? sum : all, sum);
                all = sum;
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void aFitIsAppliedToOtherRowsThanItsOwn() {
        FeatureTable table = table(3);
        List<Operation<FeatureTable>> operations = List.of(new Grouping(1));
        FeatureTable after = Fold.refit(operations).fit(table.rows(0, 0)).apply(table);
        assertEquals(102.0, after.row(2)[0]);
    }

    private static FeatureTable table(int rows) {
        List<String> exams = new ArrayList<>();
        double[][] values = new double[rows][];
        for (int r = 0; r < rows; r++) {
            exams.add("e" + r);
            values[r] = new double[] {r};
        }
        return FeatureTable.of(
                List.of("f"),
                exams,
                Collections.nCopies(rows, ""),
                values,
                Collections.nCopies(rows, new TreeMap<>()));
    }
}
