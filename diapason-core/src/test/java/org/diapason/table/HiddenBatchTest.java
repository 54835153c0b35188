package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.table.HiddenBatch.Proposal;
import org.diapason.table.HiddenBatch.Verdict;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** Groups that no column names, in cohorts of known truth. */
class HiddenBatchTest {
    private static final int N = 120;

    /**
     * Makes 120 exams of 40 correlated normal features; a share of the exams is shifted in 60 % of
     * the features.
     *
     * @param shift in standard deviations of the noise
     * @param skewed whether every feature is the exponential of that
     */
    private static FeatureTable cohort(long seed, double share, double shift, boolean skewed) {
        Rng rng = new Rng(seed);
        double[][] values = new double[40][N];
        SortedMap<String, List<String>> columns = new TreeMap<>();
        for (String name : List.of("truth", "kvp", "mas", "sex")) {
            columns.put(name, new ArrayList<>());
        }
        for (int r = 0; r < N; r++) {
            boolean in = rng.nextDouble() < share;
            double common = 0.5 * rng.nextGaussian();
            for (int f = 0; f < 40; f++) {
                double y =
                        rng.nextGaussian()
                                + common
                                + (in && f < 24 ? (f % 2 == 0 ? shift : -shift) : 0);
                values[f][r] = skewed ? StrictMath.exp(y) : y;
            }
            columns.get("truth").add(in ? "in" : "out");
            columns.get("kvp").add(in == rng.nextDouble() < 0.95 ? "120" : "140");
            columns.get("mas").add(Integer.toString(100 + rng.nextInt(200)));
            columns.get("sex").add(rng.nextDouble() < 0.5 ? "F" : "M");
        }
        List<String> names = IntStream.range(0, 40).mapToObj(f -> "f" + f).toList();
        return Tables.table(names, values, columns);
    }

    private static double accuracy(Proposal found, FeatureTable table) {
        int same = 0;
        for (int r = 0; r < table.size(); r++) {
            boolean first = found.labels().get(r).equals("h1");
            same += first == table.covariate(r, "truth").equals("in") ? 1 : 0;
        }
        return Math.max(same, table.size() - same) / (double) table.size();
    }

    @Test
    void withoutAHiddenBatchAtMostOneInTwentyFindsOne() {
        int found = 0;
        for (int k = 0; k < 200; k++) {
            FeatureTable table = cohort(7000 + k, 0, 0, k % 2 == 1);
            HiddenBatch settings = HiddenBatch.of(List.of(), List.of());
            found += settings.propose(table).verdict() == Verdict.NONE ? 0 : 1;
        }
        assertTrue(found <= 10, found + " of 200 found");
    }

    @Test
    void aShiftOfOneStandardDeviationIsFoundWithNineOfTenExamsInTheirGroup() {
        for (int k = 0; k < 10; k++) {
            FeatureTable table = cohort(7300 + k, 0.45, 1, k % 2 == 1);
            Proposal found = HiddenBatch.of(List.of(), List.of("kvp", "mas")).propose(table);
            assertEquals(Verdict.PROPOSED, found.verdict(), found.reason());
            assertEquals(2, found.groups());
            assertTrue(accuracy(found, table) >= 0.9, "accuracy " + accuracy(found, table));
            assertTrue(found.evidence().get(0).agrees());
            assertFalse(found.evidence().get(1).agrees());
        }
    }

    @Test
    void groupsThatNoAcquisitionColumnExplainsAreRefused() {
        for (int k = 0; k < 5; k++) {
            FeatureTable table = cohort(7400 + k, 0.45, 1, false);
            Proposal found = HiddenBatch.of(List.of(), List.of("mas", "sex")).propose(table);
            assertEquals(Verdict.REFUSED, found.verdict());
            assertTrue(
                    found.reason()
                            .startsWith(
                                    "2 groups of exams were found, and no column of the acquisition"
                                            + " agrees (mas η "),
                    found.reason());
        }
        Proposal none = HiddenBatch.of(List.of(), List.of()).propose(cohort(7400, 0.45, 1, false));
        assertEquals(
                "2 groups of exams were found, and no column of the acquisition was named to tell a"
                        + " batch by. They may as well be biology, and harmonizing would remove it."
                        + " Name columns by --evidence, or measure a phantom.",
                none.reason());
    }

    @Test
    void groupsThatAProtectedColumnOrTheKnownBatchNamesAreNotHidden() {
        FeatureTable table = cohort(7500, 0.45, 1, false);
        assertEquals(
                Verdict.NONE,
                HiddenBatch.of(List.of("truth"), List.of("kvp")).propose(table).verdict());
        HiddenBatch known =
                new HiddenBatch(
                        Optional.of("truth"),
                        List.of(),
                        List.of("kvp"),
                        "*",
                        3,
                        0.25,
                        10,
                        0.5,
                        999,
                        1);
        assertEquals(Verdict.NONE, known.propose(table).verdict());
    }

    @Test
    void aFewFarExamsAreNoBatch() {
        FeatureTable table = cohort(7600, 0.08, 2, false);
        Proposal found = HiddenBatch.of(List.of(), List.of("kvp")).propose(table);
        assertEquals(Verdict.NONE, found.verdict());
        assertTrue(found.reason().contains("outliers rather than a batch"), found.reason());
    }

