package org.diapason.steps.intensity;

import java.util.Arrays;
import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Takes the components that {@link Ravel} learned out of an image, of the cohort or new: {@code z =
 * P·x} over the control voxels, then {@code x − zγ + mean} in every voxel of the mask.
 *
 * <p>P is {@code U S⁻¹} of the control voxels, so for an exam of the cohort z is its row of Z to
 * rounding. Voxels outside the mask that all exams of the cohort shared become NaN.
 *
 * <p>Refused: other quantities than standard scores, another grid or contrast than the cohort's, a
 * control voxel without a value.
 *
 * @param image name of the image
 * @param place grid, voxels and control voxels
 * @param projection P, component by component
 * @param effects γ, component by component
 * @param mean of the cohort in every voxel
 * @param contrast the class of contrast of the cohort; images whose tags tell another are refused
 */
public record RavelModel(
        String image,
        Place place,
        Numbers projection,
        Numbers effects,
        Numbers mean,
        Optional<String> contrast)
        implements Step<Exam> {

    private static final int BLOCK = 1 << 18;

    /**
     * Where the cohort lies.
     *
     * @param grid of all exams
     * @param corrected voxels that are corrected, as first places and lengths of runs
     * @param control voxels that tell the components, alike
     */
    public record Place(Geometry grid, Numbers corrected, Numbers control) {
        int[] voxels() {
            return Runs.voxels(corrected, grid.voxels(), "corrected");
        }

        int[] controls() {
            return Runs.voxels(control, grid.voxels(), "control");
        }
    }

    public RavelModel {
        int voxels = mean.size();
        int k = voxels == 0 ? 0 : effects.size() / voxels;
        int controls = place.controls().length;
        if (Globs.isPattern(image)
                || place.voxels().length != voxels
                || k * (long) voxels != effects.size()
                || k * (long) controls != projection.size()) {
            throw new IllegalArgumentException(
                    "projection, effects and mean must be of the voxels of place, and image a plain"
                            + " name");
        }
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> one.withVolume(corrected(exam, trace)));
    }

    private Volume corrected(Exam exam, Trace trace) {
        Admission admitted = Admission.ofScores(exam, image, Ravel.WHAT);
        Contrasts.require(admitted, contrast);
        if (!admitted.volume().geometry().isClose(place.grid(), Admission.SAME_GRID)) {
            throw admitted.refused(
                    "it lies on another grid than the exams that ravel learned from. Register it to"
                            + " their template first.");
        }
        float[] values = admitted.volume().values();
        int[] voxels = place.voxels();
        double[] z = unwanted(admitted, values);
        trace.note(image + ".components", Numbers.of(z));
        float[] out = new float[values.length];
        Arrays.fill(out, Float.NaN);
        int n = voxels.length;
        Parallel.forEach(
                (n + BLOCK - 1) / BLOCK,
                b -> {
                    for (int v = b * BLOCK; v < Math.min(n, (b + 1) * BLOCK); v++) {
                        double unwanted = 0;
                        for (int c = 0; c < z.length; c++) {
                            unwanted += z[c] * effects.get(c * n + v);
                        }
                        out[voxels[v]] = (float) (values[voxels[v]] - unwanted + mean.get(v));
                    }
                });
        return admitted.volume().withValues(out).withQuantity(Quantity.MAPPED);
    }

    private double[] unwanted(Admission admitted, float[] values) {
        int[] control = place.controls();
        double[] z = new double[control.length == 0 ? 0 : projection.size() / control.length];
        int missing = 0;
        for (int v = 0; v < control.length; v++) {
            float x = values[control[v]];
            missing += Math.abs(x) <= Float.MAX_VALUE ? 0 : 1;
            for (int c = 0; c < z.length; c++) {
                z[c] += projection.get(c * control.length + v) * x;
            }
        }
        if (missing > 0) {
            throw admitted.refused(
                    missing
                            + " of "
                            + control.length
                            + " control voxels have no value, so what is unwanted cannot be told."
                            + " Check the registration and the field of view.");
        }
        return z;
    }
}
