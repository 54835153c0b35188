package org.diapason.fusion;

import java.util.Arrays;
import org.diapason.math.Watershed;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * A box of voxels around an object, in which a feature map becomes a mask.
 *
 * @param first its first voxel along i, j, k, counted from 0
 * @param last its last voxel, which belongs to it
 */
public record SeedBox(Numbers first, Numbers last) {
    private static final int OBJECT = 1;
    private static final int GROUND = 2;

    /**
     * Reads {@code i0:i1,j0:j1,k0:k1}, first and last voxel along each axis.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static SeedBox parse(String text) {
        String[] axes = text.split(",", -1);
        double[] low = new double[3];
        double[] high = new double[3];
        boolean sound = axes.length == 3;
        for (int a = 0; sound && a < 3; a++) {
            sound = axes[a].matches("[0-9]{1,9}:[0-9]{1,9}");
            if (sound) {
                int colon = axes[a].indexOf(':');
                low[a] = Integer.parseInt(axes[a].substring(0, colon));
                high[a] = Integer.parseInt(axes[a].substring(colon + 1));
                sound = low[a] <= high[a];
            }
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    "a seed box is the first and last voxel along each axis, i0:i1,j0:j1,k0:k1, as"
                            + " in 40:60,35:52,12:20, got "
                            + text);
        }
        return new SeedBox(Numbers.of(low), Numbers.of(high));
    }

    /**
     * Returns the box around a mask, as much wider on every side as a margin says, up to the ends
     * of the grid; an axis of one voxel stays one.
     *
     * @param marginMm 0 or more; at least one voxel on either side
     * @throws RefusedException if the mask is empty
     */
    public static SeedBox around(Mask mask, double marginMm) {
        Geometry g = mask.geometry();
        double[] low = {
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY
        };
        double[] high = {-1, -1, -1};
        for (int v = 0; v < mask.voxels().length; v++) {
            if (mask.voxels()[v]) {
                int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / (g.ni() * g.nj())};
                for (int a = 0; a < 3; a++) {
                    low[a] = Math.min(low[a], at[a]);
                    high[a] = Math.max(high[a], at[a]);
                }
            }
        }
        if (high[0] < 0) {
            throw new RefusedException("no voxel is in the mask, so it shows no object.");
        }
        for (int a = 0; a < 3; a++) {
            double wider = Math.max(1, Math.ceil(marginMm / g.spacing(a)));
            low[a] = Math.max(0, low[a] - wider);
            high[a] = Math.min(g.size(a) - 1, high[a] + wider);
        }
        return new SeedBox(Numbers.of(low), Numbers.of(high));
    }

    /** Returns the voxel in the middle. */
    public int[] middle() {
        int[] at = new int[3];
        for (int a = 0; a < 3; a++) {
            at[a] = (int) ((first.get(a) + last.get(a)) / 2);
        }
        return at;
    }

    /**
     * Returns the basin of the seed in a watershed of the box that rises from two markers: the
     * seed, and the outermost voxels of the box, which belong to the ground. An axis along which
     * the box has one voxel has no outermost ones.
     *
     * @param relief high at borders, as {@link FeatureMap#relief}
     * @param seed a voxel of the object, inside the outermost voxels
     * @throws IllegalArgumentException if the box does not fit, or the seed is not in it
     * @throws RefusedException if there is no value at the seed
     */
    public Mask watershed(Volume relief, int[] seed) {
        Geometry box = crop(relief.geometry());
        int[] at = new int[3];
        for (int a = 0; a < 3; a++) {
            at[a] = seed[a] - (int) first.get(a);
            if (box.size(a) == 2 || border(box, at, a)) {
                throw new IllegalArgumentException(
                        "the seed box "
                                + text()
                                + " must hold the seed "
                                + seed[0]
                                + ","
                                + seed[1]
                                + ","
                                + seed[2]
                                + " with a voxel of ground on either side.");
            }
        }
        float[] height = cropped(relief, box);
        int[] markers = new int[height.length];
        for (int v = 0; v < markers.length; v++) {
            markers[v] = outermost(box, v) ? GROUND : 0;
        }
        int middle = box.index(at[0], at[1], at[2]);
        if (height[middle] != height[middle]) {
            throw new RefusedException(
                    "there is no value at the seed. Name another voxel: --seed.");
        }
        markers[middle] = OBJECT;
        int[] label = Watershed.flood(box, height, markers);
        boolean[] in = new boolean[label.length];
        for (int v = 0; v < in.length; v++) {
            in[v] = label[v] == OBJECT;
        }
        return back(relief.geometry(), box, in);
    }

    /**
     * Returns the voxels of the box where the map is at least the threshold, and what they shut off
     * from the outermost voxels of the box: a closed edge gives the object in it.
     *
     * @throws IllegalArgumentException if the box does not fit
     */
    public Mask threshold(Volume map, double threshold) {
        Geometry box = crop(map.geometry());
        float[] height = cropped(map, box);
        int[] markers = new int[height.length];
        for (int v = 0; v < markers.length; v++) {
            boolean open = !(height[v] >= threshold);
            markers[v] = open && outermost(box, v) ? GROUND : 0;
            height[v] = open ? 0 : Float.NaN;
        }
        int[] label = Watershed.flood(box, height, markers);
        boolean[] in = new boolean[label.length];
        for (int v = 0; v < in.length; v++) {
            in[v] = label[v] != GROUND;
        }
        return back(map.geometry(), box, in);
    }

    private Geometry crop(Geometry g) {
        int[] n = new int[3];
        for (int a = 0; a < 3; a++) {
            n[a] = (int) (last.get(a) - first.get(a)) + 1;
            if (!(first.get(a) >= 0 && n[a] > 0 && last.get(a) < g.size(a))) {
                throw new IllegalArgumentException(
                        "the seed box "
                                + text()
                                + " does not lie in the image, whose last voxel is "
                                + (g.ni() - 1)
                                + ","
                                + (g.nj() - 1)
                                + ","
                                + (g.nk() - 1));
            }
        }
        return Geometry.of(n[0], n[1], n[2], g.spacing(0), g.spacing(1), g.spacing(2));
    }

    private int place(Geometry g, Geometry box, int v) {
        return g.index(
                (int) first.get(0) + v % box.ni(),
                (int) first.get(1) + v / box.ni() % box.nj(),
                (int) first.get(2) + v / (box.ni() * box.nj()));
    }

    private float[] cropped(Volume volume, Geometry box) {
        float[] values = volume.values();
        float[] out = new float[box.voxels()];
        for (int v = 0; v < out.length; v++) {
            out[v] = values[place(volume.geometry(), box, v)];
        }
        return out;
    }

    private Mask back(Geometry g, Geometry box, boolean[] in) {
        boolean[] out = new boolean[g.voxels()];
        for (int v = 0; v < in.length; v++) {
            out[place(g, box, v)] = in[v];
        }
        return Mask.of(g, out);
    }

    private static boolean outermost(Geometry box, int v) {
        int[] at = {v % box.ni(), v / box.ni() % box.nj(), v / (box.ni() * box.nj())};
        return border(box, at, 0) || border(box, at, 1) || border(box, at, 2);
    }

    /** Says whether a place is at or beyond the ends of an axis of more than one voxel. */
    private static boolean border(Geometry box, int[] at, int a) {
        int n = box.size(a);
        return n == 1 ? at[a] != 0 : at[a] <= 0 || at[a] >= n - 1;
    }

    private String text() {
        String[] axes = new String[3];
        Arrays.setAll(axes, a -> (int) first.get(a) + ":" + (int) last.get(a));
        return String.join(",", axes);
    }
}
