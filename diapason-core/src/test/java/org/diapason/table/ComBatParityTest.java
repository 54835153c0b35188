package org.diapason.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreement with sva::ComBat 3.46 (R) and neuroCombat. */
class ComBatParityTest {
    private static final List<String> AGE_SEX = List.of("age", "sex");

    /** Settings that match sva, by its stop or at the fixed point. */
    private static ComBat sva(
            String batch,
            List<String> protect,
            ComBat.Method method,
            ComBat.MeanOnly meanOnly,
            String reference,
            boolean originalStop) {
        return new ComBat(
                batch,
                protect,
                "*",
                method,
                meanOnly,
                Optional.ofNullable(reference),
                2,
                originalStop);
    }

    private static ComBat sva(String batch, List<String> protect, boolean originalStop) {
        return sva(
                batch, protect, ComBat.Method.PARAMETRIC, ComBat.MeanOnly.NO, null, originalStop);
    }

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
                Tables.difference(expected, Tables.harmonized(sva("site", AGE_SEX, true), table)),
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
        ComBat byDefault = sva("site", AGE_SEX, false);
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
                sva("scanner", protectedColumns, originalStop),
                Tables.values(folder.resolve("combatExample_data.csv"), 1),
                Tables.values(folder.resolve(file), 1),
                c,
                tolerance);
    }

    @ParameterizedTest(name = "{0}, original stop {4}")
    @CsvSource({
        "par_full_noref, parametric, no, , true, 1e-10",
        "par_full_noref, parametric, no, , false, 1e-4",
        "par_full_refC, parametric, no, C, true, 1e-10",
        "par_full_refC, parametric, no, C, false, 1e-4",
        "par_meanonly_noref, parametric, sva, , true, 1e-10",
        "par_meanonly_noref, parametric, sva, , false, 1e-10",
        "nonpar_full_noref, nonparametric, no, , false, 1e-10",
        "nonpar_full_refC, nonparametric, no, C, false, 1e-10",
        "nonpar_meanonly_noref, nonparametric, sva, , false, 1e-10",
    })
    void fourUnequalSitesEqualSva(
            String file,
            String method,
            String meanOnly,
            String reference,
            boolean originalStop,
            double tolerance) {
        Path folder = data("references");
        check(
                sva(
                        "batch",
                        AGE_SEX,
                        ComBat.Method.valueOf(method.toUpperCase(Locale.ROOT)),
                        ComBat.MeanOnly.valueOf(meanOnly.toUpperCase(Locale.ROOT)),
                        reference,
                        originalStop),
                Tables.values(folder.resolve("sim4_data.csv"), 1),
                Tables.values(folder.resolve("sim4_sva_" + file + ".csv"), 1),
                columns(folder.resolve("sim4_pheno.csv")),
                tolerance);
    }

    /** With what a user gets who sets nothing: site D has three exams, enough for a scale. */
    @Test
    void byDefaultFourUnequalSitesEqualSvaToItsStop() {
        Path folder = data("references");
        check(
                ComBat.of("batch", AGE_SEX),
                Tables.values(folder.resolve("sim4_data.csv"), 1),
                Tables.values(folder.resolve("sim4_sva_par_full_noref.csv"), 1),
                columns(folder.resolve("sim4_pheno.csv")),
                1e-4);
    }

    /** Every output of the grid; what was done is written in the name of the file. */
    @Test
    void gridOfNeuroCombatIsMatched() throws IOException {
        Path folder = data("combat/neurocombat_grid");
        double[][] input = Tables.values(folder.resolve("inputData/testdata.csv"), 0);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("outputData"))) {
            files = all.filter(f -> name(f).startsWith("testdata_combat_")).sorted().toList();
        }
        assertEquals(45, files.size());
        for (Path file : files) {
            List<String> said = List.of(name(file).replace(".csv", "").split("_"));
            ComBat.Method method =
                    said.contains("noeb")
                            ? ComBat.Method.NONE
                            : ComBat.Method.valueOf(said.get(2).toUpperCase(Locale.ROOT));
            ComBat combat =
                    sva(
                            "site",
                            said.contains("adjusted") ? List.of("group") : List.of(),
                            method,
                            said.contains("meanonly") ? ComBat.MeanOnly.SVA : ComBat.MeanOnly.NO,
                            said.contains("batchref") ? "1" : null,
                            true);
            // Matlab stops at another digit.
            double tolerance = said.contains("matlab") ? 3e-4 : 1e-10;
            double[][] expected = Tables.values(file, 0);
            assertEquals(0, difference(combat, input, expected, grid()), tolerance, name(file));
        }
    }

    /**
     * neuroCombatFromTraining adds the mean of what covariates do over all rows instead of what the
     * row's own do: the mean of both groups' outputs here, since half of the rows are of each.
     */
    @ParameterizedTest
    @ValueSource(strings = {"python", "r"})
    void fromTrainingIsTheMeanOverWhatTheGroupMightBe(String program) {
        Path folder = data("combat/neurocombat_grid");
        double[][] input = Tables.values(folder.resolve("inputData/testdata.csv"), 0);
        FeatureTable table = Tables.table(names(input.length), input, grid());
        ComBatModel model = Tables.fit(sva("site", List.of("group"), true), table);
        FeatureTable rows = table.rows(0, 1, 5, 6);
        FeatureTable one = model.apply(Tables.relabel(rows, "group", r -> "1"), new Trace());
        FeatureTable two = model.apply(Tables.relabel(rows, "group", r -> "2"), new Trace());
        double[][] expected =
                Tables.values(
                        folder.resolve("outputData/training_test_scenario2_" + program + ".csv"),
                        0);
        for (int r = 0; r < 4; r++) {
            for (int f = 0; f < input.length; f++) {
                assertEquals(expected[f][r], (one.row(r)[f] + two.row(r)[f]) / 2, 1e-10);
            }
        }
    }

    @Test
    void aCurveAndAnInteractionEqualSvaWithTheSameColumns() {
        Path folder = data("references");
        FeatureTable table =
                Tables.table(
                        names(60),
                        Tables.values(folder.resolve("sim4_data.csv"), 1),
                        columns(folder.resolve("sim4_pheno.csv")));
        // h <- diff(range(age))/3; B <- splineDesign(seq(min(age)-3*h, max(age)+3*h, by=h), age)
        // ComBat(y, batch, mod = cbind(1, B[,-1], sex))[c(1, 60),]
        double[] curve = {
            13.856019560983,
            16.396551916506,
            14.371245772638,
            13.692327252131,
            15.173554552477,
            14.856441570258
        };
        double[] curveLast = {
            11.110850862480,
            10.777937064439,
            11.532120865824,
            10.603534725244,
            13.081130127834,
            13.904837407704
        };
        checkEnds(List.of("s(age,6)", "sex"), table, curve, curveLast);
        // ComBat(y, batch, mod = model.matrix(~ age*sex))[c(1, 60),]
        double[] product = {
            13.905090064590,
            16.400846910862,
            14.427820048112,
            13.769252579031,
            15.206785971895,
            14.901462101601
        };
        double[] productLast = {
            11.073059960416,
            10.730783472540,
            11.506417649002,
            10.760167390576,
            13.129841760623,
            13.901566037170
        };
        checkEnds(List.of("age", "sex", "age:sex"), table, product, productLast);
    }

    /** Compares the first six rows of the first feature and the last six of the last. */
    private static void checkEnds(
            List<String> protect, FeatureTable table, double[] first, double[] last) {
        ComBat combat = sva("batch", protect, true).by(ComBat.Smoothing.NONE);
        FeatureTable after = Tables.harmonized(combat, table);
        for (int r = 0; r < 6; r++) {
            assertEquals(first[r], after.row(r)[0], 1e-11, protect + ", row " + r);
            assertEquals(last[r], after.row(41 + r)[59], 1e-11, protect + ", row " + (41 + r));
        }
    }

    private static List<String> names(int features) {
        return IntStream.range(0, features).mapToObj(f -> "f" + f).toList();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static SortedMap<String, List<String>> grid() {
        SortedMap<String, List<String>> c = new TreeMap<>();
        c.put("site", List.of("1", "1", "1", "1", "1", "2", "2", "2", "2", "2"));
        c.put("group", List.of("1", "2", "1", "2", "1", "2", "1", "2", "1", "2"));
        return c;
    }

    private static void check(
            ComBat combat,
            double[][] data,
            double[][] expected,
            SortedMap<String, List<String>> covariates,
            double tolerance) {
        assertEquals(0, difference(combat, data, expected, covariates), tolerance);
    }

    private static double difference(
            ComBat combat,
            double[][] data,
            double[][] expected,
            SortedMap<String, List<String>> covariates) {
        List<String> names = names(data.length);
        FeatureTable table = Tables.table(names, data, covariates);
        FeatureTable peer = Tables.table(names, expected, covariates);
        return Tables.difference(peer, Tables.harmonized(combat, table));
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
