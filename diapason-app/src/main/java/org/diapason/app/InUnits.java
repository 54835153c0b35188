package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Reads an image for use on another grid: values as stored in a DICOM series mean nothing there
 * before they have a unit.
 */
final class InUnits {
    private static final double SAME_GRID_VOXELS = 1e-3;

    private InUnits() {}

    /**
     * Returns an image of one channel.
     *
     * @throws RefusedException if its values are as stored
     */
    static Volume oneScale(Path file) {
        Volume volume = Images.read(file).volume();
        volume.values(); // refuses several channels
        if (volume.quantity() == Quantity.STORED) {
            throw new RefusedException(
                    InputFile.name(file)
                            + ": holds values as stored, which need not be one scale. Give it its"
                            + " units first: diapason convert IN OUT.");
        }
        return volume;
    }

    /**
     * Returns images of one channel, each of one scale, on the grid of the first.
     *
     * @throws IllegalArgumentException if one lies elsewhere; the message says how to bring it
     */
    static List<Volume> onOneGrid(List<Path> files) {
        List<Volume> volumes = new ArrayList<>();
        for (Path file : files) {
            Volume volume = oneScale(file);
            volumes.add(volume);
            if (!volumes.get(0).geometry().isClose(volume.geometry(), SAME_GRID_VOXELS)) {
                String first = InputFile.name(files.get(0));
                throw new IllegalArgumentException(
                        InputFile.name(file)
                                + " does not lie on the grid of "
                                + first
                                + ". Bring it there: diapason warp "
                                + InputFile.name(file)
                                + " T OUT --like "
                                + first);
            }
        }
        return volumes;
    }

    /** Returns an image, values as stored of a DICOM series in their unit. */
    static Volume read(Path file) {
        Image image = Images.read(file);
        if (image.volume().quantity() != Quantity.STORED) {
            return image.volume();
        }
        Exam exam = Exam.of(InputFile.name(file), Map.of("image", image), Map.of(), Map.of());
        Trace trace = new Trace();
        Volume volume = new Units("*").apply(exam, trace).image("image").volume();
        trace.warnings().forEach(w -> System.err.println("warning: " + w));
        return volume;
    }
}
