package org.diapason.surface;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.diapason.volume.RefusedException;

/**
 * Which parts of a surface are kept.
 *
 * <p>A part is a shell of positive volume with the hollows in it: a hollow goes where the smallest
 * such shell around it goes. A core in a hollow is a part of its own. Parts are told apart by the
 * volume that their outer shell encloses; of equal ones the earlier is the larger.
 *
 * @param largest how many of the largest parts are kept; empty for all
 * @param leastMm3 parts that enclose less are left out, and hollows that do are filled; empty for
 *     no such limit
 */
public record PartChoice(OptionalInt largest, OptionalDouble leastMm3) {
    /** Keeps every part. */
    public static final PartChoice ALL =
            new PartChoice(OptionalInt.empty(), OptionalDouble.empty());

    public PartChoice {
        if (largest.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "--largest is how many parts to keep, 1 or more, got " + largest.getAsInt());
        }
        double least = leastMm3.orElse(0);
        if (!(least >= 0) || Double.isInfinite(least)) {
            throw new IllegalArgumentException(
                    "--min-ml must be 0 mL or more, got " + least / 1000);
        }
    }

    /**
     * Returns which shells of a mesh are left out.
     *
     * @throws RefusedException if none would stay
     */
    boolean[] leftOut(Mesh mesh, Shells shells) {
        boolean[] out = new boolean[shells.count()];
        if (equals(ALL)) {
            return out;
        }
        int[] solids =
                IntStream.range(0, out.length)
                        .filter(s -> shells.volumeMm3(s) >= 0)
                        .boxed()
                        .sorted(Comparator.comparingDouble(s -> -shells.volumeMm3(s)))
                        .mapToInt(s -> s)
                        .toArray();
        int kept = 0;
        for (int s : solids) {
            out[s] =
                    kept == largest.orElse(Integer.MAX_VALUE)
                            || shells.volumeMm3(s) < leastMm3.orElse(0);
            kept += out[s] ? 0 : 1;
        }
        if (kept == 0) {
            double most = solids.length == 0 ? 0 : shells.volumeMm3(solids[0]) / 1000;
            throw new RefusedException(
                    "no part is left: the largest encloses "
                            + most
                            + " mL, less than --min-ml. Lower it.");
        }
        int[] hollows =
                IntStream.range(0, out.length).filter(s -> shells.volumeMm3(s) < 0).toArray();
        int[] holders = new Rays(mesh, shells).holders(hollows);
        boolean[] solid = out.clone();
        for (int n = 0; n < hollows.length; n++) {
            int s = hollows[n];
            out[s] =
                    holders[n] >= 0 && solid[holders[n]]
                            || -shells.volumeMm3(s) < leastMm3.orElse(0);
        }
        return out;
    }
}
