package org.diapason.step;

/**
 * What one feature column means.
 *
 * @param column the column's name in the table, {@code ct.stat_mean}
 * @param name the feature's name in the IBSI reference manual
 * @param code the IBSI's four-character code
 * @param unit the unit, as text ({@code HU}, {@code 1}, {@code mm³})
 * @param settings grid, aggregation and discretisation in words
 */
public record FeatureInfo(String column, String name, String code, String unit, String settings) {}
