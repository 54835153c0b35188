package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

/** One ComBat after the other, in the order that leaves the fewest differences. */
class NestedComBatTest {
    private static NestedComBatModel fit(NestedComBat settings, FeatureTable table, Trace trace) {
        return (NestedComBatModel) Fold.learn(List.of(settings), Fold.rows(table), trace).get(0);
    }

    private static FeatureTable table(long seed, int features, int each) {
        FeatureTable sites = Tables.random(seed, features, 3, each);
        FeatureTable two = Tables.relabel(sites, "scanner", r -> r % 7 < 2 + r % 3 ? "new" : "old");
        return Tables.relabel(two, "kernel", r -> r / 3 % 2 == 0 ? "soft" : "sharp");
    }

    @Test
    void oneVariableIsComBat() {
        FeatureTable table = table(51, 6, 12);
        NestedComBatModel model =
                fit(NestedComBat.of(List.of("site"), List.of("age")), table, new Trace());
        assertEquals(
                0,
                Tables.difference(
                        Tables.harmonized(ComBat.of("site", List.of("age")), table),
                        model.apply(table, new Trace())));
    }

    @Test
    void anOrderIsItsComBatsOneAfterTheOtherAndTheLeastIsTaken() {
        FeatureTable table = table(52, 12, 12);
        Trace trace = new Trace();
        NestedComBat settings =
                NestedComBat.of(List.of("site", "scanner", "kernel"), List.of("age"));
        NestedComBatModel model = fit(settings, table, trace);
        assertEquals(6, model.orders().size());
        List<String> chosen = model.models().stream().map(m -> m.settings().batch()).toList();
        NestedComBatModel.Order least =
                model.orders().stream()
                        .min(java.util.Comparator.comparingInt(NestedComBatModel.Order::differing))
                        .orElseThrow();
        assertEquals(least.variables(), chosen);
        FeatureTable now = table;
        for (String variable : chosen) {
            now = Tables.harmonized(ComBat.of(variable, List.of("age")), now);
        }
        assertEquals(0, Tables.difference(now, model.apply(table, new Trace())));
        assertEquals(
                String.join(", ", chosen), trace.children().get(0).notes().get("order").toString());
    }

    @Test
    void whatEachOrderLeavesIsWhatOpNestedComBatCounts() {
        // github.com/hannah-horng/opnested-combat (c7313c7) with neuroCombat 0.2.12:
        // OPNestedComBat(dat, covars, ['site', 'scanner', 'kernel'], path), its p-values counted
        // per order.
        Map<String, Integer> theirs =
                Map.of(
                        "site, scanner, kernel", 1,
                        "site, kernel, scanner", 1,
                        "scanner, site, kernel", 2,
                        "scanner, kernel, site", 5,
                        "kernel, site, scanner", 6,
                        "kernel, scanner, site", 8);
        NestedComBat likeTheirs =
                new NestedComBat(
                        List.of("site", "scanner", "kernel"),
                        List.of(),
                        "*",
                        ComBat.Method.PARAMETRIC,
                        ComBat.MeanOnly.NO,
                        2,
                        true,
                        ComBat.Smoothing.REML);
        NestedComBatModel model = fit(likeTheirs, ofThePeer(), new Trace());
        for (NestedComBatModel.Order order : model.orders()) {
            String text = String.join(", ", order.variables());
            assertEquals(theirs.get(text), order.differing(), text);
        }
        assertEquals("kernel", model.models().get(1).settings().batch());
    }

    /** 60 rows of 8 features from the generator of C's rand, sums of four less 2. */
    private static FeatureTable ofThePeer() {
        int n = 60;
        long state = 12345;
        SortedMap<String, List<String>> covariates = new TreeMap<>();
        for (String name : List.of("site", "scanner", "kernel")) {
            covariates.put(name, new ArrayList<>());
        }
        for (int r = 0; r < n; r++) {
            int scanner = r / 3 % 6 != 0 ? (r % 3 == 1 ? 1 : 0) : r / 18 % 2;
            covariates.get("site").add(Integer.toString(r % 3));
            covariates.get("scanner").add(Integer.toString(scanner));
            covariates.get("kernel").add(Integer.toString(r / 2 % 5 != 0 ? scanner : 1 - scanner));
        }
        double[][] values = new double[8][n];
        List<String> names = new ArrayList<>();
        for (int f = 0; f < 8; f++) {
            names.add("f" + f);
            for (int r = 0; r < n; r++) {
                double e = -2;
                for (int k = 0; k < 4; k++) {
                    state = (state * 1103515245L + 12345) % 2147483648L;
                    e += state / 2147483648.0;
                }
                int site = r % 3;
                int scanner = Integer.parseInt(covariates.get("scanner").get(r));
                int kernel = Integer.parseInt(covariates.get("kernel").get(r));
                double y = 10 + f + e * (site == 1 ? 1.8 : 1) * (1 + 0.7 * scanner);
                y += 2.2 * (site - 1) * (f % 3) + 1.9 * scanner * ((f + 1) % 2);
                y += f % 4 == 1 ? 1.5 * kernel : 0;
                y += e > 0.3 ? 3 * kernel : 0;
                values[f][r] = Math.rint(y * 1000) / 1000;
            }
        }
        return Tables.table(names, values, covariates);
    }

