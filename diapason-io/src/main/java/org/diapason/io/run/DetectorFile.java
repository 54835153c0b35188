package org.diapason.io.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.diapason.catalogue.Settings;
import org.diapason.io.nifti.Nifti;
import org.diapason.step.ContentHash;
import org.diapason.volume.DataException;
import org.diapason.volume.DetectorCalibration;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * The calibration of a detector on disk: JSON, and beside it dark signal and gain as images of one
 * slice, each known by the hash of its content.
 */
public final class DetectorFile {
    private DetectorFile() {}

    record Field(String file, String content) {}

    record Head(
            String detector,
            String date,
            String expires,
            OptionalDouble exposureMs,
            int columns,
            int rows,
            Field dark,
            Field gain,
            Numbers dead,
            Numbers measured,
            Numbers linear) {}

    /** Writes {@code NAME.json}, {@code NAME.dark.nii.gz} and {@code NAME.gain.nii.gz}. */
    public static void write(Path json, DetectorCalibration c) throws IOException {
        String name = String.valueOf(json.getFileName()).replaceFirst("\\.json$", "");
        Geometry grid = Geometry.of(c.columns(), c.rows(), 1, 1, 1, 1);
        Field dark = write(json.resolveSibling(name + ".dark.nii.gz"), grid, c.dark());
        Field gain = write(json.resolveSibling(name + ".gain.nii.gz"), grid, c.gain());
        Head head =
                new Head(
                        c.detector(),
                        c.date(),
                        c.expires(),
                        c.exposureMs(),
                        c.columns(),
                        c.rows(),
                        dark,
                        gain,
                        c.dead(),
                        c.measured(),
                        c.linear());
        Files.writeString(json, Json.text(Settings.write(head)));
    }

    private static Field write(Path file, Geometry grid, Numbers values) {
        float[] field = new float[values.size()];
        for (int p = 0; p < field.length; p++) {
            field[p] = (float) values.get(p);
        }
        Volume volume = Volume.of(grid, field, Quantity.UNKNOWN);
        Nifti.write(file, volume);
        return new Field(String.valueOf(file.getFileName()), ContentHash.of(volume));
    }

    /**
     * Reads a calibration.
     *
     * @throws DataException if a file is missing or is not the one that was written
     * @throws IllegalArgumentException if a value of the JSON is wrong
     */
    public static DetectorCalibration read(Path json) {
        Head head = Settings.read(Head.class, Json.read(json));
        return new DetectorCalibration(
                head.detector(),
                head.date(),
                head.expires(),
                head.exposureMs(),
                head.columns(),
                head.rows(),
                read(json, head.dark()),
                read(json, head.gain()),
                head.dead(),
                head.measured(),
                head.linear());
    }

    private static Numbers read(Path json, Field field) {
        if (!field.file().matches("[^/\\\\]{1,200}")) {
            throw new DataException(
                    json.getFileName()
                            + ": \""
                            + field.file()
                            + "\" is no name of a file beside it. Make the calibration anew.");
        }
        Volume volume = Nifti.read(json.resolveSibling(field.file())).volume();
        if (!ContentHash.of(volume.withQuantity(Quantity.UNKNOWN)).equals(field.content())) {
            throw new DataException(
                    field.file()
                            + " is not the image that "
                            + json.getFileName()
                            + " was written with. Restore it, or make the calibration anew.");
        }
        float[] values = volume.values();
        double[] out = new double[values.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = values[p];
        }
        return Numbers.of(out);
    }
}
