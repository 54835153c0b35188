package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agreement with sva::ComBat 3.46 (R) and neuroCombat. */
class ComBatParityTest {
    private static final ComBat WITH_STOP_OF_SVA =
            new ComBat("site", List.of("age", "sex"), "*", 2, true, true);

    @Test
    void threeFeaturesOfTwelveExamsEqualSva() {
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("site", List.of("A", "A", "A", "A", "A", "B", "B", "B", "B", "C", "C", "C"));
        c.put("sex", List.of("F", "M", "F", "M", "M", "F", "F", "M", "F", "M", "M", "F"));
        c.put(
                "age",
                List.of("41", "55", "60", "38", "47", "66", "52", "70", "35", "58", "63", "44"));
        double[][] y = {
            {10.2, 11.9, 9.4, 10.8, 12.0, 13.1, 14.6, 12.2, 15.0, 8.1, 9.9, 7.4},
            {1.20, 1.45, 0.95, 1.60, 1.10, 2.30, 2.10, 2.75, 2.95, 1.15, 1.95, 1.05},
            {101, 97, 104, 99, 106, 88, 93, 80, 96, 110, 107, 121}
        };
        // sva 3.46: ComBat(y, site, mod = model.matrix(~age + sex))
        double[][] sva = {
            {
                10.8724057572,
                12.5881374447,
                10.0738872417,
                11.4658608629,
                12.6847809170,
                10.1974132226,
                11.6771529970,
                9.3402518660,
                12.0878470957,
                10.9587092198,
                12.2756330374,
                10.3445902435
            },
            {
                1.7078253341,
                1.9555284254,
                1.4547190185,
                2.1043880014,
                1.5826178363,
                1.3537506465,
                1.1440117665,
                1.8053484616,
                2.0133808840,
                1.6125217244,
                2.1753946182,
                1.4586571681
            },
            {
                102.0058555930,
                96.7915698316,
                103.1908677740,
                99.2773344154,
                104.0620278387,
                99.3455082177,
                104.7556839493,
                91.0198275127,
                107.5155242402,
                96.2353203839,
                93.4910491611,
                106.9545242772
            }
        };
        FeatureTable table = Tables.table(List.of("a", "b", "c"), y, c);
        FeatureTable expected = Tables.table(List.of("a", "b", "c"), sva, c);
        assertEquals(
                0,
                Tables.difference(expected, Tables.harmonized(WITH_STOP_OF_SVA, table)),
                1e-9,
                "ten decimals were printed");
        // The same after f <- sva:::it.sol; formals(f)$conv <- 1e-13; assignInNamespace("it.sol",
        // f, "sva")
        double[][] fixedPoint = {
            {
                10.8724057572,
                12.5881374447,
                10.0738872417,
                11.4658608629,
                12.6847809170,
                10.1974132147,
                11.6771529892,
                9.3402518580,
                12.0878470879,
                10.9587094315,
                12.2756332584,
                10.3445904535
            },
            {
                1.7078253326,
                1.9555284239,
                1.4547190170,
                2.1043879999,
                1.5826178350,
                1.3537506443,
                1.1440117642,
                1.8053484593,
                2.0133808817,
                1.6125217311,
                2.1753946251,
                1.4586571748
            },
            {
                102.0058555264,
                96.7915697719,
                103.1908677176,
                99.2773343529,
                104.0620277887,
                99.3455078945,
                104.7556836210,
                91.0198271936,
                107.5155239149,
                96.2353257524,
                93.4910546288,
                106.9545295369
            }
        };
        ComBat byDefault = new ComBat("site", List.of("age", "sex"), "*", 2, true, false);
        assertEquals(
                0,
                Tables.difference(
                        Tables.table(List.of("a", "b", "c"), fixedPoint, c),
                        Tables.harmonized(byDefault, table)),
                1e-8,
                "the default stops at 1e-10 of γ and δ² in units of an SD up to 12");
    }