    @Test
    void ordersThatLeaveAsManyAreDecidedByTheirText() {
        // Nothing differs in any order: scanner before site whichever is named first.
        FeatureTable table = Tables.relabel(Tables.random(53, 3, 1, 40), "site", r -> "s" + r % 2);
        FeatureTable both = Tables.relabel(table, "scanner", r -> "t" + r / 2 % 2);
        for (List<String> named : List.of(List.of("site", "scanner"), List.of("scanner", "site"))) {
            NestedComBatModel model = fit(NestedComBat.of(named, List.of()), both, new Trace());
            assertEquals(0, model.orders().get(0).differing());
            assertEquals(0, model.orders().get(1).differing());
            assertEquals("scanner", model.models().get(0).settings().batch());
        }
    }

    @Test
    void aScannerWithinASiteIsTaken() {
        FeatureTable table = Tables.random(54, 4, 2, 24);
        FeatureTable nested =
                Tables.relabel(table, "scanner", r -> table.covariate(r, "site") + (r / 2 % 2));
        NestedComBatModel model =
                fit(NestedComBat.of(List.of("site", "scanner"), List.of()), nested, new Trace());
        assertEquals(2, model.models().size());
        assertTrue(model.differingBefore() > model.orders().get(0).differing());
    }

    @Test
    void ofSixVariablesTheNextIsEachTimeTheOneThatLeavesTheFewest() {
        FeatureTable now = table(55, 4, 20);
        for (String more : List.of("v1", "v2", "v3")) {
            int step = more.charAt(1) - '0';
            now = Tables.relabel(now, more, r -> "l" + r / (step + 1) % 2);
        }
        NestedComBat settings =
                NestedComBat.of(List.of("site", "scanner", "kernel", "v1", "v2", "v3"), List.of());
        NestedComBatModel model = fit(settings, now, new Trace());
        assertEquals(6 + 5 + 4 + 3 + 2 + 1, model.orders().size());
        assertEquals(6, model.models().size());
        String first = model.models().get(0).settings().batch();
        int least =
                model.orders().subList(0, 6).stream()
                        .mapToInt(NestedComBatModel.Order::differing)
                        .min()
                        .orElseThrow();
        assertEquals(
                least,
                model.orders().subList(0, 6).stream()
                        .filter(o -> o.variables().equals(List.of(first)))
                        .findFirst()
                        .orElseThrow()
                        .differing());
    }

    @Test
    void rowsTurnedAroundGiveTheSame() {
        FeatureTable table = table(56, 6, 12);
        int[] back = IntStream.range(0, table.size()).map(r -> table.size() - 1 - r).toArray();
        NestedComBat settings = NestedComBat.of(List.of("site", "scanner"), List.of("age"));
        FeatureTable one = fit(settings, table, new Trace()).apply(table, new Trace());
        FeatureTable turned = table.rows(back);
        FeatureTable other = fit(settings, turned, new Trace()).apply(turned, new Trace());
        assertEquals(0, Tables.difference(one, other.rows(back)), 1e-10);
    }

    @Test
    void anUnknownLevelIsRefusedByName() {
        FeatureTable table = table(57, 3, 12);
        NestedComBatModel model =
                fit(NestedComBat.of(List.of("site", "scanner"), List.of()), table, new Trace());
        FeatureTable odd = Tables.relabel(table.rows(1), "scanner", r -> "next");
        RefusedException e =
                assertThrows(RefusedException.class, () -> model.apply(odd, new Trace()));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "exam P1001: scanner \"next\" was not in the fit (it knows new"));
    }
}
