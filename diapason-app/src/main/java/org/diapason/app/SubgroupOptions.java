package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** Options of commands that judge subgroups too; cells too small to show are named and withheld. */
final class SubgroupOptions {

    @Option(
            names = "--by",
            paramLabel = "COLUMNS",
            split = ",",
            description =
                    "Columns whose levels are subgroups, also judged on their own; of two, every"
                            + " combination: --by scanner,sex.")
    List<String> by = new ArrayList<>();

    @Option(
            names = "--smallest",
            paramLabel = "K",
            description =
                    "A subgroup with fewer than K positive or fewer than K other rows is not shown, nor"
                            + " its counts. Default: 5.")
    int smallest = 5;

    void check() {
        if (smallest < 2) {
            throw new IllegalArgumentException("--smallest must be at least 2, got " + smallest);
        }
    }

    /** Returns fields of every subgroup; {@code judge} is given the name and the rows of one. */
    List<Object> of(LabelledTable table, BiFunction<String, int[], Map<String, Object>> judge) {
        List<Object> groups = new ArrayList<>();
        if (by.isEmpty()) {
            return groups;
        }
        table.cells(by)
                .forEach(
                        (name, rows) -> {
                            Map<String, Object> fields = new LinkedHashMap<>();
                            fields.put("group", name);
                            int events = 0;
                            for (boolean e : LabelledTable.of(table.event(), rows)) {
                                events += e ? 1 : 0;
                            }
                            boolean small = Math.min(events, rows.length - events) < smallest;
                            fields.put("suppressed", small);
                            if (!small) {
                                fields.put("n", rows.length);
                                fields.put("events", events);
                                fields.putAll(judge.apply(name, rows));
                            }
                            groups.add(fields);
                        });
        return groups;
    }

    /** Says of a subgroup that it is withheld, and why. */
    String withheld(Object name) {
        return name + ": not shown, fewer than " + smallest + " positive or other rows";
    }
}
