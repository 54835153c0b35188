package org.diapason.io.table;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.volume.DataException;

/**
 * A table as text: a header and rows that know their line.
 *
 * <p>Files are UTF-8 with commas; a byte-order mark is skipped, empty lines are skipped, cells are
 * trimmed.
 *
 * @param name the name of the file, for messages
 * @param header column names, no two alike, none empty
 * @param rows rows of exactly as many cells
 */
public record Csv(String name, List<String> header, List<Row> rows) {
    private static final long MAX_BYTES = 1L << 30;
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
     * @throws DataException if it is ragged, names a column twice or not at all, or is not UTF-8;
     *     the message names the line
     */
    public static Csv read(Path path) {
        String name = InputFile.name(path);
        if (!Files.isRegularFile(path)) {
            throw new DataException(name + ": there is no such file.");
        }
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new DataException(name + ": is larger than 1 GiB, too large for a table.");
            }
            try (Reader reader = withoutMark(path);
                    CSVParser parser = FORMAT.parse(reader)) {
                return read(name, parser);
            }
        } catch (CharacterCodingException e) {
            throw notUtf8(name, e);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        } catch (UncheckedIOException | IllegalStateException e) {
            if (e.getCause() instanceof CharacterCodingException c) {
                throw notUtf8(name, c);
            }
            throw new DataException(
                    name + ": a quoted cell is not closed or has text after its quote.", e);
        }
    }

    private static Csv read(String name, CSVParser parser) {
        List<String> header = null;
        List<Row> rows = new ArrayList<>();
        for (CSVRecord record : parser) {
            long line = parser.getCurrentLineNumber();
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
                                + ". Quote cells that contain a comma.");
            } else {
                rows.add(new Row(line, cells));
            }
        }
        if (header == null) {
            throw new DataException(name + ": is empty, a header line is needed.");
        }
        return new Csv(name, header, rows);
    }

    private static void checkHeader(String name, List<String> header) {
        if (header.size() == 1 && header.get(0).contains(";")) {
            throw new DataException(
                    name + ", line 1: columns are separated by \";\". Save the table with commas.");
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

    /**
     * Writes UTF-8 with LF line ends; the file appears whole or not at all.
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
        try {
            WholeFile.write(
                    path,
                    out -> {
                        Writer writer =
                                new BufferedWriter(
                                        new OutputStreamWriter(out, StandardCharsets.UTF_8));
                        CSVPrinter printer = new CSVPrinter(writer, FORMAT);
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

    /** Refuses bytes that are no UTF-8 instead of putting question marks in names. */
    private static Reader withoutMark(Path path) throws IOException {
        PushbackReader reader =
                new PushbackReader(
                        new java.io.BufferedReader(
                                new java.io.InputStreamReader(
                                        Files.newInputStream(path),
                                        StandardCharsets.UTF_8
                                                .newDecoder()
                                                .onMalformedInput(CodingErrorAction.REPORT)
                                                .onUnmappableCharacter(CodingErrorAction.REPORT))));
        int first = reader.read();
        if (first >= 0 && first != 0xFEFF) {
            reader.unread(first);
        }
        return reader;
    }

    private static DataException notUtf8(String name, CharacterCodingException cause) {
        return new DataException(name + ": is not UTF-8 text. Save the table as UTF-8.", cause);
    }
}
