package org.diapason.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
