package org.diapason.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.catalogue.Settings;
import org.diapason.step.Extractor;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Globs;
import org.diapason.step.Judge;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * One feature over the exams of each batch, at each stage of the run.
 *
 * @param feature column name
 * @param name what it is called in the IBSI manual; empty where the recipe does not tell
 * @param unit unit as text; empty where the recipe does not tell
 * @param primary whether a judge names it as primary
 * @param region the region measured, where the table holds more than one
 * @param stages from the images as they came to the end
 */
public record Distribution(
        String feature,
        String name,
        String unit,
        boolean primary,
        String region,
        List<Stage> stages) {

    /** What the dictionary of an extractor says, which does not know the images. */
    private static final String IMAGE_UNIT = "image unit";

    /**
     * The values of one stage.
     *
     * @param label raw images, after the image steps, after the table steps
     * @param byBatch defined values of each batch, in the order of the exams
     * @param undefined how many exams have no value
     */
    public record Stage(String label, SortedMap<String, Numbers> byBatch, long undefined) {}

    static List<Distribution> of(Recipe recipe, Run.Result result, Batches batches) {
        if (result.before().size() == 0) {
            return List.of();
        }
        Map<String, FeatureTable> stages = new LinkedHashMap<>();
        result.raw().ifPresent(raw -> stages.put("raw images", raw));
        stages.put(
                recipe.images().isEmpty() ? "as measured" : "after image steps", result.before());
        if (!recipe.table().isEmpty() && result.refusal().isEmpty()) {
            stages.put("after table steps", result.after());
        }
        Map<String, FeatureInfo> dictionary = new LinkedHashMap<>();
        for (Extractor extractor : recipe.features()) {
            extractor.dictionary().forEach(info -> dictionary.put(info.column(), info));
        }
        LinkedHashSet<String> primary = primary(recipe, result.before().features());
        List<Distribution> all = new ArrayList<>();
        for (String feature : headlines(result, primary, dictionary)) {
            FeatureInfo info = dictionary.get(feature);
            all.add(
                    new Distribution(
                            feature,
                            info == null ? "" : info.name(),
                            info == null ? "" : unit(info, recipe, result),
                            primary.contains(feature),
                            region(result.before()),
                            stages(feature, stages, batches)));
        }
        return all;
    }

    /** Says HU or SUV where the images of all exams end as that; else what the dictionary says. */
    private static String unit(FeatureInfo info, Recipe recipe, Run.Result result) {
        if (!info.unit().contains(IMAGE_UNIT)) {
            return info.unit();
        }
        Set<String> units = new HashSet<>();
        for (Extractor extractor : recipe.features()) {
            if (extractor.dictionary().stream().anyMatch(i -> i.column().equals(info.column()))) {
                result.traces().values().stream()
                        .flatMap(t -> t.children().stream())
                        .filter(c -> c.name().equals("result"))
                        .map(c -> c.notes().get("quantity." + extractor.image()))
                        .forEach(q -> units.add(unit(q)));
            }
        }
        boolean one = units.size() == 1 && !units.contains("");
        return one ? info.unit().replace(IMAGE_UNIT, units.iterator().next()) : info.unit();
    }

    private static String unit(Object label) {
        Quantity quantity = label instanceof String text ? Quantity.of(text) : Quantity.UNKNOWN;
        return quantity.physical() ? quantity.unit() : "";
    }

    private static List<String> headlines(
            Run.Result result, LinkedHashSet<String> primary, Map<String, FeatureInfo> dictionary) {
        List<String> known = result.before().features();
        LinkedHashSet<String> chosen = new LinkedHashSet<>(primary);
        int many = Math.max(Report.HEADLINES, chosen.size());
        SiteShare.of(result.judgements()).stream()
                .filter(SiteShare::counts)
                .map(SiteShare::feature)
                .filter(known::contains)
                .forEach(chosen::add);
        chosen.addAll(known);
        Set<String> names = new HashSet<>();
        return chosen.stream()
                .filter(f -> names.add(name(f, dictionary)) || primary.contains(f))
                .limit(many)
                .toList();
    }

    /** Ways to aggregate one feature have one name; one of them is enough of a headline. */
    private static String name(String feature, Map<String, FeatureInfo> dictionary) {
        FeatureInfo info = dictionary.get(feature);
        return info == null || info.name().isEmpty() ? feature : info.name();
    }

    private static LinkedHashSet<String> primary(Recipe recipe, List<String> features) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (Judge<FeatureTable> judge : recipe.judge()) {
            if (judge instanceof Record
                    && Settings.write(judge).get("primary") instanceof List<?> list) {
                list.forEach(
                        glob ->
                                features.stream()
                                        .filter(f -> Globs.matches(String.valueOf(glob), f))
                                        .forEach(names::add));
            }
        }
        return names;
    }

    private static String region(FeatureTable table) {
        for (int r = 1; r < table.size(); r++) {
            if (!table.region(r).equals(table.region(0))) {
                return table.region(0);
            }
        }
        return "";
    }

    private static List<Stage> stages(
            String feature, Map<String, FeatureTable> tables, Batches batches) {
        List<Stage> stages = new ArrayList<>();
        tables.forEach(
                (label, table) -> {
                    if (table.features().contains(feature)) {
                        stages.add(stage(label, table, feature, batches));
                    }
                });
        return stages;
    }

    private static Stage stage(String label, FeatureTable table, String feature, Batches batches) {
        double[] column = table.column(feature);
        SortedMap<String, List<Double>> values = new TreeMap<>();
        batches.names().forEach(b -> values.put(b, new ArrayList<>()));
        long undefined = 0;
        for (int r = 0; r < column.length; r++) {
            if (!table.region(r).equals(table.region(0))) {
                continue;
            }
            if (Double.isFinite(column[r])) {
                values.computeIfAbsent(
                                Batches.name(table, r, batches.column()), b -> new ArrayList<>())
                        .add(column[r]);
            } else {
                undefined++;
            }
        }
        SortedMap<String, Numbers> byBatch = new TreeMap<>();
        values.forEach((b, v) -> byBatch.put(b, numbers(v)));
        return new Stage(label, Collections.unmodifiableSortedMap(byBatch), undefined);
    }

    private static Numbers numbers(List<Double> values) {
        double[] plain = new double[values.size()];
        Arrays.setAll(plain, values::get);
        return Numbers.of(plain);
    }
}
