package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.stats.Icc;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Formula;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class MixedEffectsTest {
    /** Davies and Goldsmith 1972: yields of five preparations of six batches (Dyestuff). */
    private static final double[][] YIELD = {
        {1545, 1440, 1440, 1520, 1580},
        {1540, 1555, 1490, 1560, 1495},
        {1595, 1550, 1605, 1510, 1560},
        {1445, 1440, 1595, 1465, 1545},
        {1595, 1630, 1515, 1635, 1625},
        {1520, 1455, 1450, 1480, 1445}
    };

    private final double[] response = new double[30];
    private final FeatureTable table = table();

    private FeatureTable table() {
        List<SortedMap<String, String>> rows = new ArrayList<>();
        for (int r = 0; r < 30; r++) {
            response[r] = YIELD[r / 5][r % 5];
            SortedMap<String, String> row = new TreeMap<>();
            row.put("batch", "ABCDEF".substring(r / 5, r / 5 + 1));
            row.put("run", Integer.toString(r % 5));
            rows.add(row);
        }
        return table(rows);
    }

    private MixedEffects fit(String formula) {
        return MixedEffects.of(table, response, Formula.parse(formula), true);
    }

    /** Balanced, one way: the variances are those of the mean squares, so it is ICC(1,1). */
    @Test
    void theShareOfAGroupingIsTheIntraclassCorrelation() {
        MixedEffects fit = fit("y ~ 1 + (1 | batch)");
        assertEquals(Icc.of(YIELD, Icc.Form.ONE_WAY).value(), fit.icc("batch"), 1e-9);
        // Both ways: ICC(2,1), whose variance of kinds is not cut off at 0 here.
        double[][] shifted = new double[6][5];
        for (int r = 0; r < 30; r++) {
            shifted[r / 5][r % 5] = YIELD[r / 5][r % 5] + 60 * (r % 5 % 3);
            response[r] = shifted[r / 5][r % 5];
        }
        MixedEffects crossed = fit("y ~ 1 + (1 | batch) + (1 | run)");
        assertEquals(Icc.of(shifted, Icc.Form.AGREEMENT).value(), crossed.icc("batch"), 1e-8);
    }

    @Test
    void aShareThatDependsOnACovariateIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> fit("y ~ (run | batch)").icc("batch"));
    }

    @Test
    void groupsOfTwoColumnsAreNotMixedUpByTheirNames() {
        List<SortedMap<String, String>> rows = new ArrayList<>();
        for (int r = 0; r < 30; r++) {
            SortedMap<String, String> row = new TreeMap<>();
            row.put("a", r < 10 ? "p:q" : "p");
            row.put("b", r < 10 ? "x" : r < 20 ? "q:x" : "y");
            rows.add(row);
        }
        FeatureTable pairs = table(rows);
        Formula formula = Formula.parse("y ~ 1 + (1 | a:b)");
        assertEquals(3, MixedEffects.of(pairs, response, formula, true).groups().get("a:b"));
        rows.get(7).put("b", "na");
        String message =
                assertThrows(
                                RefusedException.class,
                                () -> MixedEffects.of(table(rows), response, formula, true))
                        .getMessage();
        assertEquals(
                "line 9: column b is missing, and it names a group. Fill it in or leave this row"
                        + " out.",
                message);
    }

    private static FeatureTable table(List<SortedMap<String, String>> rows) {
        List<String> names = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            names.add("line " + (r + 2));
        }
        int n = rows.size();
        return FeatureTable.of(
                List.of(), names, Collections.nCopies(n, ""), new double[n][0], rows);
    }

    /** 1527.5 ± 19.38341 on 5 degrees of freedom (lmerTest); predictions of lme4's ranef. */
    @Test
    void everythingHasItsName() {
        MixedEffects fit = fit("y ~ 1 + (1 | batch)");
        assertEquals("(Intercept)", fit.fixed().get(0).name());
        assertEquals(78.8044945809, fit.fixed().get(0).t(), 1e-6);
        assertEquals(6.23447599535e-9, fit.fixed().get(0).p(), 1e-14);
        assertEquals(6, fit.groups().get("batch"));
        assertEquals("E", fit.predicted().get(4).level());
        // 0.7825 = 5·1764.05/(5·1764.05 + 2451.25) of the batch mean's 1600 − 1527.5
        assertEquals(0.782526 * 72.5, fit.predicted().get(4).value(), 1e-3);
    }
}
