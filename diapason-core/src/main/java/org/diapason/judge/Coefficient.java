package org.diapason.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.stats.LeastSquares;
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
     * @param biology a number or a column of two levels, coded 0 and 1 in the order of their text
     * @param site column of the site, empty for the plain coefficient
     */
    public static List<Coefficient> of(
            FeatureTable table, String biology, List<String> covariates, Optional<String> site) {
        return of(
                new Panel(
                        table,
                        Panel.Coding.of(table, site.orElse(""), Optional.of(biology), covariates)),
                site.isPresent());
    }

    static List<Coefficient> of(Panel panel, boolean withSite) {
        List<Coefficient> all = new ArrayList<>();
        for (int f = 0; f < panel.features().size(); f++) {
            LeastSquares.Fit fit = panel.label() == null ? null : panel.fit(f, withSite);
            String name = panel.features().get(f);
            if (fit == null) {
                all.add(new Coefficient(name, Double.NaN, Double.NaN, Double.NaN));
            } else {
                int last = fit.coefficients().size() - 1;
                all.add(
                        new Coefficient(
                                name,
                                fit.coefficients().get(last),
                                fit.standardErrors().get(last),
                                Math.sqrt(fit.residualSquares() / fit.df())));
            }
        }
        return all;
    }
}
