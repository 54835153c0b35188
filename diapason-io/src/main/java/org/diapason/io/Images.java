package org.diapason.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.diapason.io.dicom.DicomPicture;
import org.diapason.io.dicom.DicomSeries;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/** The one door through which images come in and go out, whatever their format. */
public final class Images {
    private static final int BLOCK = 1 << 20;

    private Images() {}

    /**
     * Returns the image of a DICOM folder, a DICOM file or a file of any {@link ImageFormat}.
     *
     * @param asked a path; of a folder with several series with the {@link Choice} of one
     * @throws DataException if the path is none of these, or its content is broken
     */
    public static Image read(Path asked) {
        Choice choice = Choice.of(asked);
        Path path = choice.path();
        if (Files.isDirectory(path)) {
            return DicomSeries.read(asked);
        }
        Optional<ImageFormat> format = ImageFormat.of(path);
        if (format.isPresent() && !choice.what().isEmpty()) {
            throw new DataException(
                    InputFile.name(path)
                            + ": \""
                            + choice.what()
                            + "\" behind # chooses a DICOM series, and this file is "
                            + format.get().label()
                            + ". Leave it out.");
        }
        if (format.isPresent()) {
            return format.get().read(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new DataException(InputFile.name(path) + ": there is no such file or folder.");
        }
        if (DicomPicture.is(path)) {
            return DicomPicture.read(asked);
        }
        if (DicomSeries.isDicom(path)) {
            return DicomSeries.read(asked);
        }
        if (InputFile.name(path)
                .toLowerCase(Locale.ROOT)
                .matches(".*\\.(zip|tar|tgz|tar\\.\\w+|7z|rar)")) {
            throw new DataException(
                    InputFile.name(path)
                            + ": is an archive, and archives are not opened. Unpack it and give the"
                            + " folder.");
        }
        throw new DataException(
                InputFile.name(path)
                        + ": is not an image that can be read. Give a folder of DICOM files (CT, MR"
                        + " or PET, one series), a DICOM file, or a file named .nii, .nii.gz, .hdr,"
                        + " .nrrd, .nhdr, .mha, .mhd, .png, .tif or .jpg.");
    }

    /**
     * Writes an image in the format that the end of the name says: {@code .nii}, {@code .nii.gz},
     * {@code .nrrd}, {@code .mha}, {@code .mhd}, {@code .png}, {@code .tif}. Values are written as
     * they are, or not at all; of the tags, a PNG keeps what sample is white.
     *
     * @throws IllegalArgumentException if no format has that end; the message names the nearest
     * @throws org.diapason.volume.RefusedException if the format cannot hold the values
     */
    public static void write(Path path, Image image) {
        ImageFormat.toWrite(path).write(path, image);
    }

    /**
     * Returns the voxels above 0.5 of a file that is placed in the patient (NIfTI, NRRD,
     * MetaImage); NaN is outside.
     *
     * @throws DataException if the file is none of these, broken, or has several channels
     */
    public static Mask readMask(Path path) {
        if (!isGrid(path)) {
            throw new DataException(
                    InputFile.name(path)
                            + ": is not a mask that can be read. Give a NIfTI, NRRD or MetaImage"
                            + " file (.nii, .nii.gz, .nrrd, .mha).");
        }
        return mask(path, read(path).volume());
    }

    /**
     * Returns the voxels above 0.5 of a volume that was read already; NaN is outside.
     *
     * @param path where it was read from, for messages
     * @throws DataException if it has several channels
     */
    public static Mask mask(Path path, Volume volume) {
        if (volume.channels() > 1) {
            throw new DataException(
                    InputFile.name(path)
                            + ": has "
                            + volume.channels()
                            + " "
                            + volume.meaning().kind().plural()
                            + ", a mask has one. Take one: diapason convert IN OUT --frame N");
        }
        float[] values = volume.values();
        boolean[] voxels = new boolean[values.length];
        Parallel.forEach(
                (values.length + BLOCK - 1) / BLOCK,
                b -> {
                    int end = (int) Math.min(values.length, (b + 1L) * BLOCK);
                    for (int n = b * BLOCK; n < end; n++) {
                        voxels[n] = values[n] > 0.5f;
                    }
                });
        return Mask.of(volume.geometry(), voxels);
    }

    /** Says whether a name is that of a file placed in the patient: NIfTI, NRRD, MetaImage. */
    static boolean isGrid(Path path) {
        return ImageFormat.of(path).map(ImageFormat::placed).orElse(false);
    }
}
