package org.diapason.steps.intensity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;

/**
 * Learns the unwanted variation of a registered cohort from voxels that disease does not touch; the
 * learned {@link RavelModel} takes it out of every image, of new exams too.
 *
 * <p>Images are standard scores ({@link WhiteStripe}) on one grid. Control voxels are those in the
 * control mask of every exam. With V the voxels by n exams and V_c its control rows, Z (n × k) are
 * the first k right singular vectors of V_c, not centred; {@code γ} are the coefficients of Z in
 * the least-squares fit of every voxel on Z and the protected covariates; and {@code V* = V − Zγ +
 * mean of the voxel}.
 *
 * <p>Three rounds look at the cohort: the voxels that all share; the values of control voxels and
 * their n × n products; the sums γ and mean, one number a voxel each. The second holds values of
 * patients, the others do not. The memory of a sum of the third is 8(k + 1) bytes a voxel of the
 * mask.
 *
 * <p>Refused: other quantities than standard scores; another grid; no common control voxel; no more
 * exams than k and covariates; fewer than k independent components; covariates that the components
 * explain; several contrasts by the tags. A voxel without a value in one exam is corrected in none.
 *
 * <p>Method: Fortin and others 2016, NeuroImage 132:198–212, doi:10.1016/j.neuroimage.2016.02.036.
 *
 * @param image name of the image; one an exam
 * @param mask name of the mask of the brain: voxels outside become NaN; empty for the whole image
 * @param control name of the mask of cerebrospinal fluid, in which what differs is unwanted
 * @param components k, how many components are taken out; at least 1
 * @param protect terms of columns of the cohort table whose effect stays
 */
public record Ravel(
        String image,
        String mask,
        String control,
        @Default("1") int components,
        List<String> protect)
        implements Learner<Exam, Ravel.Sum> {

    static final String WHAT = "ravel";

    public Ravel {
        protect = List.copyOf(protect);
        if (Globs.isPattern(image) || image.isBlank() || control.isBlank()) {
            throw new IllegalArgumentException(
                    "image and control must be plain names, got \""
                            + image
                            + "\" and \""
                            + control
                            + "\"");
        }
        if (components < 1) {
            throw new IllegalArgumentException("components must be at least 1, got " + components);
        }
    }

    /** The voxels that all exams share, and of which exams and grid they are. */
    public static final class Sum {
        private final TreeSet<String> ids = new TreeSet<>();
        private final Contrasts contrasts = new Contrasts();
        private Optional<String> misplaced = Optional.empty();
        private String first;
        private Geometry grid;
        private boolean[] voxels;
        private boolean[] control;
    }

    @Override
    public Set<String> masks() {
        return mask.isEmpty() ? Set.of(control) : Set.of(mask, control);
    }

    @Override
    public Set<String> cohortColumns() {
        return Set.copyOf(Design.covariates(protect));
    }

    @Override
    public Sum empty() {
        return new Sum();
    }

    @Override
    public void add(Sum sum, Exam exam) {
        Admission admitted = Admission.ofScores(exam, image, WHAT);
        float[] values = admitted.volume().values();
        boolean[] inside = admitted.inside(mask);
        boolean[] fluid = admitted.inside(control);
        admitted.requireSpread(admitted.values(mask), mask);
        Sum own = new Sum();
        own.ids.add(exam.id());
        own.contrasts.add(admitted);
        own.first = admitted.who();
        own.grid = admitted.volume().geometry();
        own.voxels = new boolean[values.length];
        own.control = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            boolean known = Math.abs(values[v]) <= Float.MAX_VALUE;
            own.voxels[v] = known && (inside == null || inside[v]);
            own.control[v] = known && fluid[v];
        }
        merge(sum, own);
    }

    @Override
    public void merge(Sum into, Sum from) {
        if (from.first == null) {
            return;
        }
        into.ids.addAll(from.ids);
        into.contrasts.merge(from.contrasts);
        if (into.first == null) {
            into.first = from.first;
            into.grid = from.grid;
            into.voxels = from.voxels;
            into.control = from.control;
            into.misplaced = from.misplaced;
        } else if (!into.grid.isClose(from.grid, Admission.SAME_GRID)) {
            String other = from.first;
            into.misplaced = into.misplaced.or(() -> Optional.of(other));
        } else {
            into.misplaced = into.misplaced.or(() -> from.misplaced);
            for (int v = 0; v < into.voxels.length; v++) {
                into.voxels[v] &= from.voxels[v];
                into.control[v] &= from.control[v];
            }
        }
    }

    /**
     * Returns the learner of the second round.
     *
     * @throws RefusedException if the cohort is too small, on several grids, of several contrasts
     *     or without a common control voxel
     */
    @Override
    public Operation<Exam> learn(Sum sum, Trace trace) {
        int exams = sum.ids.size();
        if (exams <= components) {
            throw new RefusedException(
                    "ravel saw "
                            + exams
                            + (exams == 1 ? " exam" : " exams")
                            + " and takes out "
                            + components
                            + (components == 1 ? " component" : " components")
                            + ", which would leave nothing. Give more exams than components.");
        }
        if (sum.misplaced.isPresent()) {
            throw new RefusedException(
                    sum.first
                            + " and "
                            + sum.misplaced.get()
                            + " lie on different grids, and ravel compares voxels. Register all"
                            + " exams to one template first.");
        }
        Optional<String> contrast = sum.contrasts.one(WHAT, trace);
        int[] control = Runs.voxels(sum.control);
        if (control.length == 0) {
            throw new RefusedException(
                    "no voxel lies in mask "
                            + control()
                            + " of all "
                            + exams
                            + " exams, so ravel has nothing to learn from. Check that the exams are"
                            + " registered.");
        }
        trace.note("exams", exams);
        trace.note("controlVoxels", control.length);
        RavelModel.Place place =
                new RavelModel.Place(sum.grid, Runs.of(sum.voxels), Runs.of(sum.control));
        return new RavelComponents(this, place, control, contrast);
    }
}
