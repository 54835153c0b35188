package org.diapason.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.diapason.math.Parallel;
import org.diapason.stats.Icc;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;

/** How well the features of a table tell subjects apart that were measured several times. */
public final class Repeatability {
    private Repeatability() {}

    /**
     * Returns the intraclass correlation of every feature, in the order of the table.
     *
     * @param subject the subject of a row; rows of one subject and region are its repeats, in the
     *     order of the table
     * @throws DataException if a subject was measured once, or (but one way, where repeats are of
     *     no kind) less often than another
     */
    public static Map<String, Icc> of(
            FeatureTable table, IntFunction<String> subject, Icc.Form form) {
        SortedMap<String, List<Integer>> rows = new TreeMap<>();
        for (int r = 0; r < table.size(); r++) {
            String key = subject.apply(r) + " / " + table.region(r);
            rows.computeIfAbsent(key, k -> new ArrayList<>()).add(r);
        }
        int most = rows.values().stream().mapToInt(List::size).max().orElse(0);
        int needed = form == Icc.Form.ONE_WAY ? 2 : Math.max(2, most);
        rows.forEach(
                (key, own) -> {
                    if (own.size() < needed) {
                        throw new DataException(
                                "subject "
                                        + key
                                        + " has "
                                        + own.size()
                                        + (own.size() == 1 ? " row" : " rows")
                                        + ", needed "
                                        + needed
                                        + (needed == most ? " as the others have" : "")
                                        + ". Leave it out of the table"
                                        + (own.size() > 1 ? ", or take the form one-way." : "."));
                    }
                });
        Icc[] found = new Icc[table.features().size()];
        Parallel.forEach(
                found.length,
                f -> {
                    double[][] measured = new double[rows.size()][];
                    int s = 0;
                    for (List<Integer> own : rows.values()) {
                        measured[s] = new double[most];
                        for (int k = 0; k < most; k++) {
                            boolean there = k < own.size();
                            measured[s][k] = there ? table.row(own.get(k))[f] : Double.NaN;
                        }
                        s++;
                    }
                    found[f] = Icc.of(measured, form);
                });
        Map<String, Icc> byFeature = new LinkedHashMap<>();
        for (int f = 0; f < found.length; f++) {
            byFeature.put(table.features().get(f), found[f]);
        }
        return byFeature;
    }
}
