package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.diapason.io.Choice;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.run.CohortFile;
import org.diapason.math.Parallel;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Progress;
import org.diapason.step.Spelling;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Registered images of a cohort as the rows of a table whose features are the voxels of a mask. An
 * image is in memory only while its row is looked at.
 */
final class VoxelCohort {
    /** Voxels by which the corner of a grid may lie elsewhere: files round origins. */
    private static final double TOLERANCE = 0.01;

    private final CohortFile cohort;
    private final String column;
    private final Mask mask;
    private final List<String> names;
    private final int[] inside;

    /**
     * @param image a column of the cohort table, or what stands in it behind {@code image.}
     * @param names names of the voxels inside the mask
     */
    VoxelCohort(CohortFile cohort, String image, Mask mask, List<String> names) {
        this.cohort = cohort;
        this.mask = mask;
        this.names = names;
        SortedMap<String, String> first = cohort.row(cohort.ids().get(0));
        column = first.containsKey(image) ? image : "image." + image;
        need(column);
        inside = new int[names.size()];
        int n = 0;
        for (int v = 0; v < mask.voxels().length; v++) {
            if (mask.voxels()[v]) {
                inside[n++] = v;
            }
        }
    }

    /** Refuses a cohort table that lacks a column. */
    void need(String wanted) {
        SortedMap<String, String> first = cohort.row(cohort.ids().get(0));
        if (!first.containsKey(wanted)) {
            throw new IllegalArgumentException(
                    "the cohort table has no column \""
                            + wanted
                            + "\"; "
                            + Spelling.hint(wanted, List.copyOf(first.keySet())));
        }
    }

    List<String> ids() {
        return cohort.ids();
    }

    /** Returns the file of an exam's image. */
    Path file(String id) {
        String cell = cohort.row(id).get(column);
        if (cell.isEmpty()) {
            throw new DataException(
                    "exam "
                            + id
                            + ": column "
                            + column
                            + " is empty, so there is no image. Fill it in or leave this exam out.");
        }
        return cohort.root().resolve(cell);
    }

    /** Reads an image on the grid of the mask. */
    Image open(String id) {
        Path file = file(id);
        Image image = Images.read(file);
        Volume volume = image.volume();
        String who = "exam " + id + ", " + InputFile.name(file);
        if (volume.channels() != 1) {
            throw new DataException(
                    who
                            + ": has "
                            + volume.channels()
                            + " "
                            + volume.meaning().kind().plural()
                            + ", and voxels of one are needed. Take one: diapason convert IN OUT"
                            + " --frame N");
        }
        if (!volume.geometry().isClose(mask.geometry(), TOLERANCE)) {
            throw new DataException(
                    who
                            + ": its grid ("
                            + grid(volume.geometry())
                            + ") is not that of the mask ("
                            + grid(mask.geometry())
                            + "), so its voxels are not the same places. Register and resample it"
                            + " to the mask.");
        }
        return image;
    }

    private static String grid(Geometry g) {
        return g.ni()
                + " × "
                + g.nj()
                + " × "
                + g.nk()
                + " voxels of "
                + g.spacingMm().fixed(3)
                + " mm from "
                + Numbers.of(g.toWorld(0, 0, 0).toArray()).fixed(2)
                + " mm";
    }

    /** Returns the values of an image inside the mask. */
    double[] values(Image image) {
        float[] all = image.volume().values();
        double[] values = new double[inside.length];
        for (int n = 0; n < values.length; n++) {
            values[n] = all[inside[n]];
        }
        return values;
    }

    /** Returns the image with other values inside the mask and 0 outside. */
    Image with(Image image, double[] values) {
        float[] all = new float[mask.voxels().length];
        for (int n = 0; n < values.length; n++) {
            all[inside[n]] = (float) values[n];
        }
        return image.withVolume(image.volume().withValues(all));
    }

    /** Returns a table of one row. */
    FeatureTable row(String id, double[] values) {
        return FeatureTable.of(
                names, List.of(id), List.of(""), new double[][] {values}, List.of(cohort.row(id)));
    }

    /**
     * Learns from all images, each read once. Sums grow in the order of the exams, so any number of
     * threads gives the same bits.
     */
    ComBatModel fit(ComBat settings, Progress progress, Trace trace) {
        ComBat.Levels levels = settings.empty();
        double[] none = new double[inside.length];
        for (String id : ids()) {
            settings.add(levels, row(id, none));
            if (!Files.exists(Choice.of(file(id)).path())) {
                throw new DataException(
                        "exam " + id + ": there is no file " + InputFile.name(file(id)) + ".");
            }
        }
        return (ComBatModel)
                stream((Learner<FeatureTable, ?>) settings.learn(levels, trace), progress, trace);
    }

    private <S> Operation<FeatureTable> stream(
            Learner<FeatureTable, S> learner, Progress progress, Trace trace) {
        S sum = learner.empty();
        int atOnce = Parallel.threads();
        double[][] read = new double[atOnce][];
        for (int from = 0; from < ids().size(); from += atOnce) {
            int start = from;
            int many = Math.min(atOnce, ids().size() - from);
            Parallel.forEach(many, n -> read[n] = values(open(ids().get(start + n))));
            for (int n = 0; n < many; n++) {
                learner.add(sum, row(ids().get(start + n), read[n]));
            }
            progress.at("sums", from + many, ids().size(), 0);
        }
        return learner.learn(sum, trace);
    }
}
