package org.diapason.io.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/** A format of tables that an optional module adds; found by {@link ServiceLoader}. */
public interface TableFormat {

    /** Returns the end of the names of its files, such as {@code .parquet}. */
    String end();

    /**
     * Reads a table; missing values become empty cells.
     *
     * @throws DataException if the file is broken
     */
    Csv read(Path path);

    /** Writes a table; the file appears whole or not at all. */
    void write(Path path, List<String> header, List<List<String>> rows);

    /**
     * Returns the format of a name, empty for text.
     *
     * @throws DataException if the name is that of a format whose module is not there
     */
    static Optional<TableFormat> of(Path path) {
        String name = InputFile.name(path).toLowerCase(Locale.ROOT);
        for (TableFormat format : ServiceLoader.load(TableFormat.class)) {
            if (name.endsWith(format.end())) {
                return Optional.of(format);
            }
        }
        if (name.endsWith(".parquet")) {
            throw new DataException(
                    InputFile.name(path)
                            + ": Parquet needs the optional module diapason-parquet (80 MB), which is"
                            + " not there. Build with it: rm -r .build; DIAPASON_MAVEN_OPTIONS=-Pparquet"
                            + " ./diapason help. Or give the table as CSV.");
        }
        return Optional.empty();
    }
}
