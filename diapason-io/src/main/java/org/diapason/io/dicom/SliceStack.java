package org.diapason.io.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
 * @param note what had to be assumed
 */
record SliceStack(List<Frame> frames, Geometry geometry, Optional<String> note) {
    /** Gaps may differ by this share of the spacing: positions are rounded text. */
    private static final double GAP_TOLERANCE = 0.01;

    /** A slice may lie this share of a pixel beside the stack's axis. */
    private static final double SHIFT_TOLERANCE = 0.1;

    private record Slice(Frame frame, double[] position, double depth) {}

    /**
     * Returns the stack of the slices of one series, given in any order.
     *
     * @throws DataException if they are mixed, doubled, incomplete or sheared; both files are named
     */
    static SliceStack of(List<Frame> unsorted) {
        Frame first = unsorted.get(0);
        for (Frame frame : unsorted) {
            checkKind(frame);
            same(first, frame, Keyword.SeriesInstanceUID, "series");
            same(first, frame, Keyword.Modality, "modality");
            same(first, frame, Keyword.Rows, "matrix");
            same(first, frame, Keyword.Columns, "matrix");
            close(first, frame, Keyword.ImageOrientationPatient, 6, 1e-4, "orientation");
            close(first, frame, Keyword.PixelSpacing, 2, 1e-4, "pixel spacing");
        }
        double[] axes = orientation(first);
        double[] normal = cross(axes);
        List<Slice> slices = new ArrayList<>();
        for (Frame frame : unsorted) {
            double[] p = frame.values().numbers(Keyword.ImagePositionPatient, 3);
            slices.add(new Slice(frame, p, p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2]));
        }
        slices.sort(Comparator.comparingDouble(Slice::depth));
        double[] pixel = first.values().numbers(Keyword.PixelSpacing, 2);
        if (!(pixel[0] > 0 && pixel[1] > 0)) {
            throw first.values().bad(Keyword.PixelSpacing, "is not positive");
        }
        Optional<String> note = Optional.empty();
        double spacing;
        if (slices.size() == 1) {
            spacing = thickness(first);
            note = Optional.of("a single slice: its extent along k is not a distance of slices");
        } else {
            spacing = regularSpacing(slices);
            straight(slices, normal, Math.min(pixel[0], pixel[1]));
        }
        Geometry geometry = grid(slices, axes, normal, pixel, spacing);
        return new SliceStack(slices.stream().map(Slice::frame).toList(), geometry, note);
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
        double[] direction = new double[9];
        for (int r = 0; r < 3; r++) {
            direction[3 * r] = axes[r];
            direction[3 * r + 1] = axes[3 + r];
            direction[3 * r + 2] = normal[r] + 0.0;
        }
        // PixelSpacing is the distance of rows (along j), then of columns (along i)
        return new Geometry(
                ni,
                nj,
                slices.size(),
                Numbers.of(pixel[1], pixel[0], spacing),
                Numbers.of(slices.get(0).position),
                Numbers.of(direction));
    }

    private static void checkKind(Frame frame) {
        frame.file()
                .syntax()
                .refusal()
                .ifPresent(
                        reason -> {
                            throw frame.bad(reason);
                        });
        if (frame.values().text(Keyword.ImageType).orElse("").contains("MOSAIC")) {
            throw frame.bad(
                    "is a mosaic: its slices lie as tiles in one picture. Export it again as one"
                            + " image per slice.");
        }
    }

    private static void same(Frame a, Frame b, Keyword keyword, String what) {
        String ours = a.values().text(keyword).orElse("");
        String theirs = b.values().text(keyword).orElse("");
        if (!ours.equals(theirs)) {
            throw mixed(a, b, keyword, what, ours, theirs);
        }
    }

    private static void close(
            Frame a, Frame b, Keyword keyword, int count, double tolerance, String what) {
        double[] ours = a.values().numbers(keyword, count);
        double[] theirs = b.values().numbers(keyword, count);
        for (int n = 0; n < count; n++) {
            if (Math.abs(ours[n] - theirs[n]) > tolerance) {
                throw mixed(
                        a,
                        b,
                        keyword,
                        what,
                        a.values().text(keyword).orElse(""),
                        b.values().text(keyword).orElse(""));
            }
        }
    }

    private static DataException mixed(
            Frame a, Frame b, Keyword keyword, String what, String ours, String theirs) {
        return new DataException(
                a.name()
                        + " and "
                        + b.name()
                        + " differ in "
                        + what
                        + ", "
                        + keyword.label()
                        + ": \""
                        + ours
                        + "\" and \""
                        + theirs
                        + "\". Give a folder that holds one series.");
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

    private static double regularSpacing(List<Slice> slices) {
        int n = slices.size();
        double[] gaps = new double[n - 1];
        for (int s = 0; s + 1 < n; s++) {
            gaps[s] = slices.get(s + 1).depth - slices.get(s).depth;
            if (!(gaps[s] > 1e-3)) {
                throw pair(slices, s, "lie at the same position", gaps[s], "Remove one of them.");
            }
        }
        double[] sorted = gaps.clone();
        java.util.Arrays.sort(sorted);
        double median = sorted[(n - 1) / 2];
        double tolerance = Math.max(0.01, GAP_TOLERANCE * median);
        for (int s = 0; s + 1 < n; s++) {
            if (Math.abs(gaps[s] - median) > tolerance) {
                throw pair(
                        slices,
                        s,
                        "do not follow each other at the series' "
                                + Numbers.fixed(median, 3)
                                + " mm",
                        gaps[s],
                        "Slices are missing or irregular: export the series again.");
            }
        }
        return (slices.get(n - 1).depth - slices.get(0).depth) / (n - 1);
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

    private static void straight(List<Slice> slices, double[] normal, double pixel) {
        Slice first = slices.get(0);
        for (Slice slice : slices) {
            double square = 0;
            for (int r = 0; r < 3; r++) {
                double d =
                        slice.position[r]
                                - first.position[r]
                                - normal[r] * (slice.depth - first.depth);
                square += d * d;
            }
            if (Math.sqrt(square) > SHIFT_TOLERANCE * pixel) {
                throw new DataException(
                        first.frame.name()
                                + " and "
                                + slice.frame.name()
                                + " are shifted by "
                                + Numbers.fixed(Math.sqrt(square), 3)
                                + " mm within their plane (gantry tilt or a sheared stack), which"
                                + " no grid with right angles holds. Resample the series first.");
            }
        }
    }

    private static double thickness(Frame frame) {
        double spacing =
                frame.values()
                        .number(Keyword.SpacingBetweenSlices)
                        .orElse(frame.values().number(Keyword.SliceThickness).orElse(1));
        return spacing != 0 ? Math.abs(spacing) : 1;
    }
}
