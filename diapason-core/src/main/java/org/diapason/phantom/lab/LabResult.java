package org.diapason.phantom.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What the experiment found.
 *
 * @param lab its settings
 * @param methods what was compared
 * @param weights of each method and count level
 * @param rows of each condition and method
 * @param views images of the first realisation at the middle level, of the truth first
 */
public record LabResult(
        ReconLab lab,
        List<LabMethod> methods,
        List<Weight> weights,
        List<LabRow> rows,
        List<View> views) {

    /**
     * A weight that was chosen.
     *
     * @param weight λ, of the filter its width in mm; NaN where there is none to choose
     * @param rmse on the training data
     * @param tried how many weights were tried
     * @param atEnd whether a better one may lie beyond those that were allowed
     */
    public record Weight(
            LabMethod method, double trues, double weight, double rmse, int tried, boolean atEnd) {}

    /**
     * An image.
     *
     * @param name what it shows
     * @param shiftMm how far MR was off
     * @param pixels of {@link #side()} squared
     * @param mr whether it is in units of MR
     */
    public record View(String name, double shiftMm, float[] pixels, boolean mr) {}

    /** Returns the pixels along a side of the images. */
    public static int side() {
        return LabScene.SIDE;
    }

    /** Returns their distance in mm. */
    public static double pixelMm() {
        return LabScene.PIXEL_MM;
    }

    /** Returns the lesions, and the places of none. */
    public static List<LabLesion> lesions() {
        return LabScene.LESIONS;
    }

    /** Returns what was found, in words. */
    public List<String> findings() {
        return LabFindings.of(this);
    }

    static LabResult of(
            ReconLab lab,
            List<LabMethod> methods,
            LabTuning.Chosen[][] chosen,
            List<LabRow> rows,
            List<float[][]> images) {
        List<Weight> weights = new ArrayList<>();
        for (int level = 0; level < chosen.length; level++) {
            for (int m = 0; m < methods.size(); m++) {
                LabTuning.Chosen c = chosen[level][m];
                LabMethod method = methods.get(m);
                weights.add(
                        new Weight(
                                method,
                                lab.trues().get(level),
                                method.weighted() ? c.weight() : Double.NaN,
                                c.rmse(),
                                c.tried(),
                                c.atEnd()));
            }
        }
        List<View> views = new ArrayList<>();
        LabScene scene = LabScene.withLesions();
        views.add(new View("truth PET", 0, LabScene.pixels(scene.activity()), false));
        for (int s = 0; s < images.size(); s++) {
            double shift = lab.shiftsMm().get(s);
            views.add(new View("truth MR", shift, LabScene.pixels(scene.anatomy(shift)), true));
            for (int m = 0; m < methods.size(); m++) {
                if (images.get(s)[m] != null) {
                    views.add(new View(methods.get(m).name(), shift, images.get(s)[m], false));
                }
            }
        }
        return new LabResult(lab, methods, weights, rows, views);
    }

    /** Returns the row of a condition; of a method that does not look at MR the one unmoved. */
    public LabRow row(LabMethod method, double trues, double shiftMm) {
        double shift = method.prior().guided() ? shiftMm : 0;
        for (LabRow r : rows) {
            if (r.method().equals(method) && r.trues() == trues && r.shiftMm() == shift) {
                return r;
            }
        }
        throw new NoSuchElementException(method.name());
    }
}
