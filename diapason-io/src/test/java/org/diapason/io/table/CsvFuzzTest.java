package org.diapason.io.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file, a table or a DataException comes out of it. */
class CsvFuzzTest {
    @TempDir Path folder;

    @Test
    void brokenTablesFailInOneWay() throws IOException {
        String table = "exam,region,site,f1\nP1,\"tumour, left\",Öst,0.25\nP2,r,\"a\"\"b\",1e-3\n";
        byte[] seed = table.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("t.csv");
        new Mutator(2).attack(seed, 1000, file, path -> Tables.read(path, List.of("site")));
    }
}
