package org.diapason.io.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Slices in the order of space, on one regular grid, or the reason why there is none.
 *
 * <p>Position alone decides the order: ImagePositionPatient projected on the normal i × j of
 * ImageOrientationPatient (PS3.3 C.7.6.2.1.1). The spacing of slices is the distance of their
 * positions; SliceThickness is how thick a slice is, not how far its neighbour is away.
 *
 * @param frames the slices, k ascending
 * @param geometry the grid
 * @param notes what had to be assumed, or was done to make a grid
 * @param resampled whether values are interpolated
 * @param pixels reads the stored numbers on the grid
 */
record SliceStack(
        List<Frame> frames,
        Geometry geometry,
        List<String> notes,
        boolean resampled,
        Supplier<float[]> pixels) {
    /** Gaps may differ by this share of the spacing: positions are rounded text. */
    private static final double GAP_TOLERANCE = 0.01;

    /** A slice may lie this share of the spacing before or behind its place on the grid. */
    private static final double DRIFT_TOLERANCE = 0.1;

    /** Slices that are closer than this lie at one position, in mm. */
    private static final double SAME_PLACE_MM = 1e-3;

    record Slice(Frame frame, double[] position, double depth) {}

    /**
     * Returns the stack of the slices of one sub-series, given in any order.
     *
     * @param warnings takes what was left out
     * @throws DataException if they are doubled, incomplete or sheared; both files are named
     */
    static SliceStack of(List<Frame> unsorted, SeriesChoice choice, Warnings warnings) {
        unsorted.forEach(SliceStack::checkKind);
        Frame first = unsorted.get(0);
        SlicePlane plane = SlicePlane.of(first);
        List<Slice> sorted = new ArrayList<>();
        for (Frame frame : unsorted) {
            double[] p = frame.values().numbers(Keyword.ImagePositionPatient, 3);
            sorted.add(new Slice(frame, p, plane.depth(p)));
        }
        sorted.sort(Comparator.comparingDouble(Slice::depth));
        List<Slice> slices = copiesLeftOut(sorted, warnings);
        if (Mosaic.is(first)) {
            return mosaic(slices, plane);
        }
        if (slices.size() == 1) {
            Geometry geometry = grid(slices, plane, thickness(first));
            String note = "a single slice: its extent along k is not a distance of slices";
            return plain(slices, geometry, List.of(note));
        }
        return stack(slices, plane, choice);
    }

    private static SliceStack stack(List<Slice> slices, SlicePlane plane, SeriesChoice choice) {
        double median = medianSpacing(slices);
        List<String> notes = new ArrayList<>();
        List<Slice> full = new ArrayList<>();
        Gaps gaps = null;
        if (choice.fillGaps() && onlyMissing(slices, median)) {
            gaps = Gaps.fill(slices, median, full);
            notes.add(gaps.note(median));
        } else {
            regular(slices, median);
            full = slices;
        }
        int n = full.size();
        double spacing = (full.get(n - 1).depth - full.get(0).depth) / (n - 1);
        thick(full.get(0).frame, spacing).ifPresent(notes::add);
        even(full, spacing);
        Geometry straight = grid(full, plane, spacing);
        Optional<Shear> shear = Shear.of(full, straight, choice.shear());
        List<Frame> frames = full.stream().map(Slice::frame).toList();
        if (gaps == null && shear.isEmpty()) {
            return plain(full, straight, notes);
        }
        shear.ifPresent(
                s ->
                        notes.add(
                                "a tilted stack, put on a right-angled grid by "
                                        + s.how().name().toLowerCase(Locale.ROOT)
                                        + " interpolation within each slice"));
        Geometry geometry = shear.map(s -> s.grid(straight)).orElse(straight);
        Gaps fill = gaps;
        return new SliceStack(
                frames,
                geometry,
                notes,
                true,
                () -> {
                    float[] values = PixelReader.read(frames, straight);
                    if (fill != null) {
                        fill.apply(frames, values, straight.ni() * straight.nj());
                    }
                    return shear.map(s -> s.apply(frames, straight, geometry, values))
                            .orElse(values);
                });
    }

    private static SliceStack plain(List<Slice> slices, Geometry geometry, List<String> notes) {
        List<Frame> frames = slices.stream().map(Slice::frame).toList();
        return new SliceStack(
                frames, geometry, notes, false, () -> PixelReader.read(frames, geometry));
    }

    private static SliceStack mosaic(List<Slice> slices, SlicePlane plane) {
        if (slices.size() > 1) {
            throw pair(slices, 0, "are both mosaics", gap(slices, 0), "Give one of them.");
        }
        Slice slice = slices.get(0);
        OptionalDouble spacing = slice.frame.values().number(Keyword.SpacingBetweenSlices);
        if (!(spacing.orElse(0) > 0)) {
            throw slice.frame.bad(
                    "is a mosaic without "
                            + Keyword.SpacingBetweenSlices.label()
                            + ", so the distance of its slices is not known. Export it again as"
                            + " one image per slice.");
        }
        Mosaic mosaic = Mosaic.of(slice.frame, plane.normal());
        Geometry geometry =
                mosaic.geometry(
                        slice.position, plane.pixelMm(), plane.direction(), spacing.getAsDouble());
        return new SliceStack(
                Collections.nCopies(mosaic.tiles(), slice.frame),
                geometry,
                List.of(),
                false,
                () -> mosaic.read(geometry));
    }

    /** Leaves out what lies at a position where the same pixels already lie under another UID. */
    private static List<Slice> copiesLeftOut(List<Slice> sorted, Warnings warnings) {
        List<Slice> kept = new ArrayList<>();
        for (Slice slice : sorted) {
            Slice last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
            boolean meets =
                    last != null && meet(last, slice) && slice.frame.file() != last.frame.file();
            if (meets && PixelHash.of(slice.frame.file()).equals(PixelHash.of(last.frame.file()))) {
                warnings.add(
                        "re-export",
                        last.frame.name()
                                + " and "
                                + slice.frame.name()
                                + " are the same pixels at the same position under two UIDs (an"
                                + " export made twice); used once.");
            } else {
                kept.add(slice);
            }
        }
        return kept;
    }

    private static boolean meet(Slice a, Slice b) {
        double most = 0;
        for (int r = 0; r < 3; r++) {
            most = Math.max(most, Math.abs(a.position[r] - b.position[r]));
        }
        return most <= SAME_PLACE_MM;
    }

    private static Geometry grid(List<Slice> slices, SlicePlane plane, double spacing) {
        Slice first = slices.get(0);
        return plane.grid(first.frame, first.position, slices.size(), spacing);
    }

    private static void checkKind(Frame frame) {
        frame.file()
                .syntax()
                .refusal()
                .ifPresent(
                        reason -> {
                            throw frame.bad(reason);
                        });
    }

    private static double gap(List<Slice> slices, int s) {
        return slices.get(s + 1).depth - slices.get(s).depth;
    }

    private static double medianSpacing(List<Slice> slices) {
        double[] gaps = new double[slices.size() - 1];
        for (int s = 0; s < gaps.length; s++) {
            gaps[s] = gap(slices, s);
            if (!(gaps[s] > SAME_PLACE_MM)) {
                boolean same = meet(slices.get(s), slices.get(s + 1));
                throw pair(
                        slices,
                        s,
                        same ? "lie at the same position" : "lie beside each other in one plane",
                        gaps[s],
                        "Remove one of them.");
            }
        }
        Arrays.sort(gaps);
        return gaps[(gaps.length - 1) / 2];
    }

    private static double tolerance(double median) {
        return Math.max(0.01, GAP_TOLERANCE * median);
    }

    /** Says whether every gap is a whole number of spacings, so that slices are only missing. */
    private static boolean onlyMissing(List<Slice> slices, double median) {
        boolean whole = true;
        for (int s = 0; s + 1 < slices.size(); s++) {
            double steps = Math.rint(gap(slices, s) / median);
            whole &= Math.abs(gap(slices, s) - steps * median) <= tolerance(median) && steps >= 1;
        }
        return whole;
    }

    private static void regular(List<Slice> slices, double median) {
        for (int s = 0; s + 1 < slices.size(); s++) {
            if (Math.abs(gap(slices, s) - median) > tolerance(median)) {
                throw pair(
                        slices,
                        s,
                        "do not follow each other at the series' "
                                + Numbers.fixed(median, 3)
                                + " mm",
                        gap(slices, s),
                        onlyMissing(slices, median)
                                ? "Slices are missing: export the series again, or add"
                                        + " #gaps=interpolate to the path to have them guessed from"
                                        + " their neighbours."
                                : "The spacing is irregular: export the series again.");
            }
        }
    }

    /** Refuses gaps that each differ little and together put slices beside the grid. */
    private static void even(List<Slice> slices, double spacing) {
        for (int s = 0; s < slices.size(); s++) {
            double expected = slices.get(0).depth + s * spacing;
            if (Math.abs(slices.get(s).depth - expected) > DRIFT_TOLERANCE * spacing) {
                throw new DataException(
                        slices.get(s).frame.name()
                                + ", slice "
                                + (s + 1)
                                + " from "
                                + slices.get(0).frame.name()
                                + ", is at "
                                + Numbers.fixed(slices.get(s).depth, 3)
                                + " mm, on an even grid it would be at "
                                + Numbers.fixed(expected, 3)
                                + " mm. The spacing changes along the series: export it again.");
            }
        }
    }

    private static Optional<String> thick(Frame frame, double spacing) {
        OptionalDouble thick;
        try {
            thick = frame.values().number(Keyword.SliceThickness);
        } catch (DataException e) {
            return Optional.empty();
        }
        if (thick.isEmpty() || Math.abs(thick.getAsDouble() - spacing) <= 1e-3 * spacing) {
            return Optional.empty();
        }
        boolean overlap = thick.getAsDouble() > spacing;
        return Optional.of(
                "slices are "
                        + Numbers.fixed(thick.getAsDouble(), 3)
                        + " mm thick and "
                        + Numbers.fixed(spacing, 3)
                        + " mm apart ("
                        + (overlap ? "they overlap" : "with gaps")
                        + ")");
    }

    private static DataException pair(
            List<Slice> slices, int s, String what, double gap, String instruction) {
        return new DataException(
                slices.get(s).frame.name()
                        + " and "
                        + slices.get(s + 1).frame.name()
                        + " "
                        + what
                        + ": they are at "
                        + Numbers.fixed(slices.get(s).depth, 3)
                        + " and "
                        + Numbers.fixed(slices.get(s + 1).depth, 3)
                        + " mm, "
                        + Numbers.fixed(gap, 3)
                        + " mm apart. "
                        + instruction);
    }

    private static double thickness(Frame frame) {
        OptionalDouble spacing = frame.values().number(Keyword.SpacingBetweenSlices);
        if (spacing.isEmpty()) {
            spacing = frame.values().number(Keyword.SliceThickness);
        }
        double mm = Math.abs(spacing.orElse(1));
        return mm > 0 ? mm : 1;
    }
}
