package org.diapason.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** Cuts slices before and after out of volumes, at the same place and with one window. */
public final class Pictures {
    private static final double LEAST_FIELD_MM = 60;
    private static final double AROUND_MASK = 2.2;

    private Pictures() {}

    /**
     * Returns the axial slice through the mask's largest area, or the middle one without a mask.
     *
     * <p>The field is a square of 2.2 times the mask (at least 60 mm) around it, or the whole slice
     * of the image before. The slice after is the nearest to the same world position. The window is
     * shared: 40/400 HU where the values fill it, else the 1st to 99th percentile of both slices;
     * where the quantity has changed each slice has its own, and the caption says so.
     *
     * @param exam name of the exam
     * @param image name of the image
     * @param before volume before harmonization
     * @param maskBefore mask on the grid of {@code before}, or null
     * @param after volume after harmonization
     * @param maskAfter mask on the grid of {@code after}, or null
     * @param site the batch of the exam
     */
    public static Picture of(
            String exam,
            String image,
            Volume before,
            Mask maskBefore,
            Volume after,
            Mask maskAfter,
            String site) {
        Axial first = Axial.of(before.geometry());
        int slice = maskBefore == null ? first.slices() / 2 : largest(first, maskBefore);
        double[] field = maskBefore == null ? null : around(first, maskBefore, slice);
        double[] whole = first.extentMm();
        double[] mm = field == null ? whole : within(field, whole);
        Picture.Slice b = first.cut(before, maskBefore, slice, mm);
        Axial second = Axial.of(after.geometry());
        Numbers centre = first.centreWorld(slice, mm);
        Picture.Slice a = second.cut(after, maskAfter, second.nearest(centre), mm);

        boolean shared = before.quantity() == after.quantity();
        double[] w = shared ? Window.of(b, a) : Window.of(b);
        double[] own = shared ? w : Window.of(a);
        String unit = before.quantity().unit();
        String text =
                shared
                        ? "one window, " + Window.words(w, unit)
                        : "windows differ because the quantity changed: "
                                + Window.words(w, unit)
                                + " before, "
                                + Window.words(own, after.quantity().unit())
                                + " after";
        String place =
                "Axial slice at z = "
                        + Window.text(b.positionMm(), 1)
                        + " mm"
                        + (Math.abs(a.positionMm() - b.positionMm()) < 0.05
                                ? ""
                                : " (after: " + Window.text(a.positionMm(), 1) + " mm)")
                        + ", field "
                        + Numbers.fixed(mm[2] - mm[0], 0)
                        + " × "
                        + Numbers.fixed(mm[3] - mm[1], 0)
                        + " mm";
        return new Picture(
                exam,
                image,
                site,
                mm[2] - mm[0],
                mm[3] - mm[1],
                b.window(w[0], w[1]),
                a.window(own[0], own[1]),
                shared,
                place,
                text);
    }

    /**
     * Returns the pictures with one window for all exams of an image that keeps a physical
     * quantity, so that what the scanners did to its scale is seen.
     */
    public static List<Picture> alike(List<Picture> pictures) {
        Map<String, List<Picture>> groups = new TreeMap<>();
        for (Picture p : pictures) {
            if (p.sharedWindow() && p.before().quantity().physical()) {
                groups.computeIfAbsent(
                                p.image() + " " + p.before().quantity(), k -> new ArrayList<>())
                        .add(p);
            }
        }
        List<Picture> alike = new ArrayList<>();
        for (Picture p : pictures) {
            List<Picture> group = groups.get(p.image() + " " + p.before().quantity());
            boolean one = group == null || group.size() < 2 || !p.sharedWindow();
            alike.add(one ? p : inWindowOf(group, p));
        }
        return alike;
    }

    private static Picture inWindowOf(List<Picture> group, Picture picture) {
        double[] w =
                Window.of(
                        group.stream()
                                .flatMap(p -> Stream.of(p.before(), p.after()))
                                .toArray(Picture.Slice[]::new));
        String unit = picture.before().quantity().unit();
        return picture.window(w[0], w[1], "one window for all exams, " + Window.words(w, unit));
    }

    /** The slice in which the mask has most voxels; the first of equals. */
    private static int largest(Axial axial, Mask mask) {
        Geometry g = mask.geometry();
        int[] counts = new int[axial.slices()];
        int v = 0;
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++, v++) {
                    if (mask.voxels()[v]) {
                        counts[axial.slice(i, j, k)]++;
                    }
                }
            }
        }
        int best = axial.slices() / 2;
        for (int s = 0; s < counts.length; s++) {
            best = counts[s] > counts[best] ? s : best;
        }
        return best;
    }

    /** Square field around the mask in a slice: x0, y0, x1, y1; null where the mask is empty. */
    private static double[] around(Axial axial, Mask mask, int slice) {
        double[] box = axial.boxMm(mask, slice);
        if (box == null) {
            return null;
        }
        double side = Math.max(box[2] - box[0], box[3] - box[1]) * AROUND_MASK;
        double half = Math.max(side, LEAST_FIELD_MM) / 2;
        double x = (box[0] + box[2]) / 2;
        double y = (box[1] + box[3]) / 2;
        return new double[] {x - half, y - half, x + half, y + half};
    }

    private static double[] within(double[] field, double[] whole) {
        return new double[] {
            Math.max(field[0], whole[0]),
            Math.max(field[1], whole[1]),
            Math.min(field[2], whole[2]),
            Math.min(field[3], whole[3])
        };
    }
}
