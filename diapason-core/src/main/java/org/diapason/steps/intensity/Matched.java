package org.diapason.steps.intensity;

import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/** What histogram matching asks of an image, for the learner and the step alike. */
final class Matched {
    private static final double SAME_GRID = 1e-3;

    private Matched() {}

    static String who(Exam exam, String image) {
        return "exam " + exam.id() + ", image " + image;
    }

    static void refusePhysical(String who, Volume volume, boolean allowPhysical) {
        if (volume.quantity().physical() && !allowPhysical) {
            throw new RefusedException(
                    who
                            + ": the quantity is "
                            + volume.quantity().label()
                            + ", and histogram matching would destroy its scale. Leave the step out,"
                            + " or set allow-physical to true.");
        }
    }

    /** Returns the finite values inside the mask, of the whole image where the name is empty. */
    static float[] values(Exam exam, String who, Volume volume, String mask) {
        boolean[] in = null;
        if (!mask.isEmpty()) {
            Mask inside = exam.mask(mask);
            if (!volume.geometry().isClose(inside.geometry(), SAME_GRID)) {
                throw new RefusedException(
                        who
                                + ": mask "
                                + mask
                                + " lies on another grid. Name the image it was drawn on, or"
                                + " resample both to one grid.");
            }
            in = inside.voxels();
        }
        float[] all = volume.values();
        int count = 0;
        for (int v = 0; v < all.length; v++) {
            count += counts(all, in, v) ? 1 : 0;
        }
        if (count == 0) {
            throw new DataException(
                    who
                            + ": there is no finite value "
                            + (mask.isEmpty() ? "in the image" : "in mask " + mask)
                            + ", so its histogram cannot be matched. Check the file.");
        }
        float[] out = new float[count];
        for (int v = 0, n = 0; n < count; v++) {
            if (counts(all, in, v)) {
                out[n++] = all[v];
            }
        }
        return out;
    }

    private static boolean counts(float[] all, boolean[] in, int v) {
        return (in == null || in[v]) && Math.abs(all[v]) <= Float.MAX_VALUE;
    }
}
