package org.diapason.features;

import java.util.Arrays;
import java.util.List;
import org.diapason.features.LevelGrid.Slab;

/**
 * Neighbourhood grey tone differences (family IPET, section 3.10 of the manual): how far levels are
 * from the mean of their neighbours.
 *
 * <p>The neighbourhood may be cut by the border of the region; a voxel without a neighbour does not
 * count. As the manual sets: coarseness is at most 10⁶, where no voxel differs from its neighbours;
 * contrast and busyness of one level are 0, and so is strength where nothing differs. Busyness is
 * undefined (NaN) where p is proportional to 1/i.
 */
record Ngtdm(TextureParameters parameters, Rules rules) implements Texture {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    ngt_coarseness | Coarseness | QCDE | 1/level
                    ngt_contrast   | Contrast   | 65HE | level³
                    ngt_busyness   | Busyness   | NQ30 | 1
                    ngt_complexity | Complexity | HDEZ | level²
                    ngt_strength   | Strength   | 1X9X | level
                    """);

    private static final double COARSEST = 1e6;

    @Override
    public List<Feature> features() {
        return FEATURES;
    }

    @Override
    public double[][] of(LevelGrid grid, Dimension d) {
        List<int[]> steps =
                Neighbours.around(parameters, parameters.ngtdmDistance(), grid.spacingMm(), d);
        LevelGrid wide = grid.rimmed(steps);
        int[] offsets = Neighbours.offsets(wide, steps);
        MeanFeatures mean = new MeanFeatures(FEATURES.size());
        for (Slab slab : wide.slabs(d)) {
            mean.add(features(wide, slab, offsets));
        }
        return new double[][] {mean.mean()};
    }

    private double[] features(LevelGrid grid, Slab slab, int[] offsets) {
        int[] sum = new int[grid.ni()];
        int[] many = new int[grid.ni()];
        // per level and number m of neighbours: voxels and Σ |m level − Σ neighbours|, whole
        // numbers, so that the order of the voxels does not matter
        long[][] voxels = new long[grid.levels() + 1][];
        long[][] differences = new long[grid.levels() + 1][];
        short[] cells = grid.cells();
        Rows.each(
                grid,
                slab,
                (from, to) -> {
                    Arrays.fill(sum, 0, to - from, 0);
                    Arrays.fill(many, 0, to - from, 0);
                    for (int offset : offsets) {
                        add(cells, from, to, offset, sum, many);
                    }
                    for (int c = from; c < to; c++) {
                        int level = cells[c];
                        int m = many[c - from];
                        if (level > 0 && m > 0) {
                            if (voxels[level] == null) {
                                voxels[level] = new long[offsets.length + 1];
                                differences[level] = new long[offsets.length + 1];
                            }
                            voxels[level][m]++;
                            differences[level][m] += Math.abs((long) m * level - sum[c - from]);
                        }
                    }
                });
        return features(voxels, differences);
    }

    private static void add(short[] cells, int from, int to, int offset, int[] sum, int[] many) {
        for (int c = from; c < to; c++) {
            int other = cells[c + offset];
            sum[c - from] += other;
            many[c - from] += -other >>> 31;
        }
    }

    private double[] features(long[][] voxels, long[][] differences) {
        int[] i = new int[voxels.length];
        double[] n = new double[voxels.length];
        double[] s = new double[voxels.length];
        int used = 0;
        double total = 0;
        double sumS = 0;
        for (int level = 0; level < voxels.length; level++) {
            if (voxels[level] != null) {
                i[used] = level;
                for (int m = 1; m < voxels[level].length; m++) {
                    n[used] += voxels[level][m];
                    s[used] += (double) differences[level][m] / m;
                }
                total += n[used];
                sumS += s[used++];
            }
        }
        if (used == 0) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        }
        double weighted = 0;
        double contrast = 0;
        double apart = 0;
        double complexity = 0;
        double strength = 0;
        for (int a = 0; a < used; a++) {
            double p = n[a] / total;
            weighted += p * s[a];
            for (int b = 0; b < a; b++) {
                double q = n[b] / total;
                double d = i[a] - i[b];
                contrast += 2 * p * q * (d * d);
                apart += 2 * Math.abs(i[a] * p - i[b] * q);
                complexity += 2 * d * (p * s[a] + q * s[b]) / (p + q);
                strength += 2 * (p + q) * (d * d);
            }
        }
        boolean one = used == 1;
        return new double[] {
            Math.min(COARSEST, 1 / weighted),
            one ? 0 : contrast / ((double) used * (used - 1)) * (sumS / total),
            one ? 0 : apart == 0 ? rules.defined(Double.NaN, 0, 0) : weighted / apart,
            complexity / total,
            sumS == 0 ? 0 : strength / sumS
        };
    }
}
