package org.diapason.steps.intensity;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Parallel;
import org.diapason.stats.Cholesky;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Second round of {@link Ravel}: the components of the control voxels. */
record RavelComponents(
        Ravel settings, RavelModel.Place place, int[] control, Optional<String> contrast)
        implements Learner<Exam, RavelComponents.Sum> {

    /** A component whose singular value is less than this share of the first is rounding. */
    private static final double LEAST_SINGULAR = 1e-6;

    /** Values of control voxels and covariates by exam: values of patients, in memory only. */
    static final class Sum {
        private final SortedMap<String, float[]> values = new TreeMap<>();
        private final SortedMap<String, SortedMap<String, String>> covariates = new TreeMap<>();
    }

    @Override
    public Sum empty() {
        return new Sum();
    }

    @Override
    public void add(Sum sum, Exam exam) {
        float[] all = exam.image(settings.image()).volume().values();
        float[] own = new float[control.length];
        for (int c = 0; c < own.length; c++) {
            own[c] = all[control[c]];
        }
        sum.values.put(exam.id(), own);
        sum.covariates.put(exam.id(), exam.covariates());
    }

    @Override
    public void merge(Sum into, Sum from) {
        into.values.putAll(from.values);
        into.covariates.putAll(from.covariates);
    }

    @Override
    public Operation<Exam> learn(Sum sum, Trace trace) {
        List<String> ids = List.copyOf(sum.values.keySet());
        float[][] values = sum.values.values().toArray(float[][]::new);
        int n = values.length;
        int k = settings.components();
        double[][] covariates = covariates(ids, sum);
        int p = covariates.length == 0 ? 0 : covariates[0].length;
        if (n <= k + p) {
            throw new RefusedException(
                    "ravel saw "
                            + n
                            + " exams, and components ("
                            + k
                            + ") and protected covariates ("
                            + p
                            + ") together need at least "
                            + (k + p + 1)
                            + ". Lower components, or protect fewer columns.");
        }
        double[] squares = new double[k];
        double[][] z = components(products(values), n, squares, trace);
        double[][] weights = weights(z, covariates, n, p);
        double[] projection = new double[k * control.length];
        for (int c = 0; c < k; c++) {
            for (int v = 0; v < control.length; v++) {
                double dot = 0;
                for (int j = 0; j < n; j++) {
                    dot += values[j][v] * z[c][j];
                }
                projection[c * control.length + v] = dot / squares[c];
            }
        }
        return new RavelEffects(settings, place, ids, weights, Numbers.of(projection), contrast);
    }

    /** Returns the n × n products of the control values of exams. */
    private static double[][] products(float[][] values) {
        int n = values.length;
        double[][] products = new double[n][n];
        Parallel.forEach(
                n,
                i -> {
                    for (int j = 0; j <= i; j++) {
                        double dot = 0;
                        for (int v = 0; v < values[i].length; v++) {
                            dot += (double) values[i][v] * values[j][v];
                        }
                        products[i][j] = dot;
                    }
                });
        return products;
    }

    /** Returns the first eigenvectors as {@code [component][exam]}; their sum is not negative. */
    private double[][] components(double[][] lower, int n, double[] squares, Trace trace) {
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gram.set(i, j, lower[Math.max(i, j)][Math.min(i, j)]);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(gram)) {
            throw new RefusedException(
                    "ravel found no components: the products of the control voxels could not be"
                            + " decomposed. Check the images for values out of all proportion.");
        }
        Integer[] order = new Integer[n];
        double[] values = new double[n];
        for (int e = 0; e < n; e++) {
            order[e] = e;
            values[e] = eigen.getEigenvalue(e).getReal();
        }
        java.util.Arrays.sort(
                order, Collections.reverseOrder((a, b) -> Double.compare(values[a], values[b])));
        int rank = 0;
        double least = LEAST_SINGULAR * LEAST_SINGULAR * values[order[0]];
        while (rank < n && values[order[rank]] > least) {
            rank++;
        }
        int k = squares.length;
        if (k > rank) {
            throw new RefusedException(
                    "the control voxels have "
                            + rank
                            + " independent components, and ravel was to take out "
                            + k
                            + ". Lower components.");
        }
        double[][] z = new double[k][n];
        double total = 0;
        for (double v : values) {
            total += Math.max(0, v);
        }
        double[] shares = new double[k];
        for (int c = 0; c < k; c++) {
            squares[c] = values[order[c]];
            shares[c] = squares[c] / total;
            DMatrixRMaj vector = eigen.getEigenVector(order[c]);
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += vector.get(j);
            }
            for (int j = 0; j < n; j++) {
                z[c][j] = sum < 0 ? -vector.get(j) : vector.get(j);
            }
        }
        trace.note("shareOfControlSquares", Numbers.of(shares));
        return z;
    }

    private double[][] covariates(List<String> ids, Sum sum) {
        if (settings.protect().isEmpty()) {
            return new double[0][];
        }
        FeatureTable table =
                FeatureTable.of(
                        List.of(),
                        ids,
                        Collections.nCopies(ids.size(), settings.image()),
                        new double[ids.size()][0],
                        List.copyOf(sum.covariates.values()));
        Design design = Design.of(table, settings.protect());
        double[][] rows = new double[ids.size()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = design.encode(table, r);
        }
        return rows;
    }

    /** Returns {@code (D'D)⁻¹ D'} for the components, as {@code [component][exam]}. */
    private static double[][] weights(double[][] z, double[][] covariates, int n, int p) {
        int k = z.length;
        int q = k + p;
        double[][] design = new double[n][q];
        for (int j = 0; j < n; j++) {
            for (int c = 0; c < q; c++) {
                design[j][c] = c < k ? z[c][j] : covariates[j][c - k];
            }
        }
        double[] cross = new double[q * q];
        double[] scale = new double[q];
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                for (int j = 0; j < n; j++) {
                    cross[a * q + b] += design[j][a] * design[j][b];
                }
            }
            scale[a] = cross[a * q + a];
        }
        Cholesky factor = Cholesky.of(cross, scale);
        if (!factor.full()) {
            throw new RefusedException(
                    "the protected covariates cannot be told apart from the components of ravel or"
                            + " from each other. Lower components, or protect fewer columns.");
        }
        double[][] weights = new double[k][n];
        for (int j = 0; j < n; j++) {
            double[] row = design[j].clone();
            factor.solve(row);
            for (int c = 0; c < k; c++) {
                weights[c][j] = row[c];
            }
        }
        return weights;
    }
}
