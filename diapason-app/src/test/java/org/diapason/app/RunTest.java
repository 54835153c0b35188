package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    @TempDir Path folder;

    @Test
    void ofTwentyExamsTheBrokenOnesAreNamedAndTheOthersGoOn() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 20);
        Path slice = cohort.folder.resolve("E03/ct/slice-0005.dcm");
        byte[] whole = Files.readAllBytes(slice);
        Files.write(slice, Arrays.copyOf(whole, whole.length - 100));
        cohort.set("E07", "mask.lesion", "");
        cohort.series("E11", Map.of("RescaleSlope", ""));
        Path out = folder.resolve("out");

        Cli.Said said = cohort.run(TinyCohort.WITH_TABLE, out);

        assertEquals("", said.err());
        assertEquals(1, said.code());
        assertEquals("17 done, 2 failed, 1 refused", said.out().lines().findFirst().orElseThrow());
        List<List<String>> rows = TinyCohort.rows(out.resolve("outcomes.csv"));
        assertEquals(20, rows.size());
        assertEquals(17, rows.stream().filter(r -> r.get(1).equals("done")).count());
        assertEquals(
                List.of(
                        "E03",
                        "failed",
                        "open",
                        "E03/ct",
                        "exam E03: slice-0005.dcm, byte 930: PixelData (7FE0,0010) needs 288 bytes, but"
                                + " only 188 remain: the file is truncated (it ends at byte 1118 of"
                                + " 1218) or broken. Copy it again."),
                rows.get(2));
        assertEquals(
                List.of(
                        "E07",
                        "failed",
                        "open",
                        "E07/ct",
                        "exam E07: the column mask.lesion is empty. Name the file there, or take the"
                                + " exam out of the table."),
                rows.get(6));
        assertEquals(
                List.of(
                        "E11",
                        "refused",
                        "units",
                        "E11/ct",
                        "exam E11, image ct: no RescaleSlope (0028,1053) in 10 of 10 slices, so its values"
                                + " cannot become HU. Export the series again."),
                rows.get(10));
        for (String id : List.of("E03", "E07", "E11")) {
            assertTrue(
                    said.out().contains("exam " + id + ": ")
                            || said.out().contains("exam " + id + ","),
                    said.out());
            assertFalse(Files.exists(out.resolve("traces/" + id + ".json")));
        }
        assertEquals(17, TinyCohort.rows(out.resolve("features.csv")).size());
        assertEquals(17, TinyCohort.rows(out.resolve("features-harmonized.csv")).size());
        for (String file :
                List.of(
                        "report.html",
                        "fitted.json",
                        "recipe.yaml",
                        "traces/E01.json",
                        "images/E01/ct.nii.gz",
                        "images/E01/lesion.mask.nii.gz")) {
            assertTrue(Files.isRegularFile(out.resolve(file)), file);
        }
        assertFalse(Files.exists(out.resolve(".work")));
    }

    @Test
    void oneAndTwoThreadsWriteTheSameContent() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 12);
        cohort.setAll("fwhm.ct", "4").set("E05", "fwhm.ct", "4 4.5 5");
        String recipe =
                TinyCohort.WITH_TABLE
                                .replace("  - units\n", "  - units\n  - coarsest-fwhm\n")
                                .replace("features:", "raw: true\nfeatures:")
                        + """
                        judge:
                          - biology-and-site:
                              {batch: site, biology: disease, bootstraps: 40, permutations: 20}
                        """;
        assertEquals(0, cohort.run(recipe, folder.resolve("one"), "--threads", 1).code());
        assertEquals(0, cohort.run(recipe, folder.resolve("two"), "--threads", 2).code());
        SortedMap<String, byte[]> one = Contents.of(folder.resolve("one"));
        SortedMap<String, byte[]> two = Contents.of(folder.resolve("two"));
        assertEquals(one.keySet(), two.keySet());
        assertTrue(one.containsKey("report.html") && one.containsKey("features-raw.csv"));
        one.forEach((name, bytes) -> assertArrayEquals(bytes, two.get(name), name));
    }

    @Test
    void aLocaleChangesNothing() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), 10).setAll("fwhm.ct", "4.5");
        String recipe =
                TinyCohort.WITH_TABLE.replace("  - units\n", "  - units\n  - coarsest-fwhm\n");
        assertEquals(0, cohort.run(recipe, folder.resolve("here")).code());
        Locale here = Locale.getDefault();
        try {
            for (String tag : List.of("ar-EG", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(0, cohort.run(recipe, folder.resolve(tag)).code());
            }
        } finally {
            Locale.setDefault(here);
        }
        SortedMap<String, byte[]> expected = Contents.of(folder.resolve("here"));
        for (String tag : List.of("ar-EG", "tr-TR")) {
            SortedMap<String, byte[]> found = Contents.of(folder.resolve(tag));
            expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
        }
    }

    @Test
    void withoutABatchColumnTheReportShowsTheFirstExams() throws Exception {
        Path out = folder.resolve("plain");
        TinyCohort cohort = TinyCohort.of(folder.resolve("few"), 8);
        assertEquals(0, cohort.run(TinyCohort.RECIPE, out).code());
        String page = Files.readString(out.resolve("report.html"));
        assertEquals(7, page.split("<figure class=\"pair\"").length, "six exams and what precedes");
    }
}
