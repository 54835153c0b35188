package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.stats.BlandAltman;
import org.diapason.stats.Estimate;
import org.diapason.stats.Icc;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;

/** Numbers measured on the same subjects, and how far they agree; incomplete rows left out. */
final class MeasurementTable {
    private MeasurementTable() {}

    static void judge(
            Csv csv, List<String> columns, List<String> lines, Map<String, Object> fields) {
        List<double[]> rows = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            if (columns.stream().noneMatch(c -> Tables.MISSING.contains(csv.text(row, c)))) {
                rows.add(
                        columns.stream()
                                .mapToDouble(c -> LabelledTable.number(csv, row, c))
                                .toArray());
            }
        }
        int left = csv.rows().size() - rows.size();
        if (rows.size() < 2) {
            throw new DataException(
                    csv.name()
                            + ": agreement needs 2 subjects with every measurement, found "
                            + rows.size()
                            + " of "
                            + csv.rows().size()
                            + ".");
        }
        double[][] measured = rows.toArray(new double[0][]);
        fields.put("subjects", rows.size());
        fields.put("leftOut", left);
        lines.add(
                rows.size()
                        + " subjects measured "
                        + columns.size()
                        + " times"
                        + (left == 0 ? "" : "; " + left + " left out, a cell of theirs is empty"));
        Map<String, Object> correlations = new LinkedHashMap<>();
        for (Icc.Form form : Icc.Form.values()) {
            Icc single = Icc.of(measured, form);
            Icc mean = single.ofMean();
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("single", Shown.fields(estimate(single)));
            own.put("mean", Shown.fields(estimate(mean)));
            String word = form.name().toLowerCase(Locale.ROOT).replace('_', '-');
            correlations.put(form == Icc.Form.ONE_WAY ? "oneWay" : word, own);
            int number = form.ordinal() + 1;
            lines.add(
                    "ICC("
                            + number
                            + ",1) "
                            + word
                            + " "
                            + Shown.text(estimate(single))
                            + "; of the mean, ICC("
                            + number
                            + ","
                            + columns.size()
                            + ") "
                            + Shown.text(estimate(mean)));
        }
        fields.put("icc", correlations);
        List<Object> pairs = new ArrayList<>();
        for (int a = 0; a < columns.size(); a++) {
            for (int b = a + 1; b < columns.size(); b++) {
                pairs.add(pair(columns.get(a), columns.get(b), measured, a, b, lines));
            }
        }
        fields.put("blandAltman", pairs);
    }

    private static Estimate estimate(Icc icc) {
        return new Estimate(icc.value(), icc.low(), icc.high());
    }

    private static Map<String, Object> pair(
            String first, String second, double[][] measured, int a, int b, List<String> lines) {
        double[] differences = new double[measured.length];
        for (int r = 0; r < differences.length; r++) {
            differences[r] = measured[r][a] - measured[r][b];
        }
        BlandAltman found = BlandAltman.of(differences);
        Estimate bias = around(found.bias(), found.biasReach());
        Estimate low = around(found.low(), found.limitReach());
        Estimate high = around(found.high(), found.limitReach());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("a", first);
        fields.put("b", second);
        fields.put("sd", found.sd());
        fields.put("bias", Shown.fields(bias));
        fields.put("lowerLimit", Shown.fields(low));
        fields.put("upperLimit", Shown.fields(high));
        int digits = digits(found.sd());
        lines.add(
                first
                        + " − "
                        + second
                        + ": bias "
                        + Shown.text(bias, digits)
                        + ", limits of agreement "
                        + Shown.text(low, digits)
                        + " and "
                        + Shown.text(high, digits)
                        + ", SD "
                        + Numbers.fixed(found.sd(), digits));
        return fields;
    }

    private static Estimate around(double value, double reach) {
        return new Estimate(value, value - reach, value + reach);
    }

    /** Returns as many decimals as show three digits of a spread. */
    private static int digits(double sd) {
        int digits = 0;
        while (digits < 12 && sd > 0 && sd < 100) {
            sd *= 10;
            digits++;
        }
        return digits;
    }
}
