package org.diapason.steps.intensity;

import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * What every normalization asks of an image before it changes its scale, and the sentence of each
 * refusal: the one gate for steps and learners alike.
 *
 * <p>Admitted are MR signal and pictures, whose scale is arbitrary, and physical quantities where
 * that was allowed. Refused are stored values (the units are still to come), unknown ones, and what
 * is normalized already.
 */
final class Admission {
    private static final double LEAST_SPREAD = 1e-8;
    static final double SAME_GRID = 1e-3;
    private static final int BLOCK = 1 << 18;

    private final Exam exam;
    private final String what;
    private final String who;
    private final Image image;

    private Admission(Exam exam, String name, String what) {
        this.exam = exam;
        this.what = what;
        this.who = "exam " + exam.id() + ", image " + name;
        this.image = exam.image(name);
    }

    /**
     * Admits an image whose scale may be changed.
     *
     * @param what the normalization with its article, for messages: "a z-score"
     */
    static Admission of(Exam exam, String name, String what, boolean allowPhysical) {
        Admission one = new Admission(exam, name, what);
        Quantity quantity = one.volume().quantity();
        if (quantity.physical() && !allowPhysical) {
            throw one.refused(
                    "the quantity is "
                            + quantity.label()
                            + ", and "
                            + what
                            + " would destroy its scale. Leave the step out, or set"
                            + " allow-physical to true.");
        }
        if (quantity == Quantity.UNKNOWN) {
            throw one.refused(
                    "the quantity is unknown, so nobody can say whether "
                            + what
                            + " would destroy its scale. Name it in the cohort table, column"
                            + " quantity."
                            + name
                            + ", MR for example.");
        }
        if (quantity == Quantity.STORED) {
            throw one.refused(
                    "the values are as stored in the file, and "
                            + what
                            + " must know what they are. Put units before this step.");
        }
        if (normalized(quantity)) {
            throw one.refused(
                    "the quantity is "
                            + quantity.label()
                            + ", so the image is normalized already, and "
                            + what
                            + " would do it twice. Leave one of the two steps out.");
        }
        return one;
    }

    /** Admits an image that an earlier step has brought to standard scores. */
    static Admission ofScores(Exam exam, String name, String what) {
        Admission one = new Admission(exam, name, what);
        Quantity quantity = one.volume().quantity();
        if (quantity != Quantity.Z_SCORE) {
            throw one.refused(
                    "the quantity is "
                            + quantity.label()
                            + ", and "
                            + what
                            + " needs standard scores. "
                            + (quantity == Quantity.MAPPED
                                    ? "Leave the step out: the image is normalized already."
                                    : "Put white-stripe before this step."));
        }
        return one;
    }

    /** Takes an image as it is: one that is only looked at keeps its scale. */
    static Admission ofWitness(Exam exam, String name, String what) {
        return new Admission(exam, name, what);
    }

    private static boolean normalized(Quantity quantity) {
        return quantity == Quantity.MAPPED || quantity == Quantity.Z_SCORE;
    }

    /**
     * Refuses to learn from nothing.
     *
     * @param pattern the setting image
     * @param missing what cannot be learned, for the message: "standard scale"
     */
    static void requireSeen(int images, String pattern, String missing) {
        if (images == 0) {
            throw new RefusedException(
                    "the cohort has no image that matches \""
                            + pattern
                            + "\", so there is no "
                            + missing
                            + ". Correct image, or leave the step out.");
        }
    }

    String who() {
        return who;
    }

    Image image() {
        return image;
    }

    Volume volume() {
        return image.volume();
    }

    RefusedException refused(String why) {
        return new RefusedException(who + ": " + why);
    }

    /**
     * Returns membership per voxel, nothing ({@code null}) for the whole image where the name is
     * empty.
     *
     * @throws RefusedException if the mask lies on another grid
     */
    boolean[] inside(String mask) {
        if (mask.isEmpty()) {
            return null;
        }
        Mask inside = exam.mask(mask);
        if (!volume().geometry().isClose(inside.geometry(), SAME_GRID)) {
            throw refused(
                    "mask "
                            + mask
                            + " lies on another grid. Name the image it was drawn on, or resample"
                            + " both to one grid.");
        }
        return inside.voxels();
    }

    /** Refuses another image that does not lie on the grid of this one. */
    void requireGridOf(Admission other) {
        if (!volume().geometry().isClose(other.volume().geometry(), SAME_GRID)) {
            throw refused(
                    "it does not lie on the grid of "
                            + other.who
                            + ", to which "
                            + what
                            + " compares it voxel by voxel. Resample both to one grid.");
        }
    }

    /**
     * Returns the finite values inside the mask in the order of voxels, of the whole image where
     * the name is empty; a fresh array.
     *
     * @throws DataException if there is none
     */
    float[] values(String mask) {
        boolean[] in = inside(mask);
        float[] all = volume().values();
        int blocks = (all.length + BLOCK - 1) / BLOCK;
        int[] starts = new int[blocks + 1];
        Parallel.forEach(
                blocks,
                b -> {
                    int count = 0;
                    for (int v = b * BLOCK; v < Math.min(all.length, (b + 1) * BLOCK); v++) {
                        count += counts(all, in, v) ? 1 : 0;
                    }
                    starts[b + 1] = count;
                });
        for (int b = 0; b < blocks; b++) {
            starts[b + 1] += starts[b];
        }
        if (starts[blocks] == 0) {
            throw new DataException(
                    who
                            + ": there is no finite value "
                            + where(mask)
                            + ", so there is nothing for "
                            + what
                            + " to work on. Correct it or leave this exam out.");
        }
        float[] out = new float[starts[blocks]];
        Parallel.forEach(
                blocks,
                b -> {
                    int n = starts[b];
                    for (int v = b * BLOCK; n < starts[b + 1]; v++) {
                        if (counts(all, in, v)) {
                            out[n++] = all[v];
                        }
                    }
                });
        return out;
    }

    private static boolean counts(float[] all, boolean[] in, int v) {
        return (in == null || in[v]) && Math.abs(all[v]) <= Float.MAX_VALUE;
    }

    static String where(String mask) {
        return mask.isEmpty() ? "in the image" : "in mask " + mask;
    }

    /** Refuses values that are all the same up to 1e-8 of the largest magnitude. */
    void requireSpread(float[] values, String mask) {
        float low = values[0];
        float high = values[0];
        for (float v : values) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        double largest = Math.max(Math.abs(low), Math.abs(high));
        requireSpread((double) high - low, largest, low, "all values", mask, "");
    }

    /**
     * Refuses a spread that is rounding alone.
     *
     * @param which "all values" or "most values", which lie at the centre
     * @param more what else the user may do, after "Choose another mask"
     */
    void requireSpread(
            double spread, double largest, double centre, String which, String mask, String more) {
        if (!(spread > LEAST_SPREAD * largest)) {
            throw refused(
                    which
                            + " "
                            + where(mask)
                            + " are about "
                            + Numbers.fixed(centre, 3)
                            + ", so there is no spread to divide by. Choose another mask"
                            + more
                            + ".");
        }
    }
}
