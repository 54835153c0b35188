package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.app.report.Lengths;
import org.diapason.app.report.RegisteredPair;
import org.diapason.app.report.RegisteredPart;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.CohortFile;
import org.diapason.io.transform.Transforms;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.registration.Warp;
import org.diapason.report.RegisteredImages;
import org.diapason.step.Cohort;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.volume.Affine;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * The registered images of a run that its report draws: read again as they came, put on the grid of
 * the image that stayed by what the run wrote.
 */
final class RegisteredPairs {
    private static final int MOST = 4;

    /** So many of them are refused ones: what goes into the table matters more. */
    private static final int MOST_REFUSED = 2;

    /** Voxels of a grid that is drawn: finer ones are made coarser. */
    private static final int MOST_VOXELS = 1 << 20;

    private final Cohort<Exam> cohort;
    private final Path out;

    private RegisteredPairs(Cohort<Exam> cohort, Path out) {
        this.cohort = cohort;
        this.out = out;
    }

    static RegisteredPart of(CohortFile table, Recipe recipe, Path out, Run.Result result) {
        RegisteredPairs pairs = new RegisteredPairs(table.of(recipe), out);
        List<RegisteredImages.Row> rows = RegisteredImages.of(result);
        List<RegisteredPair> drawn = new ArrayList<>();
        for (RegisteredImages.Row row : inTurn(rows)) {
            if (drawn.size() < MOST) {
                pairs.pair(row).ifPresent(drawn::add);
            }
        }
        return new RegisteredPart(drawn, rows.size() - drawn.size());
    }

    /** Returns some of those refused, those that went on, and the other refused ones. */
    static List<RegisteredImages.Row> inTurn(List<RegisteredImages.Row> rows) {
        List<RegisteredImages.Row> refused =
                rows.stream().filter(r -> r.refused().isPresent()).toList();
        int first = Math.min(MOST_REFUSED, refused.size());
        List<RegisteredImages.Row> turn = new ArrayList<>(refused.subList(0, first));
        turn.addAll(rows.subList(refused.size(), rows.size()));
        turn.addAll(refused.subList(first, refused.size()));
        return turn;
    }

    private Optional<RegisteredPair> pair(RegisteredImages.Row row) {
        try {
            return Optional.of(row.refused().isPresent() ? refused(row) : drawn(row));
        } catch (DataException | RefusedException e) {
            return Optional.empty(); // it is counted among those not drawn
        }
    }

    /**
     * Both images as read, on the grid of what was written: {@code there} and {@code here} take its
     * places to those of each file.
     */
    private RegisteredPair drawn(RegisteredImages.Row row) {
        Exam read = cohort.open(row.exam());
        Path written = out.resolve("images").resolve(row.exam()).resolve(row.to() + ".nii.gz");
        Path folder = out.resolve("transforms").resolve(row.exam());
        Transform here = found(folder, row.to());
        Transform there = found(folder, row.image());
        if (here.equals(Affine.IDENTITY) && there.equals(Affine.IDENTITY)) {
            there = row.linear(); // nothing has put it on a grid
        }
        Image moving = read.image(row.image());
        boolean learned = !read.images().containsKey(row.to()); // a template of the cohort
        Image fixed = learned ? Nifti.read(written) : read.image(row.to());
        Geometry grid = coarse(Nifti.readGeometry(written));
        return new RegisteredPair(
                title(row),
                words(row),
                Lengths.of(fixed, moving),
                on(grid, fixed, learned ? Affine.IDENTITY : here),
                on(grid, moving, here),
                on(grid, moving, there),
                there);
    }

    /** Both images as read: the run wrote neither, and of a deformation only the linear part. */
    private RegisteredPair refused(RegisteredImages.Row row) {
        Exam read = cohort.open(row.exam());
        Image fixed = read.image(row.to());
        Image moving = read.image(row.image());
        Geometry grid = coarse(fixed.volume().geometry());
        return new RegisteredPair(
                title(row),
                words(row) + "; " + row.refused().orElseThrow(),
                Lengths.of(fixed, moving),
                on(grid, fixed, Affine.IDENTITY),
                on(grid, moving, Affine.IDENTITY),
                on(grid, moving, row.linear()),
                row.linear());
    }

    private static String title(RegisteredImages.Row row) {
        return row.exam() + " · " + row.image() + " to " + row.to();
    }

    private static String words(RegisteredImages.Row row) {
        return row.status() + row.error().map(e -> ", " + e).orElse("");
    }

    /** Returns an exam that carries what the run found, without another search. */
    static Exam carrying(Exam exam, Path out) {
        Path folder = out.resolve("transforms").resolve(exam.id());
        SortedMap<String, Transform> found = new TreeMap<>();
        exam.images().keySet().forEach(name -> found.put(name, found(folder, name)));
        return exam.withTransforms(found);
    }

    private static Transform found(Path folder, String image) {
        Path file = folder.resolve(image + ".json");
        return Files.exists(file) ? Transforms.read(file) : Affine.IDENTITY;
    }

    private static Volume on(Geometry grid, Image image, Transform transform) {
        return Warp.image(image.volume(), transform, grid, Interpolation.LINEAR);
    }

    /** Returns the grid with its finest axes made coarser until it is small enough. */
    static Geometry coarse(Geometry g) {
        Geometry coarser = g;
        for (double mm = 0.1; coarser.voxels() > MOST_VOXELS; mm *= 1.05) {
            coarser =
                    Grid.of(
                            g,
                            Grid.Rule.IBSI,
                            Math.max(mm, g.spacing(0)),
                            Math.max(mm, g.spacing(1)),
                            Math.max(mm, g.spacing(2)));
        }
        return coarser;
    }
}
