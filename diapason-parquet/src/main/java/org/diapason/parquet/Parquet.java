package org.diapason.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.io.Text;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Dialect;
import org.diapason.io.table.TableFormat;
import org.diapason.volume.DataException;

/**
 * Parquet tables through DuckDB, in memory and without network.
 *
 * <p>A column whose cells are all numbers in their shortest text (or empty) is written as DOUBLE,
 * any other as VARCHAR; empty cells are NULL. Numbers are read back as the shortest text of the
 * same double.
 */
public final class Parquet implements TableFormat {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?");

    @Override
    public String end() {
        return ".parquet";
    }

    @Override
    public Csv read(Path path) {
        String name = InputFile.name(path);
        if (!Files.isRegularFile(path)) {
            throw new DataException(name + ": there is no such file.");
        }
        try (Connection db = open();
                Statement statement = db.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "SELECT * FROM read_parquet(" + quoted(plain(path)) + ")")) {
            ResultSetMetaData columns = found.getMetaData();
            List<String> header = new ArrayList<>();
            for (int c = 1; c <= columns.getColumnCount(); c++) {
                header.add(columns.getColumnName(c).strip());
                requireCells(name, columns.getColumnName(c), columns.getColumnTypeName(c));
            }
            if (header.contains("") || new HashSet<>(header).size() < header.size()) {
                throw new DataException(name + ": a column has no name, or two have the same.");
            }
            List<Csv.Row> rows = new ArrayList<>();
            long held = 0;
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int c = 1; c <= header.size(); c++) {
                    cells.add(text(found.getObject(c)));
                }
                rows.add(new Csv.Row(rows.size() + 2L, cells));
                held += Csv.memory(cells);
                Room.need(name, held);
            }
            return new Csv(name, header, rows, new Dialect(StandardCharsets.UTF_8, ',', false));
        } catch (SQLException e) {
            throw new DataException(
                    name + ": is not a Parquet file, or it is broken. Write it again.", e);
        }
    }

    /** Refuses columns whose values are no single text or number. */
    private static void requireCells(String file, String column, String type) {
        if (type.matches("(?s)BLOB.*|BIT.*|STRUCT.*|MAP.*|UNION.*|.*\\[[0-9]*\\]")) {
            throw new DataException(
                    file
                            + ": column \""
                            + column
                            + "\" holds "
                            + type
                            + ", a number or text a cell is needed. Leave the column out.");
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Double || value instanceof Float
                ? Text.of(((Number) value).doubleValue())
                : value.toString().strip();
    }

    @Override
    public void write(Path path, List<String> header, List<List<String>> rows) {
        Path part =
                path.toAbsolutePath().resolveSibling("." + path.getFileName() + ".part.parquet");
        try {
            Files.createDirectories(part.getParent());
            try (Connection db = open()) {
                fill(db, header, rows);
                try (Statement copy = db.createStatement()) {
                    copy.execute("COPY t TO " + quoted(part.toString()) + " (FORMAT parquet)");
                }
                Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
            } catch (SQLException e) {
                throw new IOException(e);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    private static void fill(Connection db, List<String> header, List<List<String>> rows)
            throws SQLException {
        StringBuilder create = new StringBuilder("CREATE TABLE t (");
        StringBuilder insert = new StringBuilder("INSERT INTO t VALUES (");
        boolean[] numbers = new boolean[header.size()];
        for (int c = 0; c < numbers.length; c++) {
            int column = c;
            numbers[c] =
                    rows.stream()
                            .map(row -> row.get(column))
                            .allMatch(cell -> cell.isEmpty() || isNumber(cell));
            create.append(c == 0 ? "" : ", ")
                    .append('"')
                    .append(header.get(c).replace("\"", "\"\""))
                    .append(numbers[c] ? "\" DOUBLE" : "\" VARCHAR");
            insert.append(c == 0 ? "?" : ", ?");
        }
        try (Statement statement = db.createStatement()) {
            statement.execute(create.append(')').toString());
        }
        try (PreparedStatement statement = db.prepareStatement(insert.append(')').toString())) {
            for (List<String> row : rows) {
                for (int c = 0; c < numbers.length; c++) {
                    String cell = row.get(c);
                    if (cell.isEmpty()) {
                        statement.setObject(c + 1, null);
                    } else if (numbers[c]) {
                        statement.setDouble(c + 1, Double.parseDouble(cell));
                    } else {
                        statement.setString(c + 1, cell);
                    }
                }
                statement.addBatch();
            }
            if (!rows.isEmpty()) {
                statement.executeBatch();
            }
        }
    }

    /** Says whether a cell is a number that comes back as the same text: 007 would not. */
    private static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches() && Text.of(Double.parseDouble(cell)).equals(cell);
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Returns a path in which what DuckDB takes for patterns stands for itself. */
    private static String plain(Path path) {
        return path.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]");
    }

    private static String quoted(String path) {
        return "'" + path.replace("'", "''") + "'";
    }
}
