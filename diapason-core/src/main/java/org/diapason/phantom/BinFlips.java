package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.features.Bins;
import org.diapason.features.Ibsi;
import org.diapason.step.Extractor;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Image;

/**
 * Voxels that two images of the same object put into different bins, and what they do to features.
 *
 * <p>A bin turns any difference, however small, into a whole level where an edge lies between the
 * two values. With place {@code p = (x − origin)/width} of each image's own bins, a flipped voxel
 * must lie within the largest |p_a − p_b| of the region of an edge (and the half a unit in the last
 * place that counts as on it). Moved across that edge in image b, all features made from levels
 * must be those of image a. Where a range of the extractor leaves different voxels in the two
 * images, nothing can be moved: the features of b are NaN.
 *
 * @param flips the voxels
 * @param moved features made from levels, of a and of b with its flipped voxels moved: by column,
 *     two values
 */
public record BinFlips(List<Flip> flips, SortedMap<String, double[]> moved) {

    /** Float steps and part of a bin within which a value counts as on an edge. */
    private static final double SNAP = 1e-9;

    /**
     * One voxel.
     *
     * @param rule the discretisation, {@code fbs10}, or {@code ivh}
     * @param i voxel on the grid after the recipe
     * @param j voxel on the grid after the recipe
     * @param k voxel on the grid after the recipe
     * @param valueA value in a
     * @param valueB value in b
     * @param levelA bin in a
     * @param levelB bin in b
     * @param awayBins how far the value in a lies from the edge, in bins
     * @param residualBins how far it may: the largest difference of places in the region
     */
    public record Flip(
            String rule,
            int i,
            int j,
            int k,
            double valueA,
            double valueB,
            int levelA,
            int levelB,
            double awayBins,
            double residualBins) {

        /** Says whether it lies within the residual of an edge. */
        public boolean explained() {
            return awayBins <= residualBins;
        }
    }

    /** Returns the flips of a pair, and the features after moving them. */
    public static BinFlips of(TwinPair pair) {
        return of(pair, true);
    }

    /** Says whether the recipe sorts voxels of the image's own grid into bins. */
    static boolean any(TwinPair pair) {
        return pair.twins().recipe().features().stream()
                .anyMatch(e -> e instanceof Ibsi ibsi && !Bins.of(ibsi, pair.a()).isEmpty());
    }

    /** Returns the flips of a pair alone. */
    static List<Flip> listed(TwinPair pair) {
        return of(pair, false).flips;
    }

    private static BinFlips of(TwinPair pair, boolean measure) {
        List<Flip> flips = new ArrayList<>();
        SortedMap<String, double[]> moved = new TreeMap<>();
        for (Extractor extractor : pair.twins().recipe().features()) {
            if (extractor instanceof Ibsi ibsi) {
                List<Bins> a = Bins.of(ibsi, pair.a());
                List<Bins> b = Bins.of(ibsi, pair.b());
                for (int n = 0; n < a.size(); n++) {
                    flips.addAll(compare(a.get(n), b.get(n), pair.a(), ibsi.image()));
                    if (measure) {
                        move(pair, a.get(n), b.get(n), moved);
                    }
                }
            }
        }
        return new BinFlips(List.copyOf(flips), moved);
    }

    private static List<Flip> compare(Bins a, Bins b, Exam exam, String image) {
        List<Flip> flips = new ArrayList<>();
        if (a.levels().length != b.levels().length) {
            return flips;
        }
        double residual = 0;
        for (int n = 0; n < a.levels().length; n++) {
            double apart = Math.abs(a.place(a.values()[n]) - b.place(b.values()[n]));
            double snap = SNAP + Math.ulp(a.values()[n]) / a.width();
            residual = Math.max(residual, apart + snap);
        }
        int ni = exam.image(image).volume().geometry().ni();
        int nj = exam.image(image).volume().geometry().nj();
        for (int n = 0; n < a.levels().length; n++) {
            int la = a.levels()[n];
            int lb = b.levels()[n];
            if (la != lb) {
                int v = a.voxels()[n];
                double edge = la < lb ? la : la - 1;
                flips.add(
                        new Flip(
                                a.rule(),
                                v % ni,
                                v / ni % nj,
                                v / (ni * nj),
                                a.values()[n],
                                b.values()[n],
                                la,
                                lb,
                                Math.abs(a.place(a.values()[n]) - edge),
                                residual));
            }
        }
        return flips;
    }

    private static void move(TwinPair pair, Bins a, Bins b, SortedMap<String, double[]> moved) {
        if (a.levels().length != b.levels().length) {
            FeatureTable alone = a.extractor().apply(pair.a(), new Trace());
            for (int f = 0; f < alone.features().size(); f++) {
                moved.put(alone.features().get(f), new double[] {alone.row(0)[f], Double.NaN});
            }
            return;
        }
        String name = a.extractor().image();
        Image image = pair.b().image(name);
        float[] values = image.volume().values().clone();
        for (int n = 0; n < b.levels().length; n++) {
            values[b.voxels()[n]] = b.moved(n, a.levels()[n]);
        }
        Image shifted = image.withVolume(image.volume().withValues(values));
        Exam other = pair.b().mapImages((key, one) -> key.equals(name) ? shifted : one);
        FeatureTable before = a.extractor().apply(pair.a(), new Trace());
        FeatureTable after = b.extractor().apply(other, new Trace());
        for (int f = 0; f < before.features().size(); f++) {
            moved.put(before.features().get(f), new double[] {before.row(0)[f], after.row(0)[f]});
        }
    }
}
