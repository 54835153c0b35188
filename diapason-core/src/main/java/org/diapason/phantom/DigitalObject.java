package org.diapason.phantom;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * An object described once, so that what is drawn is what is measured: named regions in a
 * background, the later over the earlier.
 *
 * <p>{@link #truth} draws it for a {@link VirtualScanner}; {@link #mask} and {@link #share} say
 * where its regions lie on any grid. The world's origin is the middle of the object.
 *
 * @param name lower case, digits and dashes
 * @param quantity what the values are
 * @param background value where no region is
 * @param fieldMm edges x, y, z in mm of the box, centred on the origin, that an image covers
 * @param regions what it holds; a later one hides what is under it
 */
public record DigitalObject(
        String name, Quantity quantity, double background, Numbers fieldMm, List<Region> regions) {

    /** The name that the mask of everything outside of all regions goes by. */
    public static final String BACKGROUND = "background";

    public DigitalObject {
        if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
            throw new IllegalArgumentException(
                    "an object's name is lower case letters, digits, dots and dashes, got \""
                            + name
                            + "\"");
        }
        Shape.positive("fieldMm of object " + name, fieldMm);
        if (!Double.isFinite(background)) {
            throw new IllegalArgumentException("object " + name + ": background must be finite");
        }
        regions = List.copyOf(regions);
        Set<String> names = new HashSet<>();
        for (Region region : regions) {
            if (!names.add(region.name())) {
                throw new IllegalArgumentException(
                        "object " + name + ": two regions are named \"" + region.name() + "\"");
            }
        }
    }

    /**
     * Returns the region of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public Region region(String named) {
        return regions.get(index(named));
    }

    /**
     * Returns the true values on a cubic grid around the origin, blurred by a Gaussian of two
     * samples' width so that the samples hold all of it; its resolution says so.
     *
     * <p>{@code v ← v + m (value + texture − v)} region by region, m the blurred membership in
     * closed form ({@link Shape#share}). A texture has exactly its mean 0 and standard deviation
     * inside its region before that blur.
     *
     * @param spacingMm distance of the samples in mm
     * @param marginMm how far beyond the field it goes on, x, y, z in mm
     */
    public Volume truth(double spacingMm, Numbers marginMm) {
        return new Drawing(this, spacingMm, marginMm).volume();
    }

    /**
     * Returns the finest sampling that every curved surface of the object asks for, in mm; at most
     * 1 mm.
     */
    double finestMm() {
        double least = 1;
        for (Region region : regions) {
            least = Math.min(least, region.shape().roundMm() / 5);
        }
        return least;
    }

    /**
     * Returns the voxels whose centre lies in a region, is not hidden by a later one, and is at
     * least {@code insetMm} away from both. {@value #BACKGROUND} is what no region covers.
     *
     * <p>Of a bead, wire or bar thinner than a voxel, which centres may miss, it is every voxel
     * within half a voxel's diagonal of it; an inset then leaves nothing.
     */
    public Mask mask(String region, Geometry grid, double insetMm) {
        int wanted = region.equals(BACKGROUND) ? -1 : index(region);
        double diagonal = diagonalMm(grid);
        double narrow = Math.min(grid.spacing(0), Math.min(grid.spacing(1), grid.spacing(2)));
        double outward =
                wanted >= 0 && regions.get(wanted).shape().thinnerThan(narrow) ? diagonal / 2 : 0;
        boolean[] voxels = new boolean[grid.voxels()];
        Parallel.forEach(
                grid.nk(),
                k -> {
                    double[] p = new double[3];
                    for (int j = 0; j < grid.nj(); j++) {
                        for (int i = 0; i < grid.ni(); i++) {
                            place(grid, i, j, k, p);
                            voxels[grid.index(i, j, k)] = sees(p, wanted, insetMm, outward);
                        }
                    }
                });
        return Mask.of(grid, voxels);
    }

    /** Returns the masks of all regions and of the background on a grid, by name. */
    public SortedMap<String, Mask> masks(Geometry grid, double insetMm) {
        SortedMap<String, Mask> masks = new TreeMap<>();
        masks.put(BACKGROUND, mask(BACKGROUND, grid, insetMm));
        regions.forEach(r -> masks.put(r.name(), mask(r.name(), grid, insetMm)));
        return masks;
    }

    /**
     * Returns the share of each voxel's box that a region fills, hidden parts left out: 0 to 1.
     *
     * @param samples points along each axis of a voxel that a surface crosses; 1 to 32
     */
    public Volume share(String region, Geometry grid, int samples) {
        if (samples < 1 || samples > 32) {
            throw new IllegalArgumentException("samples must be 1 to 32, got " + samples);
        }
        int wanted = region.equals(BACKGROUND) ? -1 : index(region);
        double reach = diagonalMm(grid) / 2;
        float[] share = new float[grid.voxels()];
        Parallel.forEach(
                grid.nk(),
                k -> {
                    double[] p = new double[3];
                    for (int j = 0; j < grid.nj(); j++) {
                        for (int i = 0; i < grid.ni(); i++) {
                            place(grid, i, j, k, p);
                            boolean whole = true;
                            for (Region r : regions) {
                                double d = r.shape().distanceMm(p[0], p[1], p[2]);
                                whole &= Math.abs(d) > reach;
                            }
                            share[grid.index(i, j, k)] =
                                    whole
                                            ? sees(p, wanted, 0, 0) ? 1 : 0
                                            : sampled(grid, i, j, k, wanted, samples);
                        }
                    }
                });
        return Volume.of(grid, share, Quantity.UNKNOWN);
    }

    private float sampled(Geometry grid, int i, int j, int k, int wanted, int samples) {
        double[] p = new double[3];
        int hits = 0;
        for (int c = 0; c < samples; c++) {
            for (int b = 0; b < samples; b++) {
                for (int a = 0; a < samples; a++) {
                    place(
                            grid,
                            i - 0.5 + (a + 0.5) / samples,
                            j - 0.5 + (b + 0.5) / samples,
                            k - 0.5 + (c + 0.5) / samples,
                            p);
                    hits += sees(p, wanted, 0, 0) ? 1 : 0;
                }
            }
        }
        return (float) (hits / (double) (samples * samples * samples));
    }

    private boolean sees(double[] p, int wanted, double inset, double outward) {
        if (wanted >= 0) {
            double own = regions.get(wanted).shape().distanceMm(p[0], p[1], p[2]);
            if (!(own <= outward - inset)) {
                return false;
            }
        }
        for (int r = wanted + 1; r < regions.size(); r++) {
            double other = regions.get(r).shape().distanceMm(p[0], p[1], p[2]);
            if (inset > 0 ? other < inset : other <= 0) {
                return false;
            }
        }
        return true;
    }

    private int index(String named) {
        StringBuilder known = new StringBuilder();
        for (int r = 0; r < regions.size(); r++) {
            if (regions.get(r).name().equals(named)) {
                return r;
            }
            known.append(r == 0 ? "" : ", ").append(regions.get(r).name());
        }
        throw new IllegalArgumentException(
                "object " + name + ": there is no region \"" + named + "\", only " + known);
    }

    private static double diagonalMm(Geometry grid) {
        double square = 0;
        for (int a = 0; a < 3; a++) {
            square += grid.spacing(a) * grid.spacing(a);
        }
        return Math.sqrt(square);
    }

    private static void place(Geometry g, double i, double j, double k, double[] world) {
        for (int r = 0; r < 3; r++) {
            world[r] =
                    g.originMm().get(r)
                            + g.direction().get(3 * r) * i * g.spacing(0)
                            + g.direction().get(3 * r + 1) * j * g.spacing(1)
                            + g.direction().get(3 * r + 2) * k * g.spacing(2);
        }
    }
}
