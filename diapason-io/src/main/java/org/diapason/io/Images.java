package org.diapason.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.diapason.io.dicom.DicomSeries;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;

/** The one door through which images come in, whatever their format. */
public final class Images {
    private Images() {}

    /**
     * Returns the image of a DICOM folder, a DICOM file or a NIfTI-1 file.
     *
     * @param asked a path; of a folder with several series with the {@link Choice} of one
     * @throws DataException if the path is none of these, or its content is broken
     */
    public static Image read(Path asked) {
        Path path = Choice.of(asked).path();
        if (Files.isDirectory(path)) {
            return DicomSeries.read(asked);
        }
        if (isNifti(path)) {
            return Nifti.read(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new DataException(InputFile.name(path) + ": there is no such file or folder.");
        }
        if (DicomSeries.isDicom(path)) {
            return DicomSeries.read(asked);
        }
        throw new DataException(
                InputFile.name(path)
                        + ": is not an image that can be read. Give a folder of DICOM files (CT, MR"
                        + " or PET, one series), a DICOM file, or a NIfTI-1 file (.nii, .nii.gz,"
                        + " .hdr).");
    }

    static boolean isNifti(Path path) {
        String name = InputFile.name(path).toLowerCase(Locale.ROOT);
        return name.endsWith(".nii")
                || name.endsWith(".nii.gz")
                || name.endsWith(".hdr")
                || name.endsWith(".hdr.gz");
    }
}
