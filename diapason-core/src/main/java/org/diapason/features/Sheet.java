package org.diapason.features;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.diapason.step.FeatureInfo;

/**
 * The columns of one row, written in one walk: with values when a region is measured, without when
 * only the dictionary is asked for, so that both cannot drift apart.
 */
final class Sheet {
    private final boolean measuring;
    private final List<FeatureInfo> infos = new ArrayList<>();
    private final List<Double> row = new ArrayList<>();

    Sheet(boolean measuring) {
        this.measuring = measuring;
    }

    boolean measuring() {
        return measuring;
    }

    /**
     * Adds one column per feature.
     *
     * @param prefix what columns start with
     * @param end what columns end with: aggregation and discretisation
     * @param settings grid, aggregation and discretisation in words
     * @param values the features' values, asked for only when measuring
     */
    void add(
            String prefix,
            List<Feature> features,
            String end,
            String settings,
            Supplier<double[]> values) {
        for (Feature f : features) {
            infos.add(
                    new FeatureInfo(
                            prefix + f.tag() + end, f.name(), f.code(), f.unit(), settings));
        }
        if (measuring) {
            double[] measured = values.get();
            if (measured.length != features.size()) {
                throw new IllegalStateException(
                        measured.length
                                + " values for the "
                                + features.size()
                                + " features of "
                                + end);
            }
            for (double v : measured) {
                row.add(v);
            }
        }
    }

    List<FeatureInfo> infos() {
        return List.copyOf(infos);
    }

    List<String> columns() {
        return infos.stream().map(FeatureInfo::column).toList();
    }

    double[] row() {
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
