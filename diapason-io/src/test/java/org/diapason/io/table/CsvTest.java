package org.diapason.io.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    @TempDir Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("cohort.csv"), text);
    }

    @Test
    void markQuotesBlankLinesAndCarriageReturnsDoNotMatter() throws IOException {
        Csv csv = Csv.read(file("\uFEFFexam, site\r\nP1,\"A, north\"\r\n\r\nP2,Öst\r\n"));
        assertEquals(List.of("exam", "site"), csv.header());
        assertEquals(List.of("P1", "A, north"), csv.rows().get(0).cells());
        assertEquals("Öst", csv.text(csv.rows().get(1), "site"));
        assertEquals("", csv.text(csv.rows().get(1), "age"));
        assertEquals(4, csv.rows().get(1).line());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a,b/1,2/3/         | cohort.csv, line 3: has 1 cells, the header has 2. Cells are separated by ","; quote those that contain it.
                    a,b,a/             | cohort.csv, line 1: column "a" is there twice. Rename or remove one.
                    a,,c/              | cohort.csv, line 1: column 2 has no name.
                    a;b/1/             | cohort.csv, line 2: has 1 cells, the header has 2. Cells are separated by ";"; quote those that contain it.
                    a,b/1,2/"1,2/      | cohort.csv, line 3: in the row that begins here a quoted cell is not closed or has text after its quote.
                    a,b/"1"x,2/        | cohort.csv, line 2: in the row that begins here a quoted cell is not closed or has text after its quote.
                    a;b/1,5;2/2.5;3/   | cohort.csv: some numbers have a decimal comma (line 2, column "a" "1,5"), others a point (line 3, column "a" "2.5"). Write all of them in one way.
                    /                  | cohort.csv: is empty, a header line is needed.
                    """)
    void whatIsWrongIsSaidWithItsLine(String text, String message) throws IOException {
        Path file = file(text.replace('/', '\n'));
        assertEquals(message, assertThrows(DataException.class, () -> Csv.read(file)).getMessage());
    }

    @Test
    void bytesThatAreNoUtf8AreNotReplacedByQuestionMarks() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, "exam\nMüller\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                "latin.csv: is neither UTF-8 nor UTF-16 text. Save the table as UTF-8.",
                assertThrows(DataException.class, () -> Csv.read(file)).getMessage());
    }

    @Test
    void aFeatureTableComesBackBitByBit() throws IOException {
        FeatureTable table =
                FeatureTable.of(
                        List.of("stat_mean", "stat_var"),
                        List.of("P1", "P2"),
                        List.of("tumour", "tumour"),
                        new double[][] {{0.1 + 0.2, Double.NaN}, {-1e-300, 12}},
                        List.of(
                                new TreeMap<>(Map.of("site", "A, \"north\"")),
                                new TreeMap<>(Map.of("age", "61"))));
        Path file = folder.resolve("features.csv");
        Tables.write(file, table);
        assertEquals(
                """
                exam,region,age,site,stat_mean,stat_var
                P1,tumour,,"A, ""north""\",0.30000000000000004,
                P2,tumour,61,,-1E-300,12
                """,
                Files.readString(file));
        FeatureTable back = Tables.read(file, List.of("site", "age"));
        assertEquals(table.features(), back.features());
        assertEquals(0.1 + 0.2, back.row(0)[0]);
        assertEquals(Double.NaN, back.row(0)[1]);
        assertEquals(-1e-300, back.row(1)[0]);
        assertEquals("A, \"north\"", back.covariate(0, "site"));
    }

    @Test
    void aCellThatIsNoNumberIsNamedByLineAndColumn() throws IOException {
        Path file = file("exam,region,age,site\nP1,r,61,north\n");
        assertEquals(
                "cohort.csv, line 2, column \"site\": \"north\" is not a number. Correct it, or name"
                        + " the column as a covariate.",
                assertThrows(DataException.class, () -> Tables.read(file, List.of("age")))
                        .getMessage());
    }

    @ParameterizedTest(name = "{0} with mark {1}")
    @CsvSource({
        "UTF-8, false",
        "UTF-8, true",
        "UTF-16LE, true",
        "UTF-16LE, false",
        "UTF-16BE, true",
        "UTF-16BE, false"
    })
    void everyEncodingIsFoundOut(String encoding, boolean mark) throws IOException {
        String text = (mark ? "\uFEFF" : "") + "exam;Größe\nP1;Öst\n";
        Path file = folder.resolve("t.csv");
        Files.write(file, text.getBytes(encoding));
        Csv csv = Csv.read(file);
        assertEquals(List.of("exam", "Größe"), csv.header());
        assertEquals(List.of("P1", "Öst"), csv.rows().get(0).cells());
        assertEquals(encoding + ", separated by \";\"", csv.dialect().text());
    }

    @Test
    void aDecimalCommaBecomesAPointWhereCommasDoNotSeparate() throws IOException {
        Csv csv = Csv.read(file("exam;age;note\nP1;63,5;1,2,3\nP2;-1,5e3;12\n"));
        assertEquals(List.of("P1", "63.5", "1,2,3"), csv.rows().get(0).cells());
        assertEquals(List.of("P2", "-1.5e3", "12"), csv.rows().get(1).cells());
        assertEquals("UTF-8, separated by \";\", decimal comma", csv.dialect().text());
        Csv quoted = Csv.read(file("exam,age\nP1,\"63,5\"\n"));
        assertEquals("63,5", quoted.rows().get(0).cells().get(1));
    }

    @Test
    void tabsSeparateToo() throws IOException {
        Path file = folder.resolve("t.tsv");
        Csv.write(file, List.of("exam", "a,b"), List.of(List.of("P1", "x\ty")));
        assertEquals("exam\ta,b\nP1\t\"x\ty\"\n", Files.readString(file));
        Csv csv = Csv.read(file);
        assertEquals(List.of("exam", "a,b"), csv.header());
        assertEquals("x\ty", csv.rows().get(0).cells().get(1));
        assertEquals("UTF-8, separated by tabs", csv.dialect().text());
    }

    @Test
    void separatorsInsideQuotesOfTheHeaderDoNotCount() throws IOException {
        assertEquals(List.of("a;b;c;d", "e"), Csv.read(file("\"a;b;c;d\",e\n1,2\n")).header());
    }

    @Test
    void aLineWithoutEndIsStopped() throws IOException {
        Path file = folder.resolve("long.csv");
        Files.writeString(file, "a,b\n1,2\n\"" + "x".repeat(17 << 20));
        assertEquals(
                "long.csv, line 3: the row that begins here has more than 16777216 characters; is a"
                        + " quote not closed?",
                assertThrows(DataException.class, () -> Csv.read(file)).getMessage());
    }

    /** Reads a table in a heap of its own. */
    static final class Reading {
        public static void main(String[] args) {
            try {
                Csv.read(Path.of(args[0]));
            } catch (DataException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** A million cells of one character take 2 MB in the file and 60 MB in memory. */
    @Test
    void aTableOfMoreThanHalfTheMemoryIsRefusedBeforeItFillsIt() throws Exception {
        String row = "1" + ",2".repeat(99) + "\n";
        StringBuilder head = new StringBuilder("c0");
        for (int c = 1; c < 100; c++) {
            head.append(",c").append(c);
        }
        Path file = folder.resolve("many.csv");
        Files.writeString(file, head + "\n" + row.repeat(10_000));
        Process java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Reading.class.getName(),
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.startsWith("many.csv: its values take "), said);
    }

    @Test
    void aHundredThousandColumnsAreReadAndThreeAreTooMany() throws IOException {
        StringBuilder header = new StringBuilder("exam,region");
        StringBuilder row = new StringBuilder("P1,r");
        for (int c = 0; c < 100_000; c++) {
            header.append(",f").append(c);
            row.append(",").append(c);
        }
        FeatureTable table = Tables.read(file(header + "\n" + row + "\n"), List.of());
        assertEquals(99_999, table.row(0)[99_999]);
        Path wide = file("a" + ",".repeat(200_000) + "\n");
        assertEquals(
                "cohort.csv, line 1: has 200001 columns, at most 200000 are read.",
                assertThrows(DataException.class, () -> Csv.read(wide)).getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    -          | is not a number. Correct it, or name the column as a covariate.
                    "1,234"    | is not a number. Correct it, or name the column as a covariate.
                    2020-01-05 | is not a number. Correct it, or name the column as a covariate.
                    1d         | is not a number. Correct it, or name the column as a covariate.
                    0x1p3      | is not a number. Correct it, or name the column as a covariate.
                    #DIV/0!    | is not a number. Correct it, or name the column as a covariate.
                    1e400      | is too large for a number. Correct it.
                    """)
    void whatIsNoNumberIsNamedByItsCell(String cell, String end) throws IOException {
        Path file = file("exam,region,f\nP0,r,1\nP1,r," + cell + "\n");
        assertEquals(
                "cohort.csv, line 3, column \"f\": \"" + cell.replace("\"", "") + "\" " + end,
                assertThrows(DataException.class, () -> Tables.read(file, List.of())).getMessage());
    }

    @Test
    void missingIsWhatIsDeclaredToBe() throws IOException {
        Path file = file("exam,region,f\nP0,r,\nP1,r,NA\nP2,r,NaN\nP3,r,nan\nP4,r,-Infinity\n");
        FeatureTable table = Tables.read(file, List.of());
        for (int r = 0; r < 4; r++) {
            assertEquals(Double.NaN, table.row(r)[0]);
        }
        assertEquals(Double.NEGATIVE_INFINITY, table.row(4)[0]);
        Path dashes = file("exam,region,f\nP0,r,-\nP1,r,2\n");
        assertEquals(Double.NaN, Tables.read(dashes, List.of(), java.util.Set.of("-")).row(0)[0]);
    }

    @Test
    void parquetSaysHowItIsAdded() throws IOException {
        Path file = Files.write(folder.resolve("t.parquet"), new byte[] {'P', 'A', 'R', '1'});
        assertEquals(
                "t.parquet: Parquet needs the optional module diapason-parquet (80 MB), which is not"
                        + " there. Build with it: rm -r .build; DIAPASON_MAVEN_OPTIONS=-Pparquet"
                        + " ./diapason help. Or give the table as CSV.",
                assertThrows(DataException.class, () -> Csv.read(file)).getMessage());
    }
}
