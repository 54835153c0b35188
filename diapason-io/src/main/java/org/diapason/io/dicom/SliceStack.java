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

    /** A slice may lie this share of a pixel beside the stack's axis. */
    private static final double SHIFT_TOLERANCE = 0.1;

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
        double[] pixel = first.values().numbers(Keyword.PixelSpacing, 2);
        if (!(pixel[0] > 0 && pixel[1] > 0)) {
            throw first.values().bad(Keyword.PixelSpacing, "is not positive");
        }
        double[] axes = orientation(first);
        double[] normal = cross(axes);
        List<Slice> sorted = new ArrayList<>();
        for (Frame frame : unsorted) {
            double[] p = frame.values().numbers(Keyword.ImagePositionPatient, 3);
            sorted.add(new Slice(frame, p, p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2]));
        }
        sorted.sort(Comparator.comparingDouble(Slice::depth));
        List<Slice> slices = copiesLeftOut(sorted, warnings);
        if (Mosaic.is(first)) {
            return mosaic(slices, axes, normal, pixel);
        }
        if (slices.size() == 1) {
            Geometry geometry = grid(slices, axes, normal, pixel, thickness(first));
            String note = "a single slice: its extent along k is not a distance of slices";
            return plain(slices, geometry, List.of(note));
        }
        return stack(slices, axes, normal, pixel, choice);
    }

    private static SliceStack stack(
            List<Slice> slices,
            double[] axes,
            double[] normal,
            double[] pixel,
            SeriesChoice choice) {
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
        Geometry straight = grid(full, axes, normal, pixel, spacing);
        Optional<Shear> shear = shear(full, straight, choice);
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

    private static SliceStack mosaic(
            List<Slice> slices, double[] axes, double[] normal, double[] pixel) {
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
        Mosaic mosaic = Mosaic.of(slice.frame, normal);
        Geometry geometry =
                mosaic.geometry(
                        slice.position, pixel, direction(axes, normal), spacing.getAsDouble());
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
                    last != null
                            && slice.depth - last.depth <= SAME_PLACE_MM
                            && slice.frame.file() != last.frame.file();
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

    private static Numbers direction(double[] axes, double[] normal) {
        double[] direction = new double[9];
        for (int r = 0; r < 3; r++) {
            direction[3 * r] = axes[r];
            direction[3 * r + 1] = axes[3 + r];
            direction[3 * r + 2] = normal[r] + 0.0;
        }
        return Numbers.of(direction);
    }

    private static Geometry grid(
            List<Slice> slices, double[] axes, double[] normal, double[] pixel, double spacing) {
        DataSet values = slices.get(0).frame.values();
        int ni = values.integer(Keyword.Columns, 1, 65535);
        int nj = values.integer(Keyword.Rows, 1, 65535);
        if ((double) ni * nj * slices.size() > Integer.MAX_VALUE - 8) {
            throw slices.get(0)
                    .frame
                    .bad("a series of " + slices.size() + " such slices is too large to be held.");
        }
        // PixelSpacing is the distance of rows (along j), then of columns (along i)
        return new Geometry(
                ni,
                nj,
                slices.size(),
                Numbers.of(pixel[1], pixel[0], spacing),
                Numbers.of(slices.get(0).position),
                direction(axes, normal));
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

    /** Returns two orthonormal axes; what the rounding of the frame left over is taken out of j. */
    private static double[] orientation(Frame frame) {
        double[] o = frame.values().numbers(Keyword.ImageOrientationPatient, 6);
        double li = Math.sqrt(o[0] * o[0] + o[1] * o[1] + o[2] * o[2]);
        double lj = Math.sqrt(o[3] * o[3] + o[4] * o[4] + o[5] * o[5]);
        double dot = o[0] * o[3] + o[1] * o[4] + o[2] * o[5];
        if (!(Math.abs(li - 1) < 1e-3 && Math.abs(lj - 1) < 1e-3 && Math.abs(dot) < 1e-3)) {
            throw frame.values()
                    .bad(
                            Keyword.ImageOrientationPatient,
                            "is not two orthogonal unit vectors: found \""
                                    + frame.values()
                                            .text(Keyword.ImageOrientationPatient)
                                            .orElse("")
                                    + "\"");
        }
        for (int r = 0; r < 3; r++) {
            o[r] = o[r] / li + 0.0;
        }
        dot = o[0] * o[3] + o[1] * o[4] + o[2] * o[5];
        double square = 0;
        for (int r = 0; r < 3; r++) {
            o[3 + r] -= dot * o[r];
            square += o[3 + r] * o[3 + r];
        }
        for (int r = 3; r < 6; r++) {
            o[r] = o[r] / Math.sqrt(square) + 0.0;
        }
        return o;
    }

    private static double[] cross(double[] o) {
        return new double[] {
            o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
        };
    }

    private static double gap(List<Slice> slices, int s) {
        return slices.get(s + 1).depth - slices.get(s).depth;
    }

    private static double medianSpacing(List<Slice> slices) {
        double[] gaps = new double[slices.size() - 1];
        for (int s = 0; s < gaps.length; s++) {
            gaps[s] = gap(slices, s);
            if (!(gaps[s] > SAME_PLACE_MM)) {
                throw pair(slices, s, "lie at the same position", gaps[s], "Remove one of them.");
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

    /** Returns how the slices are shifted within their plane; empty where they are not. */
    private static Optional<Shear> shear(
            List<Slice> slices, Geometry straight, SeriesChoice choice) {
        int n = slices.size();
        double[] i = new double[n];
        double[] j = new double[n];
        int worst = 0;
        double most = 0;
        for (int s = 0; s < n; s++) {
            for (int r = 0; r < 3; r++) {
                double d = slices.get(s).position[r] - slices.get(0).position[r];
                i[s] += d * straight.direction().get(3 * r);
                j[s] += d * straight.direction().get(3 * r + 1);
            }
            double shift = Math.hypot(i[s], j[s]);
            if (shift > most) {
                most = shift;
                worst = s;
            }
        }
        double allowed = SHIFT_TOLERANCE * Math.min(straight.spacing(0), straight.spacing(1));
        if (most <= allowed) {
            return Optional.empty();
        }
        boolean even = true;
        for (int s = 0; s < n; s++) {
            double share = s / (double) (n - 1);
            even &= Math.abs(i[s] - share * i[n - 1]) <= allowed;
            even &= Math.abs(j[s] - share * j[n - 1]) <= allowed;
        }
        if (even && choice.shear().isPresent()) {
            return Optional.of(new Shear(i, j, choice.shear().get()));
        }
        double depth = slices.get(worst).depth - slices.get(0).depth;
        double degrees = StrictMath.toDegrees(StrictMath.atan2(most, depth));
        throw new DataException(
                slices.get(0).frame.name()
                        + " and "
                        + slices.get(worst).frame.name()
                        + " are shifted by "
                        + Numbers.fixed(most, 3)
                        + " mm within their plane over "
                        + Numbers.fixed(depth, 3)
                        + " mm ("
                        + (even
                                ? "a gantry tilt or shear of "
                                        + Numbers.fixed(degrees, 1)
                                        + "°), which no grid with right angles holds. Add"
                                        + " #tilt=linear or #tilt=cubic to the path to have each"
                                        + " slice interpolated onto such a grid."
                                : "not in proportion), which is no stack. Export the series"
                                        + " again."));
    }

    private static double thickness(Frame frame) {
        double spacing =
                frame.values()
                        .number(Keyword.SpacingBetweenSlices)
                        .orElse(frame.values().number(Keyword.SliceThickness).orElse(1));
        return spacing != 0 ? Math.abs(spacing) : 1;
    }
}
