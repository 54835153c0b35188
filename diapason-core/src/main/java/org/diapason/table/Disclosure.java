package org.diapason.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Decides which rows of a hospital may enter sums that leave it: sums of one row are the row, and
 * the difference of two sums that differ by one row is that row.
 *
 * <p>Rows are put in cells of batch × all protected levels together; a batch with a cell of one to
 * k − 1 rows is left out. Within a cell, rows that lack the same features are one group; rows of
 * groups of fewer than k are left out, so that whatever is added and subtracted of the sums of
 * features is of at least k rows.
 */
final class Disclosure {
    /** Values of a numeric column up to which its sums are those of levels. */
    private static final int FEW_VALUES = 2;

    private final ComBat settings;
    private final FeatureTable table;
    private final int[] place;
    private final int fewest;

    /** Rows that may be summed, by batch. */
    final SortedMap<String, List<Integer>> rows = new TreeMap<>();

    /** Why a batch is left out, by batch. */
    final SortedMap<String, String> leftOut = new TreeMap<>();

    /** Rows left out for what they lack, by batch. */
    final SortedMap<String, Integer> dropped = new TreeMap<>();

    Disclosure(ComBat settings, FeatureTable table, List<String> columns, int fewest) {
        this.settings = settings;
        this.table = table;
        this.fewest = fewest;
        place = Columns.places(columns, table.features());
        SortedMap<String, List<Integer>> byBatch = new TreeMap<>();
        for (int r = 0; r < table.size(); r++) {
            byBatch.computeIfAbsent(settings.batchOf(table, r), b -> new ArrayList<>()).add(r);
        }
        byBatch.forEach(this::judge);
    }

    private void judge(String batch, List<Integer> own) {
        if (own.size() < fewest) {
            leftOut.put(batch, "it has fewer than " + fewest + " rows");
            return;
        }
        Map<List<String>, Map<List<Integer>, List<Integer>>> cells = cells(own);
        List<Integer> kept = new ArrayList<>();
        for (Map<List<Integer>, List<Integer>> groups : cells.values()) {
            if (groups.values().stream().mapToInt(List::size).sum() < fewest) {
                leftOut.put(
                        batch,
                        "one combination of protected levels has fewer than "
                                + fewest
                                + " rows in it");
                return;
            }
            groups.values().stream().filter(g -> g.size() >= fewest).forEach(kept::addAll);
        }
        if (kept.isEmpty()) {
            leftOut.put(
                    batch,
                    "fewer than " + fewest + " of its rows lack the same features, whichever");
            return;
        }
        Collections.sort(kept);
        if (kept.size() < own.size()) {
            dropped.put(batch, own.size() - kept.size());
        }
        rows.put(batch, kept);
    }

    /** Returns rows by levels, then by the features that they lack. */
    private Map<List<String>, Map<List<Integer>, List<Integer>>> cells(List<Integer> own) {
        List<String> levels = new ArrayList<>();
        for (String name : Design.covariates(settings.protect())) {
            Set<String> values = new TreeSet<>();
            own.forEach(r -> values.add(value(r, name)));
            boolean text = values.stream().anyMatch(v -> Numbers.parse(v).isEmpty());
            if (text || values.size() <= FEW_VALUES) {
                levels.add(name);
            }
        }
        Map<List<String>, Map<List<Integer>, List<Integer>>> cells = new HashMap<>();
        for (int r : own) {
            List<String> cell = levels.stream().map(name -> value(r, name)).toList();
            cells.computeIfAbsent(cell, c -> new HashMap<>())
                    .computeIfAbsent(lacking(table.row(r)), l -> new ArrayList<>())
                    .add(r);
        }
        return cells;
    }

    /** Returns the text of a covariate, one text for one number. */
    private String value(int row, String name) {
        if (Design.missing(table, row, name)) {
            throw new RefusedException(
                    "exam "
                            + table.exam(row)
                            + ": column "
                            + name
                            + " is missing, and it is protected. Fill it in or leave this exam"
                            + " out.");
        }
        String text = table.covariate(row, name);
        return Numbers.parse(text).isPresent()
                ? Double.toString(Numbers.parse(text).getAsDouble() + 0.0)
                : text;
    }

    private List<Integer> lacking(double[] row) {
        List<Integer> lacking = new ArrayList<>();
        for (int p : place) {
            if (!Double.isFinite(row[p])) {
                lacking.add(p);
            }
        }
        return lacking;
    }

    /**
     * Returns why rows with these numbers of a design may not be summed after all; empty where they
     * may. A number that few rows have a value of (a curve's function with few rows under it) shows
     * them, and as many sums as rows give the rows.
     */
    String why(List<double[]> codes, Design design) {
        if (codes.size() < fewest + design.size()) {
            return "it has fewer than "
                    + fewest
                    + " rows more than the protected terms have numbers ("
                    + design.size()
                    + ")";
        }
        for (int k = 0; k < design.size(); k++) {
            Map<Double, Integer> counts = new HashMap<>();
            for (double[] code : codes) {
                counts.merge(code[k] + 0.0, 1, Integer::sum);
            }
            int others = codes.size() - Collections.max(counts.values());
            if (others > 0 && others < fewest) {
                return "fewer than "
                        + fewest
                        + " of its rows tell anything of "
                        + design.term(k).text();
            }
        }
        return "";
    }
}
