package org.diapason.poisson;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * Makes sparse matrices row by row, their columns in the order in which they were first added to
 * (Gustavson 1978, ACM TOMS 4(3):250–269, doi:10.1145/355791.355796). Rows are made in blocks that
 * are fixed by index, each row alone: the same bytes on any number of threads.
 */
final class SparseProduct {
    private static final int BLOCKS = 16;
    private static final int ROWS = 2048;

    private SparseProduct() {}

    /** A row in the making. */
    static final class Row {
        private final int[] place;
        private int[] columns = new int[1024];
        private double[] values = new double[1024];
        private int first;
        private int end;

        private Row(int width) {
            place = new int[width];
            Arrays.fill(place, -1);
        }

        void add(int column, double value) {
            int at = place[column];
            if (at >= first) {
                values[at] += value;
                return;
            }
            if (end == columns.length) {
                columns = Arrays.copyOf(columns, 2 * end);
                values = Arrays.copyOf(values, 2 * end);
            }
            place[column] = end;
            columns[end] = column;
            values[end++] = value;
        }
    }

    /** Fills a row. */
    interface Fill {
        void row(int r, Row row);
    }

    static SparseMatrix rows(int n, int width, Fill fill) {
        int blocks = Math.max(1, Math.min(BLOCKS, n / ROWS));
        Row[] parts = new Row[blocks];
        int[] starts = new int[n + 1];
        Parallel.forEach(
                blocks,
                block -> {
                    Row row = new Row(width);
                    for (int r = border(n, block, blocks); r < border(n, block + 1, blocks); r++) {
                        row.first = row.end;
                        fill.row(r, row);
                        starts[r + 1] = row.end - row.first;
                    }
                    parts[block] = row;
                });
        for (int r = 0; r < n; r++) {
            starts[r + 1] = Math.addExact(starts[r], starts[r + 1]);
        }
        int[] columns = new int[starts[n]];
        double[] values = new double[starts[n]];
        Parallel.forEach(
                blocks,
                block -> {
                    int to = starts[border(n, block, blocks)];
                    System.arraycopy(parts[block].columns, 0, columns, to, parts[block].end);
                    System.arraycopy(parts[block].values, 0, values, to, parts[block].end);
                });
        return new SparseMatrix(width, starts, columns, values);
    }

    private static int border(int n, int block, int blocks) {
        return (int) ((long) n * block / blocks);
    }

    static SparseMatrix of(SparseMatrix a, SparseMatrix b) {
        return rows(
                a.rows(),
                b.width,
                (r, row) -> {
                    for (int e = a.starts[r]; e < a.starts[r + 1]; e++) {
                        double value = a.values[e];
                        int c = a.columns[e];
                        for (int f = b.starts[c]; f < b.starts[c + 1]; f++) {
                            row.add(b.columns[f], value * b.values[f]);
                        }
                    }
                });
    }
}
