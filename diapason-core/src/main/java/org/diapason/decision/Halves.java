package org.diapason.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Rng;

/** Parts rows with a truth into those that calibrate and those that judge. */
final class Halves {
    private Halves() {}

    /**
     * Returns which rows calibrate. Rows of one patient stay together; patients with the finding in
     * any row and those without are drawn apart, so that both halves have their share. The order of
     * rows changes nothing where patients are named.
     *
     * @param truth of each row; rows that are unknown are in neither half
     * @param patients of each row; null where every row is one of its own
     * @param share of patients that calibrate
     */
    static boolean[] calibrating(Answer[] truth, List<String> patients, double share, long seed) {
        SortedMap<String, List<Integer>> groups = new TreeMap<>();
        for (int r = 0; r < truth.length; r++) {
            if (truth[r].known()) {
                String name = patients == null ? padded(r) : patients.get(r);
                groups.computeIfAbsent(name, n -> new ArrayList<>()).add(r);
            }
        }
        boolean[] chosen = new boolean[truth.length];
        for (boolean withFinding : new boolean[] {true, false}) {
            List<List<Integer>> own =
                    groups.values().stream()
                            .filter(
                                    g ->
                                            g.stream().anyMatch(r -> truth[r] == Answer.YES)
                                                    == withFinding)
                            .toList();
            int[] order = new int[own.size()];
            for (int n = 0; n < order.length; n++) {
                order[n] = n;
            }
            new Rng(Rng.seed(seed, withFinding ? "with" : "without")).shuffle(order);
            long count = Math.round(share * order.length);
            for (int n = 0; n < count; n++) {
                own.get(order[n]).forEach(r -> chosen[r] = true);
            }
        }
        return chosen;
    }

    private static String padded(int row) {
        String digits = Integer.toString(row);
        return "0".repeat(10 - digits.length()) + digits;
    }
}
