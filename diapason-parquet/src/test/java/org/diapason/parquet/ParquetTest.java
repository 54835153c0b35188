package org.diapason.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTest {
    @TempDir Path folder;

    @Test
    void aTableComesBackThroughTheOrdinaryDoorBitByBit() throws IOException {
        Path file = folder.resolve("it's a table.parquet");
        Csv.write(
                file,
                List.of("exam", "region", "site \"a\"", "f"),
                List.of(
                        List.of("007", "r", "Öst, \"north\"", "0.30000000000000004"),
                        List.of("008", "r", "", "")));
        byte[] bytes = Files.readAllBytes(file);
        assertEquals("PAR1", new String(bytes, 0, 4, java.nio.charset.StandardCharsets.US_ASCII));
        Csv csv = Csv.read(file);
        assertEquals(
                List.of("007", "r", "Öst, \"north\"", "0.30000000000000004"),
                csv.rows().get(0).cells());
        FeatureTable table = Tables.read(file, List.of("site \"a\""));
        assertEquals(0.1 + 0.2, table.row(0)[0]);
        assertEquals(Double.NaN, table.row(1)[0]);
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    /** DuckDB takes such names for patterns and reads every file that fits. */
    @ParameterizedTest
    @ValueSource(strings = {"t*.parquet", "t?.parquet", "t[12].parquet"})
    void aNameIsNoPattern(String name) {
        List<String> header = List.of("exam");
        Csv.write(folder.resolve("t1.parquet"), header, List.of(List.of("other")));
        Csv.write(folder.resolve("t2.parquet"), header, List.of(List.of("other")));
        Csv.write(folder.resolve(name), header, List.of(List.of("own")));
        Csv csv = Csv.read(folder.resolve(name));
        assertEquals(1, csv.rows().size());
        assertEquals("own", csv.rows().get(0).cells().get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "'''\\xAA''::BLOB', BLOB",
        "'[1, 2]', INTEGER[]",
        "'{''a'': 1}', STRUCT(a INTEGER)"
    })
    void columnsOfOtherThanCellsAreNamed(String value, String type) throws SQLException {
        Path file = folder.resolve("x.parquet");
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement copy = db.createStatement()) {
            copy.execute("COPY (SELECT " + value + " AS v) TO '" + file + "' (FORMAT parquet)");
        }
        String message = assertThrows(DataException.class, () -> Csv.read(file)).getMessage();
        assertEquals(
                "x.parquet: column \"v\" holds "
                        + type
                        + ", a number or text a cell is needed. Leave the column out.",
                message);
    }

    @Test
    void aBrokenFileIsOneKindOfFailure() throws IOException {
        Path file = Files.write(folder.resolve("x.parquet"), new byte[] {'P', 'A', 'R', '1', 0});
        String message = assertThrows(DataException.class, () -> Csv.read(file)).getMessage();
        assertEquals("x.parquet: is not a Parquet file, or it is broken. Write it again.", message);
        assertTrue(
                assertThrows(DataException.class, () -> Csv.read(folder.resolve("no.parquet")))
                        .getMessage()
                        .startsWith("no.parquet: there is no such file"));
    }
}
