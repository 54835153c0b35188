package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.diapason.judge.Confounders;
import org.diapason.judge.Subgroups;
import org.diapason.report.Warning;
import org.diapason.step.Judgement;
import org.diapason.volume.Numbers;

/**
 * What judges found of a table, as text and as fields.
 *
 * @param biology column that was to be kept, null where none was named
 * @param found the judgement of {@code biology-and-site} first
 * @param confounders what goes along with biology, and with the outcome
 * @param subgroups what became of subgroups
 */
record JudgementSummary(
        String biology,
        List<Judgement> found,
        List<Confounders> confounders,
        Subgroups subgroups,
        List<Warning> warnings,
        long seed) {

    private Map<String, Double> figures() {
        Map<String, Double> all = new LinkedHashMap<>();
        found.forEach(j -> j.figures().forEach(all::putIfAbsent));
        return all;
    }

    private List<String> reasons() {
        List<String> all = new ArrayList<>();
        found.forEach(j -> all.addAll(j.reasons()));
        return all;
    }

    /** The verdict, why, and the figures under the names that scripts read. */
    Map<String, Object> fields() {
        Map<String, Double> f = figures();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", Judgement.together(found).text());
        fields.put("reasons", reasons());
        fields.put("warnings", warnings.stream().map(Warning::message).toList());
        fields.put("kept", interval(f, "medianKept"));
        fields.put("within", interval(f, "medianWithin"));
        fields.put("injectedSlope", interval(f, "injectedSlope"));
        fields.put("falsePositives", interval(f, "falsePositives"));
        fields.put("falsePositivesPlain", interval(f, "falsePositivesPlain"));
        fields.put("fisherRatioWithinSite", pair(f, "fisherWithinSite"));
        for (String name : List.of("siteShare", "siteAuc", "biologyAuc")) {
            fields.put(name, pair(f, name));
        }
        fields.put("confounding", confounders.stream().map(JudgementSummary::confounding).toList());
        fields.put(
                "subgroups",
                subgroups.columns().stream()
                        .flatMap(c -> c.levels().stream().map(l -> subgroup(c, l)))
                        .toList());
        fields.put("intervalsContainFit", f.getOrDefault("intervalsContainFit", 0.0) == 1);
        fields.put("seed", seed);
        fields.put("figures", f);
        fields.put("features", rows(found.get(0).table()));
        return fields;
    }

    private static List<Map<String, Object>> rows(Judgement.Table table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int r = 0; r < table.rows().size(); r++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("feature", table.names().get(r));
            for (int c = 0; c < table.columns().size(); c++) {
                row.put(table.columns().get(c), table.rows().get(r)[c]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static Map<String, Object> confounding(Confounders found) {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (Confounders.Column c : found.columns()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("column", c.name());
            fields.put("verdict", c.verdict());
            fields.put("rows", c.rows());
            fields.put("cramersV", c.cramer() ? c.strength() : Double.NaN);
            fields.put("correlation", c.cramer() ? Double.NaN : c.strength());
            fields.put("varianceInflation", c.inflation());
            fields.put("rankLeft", c.rank());
            fields.put("rank", c.fullRank());
            fields.put("p", c.p());
            fields.put("emptyCells", c.emptyCells());
            fields.put("oneSided", c.oneSided());
            fields.put("overlap", c.overlap());
            fields.put("rowsOutside", c.outside());
            columns.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("of", found.biology());
        fields.put("verdict", found.verdict());
        fields.put("columns", columns);
        return fields;
    }

    /** A count that is hidden is null. */
    private static Map<String, Object> subgroup(Subgroups.Column column, Subgroups.Level level) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("column", column.name());
        fields.put("level", level.name());
        fields.put("rows", count(level.all()));
        Map<String, Object> sites = new LinkedHashMap<>();
        for (int s = 0; s < column.sites().size(); s++) {
            sites.put(column.sites().get(s), count(level.exams().get(s)));
        }
        fields.put("rowsAt", sites);
        fields.put("shift", level.shift());
        fields.put("largestShift", level.largestShift());
        fields.put("largestShiftOf", level.largest());
        fields.put("sdRatio", level.spread());
        level.errors()
                .ifPresent(
                        e -> {
                            fields.put("bias", e.bias().value());
                            fields.put("biasLow", e.bias().low());
                            fields.put("biasHigh", e.bias().high());
                            fields.put("error", e.size());
                            fields.put("errorKind", e.kind());
                        });
        return fields;
    }

    private static Object count(OptionalInt n) {
        return n.isPresent() ? n.getAsInt() : Double.NaN;
    }

    private static Map<String, Object> interval(Map<String, Double> f, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", f.getOrDefault(name, Double.NaN));
        fields.put("low", f.getOrDefault(name + "Low", Double.NaN));
        fields.put("high", f.getOrDefault(name + "High", Double.NaN));
        return fields;
    }

    private static Map<String, Object> pair(Map<String, Double> f, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("before", f.getOrDefault(name + "Before", Double.NaN));
        fields.put("after", f.getOrDefault(name + "After", Double.NaN));
        return fields;
    }

    String text() {
        Map<String, Double> f = figures();
        StringBuilder text = new StringBuilder();
        text.append("verdict: ").append(Judgement.together(found).text()).append('\n');
        reasons().forEach(r -> text.append("  ").append(r).append('\n'));
        text.append('\n');
        line(text, "share of the site", f, "siteShareBefore", "siteShareAfter", 3);
        line(text, "share between sites (mixed model)", f, "siteIccBefore", "siteIccAfter", 3);
        line(text, "site told by a classifier (AUC)", f, "siteAucBefore", "siteAucAfter", 2);
        if (biology != null) {
            String told = biology + " told by a classifier (AUC)";
            line(text, told, f, "biologyAucBefore", "biologyAucAfter", 2);
            String mixed = "effect of " + biology + " (mixed model, SD)";
            line(text, mixed, f, "mixedEffectBefore", "mixedEffectAfter", 2);
            String fisher = "Fisher ratio within sites";
            line(text, fisher, f, "fisherWithinSiteBefore", "fisherWithinSiteAfter", 2);
            fit(text, f);
            range(text, "effect kept, median", f, "medianKept");
            range(text, "effect kept within sites, median", f, "medianWithin");
            range(text, "of an effect put in comes out", f, "injectedSlope");
        }
        return text.toString();
    }

    private static void fit(StringBuilder text, Map<String, Double> f) {
        if (f.getOrDefault("intervalsContainFit", 1.0) == 0) {
            text.append("(intervals without the fit:)\n");
        }
    }

    private static void line(
            StringBuilder text,
            String name,
            Map<String, Double> f,
            String before,
            String after,
            int digits) {
        double was = f.getOrDefault(before, Double.NaN);
        double is = f.getOrDefault(after, Double.NaN);
        if (!Double.isNaN(was + is)) {
            text.append(padded(name)).append(Numbers.fixed(was, digits)).append(" -> ");
            text.append(Numbers.fixed(is, digits)).append('\n');
        }
    }

    private static void range(StringBuilder text, String name, Map<String, Double> f, String key) {
        double value = f.getOrDefault(key, Double.NaN);
        if (!Double.isNaN(value)) {
            text.append(padded(name)).append(Numbers.fixed(value, 2)).append(" (95 % ");
            text.append(Numbers.fixed(f.get(key + "Low"), 2)).append(" to ");
            text.append(Numbers.fixed(f.get(key + "High"), 2)).append(")\n");
        }
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(2, 38 - name.length()));
    }
}
