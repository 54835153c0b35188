package org.diapason.math;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.diapason.volume.Contour;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;

/**
 * Finds the voxels whose centres lie inside closed planar contours.
 *
 * <p><b>Inside</b> is even-odd over all contours of a slice: a contour in a contour is a hole, a
 * keyhole's channel is crossed twice and vanishes. A centre exactly on an edge belongs to the side
 * of ascending i (of ascending j for an edge along i), so that regions with a common border never
 * share a voxel and never lose one.
 *
 * <p><b>Slice</b>: a contour belongs to the slice whose plane is nearest, {@code k − ½ ≤ w < k + ½}
 * (w is its place along k, in voxels). Of several planes nearest to one slice only the contours of
 * the one that is nearest count. Nothing is filled in between slices.
 *
 * <p>Points are rounded to 2⁻²⁰ voxel, and from there on all is whole numbers: the answer is exact,
 * and the same everywhere. Slices are filled in parallel; time grows with points plus crossed rows.
 */
public final class ContourFill {
    /** Voxels along k; a contour whose points are spread more is not parallel to the slices. */
    private static final double FLAT = 0.1;

    private static final int BITS = 20;
    private static final long ONE = 1L << BITS;

    /** Voxels; keeps every product below 2⁶³. */
    private static final double FARTHEST = 1 << 17;

    private static final long MOST_CROSSINGS = 1_000_000_000;

    private ContourFill() {}

    /** A contour on the lattice of 2⁻²⁰ voxel. */
    private record Polygon(long[] i, long[] j, double plane) {
        /** Equal for two drawings of one outline, from whatever point and whichever way round. */
        List<LongBuffer> key() {
            int points = i.length;
            while (points > 1 && i[points - 1] == i[0] && j[points - 1] == j[0]) {
                points--;
            }
            int first = 0;
            for (int n = 1; n < points; n++) {
                first = before(n, first) ? n : first;
            }
            int step = before((first + points - 1) % points, (first + 1) % points) ? points - 1 : 1;
            LongBuffer[] key = {LongBuffer.allocate(points), LongBuffer.allocate(points)};
            for (int n = 0; n < points; n++) {
                int from = (int) ((first + (long) n * step) % points);
                key[0].put(n, i[from]);
                key[1].put(n, j[from]);
            }
            return List.of(key);
        }

        private boolean before(int a, int b) {
            return i[a] < i[b] || i[a] == i[b] && j[a] < j[b];
        }
    }

    /**
     * Returns the voxels inside, with a note for everything that was left out or missing.
     *
     * @throws DataException if contours are not parallel to the slices, all lie outside the grid,
     *     or leave out every other slice, as those drawn on another image do
     */
    public static Mask fill(List<Contour> contours, Geometry grid) {
        TreeMap<Integer, List<Polygon>> slices = new TreeMap<>();
        Set<Double> outside = new HashSet<>();
        boolean cut = false;
        for (Contour contour : contours) {
            Polygon polygon = polygon(contour, grid);
            double k = Math.floor(polygon.plane + 0.5);
            if (k < 0 || k >= grid.nk()) {
                outside.add(k);
            } else {
                slices.computeIfAbsent((int) k, n -> new ArrayList<>()).add(polygon);
                cut |= leaves(polygon.i, grid.ni()) || leaves(polygon.j, grid.nj());
            }
        }
        if (slices.isEmpty()) {
            throw new DataException(
                    "none of its "
                            + contours.size()
                            + " contours lies on a slice of the image. Give the image it was drawn"
                            + " on.");
        }
        List<String> notes = new ArrayList<>();
        gaps(slices, grid, notes);
        if (!outside.isEmpty()) {
            notes.add(outside.size() + " planes of contours lie beyond the slices of the image.");
        }
        if (cut) {
            notes.add("contours leave the image at its sides and are cut off there.");
        }
        slices.replaceAll((k, list) -> ofOnePlane(k, list, notes));
        Mask mask = Mask.of(grid, fill(slices, grid));
        if (mask.count() == 0) {
            notes.add("no centre of a voxel lies inside its contours.");
        }
        return mask.withNotes(notes);
    }

