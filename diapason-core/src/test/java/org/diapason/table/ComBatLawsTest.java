package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every form of ComBat must leave as it is. */
class ComBatLawsTest {

    /** All methods × forms of mean-only × with and without a reference. */
    static Stream<ComBat> forms() {
        List<ComBat> forms = new ArrayList<>();
        for (ComBat.Method method : ComBat.Method.values()) {
            for (ComBat.MeanOnly meanOnly : ComBat.MeanOnly.values()) {
                for (String reference : new String[] {null, "A"}) {
                    forms.add(
                            new ComBat(
                                    "site",
                                    List.of("s(age,4)", "sex"),
                                    "*",
                                    method,
                                    meanOnly,
                                    Optional.ofNullable(reference),
                                    5,
                                    false));
                }
            }
        }
        forms.add(forms.get(0).by(ComBat.LocationScale.ROBUST));
        forms.add(forms.get(1).by(ComBat.LocationScale.ROBUST));
        forms.add(forms.get(0).protecting(List.of("s(age)", "sex")));
        forms.add(forms.get(0).protecting(List.of("s(age)")).by(ComBat.Smoothing.GCV));
        forms.add(forms.get(0).protectingScale(List.of("age", "sex")));
        forms.add(forms.get(1).protectingScale(List.of("age")));
        return forms.stream();
    }

    /** All forms, those too that a change of units changes. */
    static Stream<ComBat> all() {
        ComBat plain = ComBat.of("site", List.of("age", "sex"));
        return Stream.concat(
                forms(),
                Stream.of("log", "box-cox", "yeo-johnson", "rank-normal")
                        .map(t -> plain.transforming(List.of(t))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneBatchIsTheIdentity(ComBat combat) {
        FeatureTable table = Tables.random(41, 6, 1, 20);
        assertEquals(0, Tables.difference(table, Tables.harmonized(combat, table)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void orderOfRowsDoesNotMatter(ComBat combat) {
        FeatureTable table = Tables.random(42, 9, 3, 12);
        int[] order = order(table.size());
        FeatureTable expected = Tables.harmonized(combat, table).rows(order);
        FeatureTable after = Tables.harmonized(combat, table.rows(order));
        assertEquals(0, Tables.difference(expected, after), 1e-10);
    }

    /** Names decide the order of batches: A, B, C become z, y, x. */
    @ParameterizedTest
    @MethodSource("all")
    void namesOfBatchesDoNotMatter(ComBat c) {
        FeatureTable table = Tables.random(43, 9, 3, 12);
        FeatureTable renamed =
                Tables.relabel(
                        table,
                        "site",
                        r -> "" + (char) ('z' + 'A' - table.covariate(r, "site").charAt(0)));
        ComBat other = c.reference().isPresent() ? c.to("z") : c;
        assertEquals(
                0,
                Tables.difference(Tables.harmonized(c, table), Tables.harmonized(other, renamed)),
                1e-10);
    }

    @ParameterizedTest
    @MethodSource("all")
    void orderOfFeaturesDoesNotMatter(ComBat combat) {
        FeatureTable table = Tables.random(44, 9, 3, 12);
        FeatureTable after = Tables.harmonized(combat, table);
        FeatureTable turned = Tables.harmonized(combat, columns(table, order(9)));
        for (String feature : table.features()) {
            assertArrayEquals(after.column(feature), turned.column(feature), 1e-10);
        }
    }

    /** A feature in other units, a·y + b with a > 0, comes out in these units. */
    @ParameterizedTest
    @MethodSource("forms")
    void unitsDoNotMatter(ComBat combat) {
        FeatureTable table = Tables.random(45, 5, 3, 12);
        double[] gain = {1, 1000, 0.01, 7, 1};
        double[] offset = {0, -500, 3, 0, 40};
        FeatureTable expected = scaled(Tables.harmonized(combat, table), gain, offset);
        FeatureTable after = Tables.harmonized(combat, scaled(table, gain, offset));
        for (int f = 0; f < 5; f++) {
            String name = table.features().get(f);
            assertArrayEquals(expected.column(name), after.column(name), 1e-9 * gain[f]);
        }
    }

    /** All features with the other sign: priors know of no sign. */
    @ParameterizedTest
    @MethodSource("forms")
    void whatIsTurnedOverComesOutTurnedOver(ComBat combat) {
        FeatureTable table = Tables.random(47, 5, 3, 12);
        double[] gain = {-1, -1, -1, -1, -1};
        FeatureTable expected = scaled(Tables.harmonized(combat, table), gain, new double[5]);
        FeatureTable after = Tables.harmonized(combat, scaled(table, gain, new double[5]));
        assertEquals(0, Tables.difference(expected, after), 1e-9);
    }

    /** The sums of three parts, (1 + 2) + 3 and 1 + (3 + 2). */
    @ParameterizedTest
    @MethodSource("all")
    void orderOfMergingDoesNotMatter(ComBat combat) {
        FeatureTable table = Tables.random(48, 9, 3, 12);
        ComBatModel one = merged(combat, table, false);
        ComBatModel other = merged(combat, table, true);
        assertEquals(
                0,
                Tables.difference(one.apply(table, new Trace()), other.apply(table, new Trace())),
                1e-10);
    }

    private static ComBatModel merged(ComBat combat, FeatureTable table, boolean turned) {
        Operation<FeatureTable> current = combat;
        while (current instanceof Learner<FeatureTable, ?> learner) {
            current = round(learner, table, turned);
        }
        return (ComBatModel) current;
    }

    private static <S> Operation<FeatureTable> round(
            Learner<FeatureTable, S> learner, FeatureTable table, boolean turned) {
        List<S> sums = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            int first = 12 * part;
            sums.add(learner.empty());
            learner.add(sums.get(part), table.rows(IntStream.range(first, first + 12).toArray()));
        }
        learner.merge(sums.get(turned ? 2 : 0), sums.get(1));
        learner.merge(sums.get(0), sums.get(2));
        return learner.learn(sums.get(0), new Trace());
    }

    @ParameterizedTest
    @MethodSource("all")
    void threadsDoNotMatter(ComBat combat) {
        FeatureTable table = Tables.random(46, 70, 3, 12);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            ComBatModel one = Tables.fit(combat, table);
            Parallel.setThreads(5);
            assertEquals(one, Tables.fit(combat, table));
        } finally {
            Parallel.setThreads(threads);
        }
    }

    private static int[] order(int count) {
        int[] order = new int[count];
        Arrays.setAll(order, n -> n);
        new Rng(9).shuffle(order);
        return order;
    }

    private static FeatureTable scaled(FeatureTable table, double[] gain, double[] offset) {
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = table.row(r).clone();
            for (int f = 0; f < gain.length; f++) {
                rows[r][f] = gain[f] * rows[r][f] + offset[f];
            }
        }
        return table.withRows(rows);
    }

    private static FeatureTable columns(FeatureTable table, int[] order) {
        List<String> names = new ArrayList<>();
        for (int f : order) {
            names.add(table.features().get(f));
        }
        List<String> exams = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        double[][] rows = new double[table.size()][order.length];
        for (int r = 0; r < rows.length; r++) {
            exams.add(table.exam(r));
            covariates.add(table.covariates(r));
            for (int f = 0; f < order.length; f++) {
                rows[r][f] = table.row(r)[order[f]];
            }
        }
        return FeatureTable.of(
                names, exams, Collections.nCopies(rows.length, ""), rows, covariates);
    }
}