    @Test
    void threeGroupsAreThree() {
        FeatureTable one = cohort(7700, 0, 0, false);
        double[][] rows = new double[N][];
        for (int r = 0; r < N; r++) {
            rows[r] = one.row(r).clone();
            for (int f = 0; f < 24; f++) {
                rows[r][f] +=
                        1.5
                                * (r % 3 == 0 ? 0 : r % 3 == 1 == f % 2 < 1 ? 1 : -1)
                                * (f % 4 < 2 || r % 3 == 1 ? 1 : 2);
            }
        }
        FeatureTable table = Tables.relabel(one.withRows(rows), "kernel", r -> "k" + r % 3);
        Proposal found = HiddenBatch.of(List.of(), List.of("kernel")).propose(table);
        assertEquals(3, found.groups(), found.reason());
        assertEquals(Verdict.PROPOSED, found.verdict());
    }

    @Test
    void orderOfRowsThreadsAndRepetitionChangeNothing() {
        FeatureTable table = cohort(7800, 0.4, 1, false);
        HiddenBatch settings = HiddenBatch.of(List.of("sex"), List.of("kvp"));
        Proposal one = settings.propose(table);
        int[] back = IntStream.range(0, N).map(r -> N - 1 - r).toArray();
        List<String> turned = new ArrayList<>(settings.propose(table.rows(back)).labels());
        Collections.reverse(turned);
        assertEquals(one.labels(), turned);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            assertEquals(one, settings.propose(table));
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void featuresThatTheGroupsAreApartInComeFirst() {
        Proposal found =
                HiddenBatch.of(List.of(), List.of("kvp")).propose(cohort(7900, 0.45, 1, false));
        long shifted =
                found.apart().subList(0, 24).stream()
                        .filter(a -> Integer.parseInt(a.feature().substring(1)) < 24)
                        .count();
        assertTrue(shifted >= 22, shifted + " of the first 24");
    }

    @Test
    void rowsOfOneExamAreHeldOutTogetherAndCountOnce() {
        // The same 60 exams three times: what is held out is seen elsewhere unless exams decide.
        FeatureTable one = cohort(8100, 0, 0, false).rows(IntStream.range(0, 60).toArray());
        FeatureTable three = FeatureTable.concat(List.of(one, one, one));
        HiddenBatch settings = HiddenBatch.of(List.of(), List.of());
        HiddenBatch.Candidate once = settings.propose(one).candidates().get(0);
        HiddenBatch.Candidate thrice = settings.propose(three).candidates().get(0);
        assertTrue(thrice.error() > 0.8 * once.error(), "error " + thrice.error());
        assertTrue(thrice.gain() < 0.02, "gain " + thrice.gain());
    }

    /** Features that share a cause of heavy tails, of none, or skewed, are no groups. */
    @Test
    void aSharedCauseOfAnyShapeIsNoBatch() {
        for (int k = 0; k < 12; k++) {
            int shape = k % 3;
            Rng rng = new Rng(8200 + k);
            FeatureTable table = cohort(8300 + k, 0, 0, false);
            double[][] rows = new double[N][];
            for (int r = 0; r < N; r++) {
                double cause =
                        switch (shape) {
                            case 0 -> rng.nextGaussian() / Math.max(0.2, rng.nextDouble());
                            case 1 -> 2 * rng.nextDouble();
                            default -> StrictMath.exp(rng.nextGaussian());
                        };
                rows[r] = table.row(r).clone();
                for (int f = 0; f < 40; f++) {
                    rows[r][f] += cause * (0.3 + 0.35 * (f % 3));
                }
            }
            Proposal found = HiddenBatch.of(List.of(), List.of()).propose(table.withRows(rows));
            assertEquals(Verdict.NONE, found.verdict(), shape + ": " + found.reason());
        }
    }

    @Test
    void tooFewExamsOrFeaturesAreRefusedWithTheNumbers() {
        FeatureTable table = cohort(8000, 0.45, 1, false);
        HiddenBatch settings = HiddenBatch.of(List.of(), List.of());
        RefusedException few =
                assertThrows(
                        RefusedException.class,
                        () -> settings.propose(table.rows(IntStream.range(0, 39).toArray())));
        assertEquals(
                "a hidden batch cannot be told from chance in 39 exams; at least 40 are needed. Add"
                        + " exams.",
                few.getMessage());
        HiddenBatch narrow =
                new HiddenBatch(
                        Optional.empty(), List.of(), List.of(), "f3", 3, 0.25, 10, 0.5, 999, 1);
        assertEquals(
                "a hidden batch shows in many features at once, and 1 varies and has values in nine"
                        + " of ten exams; at least 4 are needed. Give more features.",
                assertThrows(RefusedException.class, () -> narrow.propose(table)).getMessage());
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> HiddenBatch.of(List.of("kvp"), List.of("kvp")));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new HiddenBatch(
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                "*",
                                5,
                                0.25,
                                10,
                                0.5,
                                999,
                                1));
    }
}
