package org.diapason.judge;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.diapason.volume.FeatureTable;

/**
 * The effect of biology on one feature: its coefficient in {@code feature ~ covariates (+ site) +
 * biology} by least squares over the rows in which the feature is finite.
 *
 * @param feature the feature's name
 * @param value change of the feature per unit of biology, or from its first to its second level;
 *     NaN where it cannot be estimated
 * @param standardError of the value
 * @param residualSd standard deviation of what is left; with site in the model, the SD within site
 */
public record Coefficient(String feature, double value, double standardError, double residualSd) {

    /**
     * Returns one coefficient per feature.
     *
     * @param biology a number or a column of levels, of which the first two are compared, in the
     *     order of their text
     * @param site column of the site, empty for the plain coefficient
     */
    public static List<Coefficient> of(
            FeatureTable table, String biology, List<String> covariates, Optional<String> site) {
        return of(
                new Panel(
                        table, Coding.of(table, site.orElse(""), Optional.of(biology), covariates)),
                site.isPresent());
    }

    private static List<Coefficient> of(Panel panel, boolean withSite) {
        return IntStream.range(0, panel.features().size())
                .mapToObj(f -> panel.effect(f, panel.contrasts().get(0), withSite))
                .toList();
    }
}
