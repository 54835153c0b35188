package org.diapason.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Term;

/**
 * Decides which rows of a hospital may enter sums that leave it: sums of one row are the row, and
 * the difference of two sums that differ by one row is that row.
 *
 * <p>Rows are put in cells of batch × all protected levels together; a batch with a cell of one to
 * k − 1 rows is left out. Within a cell, rows that lack the same features are one group; rows of
 * groups of fewer than k are left out, so that whatever is added and subtracted of the sums of
 * features is of at least k rows. So are rows that lack the same features where {@link FewRows}
 * finds a combination of their covariate numbers that tells of fewer than k of them, and a batch
 * with a feature that is one value but for fewer than k rows.
 */
final class Disclosure {
    /** Values of a numeric column up to which its sums are those of levels. */
    private static final int FEW_VALUES = 2;

    private final ComBat settings;
    private final FeatureTable table;
    private final List<String> columns;
    private final int[] place;
    private final int fewest;

    /** Rows that may be summed as far as levels and gaps go, by batch. */
    final SortedMap<String, List<Integer>> rows = new TreeMap<>();

    /** Why a batch is left out, by batch. */
    final SortedMap<String, String> leftOut = new TreeMap<>();

    /** Rows left out for what they lack, by batch. */
    final SortedMap<String, Integer> dropped = new TreeMap<>();

    Disclosure(ComBat settings, FeatureTable table, List<String> columns, int fewest) {
        this.settings = settings;
        this.table = table;
        this.columns = columns;
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
        Map<List<Object>, Map<List<Integer>, List<Integer>>> cells = cells(own);
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
        keep(batch, own.size(), kept);
    }

    private void keep(String batch, int of, List<Integer> kept) {
        Collections.sort(kept);
        if (kept.size() < of) {
            dropped.merge(batch, of - kept.size(), Integer::sum);
        }
        rows.put(batch, kept);
    }

    /** Returns rows by levels, then by the features that they lack. */
    private Map<List<Object>, Map<List<Integer>, List<Integer>>> cells(List<Integer> own) {
        List<String> levels = new ArrayList<>();
        Set<String> texts = new TreeSet<>();
        for (String name : Design.covariates(settings.protect())) {
            Set<Double> numbers = new TreeSet<>();
            boolean text = false;
            for (int r : own) {
                OptionalDouble number = Numbers.parse(value(r, name));
                text |= number.isEmpty();
                number.ifPresent(v -> numbers.add(v + 0.0));
            }
            if (text || numbers.size() <= FEW_VALUES) {
                levels.add(name);
            }
            if (text) {
                texts.add(name);
            }
        }
        Map<List<Object>, Map<List<Integer>, List<Integer>>> cells = new HashMap<>();
        for (int r : own) {
            List<Object> cell = new ArrayList<>();
            for (String name : levels) {
                String value = value(r, name);
                cell.add(texts.contains(name) ? value : Numbers.parse(value).getAsDouble() + 0.0);
            }
            cells.computeIfAbsent(cell, c -> new HashMap<>())
                    .computeIfAbsent(lacking(table.row(r)), l -> new ArrayList<>())
                    .add(r);
        }
        return cells;
    }

    /** Returns the text of a covariate. */
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
        return table.covariate(row, name);
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
     * Leaves out of a batch the rows that sums of this design would tell; all of them where too few
     * are left.
     */
    void admit(String batch, Design design) {
        Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
        List<Integer> own = rows.remove(batch);
        for (int r : own) {
            groups.computeIfAbsent(lacking(table.row(r)), l -> new ArrayList<>()).add(r);
        }
        List<Integer> kept = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            if (!FewRows.told(codes(group, design), fewest)) {
                kept.addAll(group);
            }
        }
        Optional<String> why = kept.isEmpty() ? Optional.of(why(own, design)) : nearlyOne(kept);
        if (why.isPresent()) {
            leftOut.put(batch, why.get());
        } else {
            keep(batch, own.size(), kept);
        }
    }

    private List<double[]> codes(List<Integer> group, Design design) {
        return group.stream().map(r -> design.encode(table, r)).toList();
    }

    private String why(List<Integer> own, Design design) {
        if (own.size() < fewest + design.size()) {
            return "it has fewer than "
                    + fewest
                    + " rows more than the protected terms have numbers ("
                    + design.size()
                    + ")";
        }
        List<double[]> codes = codes(own, design);
        String whose = "the protected terms";
        for (Term term : design.terms()) {
            int start = design.start(term);
            int end = start + design.width(term);
            List<double[]> others = codes.stream().map(c -> without(c, start, end)).toList();
            if (end > start && !FewRows.told(others, fewest)) {
                whose = term.text();
            }
        }
        return "sums of " + whose + " would tell of fewer than " + fewest + " of its rows";
    }

    private static double[] without(double[] code, int start, int end) {
        double[] others = new double[code.length - (end - start)];
        System.arraycopy(code, 0, others, 0, start);
        System.arraycopy(code, end, others, start, code.length - end);
        return others;
    }

    /**
     * Says which features are one value but for a few rows: that value known, sums give the few.
     */
    private Optional<String> nearlyOne(List<Integer> kept) {
        List<String> found = new ArrayList<>();
        for (int f = 0; f < place.length; f++) {
            int at = place[f];
            double[] values =
                    kept.stream()
                            .mapToDouble(r -> table.row(r)[at] + 0.0)
                            .filter(Double::isFinite)
                            .toArray();
            int others = values.length - mostCommon(values);
            if (others > 0 && others < fewest && 2 * others < values.length) {
                found.add(columns.get(f));
            }
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                (found.size() == 1 ? "feature " : found.size() + " features, the first ")
                        + found.get(0)
                        + (found.size() == 1 ? " is" : ", are")
                        + " one value in all but fewer than "
                        + fewest
                        + " of its rows");
    }

    /** Returns how often the value comes that more than half are, if one is (Boyer and Moore). */
    private static int mostCommon(double[] values) {
        double candidate = Double.NaN;
        int lead = 0;
        for (double v : values) {
            candidate = lead == 0 ? v : candidate;
            lead += v == candidate ? 1 : -1;
        }
        int count = 0;
        for (double v : values) {
            count += v == candidate ? 1 : 0;
        }
        return count;
    }
}
