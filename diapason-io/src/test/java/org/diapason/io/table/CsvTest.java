package org.diapason.io.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
                    a,b/1,2/3/         | cohort.csv, line 3: has 1 cells, the header has 2. Quote cells that contain a comma.
                    a,b,a/             | cohort.csv, line 1: column "a" is there twice. Rename or remove one.
                    a,,c/              | cohort.csv, line 1: column 2 has no name.
                    a;b/1;2/           | cohort.csv, line 1: columns are separated by ";". Save the table with commas.
                    a,b/"1,2/          | cohort.csv: a quoted cell is not closed or has text after its quote.
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
                "latin.csv: is not UTF-8 text. Save the table as UTF-8.",
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
}
