package org.diapason.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.registration.Certificate;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Two images of one object, the second after it moved, both drawn: registration is to find the
 * motion.
 *
 * @param fixed of the object at rest
 * @param moving of the moved object
 * @param truth fixed mm to moving mm
 * @param points places of the fixed object that errors are measured at, in mm
 * @param mask of the fixed image: the object and nothing else
 */
public record RegistrationPair(
        Volume fixed, Volume moving, Motion truth, List<Numbers> points, Mask mask) {

    /** Places that errors are measured at. */
    private static final int POINTS = 500;

    /** Draws for each of them; of a whole head every third one lies in the brain. */
    private static final int DRAWS = 1000;

    public RegistrationPair {
        points = List.copyOf(points);
    }

    /** Returns a cubic grid of a head, 181 × 217 × 181 mm about the origin. */
    public static Geometry grid(double spacingMm) {
        int[] size = new int[3];
        double[] mm = {181, 217, 181};
        for (int a = 0; a < 3; a++) {
            size[a] = (int) Math.rint(mm[a] / spacingMm);
        }
        return VirtualScanner.centred(size, Numbers.of(spacingMm, spacingMm, spacingMm));
    }

    /**
     * Draws the whole head in two contrasts.
     *
     * @param from contrast of the fixed image: ct, t1, t2, flair or pet
     * @param to of the moving image
     * @param grid of the fixed image
     * @param other grid of the moving image
     * @param seed makes noise, shading and the points, which lie in the brain
     */
    public static RegistrationPair head(
            String from, String to, Geometry grid, Geometry other, Motion truth, long seed) {
        DigitalObject still = ObjectLibrary.of("whole-head-" + from);
        DigitalObject moved = ObjectLibrary.of("whole-head-" + to);
        Volume[] images = new Volume[2];
        Parallel.forEach(
                2,
                n ->
                        images[n] =
                                n == 0
                                        ? seen(still, Motion.NONE, grid, Rng.seed(seed, "fixed"))
                                        : seen(moved, truth, other, Rng.seed(seed, "moving")));
        Mask mask = new MovedObject(still, Motion.NONE).outline(grid);
        List<Numbers> points = points(still.region("csf").shape(), grid, Rng.seed(seed, "points"));
        return new RegistrationPair(images[0], images[1], truth, points, mask);
    }

    /** Images as its scanner would: sharpness, shading and noise of CT, MR and PET. */
    private static Volume seen(DigitalObject object, Motion motion, Geometry grid, long seed) {
        double finest = Math.min(grid.spacing(0), Math.min(grid.spacing(1), grid.spacing(2)));
        boolean pet = object.quantity() == Quantity.SUV_BW;
        boolean mr = object.quantity() == Quantity.MR;
        Volume clean =
                new MovedObject(object, motion).on(grid, Math.max(pet ? 5 : 0, 1.2 * finest));
        float[] values = clean.values().clone();
        float[] shading = mr ? new BiasField(0.85, 1.15, seed).on(grid).values() : null;
        Noise noise = pet ? new Noise.Poisson(20) : mr ? new Noise.Rician(20) : new Noise.White(15);
        Noise.Drawn drawn = noise.on(grid, seed);
        for (int v = 0; v < values.length; v++) {
            double value = shading == null ? values[v] : shading[v] * values[v];
            values[v] = (float) drawn.of(v, value);
        }
        return clean.withValues(values);
    }

    private static List<Numbers> points(Shape within, Geometry grid, long seed) {
        Rng rng = new Rng(seed);
        List<Numbers> points = new ArrayList<>();
        for (int draw = 0; points.size() < POINTS; draw++) {
            if (draw == DRAWS * POINTS) {
                throw new IllegalArgumentException(
                        "a pair of heads: the grid of the fixed image holds "
                                + points.size()
                                + " places of the brain in "
                                + draw
                                + " draws, and "
                                + POINTS
                                + " are needed. Take a grid about the origin.");
            }
            double[] v = new double[3];
            for (int a = 0; a < 3; a++) {
                v[a] = (grid.size(a) - 1) * rng.nextDouble();
            }
            Numbers p = grid.toWorld(v[0], v[1], v[2]);
            if (within.distanceMm(p.get(0), p.get(1), p.get(2)) < 0) {
                points.add(p);
            }
        }
        return points;
    }

    /** Returns how far from the truth a transform puts the points. */
    public Certificate.ErrorMm error(Transform found) {
        double[] off = new double[points.size()];
        double sum = 0;
        for (int n = 0; n < off.length; n++) {
            double[] p = points.get(n).toArray();
            double[] q = p.clone();
            truth.there(p);
            found.apply(q);
            double square = 0;
            for (int a = 0; a < 3; a++) {
                square += (p[a] - q[a]) * (p[a] - q[a]);
            }
            off[n] = Math.sqrt(square);
            sum += off[n];
        }
        Arrays.sort(off);
        double p95 = off[(int) Math.ceil(0.95 * off.length) - 1];
        return new Certificate.ErrorMm(sum / off.length, p95, off[off.length - 1], "truth");
    }

    /**
     * Returns the pair whose moving image a rigid motion of its header has taken elsewhere.
     *
     * @throws IllegalArgumentException if the motion is not rigid
     */
    public RegistrationPair displaced(Affine by) {
        Geometry g = moving.geometry();
        double[] origin = g.originMm().toArray();
        by.apply(origin);
        double[] direction = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                for (int m = 0; m < 3; m++) {
                    direction[3 * r + c] += by.get(r, m) * g.direction().get(3 * m + c);
                }
            }
        }
        Geometry there =
                new Geometry(
                        g.ni(),
                        g.nj(),
                        g.nk(),
                        g.spacingMm(),
                        Numbers.of(origin),
                        Numbers.of(direction));
        Volume moved = moving.onGrid(there, moving.values()).withResampled(false);
        return new RegistrationPair(fixed, moved, truth.then(by), points, mask);
    }

    /**
     * Returns the pair whose moving image is cut along an axis so that a share of the points lie in
     * it.
     *
     * @param share above 0, at most 1
     * @param upper whether the low end is cut off
     */
    public RegistrationPair cropped(double share, int axis, boolean upper) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "share of a cut pair must be above 0 and at most 1, got "
                            + Numbers.fixed(share, 3));
        }
        Geometry g = moving.geometry();
        double[] along = new double[points.size()];
        for (int n = 0; n < along.length; n++) {
            double[] p = points.get(n).toArray();
            truth.there(p);
            along[n] = g.toVoxel(p[0], p[1], p[2]).get(axis);
        }
        Arrays.sort(along);
        int kept = (int) Math.max(1, Math.rint(share * along.length));
        int[] first = new int[3];
        int[] size = {g.ni(), g.nj(), g.nk()};
        if (upper) {
            double cut = along[along.length - kept];
            first[axis] = (int) Math.max(0, Math.min(size[axis] - 1, Math.rint(cut)));
            size[axis] -= first[axis];
        } else {
            double cut = along[kept - 1];
            size[axis] = (int) Math.max(1, Math.min(size[axis], Math.rint(cut) + 1));
        }
        return new RegistrationPair(fixed, part(moving, first, size), truth, points, mask);
    }

    private static Volume part(Volume whole, int[] first, int[] size) {
        Geometry g = whole.geometry();
        Geometry to =
                new Geometry(
                        size[0],
                        size[1],
                        size[2],
                        g.spacingMm(),
                        g.toWorld(first[0], first[1], first[2]),
                        g.direction());
        float[] values = new float[to.voxels()];
        for (int k = 0, v = 0; k < size[2]; k++) {
            for (int j = 0; j < size[1]; j++) {
                int row = g.index(first[0], first[1] + j, first[2] + k);
                for (int i = 0; i < size[0]; i++, v++) {
                    values[v] = whole.values()[row + i];
                }
            }
        }
        return whole.onGrid(to, values).withResampled(false);
    }
}
