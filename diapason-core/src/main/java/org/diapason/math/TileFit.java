package org.diapason.math;

import java.util.List;
import org.diapason.volume.Numbers;

/** Gains and offsets of the tiles of a mosaic, by reweighted least squares over what they share. */
final class TileFit {
    private static final int ROUNDS = 60;

    /** Of one pair, to begin with. */
    private static final int SAMPLE = 2001;

    private static final double TUKEY = 4.685;
    private static final double MAD_TO_SD = 1.4826;

    /** In standard deviations of what is shared: what rounding to floats leaves. */
    private static final double LEAST_SCALE = 1e-7;

    private static final double CONVERGED = 1e-9;

    /** More shared voxels than this of one pair are taken by equal steps. */
    private static final int MOST_PER_PAIR = 1 << 19;

    private final List<Mosaic.Tile> tiles;
    private final List<TileLayout.Shared> shared;
    private final int[][] telling; // of each pair, the voxels that have a say in medians
    private final double[] fit; // change of gain and offset of each tile, of standardised values
    private double centre;
    private double spread = 1;
    private double scale;

    private TileFit(List<Mosaic.Tile> tiles, List<TileLayout.Shared> shared) {
        this.tiles = tiles;
        this.shared = shared;
        fit = new double[2 * tiles.size()];
        telling = new int[shared.size()][];
        Parallel.forEach(
                telling.length,
                s -> {
                    TileLayout.Shared both = shared.get(s);
                    float[] a = tiles.get(both.a()).values();
                    float[] b = tiles.get(both.b()).values();
                    telling[s] = TellingVoxels.of(a, b, both, MOST_PER_PAIR);
                });
        scale = Double.POSITIVE_INFINITY;
    }

    static TileFit of(
            List<Mosaic.Tile> tiles,
            List<TileLayout.Shared> shared,
            Mosaic.Model model,
            int fixed) {
        TileFit f = new TileFit(tiles, shared);
        f.standardise();
        f.centre = model == Mosaic.Model.GAIN ? 0 : f.centre; // a gain alone keeps 0 where it is
        if (model != Mosaic.Model.NONE) {
            f.solve(model, fixed);
        }
        f.scale = f.scaleNow();
        return f;
    }

    double gain(int tile) {
        return 1 + fit[2 * tile];
    }

    double offset(int tile) {
        return spread * fit[2 * tile + 1] - fit[2 * tile] * centre;
    }

    Numbers gains() {
        double[] all = new double[tiles.size()];
        for (int t = 0; t < all.length; t++) {
            all[t] = gain(t);
        }
        return Numbers.of(all);
    }

    Numbers offsets() {
        double[] all = new double[tiles.size()];
        for (int t = 0; t < all.length; t++) {
            all[t] = offset(t);
        }
        return Numbers.of(all);
    }

    /** Returns the share of voxels of one pair that Tukey's weight leaves out. */
    double outliers(int pair) {
        TileLayout.Shared both = shared.get(pair);
        int out = 0;
        for (int v = 0; v < both.size(); v++) {
            out += Math.abs(residual(both, v)) >= TUKEY * scale ? 1 : 0;
        }
        return (double) out / both.size();
    }

    private double z(int tile, int voxel) {
        return (tiles.get(tile).values()[voxel] - centre) / spread;
    }

    private double residual(TileLayout.Shared both, int v) {
        double za = z(both.a(), both.inA()[v]);
        double zb = z(both.b(), both.inB()[v]);
        return (1 + fit[2 * both.a()]) * za
                + fit[2 * both.a() + 1]
                - (1 + fit[2 * both.b()]) * zb
                - fit[2 * both.b() + 1];
    }

    private void standardise() {
        double sum = 0;
        double squares = 0;
        long n = 0;
        float shift = tiles.get(shared.get(0).a()).values()[shared.get(0).inA()[0]];
        for (TileLayout.Shared both : shared) {
            for (int v = 0; v < both.size(); v++) {
                double a = (double) tiles.get(both.a()).values()[both.inA()[v]] - shift;
                double b = (double) tiles.get(both.b()).values()[both.inB()[v]] - shift;
                sum += a + b;
                squares += a * a + b * b;
                n += 2;
            }
        }
        double mean = sum / n;
        double variance = squares / n - mean * mean;
        centre = shift + mean;
        spread = variance > 0 ? Math.sqrt(variance) : 1;
    }

    private static int step(TileLayout.Shared both) {
        return 1 + (both.size() - 1) / MOST_PER_PAIR;
    }

    private double scaleNow() {
        int n = 0;
        for (int[] voxels : telling) {
            n += voxels.length;
        }
        float[] away = new float[n];
        n = 0;
        for (int s = 0; s < telling.length; s++) {
            for (int v : telling[s]) {
                away[n++] = (float) Math.abs(residual(shared.get(s), v));
            }
        }
        return Math.max(LEAST_SCALE, MAD_TO_SD * Ranks.of(away).quantile(0.5));
    }

    private void solve(Mosaic.Model model, int fixed) {
        start(model, fixed);
        double[][] basis = basis(model, fixed);
        for (int round = 0; round < ROUNDS; round++) {
            scale = scaleNow();
            if (improve(basis) < CONVERGED) {
                return;
            }
        }
    }

