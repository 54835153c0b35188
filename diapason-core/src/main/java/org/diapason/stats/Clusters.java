package org.diapason.stats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diapason.math.Rng;

/**
 * Rows that belong together, such as the lesions of a patient: the clusters are a sample, their
 * rows are not. Where every row is a cluster of its own, all here is what it is for plain rows.
 */
public final class Clusters {
    private final int[] number;
    private final int count;
    private final int[][] rows;

    private Clusters(int[] number, int count) {
        this.number = number;
        this.count = count;
        rows = new int[count == number.length ? 0 : count][];
        if (rows.length > 0) {
            int[] size = new int[count];
            for (int c : number) {
                size[c]++;
            }
            for (int c = 0; c < count; c++) {
                rows[c] = new int[size[c]];
            }
            for (int r = number.length - 1; r >= 0; r--) {
                rows[number[r]][--size[number[r]]] = r;
            }
        }
    }

    /** Every row is one of its own. */
    public static Clusters single(int rows) {
        int[] own = new int[rows];
        for (int r = 0; r < rows; r++) {
            own[r] = r;
        }
        return new Clusters(own, rows);
    }

    /** Rows whose names are alike belong together. */
    public static Clusters of(List<String> names) {
        Map<String, Integer> known = new HashMap<>();
        int[] number = new int[names.size()];
        for (int r = 0; r < number.length; r++) {
            int next = known.size();
            number[r] = known.computeIfAbsent(names.get(r), n -> next);
        }
        return new Clusters(number, known.size());
    }

    /** Returns the clusters of some of the rows, in the order given. */
    public Clusters of(int[] some) {
        return of(java.util.Arrays.stream(some).mapToObj(r -> "" + number[r]).toList());
    }

    /** Returns how many there are. */
    public int count() {
        return count;
    }

    /** Says whether every row is one of its own. */
    public boolean apart() {
        return count == number.length;
    }

    /** Returns the number of a row's cluster, from 0. */
    int of(int row) {
        return number[row];
    }

    /**
     * @throws IllegalArgumentException if there are not as many rows
     */
    void check(int size) {
        if (number.length != size) {
            throw new IllegalArgumentException(
                    "the clusters of " + number.length + " rows do not fit " + size + " rows");
        }
    }

    /**
     * Returns how many standard errors an interval of 95 % reaches to either side: 1.96 of rows,
     * Student's with one less than there are of clusters.
     */
    double reach() {
        return apart() ? Normals.Z95 : count < 2 ? Double.NaN : Students.t95(count - 1);
    }

    /**
     * Returns the mean of the rows; its variance is {@code G/(G − 1) Σ (Σ (v − mean))²/n²} over G
     * clusters, which of single rows is their variance over n.
     */
    public Estimate mean(double[] values) {
        check(values.length);
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double[] sum = new double[count];
        for (int r = 0; r < values.length; r++) {
            sum[number[r]] += values[r] - mean;
        }
        double squares = 0;
        for (double s : sum) {
            squares += s * s;
        }
        double error = Math.sqrt(squares * count / (count - 1.0)) / values.length;
        return Estimate.of(mean, error, reach());
    }

    /** Draws as many clusters as there are, with replacement, and returns their rows. */
    public int[] draw(Rng rng) {
        if (apart()) {
            int[] drawn = new int[count];
            for (int r = 0; r < count; r++) {
                drawn[r] = rng.nextInt(count);
            }
            return drawn;
        }
        int[] chosen = new int[count];
        int size = 0;
        for (int c = 0; c < count; c++) {
            chosen[c] = rng.nextInt(count);
            size += rows[chosen[c]].length;
        }
        int[] drawn = new int[size];
        int at = 0;
        for (int c : chosen) {
            System.arraycopy(rows[c], 0, drawn, at, rows[c].length);
            at += rows[c].length;
        }
        return drawn;
    }
}
