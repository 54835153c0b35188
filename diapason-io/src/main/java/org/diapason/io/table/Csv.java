package org.diapason.io.table;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.io.WholeFile;
import org.diapason.volume.DataException;

/**
 * A table as text: a header and rows that know their line.
 *
 * <p>Encoding, separator and decimal comma are found out ({@link Dialect}); a byte-order mark is
 * skipped, empty lines are skipped, cells are trimmed, numbers with a decimal comma get a point.
 *
 * @param name the name of the file, for messages
 * @param header column names, no two alike, none empty
 * @param rows rows of exactly as many cells
 * @param dialect how the file was written
 */
public record Csv(String name, List<String> header, List<Row> rows, Dialect dialect) {
    private static final int MOST_COLUMNS = 200_000;
    private static final long MAX_BYTES = 1L << 30;

    /** Bytes that a row, and a cell beside its characters, take in memory. */
    private static final int ROW = 64;

    private static final int CELL = 56;
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setIgnoreEmptyLines(true)
                    .setIgnoreSurroundingSpaces(true)
                    .setRecordSeparator("\n")
                    .get();

    /**
     * One row.
     *
     * @param line the line of the file on which the row ends; the header is line 1
     * @param cells text of the cells, in the order of the header
     */
    public record Row(long line, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    public Csv {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a table.
     *
     * @throws DataException if it is ragged, names a column twice or not at all, or is no text; the
     *     message names the line
     */
    public static Csv read(Path path) {
        String name = InputFile.name(path);
        Optional<TableFormat> format = TableFormat.of(path);
        if (!Files.isRegularFile(path)) {
            throw new DataException(name + ": there is no such file.");
        }
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new DataException(name + ": is larger than 1 GiB, too large for a table.");
            }
            if (format.isPresent()) {
                return format.get().read(path);
            }
            Dialect dialect = Dialect.of(path);
            CSVFormat csv = FORMAT.builder().setDelimiter(dialect.separator()).get();
            try (LineLimit reader = new LineLimit(Dialect.open(path, dialect.encoding()));
                    CSVParser parser = csv.parse(reader)) {
                return Decimals.withPoint(read(name, parser, reader, dialect));
            }
        } catch (CharacterCodingException e) {
            throw notText(name, e);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    private static Csv read(String name, CSVParser parser, LineLimit reader, Dialect dialect) {
        List<String> header = null;
        List<Row> rows = new ArrayList<>();
        long line = 0;
        long held = 0;
        try {
            for (CSVRecord record : parser) {
                line = parser.getCurrentLineNumber();
                reader.rowEnded();
                List<String> cells = record.toList().stream().map(String::strip).toList();
                if (header == null) {
                    header = cells;
                    checkHeader(name, header);
                } else if (cells.size() != header.size()) {
                    throw new DataException(
                            name
                                    + ", line "
                                    + line
                                    + ": has "
                                    + cells.size()
                                    + " cells, the header has "
                                    + header.size()
                                    + ". Cells are separated by "
                                    + dialect.named()
                                    + "; quote those that contain it.");
                } else {
                    rows.add(new Row(line, cells));
                    held += memory(cells);
                    Room.need(name, held);
                }
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw broken(name, line + 1, e);
        }
        if (header == null) {
            throw new DataException(name + ": is empty, a header line is needed.");
        }
        return new Csv(name, header, rows, dialect);
    }

    /** Returns about how many bytes of memory a row of cells takes. */
    public static long memory(List<String> cells) {
        long bytes = ROW;
        for (String cell : cells) {
            bytes += CELL + cell.length();
        }
        return bytes;
    }

    private static DataException broken(String name, long line, RuntimeException e) {
        if (e.getCause() instanceof CharacterCodingException c) {
            return notText(name, c);
        }
        String at = name + ", line " + line + ": ";
        return e.getCause() instanceof LineLimit.TooLong
                ? new DataException(
                        at
                                + "the row that begins here has more than "
                                + LineLimit.MOST
                                + " characters; is a quote not closed?",
                        e)
                : new DataException(
                        at
                                + "in the row that begins here a quoted cell is not closed or has"
                                + " text after its quote.",
                        e);
    }

    private static void checkHeader(String name, List<String> header) {
        if (header.size() > MOST_COLUMNS) {
            throw new DataException(
                    name
                            + ", line 1: has "
                            + header.size()
                            + " columns, at most "
                            + MOST_COLUMNS
                            + " are read.");
        }
        Set<String> seen = new HashSet<>();
        for (int c = 0; c < header.size(); c++) {
            if (header.get(c).isEmpty()) {
                throw new DataException(name + ", line 1: column " + (c + 1) + " has no name.");
            }
            if (!seen.add(header.get(c))) {
                throw new DataException(
                        name
                                + ", line 1: column \""
                                + header.get(c)
                                + "\" is there twice. Rename or remove one.");
            }
        }
    }

    /** Returns the text of a cell, empty where the table has no such column. */
    public String text(Row row, String column) {
        int c = header.indexOf(column);
        return c < 0 ? "" : row.cells().get(c);
    }

    /** Returns how messages name a cell: {@code line 2, column "age"}. */
    String cell(Row row, int column) {
        return "line " + row.line() + ", column \"" + header.get(column) + "\"";
    }

    /**
     * Writes UTF-8 with LF line ends, with tabs where the name ends in {@code .tsv}; the file
     * appears whole or not at all.
     *
     * @throws IllegalArgumentException if a row has not as many cells as the header
     */
    public static void write(Path path, List<String> header, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "a row of " + row.size() + " cells does not fit " + header.size());
            }
        }
        Optional<TableFormat> format = TableFormat.of(path);
        if (format.isPresent()) {
            format.get().write(path, header, rows);
            return;
        }
        boolean tabs = InputFile.name(path).toLowerCase(Locale.ROOT).endsWith(".tsv");
        CSVFormat text = FORMAT.builder().setDelimiter(tabs ? '\t' : ',').get();
        try {
            WholeFile.write(
                    path,
                    out -> {
                        Writer writer =
                                new BufferedWriter(
                                        new OutputStreamWriter(out, StandardCharsets.UTF_8));
                        CSVPrinter printer = new CSVPrinter(writer, text);
                        printer.printRecord(header);
                        for (List<String> row : rows) {
                            printer.printRecord(row);
                        }
                        printer.flush();
                    });
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    private static DataException notText(String name, CharacterCodingException cause) {
        return new DataException(
                name + ": is neither UTF-8 nor UTF-16 text. Save the table as UTF-8.", cause);
    }
}
