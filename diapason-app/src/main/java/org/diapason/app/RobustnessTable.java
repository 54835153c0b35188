package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diapason.io.Text;
import org.diapason.io.table.Csv;
import org.diapason.stats.Icc;

/** A row per feature, and side by side how it bears perturbations and second scans. */
final class RobustnessTable {
    static final String AFTER = "harmonized_";

    private static final List<String> PARTS =
            List.of("icc", "low", "high", "class", "subjects", "repeats");
    private static final List<String> GRADES =
            List.of("excellent", "good", "moderate", "poor", "undefined");

    private final Map<String, Map<String, Icc>> columns = new LinkedHashMap<>();

    /** Adds the correlations of all features under a name. */
    void put(String name, Map<String, Icc> found) {
        columns.put(name, found);
    }

    private Set<String> features() {
        Set<String> features = new LinkedHashSet<>();
        columns.values().forEach(found -> features.addAll(found.keySet()));
        return features;
    }

    /** Writes the table. */
    void write(Path file) {
        List<String> header = new ArrayList<>(List.of("feature"));
        columns.keySet().forEach(name -> PARTS.forEach(part -> header.add(name + "_" + part)));
        List<List<String>> rows = new ArrayList<>();
        for (String feature : features()) {
            List<String> row = new ArrayList<>(List.of(feature));
            for (Map<String, Icc> found : columns.values()) {
                Icc icc = found.get(feature);
                row.addAll(icc == null ? List.of("", "", "", "", "", "") : cells(icc));
            }
            rows.add(row);
        }
        Csv.write(file, header, rows);
    }

    private static List<String> cells(Icc icc) {
        return List.of(
                Text.of(icc.value()),
                Text.of(icc.low()),
                Text.of(icc.high()),
                icc.grade(),
                String.valueOf(icc.subjects()),
                String.valueOf(icc.repeats()));
    }

    /** Returns the same for JSON, the counts of classes first. */
    Map<String, Object> fields() {
        Map<String, Object> classes = new LinkedHashMap<>();
        columns.forEach((name, found) -> classes.put(name, counts(found)));
        List<Object> features = new ArrayList<>();
        for (String feature : features()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("feature", feature);
            columns.forEach(
                    (name, found) -> {
                        if (found.containsKey(feature)) {
                            fields.put(name, fields(found.get(feature)));
                        }
                    });
            features.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("classes", classes);
        fields.put("features", features);
        return fields;
    }

    private static Map<String, Object> fields(Icc icc) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("icc", icc.value());
        fields.put("low", icc.low());
        fields.put("high", icc.high());
        fields.put("class", icc.grade());
        fields.put("subjects", icc.subjects());
        fields.put("repeats", icc.repeats());
        return fields;
    }

    /** Returns a line per column with how many features are of which class. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        columns.forEach(
                (name, found) -> {
                    List<String> words = new ArrayList<>();
                    counts(found).forEach((grade, n) -> words.add(n + " " + grade));
                    lines.add(name + ": " + String.join(", ", words));
                });
        columns.forEach(
                (name, found) -> {
                    if (columns.containsKey(AFTER + name)) {
                        lines.add(effect(name, found, columns.get(AFTER + name)));
                    }
                });
        return lines;
    }

    private static String effect(String name, Map<String, Icc> before, Map<String, Icc> after) {
        int up = 0;
        int down = 0;
        int same = 0;
        for (Map.Entry<String, Icc> e : before.entrySet()) {
            Icc then = after.get(e.getKey());
            if (then != null && !e.getValue().grade().isEmpty() && !then.grade().isEmpty()) {
                int change = GRADES.indexOf(e.getValue().grade()) - GRADES.indexOf(then.grade());
                up += change > 0 ? 1 : 0;
                down += change < 0 ? 1 : 0;
                same += change == 0 ? 1 : 0;
            }
        }
        return "effect of harmonization, "
                + name
                + ": "
                + up
                + " features rise in class, "
                + down
                + " fall, "
                + same
                + " stay";
    }

    private static Map<String, Integer> counts(Map<String, Icc> found) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String grade : GRADES) {
            String word = grade.equals("undefined") ? "" : grade;
            int n = (int) found.values().stream().filter(i -> i.grade().equals(word)).count();
            if (n > 0) {
                counts.put(grade, n);
            }
        }
        return counts;
    }
}
