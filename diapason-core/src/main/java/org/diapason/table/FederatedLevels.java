package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * What hospitals must agree on before they sum: levels of protected columns, and between which
 * numbers a curve runs. No row is in it; ranges are rounded outwards to a tenth of their width or
 * more, since the smallest number is the number of one patient.
 *
 * @param version of this form, {@value FederatedSums#VERSION}
 * @param batch column that names the batch
 * @param protect the protected terms
 * @param columns the protected columns with levels or rounded range, in the order of the terms
 * @param leftOut batches that are in no sum, and why
 */
public record FederatedLevels(
        int version,
        String batch,
        List<String> protect,
        List<Design.Column> columns,
        List<FederatedSums.LeftOut> leftOut) {
    public FederatedLevels {
        FederatedSums.refuseVersion(version);
        protect = List.copyOf(protect);
        columns = List.copyOf(columns);
        leftOut = List.copyOf(leftOut);
        List<String> names = columns.stream().map(Design.Column::name).toList();
        if (!names.equals(List.copyOf(Design.covariates(protect)))) {
            throw new IllegalArgumentException(
                    "the levels are damaged: they are of "
                            + String.join(", ", names)
                            + " and the terms of "
                            + String.join(", ", Design.covariates(protect))
                            + ". Make the file anew.");
        }
    }

    /**
     * Returns the levels of the rows of one hospital that may be summed.
     *
     * @param fewest rows that sums are made of at least, 5 or more
     * @throws RefusedException if no batch has enough rows
     */
    public static FederatedLevels of(ComBat settings, FeatureTable table, int fewest) {
        return of(settings, table, FederatedSums.disclosure(settings, table, fewest));
    }

    /**
     * Returns the levels of all hospitals together.
     *
     * @param names who says what, for messages
     * @throws RefusedException if their settings differ, or a column is numbers in one and text in
     *     another
     */
    public static FederatedLevels merge(List<String> names, List<FederatedLevels> parts) {
        FederatedLevels first = parts.get(0);
        List<Design.Column> columns = new ArrayList<>(first.columns);
        List<FederatedSums.LeftOut> leftOut = new ArrayList<>();
        for (int n = 0; n < parts.size(); n++) {
            FederatedLevels part = parts.get(n);
            leftOut.addAll(part.leftOut);
            String first0 = names.get(0);
            FederatedSums.same("--batch", first0, first.batch, names.get(n), part.batch);
            FederatedSums.same(
                    "--protect",
                    first0,
                    String.join(",", first.protect),
                    names.get(n),
                    String.join(",", part.protect));
            for (int c = 0; c < columns.size(); c++) {
                columns.set(c, join(names.get(n), first0, columns.get(c), part.columns.get(c)));
            }
        }
        return new FederatedLevels(
                first.version, first.batch, first.protect, columns, List.copyOf(leftOut));
    }

    /** Returns how covariates become numbers where all hospitals take these levels. */
    public Design design() {
        return FederatedSums.design(protect, columns);
    }

    private static Design.Column join(String who, String other, Design.Column a, Design.Column b) {
        if (a.numeric() != b.numeric()) {
            Design.Column text = a.numeric() ? b : a;
            throw new RefusedException(
                    "protected column "
                            + a.name()
                            + " is numbers in "
                            + (a.numeric() ? other : who)
                            + " and text in "
                            + (a.numeric() ? who : other)
                            + " ("
                            + String.join(", ", text.levels())
                            + "). Agree on one spelling and make the files anew.");
        }
        SortedSet<String> levels = new TreeSet<>(a.levels());
        levels.addAll(b.levels());
        return new Design.Column(
                a.name(),
                List.copyOf(levels),
                Math.min(a.low(), b.low()),
                Math.max(a.high(), b.high()));
    }

    /** Rounds a range outwards; a column of one number gets a range too, so that it is a number. */
    static Design.Column coarse(Design.Column column) {
        if (!column.numeric()) {
            return column;
        }
        double step = step(column.high() - column.low());
        return new Design.Column(
                column.name(),
                List.of(),
                down(column.low(), step),
                column.low() == column.high()
                        ? down(column.low(), step) + step
                        : up(column.high(), step));
    }

    static double down(double value, double step) {
        double down = Math.floor(value / step) * step;
        return down > value ? down - step : down;
    }

    static double up(double value, double step) {
        double up = Math.ceil(value / step) * step;
        return up < value ? up + step : up;
    }

    /**
     * Returns the smallest of 1, 2, 5 times a power of ten that is a tenth of the width or more.
     */
    static double step(double width) {
        if (!(width > 1e-300 && width < 1e300)) {
            return 1;
        }
        double step = 1;
        while (step > width) {
            step /= 10;
        }
        while (step * 10 <= width) {
            step *= 10;
        }
        // width is 1 to 10 times step now
        double tenth = width / 10;
        for (double factor : new double[] {0.1, 0.2, 0.5}) {
            if (step * factor >= tenth) {
                return step * factor;
            }
        }
        return step;
    }

    /** Returns an agreed design, or one of a hospital alone where nothing has to be agreed. */
    static Design designOf(ComBat settings, FeatureTable table, Disclosure disclosure) {
        FederatedLevels own = of(settings, table, disclosure);
        for (Design.Column c : own.columns) {
            boolean curve =
                    own.design().terms().stream()
                            .anyMatch(t -> t.smooth() && t.columns().contains(c.name()));
            if (!c.numeric() || curve) {
                throw new RefusedException(
                        "protected column "
                                + c.name()
                                + (curve
                                        ? " is under a curve, whose ends"
                                        : " is text, whose levels")
                                + " all hospitals must agree on first. Run combat summarise"
                                + " --levels-only everywhere, combat merge on the files with"
                                + " --levels levels.json, then combat summarise --levels"
                                + " levels.json.");
            }
        }
        return own.design();
    }

    private static FederatedLevels of(ComBat settings, FeatureTable table, Disclosure disclosure) {
        Design.Sum sum = new Design.Sum(settings.protect());
        disclosure.rows.values().forEach(rows -> rows.forEach(r -> sum.add(table, r)));
        return new FederatedLevels(
                FederatedSums.VERSION,
                settings.batch(),
                settings.protect(),
                sum.design().columns().stream().map(FederatedLevels::coarse).toList(),
                FederatedSums.LeftOut.of(disclosure.leftOut));
    }
}
