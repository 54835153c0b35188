package org.diapason.app;

import java.util.ArrayList;
import java.util.List;
import org.diapason.judge.MixedEffects;
import org.diapason.volume.Numbers;

/** A fitted mixed model as people read it. */
final class LmmText {
    private static final int DIGITS = 5;

    private LmmText() {}

    static String of(MixedEffects fit, String formula, int left) {
        StringBuilder text = new StringBuilder(formula).append('\n').append(fit.rows());
        text.append(" rows");
        fit.groups().forEach((name, n) -> text.append(", ").append(n).append(" of ").append(name));
        if (left > 0) {
            text.append("; ").append(left).append(left == 1 ? " row" : " rows");
            text.append(" with an empty cell left out");
        }
        text.append("\n\n");
        List<List<String>> fixed = new ArrayList<>();
        fixed.add(List.of("fixed", "estimate", "std. error", "df", "t", "p"));
        for (MixedEffects.Fixed f : fit.fixed()) {
            fixed.add(
                    List.of(
                            f.name(),
                            number(f.estimate()),
                            number(f.standardError()),
                            Numbers.fixed(f.df(), 1),
                            Numbers.fixed(f.t(), 2),
                            f.p() < 1e-4 ? "< 0.0001" : Numbers.fixed(f.p(), 4)));
        }
        lines(fixed, 1, text);
        List<List<String>> random = new ArrayList<>();
        random.add(List.of("random", "term", "variance", "std. deviation"));
        for (MixedEffects.Variance v : fit.random()) {
            random.add(
                    List.of(v.group(), v.term(), number(v.value()), number(Math.sqrt(v.value()))));
        }
        double residual = fit.residualVariance();
        random.add(List.of("residual", "", number(residual), number(Math.sqrt(residual))));
        lines(random, 2, text.append('\n'));
        for (MixedEffects.Correlation c : fit.correlations()) {
            text.append("correlation in ").append(c.group()).append(" of ").append(c.first());
            text.append(" and ").append(c.second()).append(": ");
            text.append(Numbers.fixed(c.value(), 3)).append('\n');
        }
        text.append(fit.restricted() ? "\nREML criterion: " : "\n−2 log-likelihood: ");
        text.append(Numbers.fixed(fit.criterion(), 3)).append('\n');
        if (fit.singular()) {
            text.append("warning: singular, a variance is 0 or a correlation ±1: the rows do not")
                    .append(" bear all random effects of the formula\n");
        }
        return text.toString();
    }

    /** Five digits that count, or more before the point; powers of ten where it is far from 1. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value) || size == 0 || size >= 1e-3 && size < 1e9) {
            int before = 1;
            for (double rest = size; rest >= 10; rest /= 10) {
                before++;
            }
            return Numbers.fixed(value, Math.max(0, DIGITS - before + (size < 0.1 ? 2 : 0)));
        }
        return Numbers.power(value, DIGITS);
    }

    /** Columns with two spaces between; the first ones to the left, numbers to the right. */
    private static void lines(List<List<String>> cells, int leftColumns, StringBuilder into) {
        int columns = cells.get(0).size();
        int[] width = new int[columns];
        for (List<String> row : cells) {
            for (int c = 0; c < columns; c++) {
                width[c] = Math.max(width[c], row.get(c).length());
            }
        }
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String pad = " ".repeat(width[c] - row.get(c).length());
                line.append(c == 0 ? "" : "  ");
                line.append(c < leftColumns ? row.get(c) + pad : pad + row.get(c));
            }
            into.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
