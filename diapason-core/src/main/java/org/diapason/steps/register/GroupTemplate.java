package org.diapason.steps.register;

import java.util.Optional;
import java.util.Set;
import org.diapason.math.Grid;
import org.diapason.registration.Registration;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Learns a mean image of a cohort, of no exam's pose and size, and registers every exam to it; what
 * compares voxels over exams ({@code ravel}, voxel-wise ComBat) needs them on its grid.
 *
 * <p>The first round lays the centres of brightness of all images over one another, the next takes
 * the mean; each further one registers every image to the mean so far and takes the mean anew, of
 * standard scores, moved by the inverse of the mean transform (exponential of the mean logarithm),
 * so that pose and size are those of the middle of the cohort whatever exam comes first. Where
 * images deform ({@code diffeo}), the mean shift of each voxel, linear parts taken off, is undone
 * as well, so that the shape is the mean one too.
 *
 * <p>The learned {@link TemplateModel} adds the template to each exam as an image and lets the exam
 * carry where it lies; {@code common-grid} with {@code onto: template} then puts everything on its
 * grid in one interpolation.
 *
 * <p>Refused: fewer than two exams; an exam whose registration fails.
 *
 * <p>Method: Guimond, Meunier and Thirion 2000, Comput Vis Image Underst 77(2):192–210,
 * doi:10.1006/cviu.1999.0815; mean of transforms: Arsigny and others 2009, J Math Imaging Vis
 * 33:222–238, doi:10.1007/s10851-008-0116-9.
 *
 * @param image name of the image that is registered; one an exam
 * @param transform how it may move: rigid for one body over time, affine for a cohort, diffeo
 * @param spacingMm edge of the template's voxels, which are cubes, in mm
 * @param rounds of registration to the mean
 * @param name what the template is called as an image of each exam
 * @param along which images lie where this one does and go along, a pattern on their names; none
 *     unless given
 * @param bins of either image in the joint histogram
 * @param samples voxels that are compared on each grid, at most
 */
public record GroupTemplate(
        String image,
        Registration.Model transform,
        double spacingMm,
        @Default("3") int rounds,
        @Default("template") String name,
        Optional<String> along,
        @Default("64") int bins,
        @Default("800000") int samples)
        implements Learner<Exam, GroupTemplate.Sum> {

    public GroupTemplate {
        Grid.requireSpacing(spacingMm);
        if (Globs.isPattern(image) || image.isBlank() || Globs.isPattern(name) || name.isBlank()) {
            throw new IllegalArgumentException(
                    "image and name must be plain names, got \""
                            + image
                            + "\" and \""
                            + name
                            + "\"");
        }
        if (image.equals(name)) {
            throw new IllegalArgumentException("image and name must differ, got \"" + name + "\"");
        }
        if (along.isPresent() && along.get().equals(image)) {
            throw new IllegalArgumentException(
                    "image and along must differ, got \"" + image + "\" for both");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1, got " + rounds);
        }
        new Registration(transform, bins, samples, 1); // refuses numbers that no search takes
    }

    /** Centres of brightness, and how far the fields reach beyond them. */
    public static final class Sum {
        private int exams;
        private final double[] centre = new double[3];
        private final double[] below = new double[3];
        private final double[] above = new double[3];
    }

    @Override
    public Set<String> images() {
        return along.isPresent() && !Globs.isPattern(along.get())
                ? Set.of(image, along.get())
                : Set.of(image);
    }

    @Override
    public Optional<String> source(String made) {
        return made.equals(name) ? Optional.of(image) : Optional.empty();
    }

    @Override
    public Sum empty() {
        return new Sum();
    }

    @Override
    public void add(Sum sum, Exam exam) {
        Volume volume = exam.image(image).volume();
        double[] centre = centre(volume, "exam " + exam.id() + ", image " + image);
        Geometry g = volume.geometry();
        sum.exams++;
        for (int r = 0; r < 3; r++) {
            double middle = 0;
            double half = 0;
            for (int a = 0; a < 3; a++) {
                double edge = g.direction().get(3 * r + a) * g.spacing(a);
                middle += edge * (g.size(a) - 1) / 2;
                half += Math.abs(edge) * g.size(a) / 2;
            }
            middle += g.originMm().get(r);
            sum.centre[r] += centre[r];
            sum.below[r] += centre[r] - (middle - half);
            sum.above[r] += middle + half - centre[r];
        }
    }

    /** Returns the mean place of an image, weighed by how much brighter than its darkest it is. */
    static double[] centre(Volume volume, String who) {
        Geometry g = volume.geometry();
        float[] values = volume.values();
        double least = Double.POSITIVE_INFINITY;
        for (float v : values) {
            least = v < least && v > Float.NEGATIVE_INFINITY ? v : least;
        }
        double[] at = new double[3];
        double all = 0;
        for (int v = 0; v < values.length; v++) {
            if (Math.abs(values[v]) <= Float.MAX_VALUE) {
                double w = values[v] - least;
                all += w;
                at[0] += w * (v % g.ni());
                at[1] += w * (v / g.ni() % g.nj());
                at[2] += w * (v / (g.ni() * g.nj()));
            }
        }
        if (!(all > 0)) {
            throw new RefusedException(
                    who + ": it shows nothing, all its values are one. Leave this exam out.");
        }
        return g.toWorld(at[0] / all, at[1] / all, at[2] / all).toArray();
    }

    @Override
    public void merge(Sum into, Sum from) {
        into.exams += from.exams;
        for (int r = 0; r < 3; r++) {
            into.centre[r] += from.centre[r];
            into.below[r] += from.below[r];
            into.above[r] += from.above[r];
        }
    }

    @Override
    public Operation<Exam> learn(Sum sum, Trace trace) {
        if (sum.exams < 2) {
            throw new RefusedException(
                    "group-template saw 1 exam, and a template is the mean of several. Give more,"
                            + " or register to a template of your own with register.");
        }
        double[] low = new double[3];
        double[] length = new double[3];
        double[] centre = new double[3];
        for (int r = 0; r < 3; r++) {
            centre[r] = sum.centre[r] / sum.exams;
            low[r] = centre[r] - sum.below[r] / sum.exams;
            length[r] = (sum.below[r] + sum.above[r]) / sum.exams;
        }
        Geometry box =
                new Geometry(
                        1,
                        1,
                        1,
                        Numbers.of(length),
                        Numbers.of(
                                low[0] + length[0] / 2,
                                low[1] + length[1] / 2,
                                low[2] + length[2] / 2),
                        Geometry.IDENTITY);
        Geometry grid = Grid.isotropic(box, spacingMm);
        trace.note("exams", sum.exams);
        trace.note("size", Numbers.of(grid.ni(), grid.nj(), grid.nk()));
        trace.note("spacingMm", grid.spacingMm());
        return new TemplateRound(this, grid, Numbers.of(centre), 0, null);
    }
}
