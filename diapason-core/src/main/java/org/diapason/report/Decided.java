package org.diapason.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;

/** A number or word that an operation decided, over all exams. */
public sealed interface Decided {

    /** Sequences of the cohort up to this length are written out. */
    int LIST = 12;

    /** Returns the key as it stands in the traces. */
    String key();

    /**
     * Numbers over exams; NaN are left out and counted.
     *
     * @param count how many numbers
     * @param undefined how many were NaN
     * @param medianByBatch the median of each batch, where batches are known
     */
    record Spread(
            String key,
            long count,
            long undefined,
            double min,
            double median,
            double max,
            SortedMap<String, Double> medianByBatch)
            implements Decided {}

    /** Words over exams with how often each came. */
    record Words(String key, SortedMap<String, Long> counts) implements Decided {}

    /** Returns what the traces of one operation decided, keys in order of first appearance. */
    static List<Decided> of(Map<String, Trace> byExam, Map<String, String> batchOfExam) {
        Map<String, SortedMap<String, List<Double>>> numbers = new LinkedHashMap<>();
        Map<String, SortedMap<String, Long>> words = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>();
        for (Map.Entry<String, Trace> of : byExam.entrySet()) {
            for (Map.Entry<String, Object> note : of.getValue().notes().entrySet()) {
                Object value = note.getValue();
                if (note.getKey().endsWith(".matrix")) {
                    continue; // its numbers have no median; they are in the traces
                }
                boolean list =
                        batchOfExam.isEmpty() && value instanceof Numbers n && n.size() <= LIST;
                boolean three = value instanceof Numbers n && n.size() == 3;
                boolean axes = three && (!batchOfExam.isEmpty() || inMm(note.getKey()));
                if (value instanceof String || list && !axes) {
                    keys.add(note.getKey());
                    words.computeIfAbsent(note.getKey(), k -> new TreeMap<>())
                            .merge(SettingText.of(value), 1L, Long::sum);
                    continue;
                }
                for (Map.Entry<String, List<Double>> part :
                        split(note.getKey(), value, axes).entrySet()) {
                    keys.add(part.getKey());
                    numbers.computeIfAbsent(part.getKey(), k -> new TreeMap<>())
                            .put(of.getKey(), part.getValue());
                }
            }
        }
        List<Decided> decided = new ArrayList<>();
        for (String key : keys) {
            decided.add(
                    numbers.containsKey(key)
                            ? spread(key, numbers.get(key), batchOfExam)
                            : new Words(key, Collections.unmodifiableSortedMap(words.get(key))));
        }
        return decided;
    }

    /**
     * What comes in threes is that of the axes i, j, k in an exam; in a cohort only lengths are, as
     * there may be three batches too.
     */
    private static boolean inMm(String key) {
        return key.endsWith("Mm") || key.contains("Mm.");
    }

    private static Map<String, List<Double>> split(String key, Object value, boolean axes) {
        if (value instanceof Double d) {
            return Map.of(key, List.of(d));
        }
        List<Double> all = Arrays.stream(((Numbers) value).toArray()).boxed().toList();
        if (!axes) {
            return Map.of(key, all);
        }
        Map<String, List<Double>> parts = new LinkedHashMap<>();
        for (int a = 0; a < 3; a++) {
            parts.put(key + "[" + "ijk".charAt(a) + "]", List.of(all.get(a)));
        }
        return parts;
    }

    private static Spread spread(
            String key, Map<String, List<Double>> byExam, Map<String, String> batchOfExam) {
        double[] all = sorted(byExam.values());
        long undefined = byExam.values().stream().mapToLong(List::size).sum() - all.length;
        SortedMap<String, Collection<List<Double>>> byBatch = new TreeMap<>();
        byExam.forEach(
                (exam, values) -> {
                    String batch = batchOfExam.get(exam);
                    if (batch != null) {
                        byBatch.computeIfAbsent(batch, b -> new ArrayList<>()).add(values);
                    }
                });
        SortedMap<String, Double> medians = new TreeMap<>();
        byBatch.forEach((batch, values) -> medians.put(batch, median(sorted(values))));
        return new Spread(
                key,
                all.length,
                undefined,
                all.length == 0 ? Double.NaN : all[0],
                median(all),
                all.length == 0 ? Double.NaN : all[all.length - 1],
                Collections.unmodifiableSortedMap(medians));
    }

    private static double[] sorted(Collection<List<Double>> values) {
        return values.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