    private static Polygon polygon(Contour contour, Geometry grid) {
        int points = contour.size();
        long[] i = new long[points];
        long[] j = new long[points];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < points; n++) {
            Numbers voxel = grid.toVoxel(contour.x(n), contour.y(n), contour.z(n));
            for (int a = 0; a < 3; a++) {
                if (!(Math.abs(voxel.get(a)) <= FARTHEST)) {
                    throw new DataException(
                            "a contour has a point more than 131072 voxels away from the image."
                                    + " Export it again.");
                }
            }
            i[n] = Math.round(voxel.get(0) * ONE);
            j[n] = Math.round(voxel.get(1) * ONE);
            low = Math.min(low, voxel.get(2));
            high = Math.max(high, voxel.get(2));
        }
        if (high - low > FLAT) {
            throw new DataException(
                    "a contour reaches across "
                            + Numbers.fixed((high - low) * grid.spacing(2), 2)
                            + " mm of the slice axis (slices are "
                            + Numbers.fixed(grid.spacing(2), 2)
                            + " mm apart): it is not parallel to the slices of this image. Give the"
                            + " image it was drawn on.");
        }
        return new Polygon(i, j, (low + high) / 2);
    }

    private static boolean leaves(long[] places, int size) {
        for (long p : places) {
            if (p < -ONE / 2 || p > size * ONE - ONE / 2) {
                return true;
            }
        }
        return false;
    }

    private static void gaps(Map<Integer, ?> slices, Geometry grid, List<String> notes) {
        int before = -1;
        int missing = 0;
        int narrowest = Integer.MAX_VALUE;
        StringBuilder where = new StringBuilder();
        for (int k : slices.keySet()) {
            if (before >= 0) {
                narrowest = Math.min(narrowest, k - before);
                missing += k - before - 1;
                if (k - before > 1 && where.length() < 60) {
                    where.append(where.isEmpty() ? "" : ", ").append(before + 2);
                    where.append(k - before > 2 ? "–" + k : "");
                    where.append(where.length() < 60 ? "" : ", …");
                }
            }
            before = k;
        }
        if (missing == 0) {
            return;
        }
        if (narrowest > 1) {
            throw new DataException(
                    "its contours lie at least "
                            + Numbers.fixed(narrowest * grid.spacing(2), 2)
                            + " mm apart, the slices of the image "
                            + Numbers.fixed(grid.spacing(2), 2)
                            + " mm, so that no two neighbouring slices have contours. Give the image"
                            + " it was drawn on, or draw the slices between.");
        }
        notes.add(
                missing
                        + (missing == 1 ? " slice" : " slices")
                        + " between the first and the last contour (number "
                        + where
                        + ") have none and stay empty.");
    }

    /** Returns the polygons of the plane nearest to a slice, each drawing once. */
    private static List<Polygon> ofOnePlane(int k, List<Polygon> all, List<String> notes) {
        double nearest = all.get(0).plane;
        for (Polygon p : all) {
            double closer = Math.abs(nearest - k) - Math.abs(p.plane - k);
            if (closer > 0 || closer == 0 && p.plane < nearest) {
                nearest = p.plane;
            }
        }
        Set<List<LongBuffer>> seen = new HashSet<>();
        List<Polygon> kept = new ArrayList<>();
        int repeated = 0;
        for (Polygon p : all) {
            if (Math.abs(p.plane - nearest) > FLAT) {
                continue;
            }
            if (seen.add(p.key())) {
                kept.add(p);
            } else {
                repeated++;
            }
        }
        int others = all.size() - kept.size() - repeated;
        if (others > 0) {
            notes.add(
                    "slice "
                            + (k + 1)
                            + ": contours lie on several planes; those on the nearest are taken, "
                            + others
                            + " left out.");
        }
        if (repeated > 0) {
            notes.add("slice " + (k + 1) + ": " + repeated + " repeated contours count once.");
        }
        return kept;
    }

    private static boolean[] fill(TreeMap<Integer, List<Polygon>> slices, Geometry grid) {
        long crossings = 0;
        for (List<Polygon> polygons : slices.values()) {
            for (Polygon p : polygons) {
                crossings += crossings(p, grid.nj());
            }
        }
        if (crossings > MOST_CROSSINGS) {
            throw new DataException(
                    "its contours cross rows of voxels "
                            + crossings
                            + " times, more than "
                            + MOST_CROSSINGS
                            + ": no outline does. Export it again.");
        }
        boolean[] voxels = new boolean[grid.voxels()];
        List<Integer> filled = List.copyOf(slices.keySet());
        Parallel.forEach(
                filled.size(),
                block -> {
                    int k = filled.get(block);
                    boolean[] turns = new boolean[grid.nj() * (grid.ni() + 1)];
                    for (Polygon p : slices.get(k)) {
                        turn(p, turns, grid.ni(), grid.nj());
                    }
                    sweep(turns, voxels, grid, k);
                });
        return voxels;
    }

    private static long crossings(Polygon p, int nj) {
        long sum = 0;
        for (int n = 0; n < p.j.length; n++) {
            long a = p.j[n];
            long b = p.j[n + 1 == p.j.length ? 0 : n + 1];
            sum += Math.max(0, row(Math.max(a, b), nj) - row(Math.min(a, b), nj));
        }
        return sum;
    }

    /** Returns the first row at or above a place, within 0 … nj. */
    private static long row(long place, int nj) {
        return Math.max(0, Math.min(nj, place + ONE - 1 >> BITS));
    }

    /** Marks on every row the first voxel at or beyond each edge: from there on, in is out. */
    private static void turn(Polygon p, boolean[] turns, int ni, int nj) {
        int points = p.i.length;
        for (int n = 0; n < points; n++) {
            int m = n + 1 == points ? 0 : n + 1;
            // from low to high j, so that both regions along an edge compute the same numbers
            int a = p.j[n] < p.j[m] ? n : m;
            int b = a == n ? m : n;
            long rise = p.j[b] - p.j[a];
            int from = (int) row(p.j[a], nj);
            int to = (int) row(p.j[b], nj);
            if (rise == 0 || from >= to) {
                continue;
            }
            // place on row j is i[a] + run · (j − j[a]) / rise = whole + rest / rise, rest < rise
            long run = p.i[b] - p.i[a];
            long step = Math.floorDiv(run * ONE, rise);
            long stepRest = Math.floorMod(run * ONE, rise);
            long lead = (p.j[a] + ONE - 1 >> BITS) * ONE - p.j[a];
            long skipped = from - (p.j[a] + ONE - 1 >> BITS);
            long rest = Math.floorMod(run * lead, rise) + skipped * stepRest;
            long whole =
                    p.i[a]
                            + Math.floorDiv(run * lead, rise)
                            + skipped * step
                            + Math.floorDiv(rest, rise);
            rest = Math.floorMod(rest, rise);
            for (int j = from; j < to; j++) {
                long first = rest == 0 ? whole + ONE - 1 >> BITS : (whole >> BITS) + 1;
                turns[j * (ni + 1) + (int) Math.max(0, Math.min(ni, first))] ^= true;
                whole += step;
                rest += stepRest;
                if (rest >= rise) {
                    rest -= rise;
                    whole++;
                }
            }
        }
    }

    private static void sweep(boolean[] turns, boolean[] voxels, Geometry grid, int k) {
        int at = grid.index(0, 0, k);
        for (int j = 0; j < grid.nj(); j++) {
            boolean inside = false;
            for (int i = 0; i < grid.ni(); i++) {
                inside ^= turns[j * (grid.ni() + 1) + i];
                voxels[at++] = inside;
            }
        }
    }
}