    @ParameterizedTest(name = "{0}, original stop {2}")
    @CsvSource({
        "combatExample_sva_parametric_cov.csv, pheno, true, 1e-10",
        "combatExample_sva_parametric_cov.csv, pheno, false, 1e-4",
        "combatExample_sva_parametric_nocov.csv, '', true, 1e-10",
        "combatExample_sva_parametric_nocov.csv, '', false, 1e-4",
    })
    void exampleOfTwoScannersEqualsSva(
            String file, String protect, boolean originalStop, double tolerance) {
        Path folder = data("references");
        SortedMap<String, List<String>> c = columns(folder.resolve("combatExample_pheno.csv"));
        List<String> protectedColumns = protect.isEmpty() ? List.of() : List.of(protect);
        check(
                new ComBat("scanner", protectedColumns, "*", 2, true, originalStop),
                Tables.values(folder.resolve("combatExample_data.csv"), 1),
                Tables.values(folder.resolve(file), 1),
                c,
                tolerance);
    }

    @ParameterizedTest(name = "original stop {0}")
    @CsvSource({"true, 1e-10", "false, 1e-4"})
    void fourUnequalSitesEqualSva(boolean originalStop, double tolerance) {
        Path folder = data("references");
        check(
                new ComBat("batch", List.of("age", "sex"), "*", 2, true, originalStop),
                Tables.values(folder.resolve("sim4_data.csv"), 1),
                Tables.values(folder.resolve("sim4_sva_par_full_noref.csv"), 1),
                columns(folder.resolve("sim4_pheno.csv")),
                tolerance);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "parametric_adjusted_r, true, true",
        "parametric_unadjusted_r, false, true",
        "parametric_adjusted_noeb_r, true, false",
        "parametric_unadjusted_noeb_r, false, false",
        "parametric_adjusted_python, true, true",
        "parametric_unadjusted_python, false, true",
    })
    void gridOfNeuroCombatIsMatched(String file, boolean adjusted, boolean empiricalBayes) {
        Path folder = data("combat/neurocombat_grid");
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("site", List.of("1", "1", "1", "1", "1", "2", "2", "2", "2", "2"));
        c.put("group", List.of("1", "2", "1", "2", "1", "2", "1", "2", "1", "2"));
        check(
                new ComBat(
                        "site",
                        adjusted ? List.of("group") : List.of(),
                        "*",
                        2,
                        empiricalBayes,
                        true),
                Tables.values(folder.resolve("inputData/testdata.csv"), 0),
                Tables.values(folder.resolve("outputData/testdata_combat_" + file + ".csv"), 0),
                c,
                1e-10);
    }

    private static void check(
            ComBat combat,
            double[][] data,
            double[][] expected,
            SortedMap<String, List<String>> covariates,
            double tolerance) {
        List<String> names = new ArrayList<>();
        for (int f = 0; f < data.length; f++) {
            names.add("f" + f);
        }
        FeatureTable table = Tables.table(names, data, covariates);
        FeatureTable peer = Tables.table(names, expected, covariates);
        double difference = Tables.difference(peer, Tables.harmonized(combat, table));
        assertEquals(0, difference, tolerance);
    }

    private static SortedMap<String, List<String>> columns(Path file) {
        List<String[]> lines = Tables.csv(file);
        String[] names =
                file.toString().contains("sim4")
                        ? new String[] {"id", "batch", "age", "sex"}
                        : new String[] {"id", "pheno", "scanner"};
        SortedMap<String, List<String>> columns = new TreeMap<>();
        for (int k = 0; k < names.length; k++) {
            int at = k;
            columns.put(names[k], lines.stream().map(l -> l[at]).toList());
        }
        return columns;
    }

    private static Path data(String folder) {
        Path path = Path.of(System.getProperty("diapason.data", "absent")).resolve(folder);
        assumeTrue(Files.isDirectory(path), "no reference data in " + folder);
        return path;
    }
}
