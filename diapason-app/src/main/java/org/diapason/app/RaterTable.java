package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.stats.Estimate;
import org.diapason.stats.Kappa;
import org.diapason.stats.RaterAgreement;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;

/** Categories that raters gave to subjects, and how far they agree. */
final class RaterTable {
    private static final int MOST_LEVELS = 100;

    private final Csv csv;
    private final List<String> raters;
    private final List<String> levels;
    private final Kappa.Weights weights;

    /** The level of each rater and row, −1 where there is none. */
    private final int[][] rating;

    RaterTable(Csv csv, List<String> raters, List<String> asked, Kappa.Weights weights) {
        this.csv = csv;
        this.raters = raters;
        this.weights = weights;
        levels = asked.isEmpty() ? found() : asked;
        if (levels.size() < 2 || levels.size() > MOST_LEVELS) {
            throw new DataException(
                    csv.name()
                            + ": agreement needs 2 to "
                            + MOST_LEVELS
                            + " categories, found "
                            + levels.size()
                            + " in "
                            + String.join(", ", raters)
                            + (levels.size() < 2
                                    ? ". Name all that raters chose from by --levels."
                                    : ". Compare numbers by --measurements."));
        }
        rating = new int[raters.size()][csv.rows().size()];
        for (int k = 0; k < raters.size(); k++) {
            for (int r = 0; r < rating[k].length; r++) {
                rating[k][r] = level(csv.rows().get(r), raters.get(k));
            }
        }
    }

    private static String same(String text) {
        OptionalDouble value = Numbers.parse(text);
        return value.isPresent() ? Numbers.plain(value.getAsDouble()) : text;
    }

    /** Returns the levels that are there: numbers by size; words have no order to weigh by. */
    private List<String> found() {
        TreeSet<String> words = new TreeSet<>();
        TreeMap<Double, String> numbers = new TreeMap<>();
        for (Csv.Row row : csv.rows()) {
            for (String rater : raters) {
                String text = csv.text(row, rater);
                if (!Tables.MISSING.contains(text)) {
                    words.add(same(text));
                    Numbers.parse(text).ifPresent(v -> numbers.put(v + 0.0, same(text)));
                }
            }
        }
        if (numbers.size() == words.size()) {
            return List.copyOf(numbers.values());
        }
        if (weights != Kappa.Weights.NONE && words.size() > 2) {
            throw new IllegalArgumentException(
                    "--weights "
                            + weights.name().toLowerCase(Locale.ROOT)
                            + " needs the order of the categories "
                            + String.join(", ", words.stream().limit(10).toList())
                            + ": add --levels with all of them, the least first");
        }
        return List.copyOf(words);
    }

    private int level(Csv.Row row, String rater) {
        String text = csv.text(row, rater);
        if (Tables.MISSING.contains(text)) {
            return -1;
        }
        for (int l = 0; l < levels.size(); l++) {
            if (same(levels.get(l)).equals(same(text))) {
                return l;
            }
        }
        throw new DataException(
                csv.name()
                        + ", line "
                        + row.line()
                        + ", column \""
                        + rater
                        + "\": \""
                        + text
                        + "\" is none of the levels "
                        + String.join(", ", levels)
                        + ". Correct it, or name it in --levels.");
    }

