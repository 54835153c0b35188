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
 * @param others what becomes of guided priors that are set unlike the usual
 * @param ends what images of the first realisation at the middle level become, ended later
 * @param views images of the first realisation at the middle level, of the truth first
 */
public record LabResult(
        ReconLab lab,
        List<LabMethod> methods,
        List<Weight> weights,
        List<LabRow> rows,
        List<Other> others,
        List<End> ends,
        List<View> views) {

    /**
     * A weight that was chosen.
     *
     * @param weight λ, of the filter its width in mm
     * @param rmse on the training data
     * @param tried how many weights were tried
     * @param atEnd whether a better one may lie beyond those that were allowed
     */
    public record Weight(
            LabMethod method, double trues, double weight, double rmse, int tried, boolean atEnd) {}

    /**
     * What another setting of a prior does, at the middle level and on the first realisation.
     *
     * @param weight chosen anew, as every other
     * @param there with MR in its place
     * @param moved with MR as far off as it was moved
     */
    public record Other(LabMethod method, double weight, LabRow there, LabRow moved) {}

    /**
     * What an image becomes whose stop is five times tighter.
     *
     * @param row of it alone
     */
    public record End(LabMethod method, LabRow row) {}

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

    /** Returns which method is best, what it erases and what it invents: a sentence each. */
    public List<String> answer() {
        return LabAnswer.of(this);
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
            List<Other> others,
            List<End> ends,
            List<LabMethod.Made[]> images) {
        List<Weight> weights = new ArrayList<>();
        for (int level = 0; level < chosen.length; level++) {
            for (int m = 0; m < methods.size(); m++) {
                LabTuning.Chosen c = chosen[level][m];
                LabMethod method = methods.get(m);
                weights.add(
                        new Weight(
                                method,
                                lab.trues().get(level),
                                c.weight(),
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
                LabMethod.Made made = images.get(s)[m];
                if (made != null) {
                    views.add(new View(methods.get(m).name(), shift, made.activity(), false));
                }
            }
            // Of all methods that look at MR only one changes it.
            LabMethod joint = new LabMethod(true, LabPrior.JOINT_TV);
            LabMethod alone = new LabMethod(false, LabPrior.JOINT_TV);
            for (LabMethod m : List.of(alone, joint)) {
                float[] mr = images.get(s)[methods.indexOf(m)].anatomy();
                views.add(new View(m.equals(joint) ? "MR, joint-tv" : "MR alone", shift, mr, true));
            }
        }
        return new LabResult(lab, methods, weights, rows, others, ends, views);
    }

    /** Returns the same images as of {@link #ends}, ended as usual. */
    public LabRow usual(End end) {
        return row(end.method(), end.row().trues(), 0).first();
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
