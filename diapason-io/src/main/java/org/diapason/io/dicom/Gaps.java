package org.diapason.io.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;

/** Missing slices, put between their neighbours in proportion to the distance. */
final class Gaps {
    /** One slice of the filled stack: a share of the next slice that is there. */
    private record Place(int below, double share) {}

    private final List<Place> places;

    private Gaps(List<Place> places) {
        this.places = places;
    }

    /**
     * Returns the slices with those that are missing put in, each for now as its lower neighbour.
     *
     * @param slices sorted; one that is put in has the position it should have
     * @throws DataException if more are missing than are there
     */
    static Gaps fill(List<SliceStack.Slice> slices, double spacing, List<SliceStack.Slice> into) {
        List<Place> places = new ArrayList<>();
        long missing = 0;
        for (int s = 0; s < slices.size(); s++) {
            SliceStack.Slice below = slices.get(s);
            places.add(new Place(s, 0));
            into.add(below);
            if (s + 1 == slices.size()) {
                break;
            }
            SliceStack.Slice above = slices.get(s + 1);
            int steps = (int) Math.rint((above.depth() - below.depth()) / spacing);
            missing += steps - 1;
            if (missing > slices.size()) {
                throw new DataException(
                        below.frame().name()
                                + " and "
                                + above.frame().name()
                                + " are "
                                + Numbers.fixed(above.depth() - below.depth(), 3)
                                + " mm apart at a spacing of "
                                + Numbers.fixed(spacing, 3)
                                + " mm: more slices are missing than the "
                                + slices.size()
                                + " that are there, too many to be guessed. Export the series"
                                + " again.");
            }
            if (steps > 1) {
                same(below.frame(), above.frame());
            }
            for (int n = 1; n < steps; n++) {
                double share = n / (double) steps;
                places.add(new Place(s, share));
                into.add(between(below, above, share));
            }
        }
        return new Gaps(places);
    }

    private static void same(Frame a, Frame b) {
        for (Keyword keyword : List.of(Keyword.RescaleSlope, Keyword.RescaleIntercept)) {
            String ours = a.values().text(keyword).orElse("");
            String theirs = b.values().text(keyword).orElse("");
            if (!SubSeries.alike(ours, theirs)) {
                throw a.bad(
                        "cannot be interpolated with "
                                + b.name()
                                + ": they differ in "
                                + keyword.label()
                                + ", \""
                                + ours
                                + "\" and \""
                                + theirs
                                + "\". Export the series again.");
            }
        }
    }

    private static SliceStack.Slice between(
            SliceStack.Slice below, SliceStack.Slice above, double share) {
        double[] position = new double[3];
        for (int r = 0; r < 3; r++) {
            position[r] = below.position()[r] + share * (above.position()[r] - below.position()[r]);
        }
        double depth = below.depth() + share * (above.depth() - below.depth());
        return new SliceStack.Slice(below.frame(), position, depth);
    }

    int filled() {
        return (int) places.stream().filter(p -> p.share > 0).count();
    }

    /** Returns a sentence about what was put in. */
    String note(double spacing) {
        return filled()
                + " missing slices were interpolated linearly between their neighbours, "
                + Numbers.fixed(spacing, 3)
                + " mm apart";
    }

    /** Writes the slices that were missing; {@code values} hold all places. */
    void apply(List<Frame> frames, float[] values, int plane) {
        for (int k = 0; k < places.size(); k++) {
            if (places.get(k).share == 0) {
                continue;
            }
            int below = k;
            while (places.get(below).share > 0) {
                below--;
            }
            int above = k;
            while (places.get(above).share > 0) {
                above++;
            }
            float[] low = Arrays.copyOfRange(values, below * plane, (below + 1) * plane);
            float[] high = Arrays.copyOfRange(values, above * plane, (above + 1) * plane);
            Shear.unpad(frames.get(below), low);
            Shear.unpad(frames.get(above), high);
            double share = places.get(k).share;
            for (int v = 0; v < plane; v++) {
                values[k * plane + v] = (float) (low[v] + share * (high[v] - low[v]));
            }
        }
    }
}