    /** Goes from tile to tile by the line of least median between each and one done before. */
    private void start(Mosaic.Model model, int fixed) {
        boolean[] done = new boolean[tiles.size()];
        done[Math.max(0, fixed)] = true;
        for (int left = tiles.size() - 1; left > 0; left--) {
            int pair = -1;
            for (int s = 0; s < shared.size(); s++) {
                TileLayout.Shared both = shared.get(s);
                boolean leads = done[both.a()] != done[both.b()];
                if (leads && (pair < 0 || both.size() > shared.get(pair).size())) {
                    pair = s;
                }
            }
            TileLayout.Shared best = shared.get(pair);
            boolean aDone = done[best.a()];
            int known = aDone ? best.a() : best.b();
            int next = aDone ? best.b() : best.a();
            double[] line = leastMedian(pair, aDone, model);
            fit[2 * next] = (1 + fit[2 * known]) * line[0] - 1;
            fit[2 * next + 1] = (1 + fit[2 * known]) * line[1] + fit[2 * known + 1];
            done[next] = true;
        }
        if (fixed < 0) {
            centreStart();
        }
    }

    /** Makes the mean gain 1 and the mean offset nothing. */
    private void centreStart() {
        double gain = 0;
        double offset = 0;
        for (int t = 0; t < tiles.size(); t++) {
            gain += (1 + fit[2 * t]) / tiles.size();
            offset += fit[2 * t + 1] / tiles.size();
        }
        for (int t = 0; t < tiles.size(); t++) {
            fit[2 * t] = (1 + fit[2 * t]) / gain - 1;
            fit[2 * t + 1] = (fit[2 * t + 1] - offset) / gain;
        }
    }

    private double[] leastMedian(int pair, boolean toA, Mosaic.Model model) {
        TileLayout.Shared both = shared.get(pair);
        int n = Math.min(telling[pair].length, SAMPLE);
        double[] x = new double[n];
        double[] y = new double[n];
        for (int v = 0; v < n; v++) {
            int at = telling[pair][(int) ((long) v * telling[pair].length / n)];
            double za = z(both.a(), both.inA()[at]);
            double zb = z(both.b(), both.inB()[at]);
            x[v] = toA ? zb : za;
            y[v] = toA ? za : zb;
        }
        return LeastMedian.line(x, y, model);
    }

    /**
     * Returns the free directions: with a fixed tile those of all others, else differences to the
     * last tile, whose sum is nothing.
     */
    private double[][] basis(Mosaic.Model model, int fixed) {
        int count = tiles.size();
        int out = fixed < 0 ? count - 1 : fixed;
        boolean gain = model != Mosaic.Model.OFFSET;
        boolean offset = model != Mosaic.Model.GAIN;
        double[][] basis = new double[(gain && offset ? 2 : 1) * (count - 1)][2 * count];
        int n = 0;
        for (int t = 0; t < count; t++) {
            for (int which = gain ? 0 : 1; t != out && which <= (offset ? 1 : 0); which++) {
                basis[n][2 * t + which] = 1;
                if (fixed < 0) {
                    basis[n][2 * out + which] = -1;
                }
                n++;
            }
        }
        return basis;
    }

    /** Takes one weighted step of least squares and returns the largest change. */
    private double improve(double[][] basis) {
        double[][] parts = new double[shared.size()][];
        Parallel.forEach(parts.length, s -> parts[s] = products(shared.get(s)));
        int size = basis.length;
        double[] matrix = new double[size * size];
        double[] rhs = new double[size];
        for (int s = 0; s < parts.length; s++) {
            int a = 2 * shared.get(s).a();
            int b = 2 * shared.get(s).b();
            int[] place = {a, a + 1, b, b + 1};
            for (int p = 0; p < size; p++) {
                for (int x = 0; x < 4; x++) {
                    double bx = basis[p][place[x]];
                    if (bx == 0) {
                        continue;
                    }
                    rhs[p] -= bx * parts[s][16 + x];
                    for (int q = 0; q < size; q++) {
                        for (int y = 0; y < 4; y++) {
                            matrix[p * size + q] += bx * parts[s][4 * x + y] * basis[q][place[y]];
                        }
                    }
                }
            }
        }
        NormalEquations.solve(matrix, rhs);
        double most = 0;
        for (int u = 0; u < fit.length; u++) {
            double change = 0;
            for (int p = 0; p < size; p++) {
                change += basis[p][u] * rhs[p];
            }
            fit[u] += change;
            most = Math.max(most, Math.abs(change));
        }
        return most;
    }

    /** Sums the 4 × 4 products of a pair's derivatives and, after them, those with what is left. */
    private double[] products(TileLayout.Shared both) {
        double[] sums = new double[20];
        double[] d = new double[4];
        for (int v = 0; v < both.size(); v += step(both)) {
            double r = residual(both, v);
            double w = weight(Math.abs(r) / scale);
            d[0] = z(both.a(), both.inA()[v]);
            d[1] = 1;
            d[2] = -z(both.b(), both.inB()[v]);
            d[3] = -1;
            for (int x = 0; x < 4; x++) {
                for (int y = 0; y < 4; y++) {
                    sums[4 * x + y] += w * d[x] * d[y];
                }
                sums[16 + x] += w * d[x] * r;
            }
        }
        return sums;
    }

    private static double weight(double away) {
        double u = away / TUKEY;
        return u >= 1 ? 0 : (1 - u * u) * (1 - u * u);
    }
}