    void judge(List<String> lines, Map<String, Object> fields) {
        int[][] counts = new int[csv.rows().size()][levels.size()];
        int twice = 0;
        for (int r = 0; r < counts.length; r++) {
            int own = 0;
            for (int[] rater : rating) {
                if (rater[r] >= 0) {
                    counts[r][rater[r]]++;
                    own++;
                }
            }
            twice += own > 1 ? 1 : 0;
        }
        String how = weights.name().toLowerCase(Locale.ROOT);
        fields.put("subjects", counts.length);
        fields.put("ratedTwice", twice);
        fields.put("levels", levels);
        fields.put("weights", how);
        lines.add(
                counts.length
                        + " subjects, "
                        + twice
                        + " rated twice or more; levels "
                        + String.join(", ", levels)
                        + "; weights "
                        + how);
        RaterAgreement gwet = RaterAgreement.of(counts, weights, RaterAgreement.Chance.GWET);
        RaterAgreement fleiss = RaterAgreement.of(counts, weights, RaterAgreement.Chance.FLEISS);
        String name = weights == Kappa.Weights.NONE ? "AC1" : "AC2";
        lines.add("agreement " + Numbers.fixed(fleiss.observed(), 3));
        lines.add("Fleiss' kappa " + Shown.text(fleiss.estimate()) + p(fleiss.p()));
        lines.add("Gwet's " + name + " " + Shown.text(gwet.estimate()));
        Map<String, Object> own = fields(fleiss.estimate(), fleiss.standardError());
        own.put("observed", fleiss.observed());
        own.put("chance", fleiss.chance());
        own.put("p", fleiss.p());
        fields.put("fleiss", own);
        Map<String, Object> theirs = fields(gwet.estimate(), gwet.standardError());
        theirs.put("chance", gwet.chance());
        fields.put("gwet", theirs);
        List<Object> pairs = new ArrayList<>();
        for (int a = 0; a < rating.length; a++) {
            for (int b = a + 1; b < rating.length; b++) {
                pairs.add(pair(a, b, lines));
            }
        }
        fields.put("pairs", pairs);
    }

    private Map<String, Object> pair(int a, int b, List<String> lines) {
        int[][] table = new int[levels.size()][levels.size()];
        int n = 0;
        int agreed = 0;
        for (int r = 0; r < rating[a].length; r++) {
            if (rating[a][r] >= 0 && rating[b][r] >= 0) {
                table[rating[a][r]][rating[b][r]]++;
                agreed += rating[a][r] == rating[b][r] ? 1 : 0;
                n++;
            }
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("a", raters.get(a));
        fields.put("b", raters.get(b));
        fields.put("n", n);
        String who = raters.get(a) + ", " + raters.get(b) + ": ";
        if (n == 0) {
            lines.add(who + "no subject rated by both");
            return fields;
        }
        Kappa kappa = Kappa.of(table, weights);
        Estimate same = Estimate.ofShare(agreed, n);
        fields.put("table", java.util.Arrays.stream(table).map(RaterTable::list).toList());
        Shown.put(fields, "agreed", same);
        fields.putAll(fields(kappa.estimate(), kappa.standardError()));
        fields.put("observed", kappa.observed());
        fields.put("chance", kappa.chance());
        fields.put("p", kappa.p());
        String kind = "Cohen's kappa ";
        lines.add(
                who
                        + kind
                        + (Double.isNaN(kappa.value())
                                ? "none, both used one category only"
                                : Shown.text(kappa.estimate()) + p(kappa.p()))
                        + "; same category "
                        + Shown.text(same)
                        + " of "
                        + n);
        if (levels.size() == 2) {
            double prevalence = Math.abs(table[0][0] - table[1][1]) / (double) n;
            double bias = Math.abs(table[0][1] - table[1][0]) / (double) n;
            fields.put("prevalenceIndex", prevalence);
            fields.put("biasIndex", bias);
            lines.add(
                    "  prevalence index "
                            + Numbers.fixed(prevalence, 3)
                            + ", bias index "
                            + Numbers.fixed(bias, 3)
                            + (prevalence > 0.5 ? ": one category is rare, so kappa is low" : ""));
        }
        return fields;
    }

    private static List<Integer> list(int[] row) {
        return java.util.Arrays.stream(row).boxed().toList();
    }

    private static String p(double p) {
        return Double.isNaN(p) ? "" : ", " + Shown.p(p);
    }

    private static Map<String, Object> fields(Estimate e, double error) {
        Map<String, Object> fields = Shown.fields(e);
        fields.put("standardError", error);
        return fields;
    }
}
