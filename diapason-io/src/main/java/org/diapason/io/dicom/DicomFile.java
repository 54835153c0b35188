package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.Optional;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * The head of one DICOM file: what it says, and where its pixels lie.
 *
 * @param path the file
 * @param syntax how it is written
 * @param dataOffset where the data set begins, behind the meta group
 * @param values the elements that were kept
 * @param pixels where the pixels lie
 */
record DicomFile(
        Path path, TransferSyntax syntax, long dataOffset, DataSet values, PixelData pixels) {

    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
    private static final String REPORT = "1.2.840.10008.5.1.4.1.1.88";

    /**
     * Reads a head.
     *
     * @return empty where the file is no DICOM file
     * @throws DataException if it is one and is truncated or broken
     */
    static Optional<DicomFile> read(Path path) {
        return Optional.ofNullable(DicomParser.read(path, DicomParser.Keep.KNOWN));
    }

    /**
     * Reads everything but the pixels: names of patients among it, so what comes from here goes
     * into files that were asked for, and never into tags, messages or traces.
     *
     * @return empty where the file is no DICOM file
     * @throws DataException if it is one and is truncated or broken
     */
    static Optional<DicomFile> readAll(Path path) {
        return Optional.ofNullable(DicomParser.read(path, DicomParser.Keep.ALL));
    }

    String name() {
        return InputFile.name(path);
    }

    String modality() {
        return values.text(Keyword.Modality).orElse("");
    }

    String series() {
        return values.text(Keyword.SeriesInstanceUID).orElse("");
    }

    /** Says whether this is a slice: an image of a scanner that makes slices, and no localizer. */
    boolean isSlice() {
        return kind().isEmpty();
    }

    /** Returns what the file is instead of a slice, for counting; empty for a slice. */
    String kind() {
        String sop = values.text(Keyword.SOPClassUID).orElse("");
        if (values.element(Keyword.DirectoryRecordSequence.tag()).isPresent()) {
            return "directory (DICOMDIR)";
        }
        if (sop.startsWith(SECONDARY_CAPTURE)) {
            return "secondary capture";
        }
        if (sop.startsWith(REPORT)) {
            return "report (dose or other)";
        }
        String type = values.text(Keyword.ImageType).orElse("");
        if (type.contains("LOCALIZER")) {
            return "localizer";
        }
        if (type.contains("SCREEN SAVE") || type.contains("DOSE_INFO")) {
            return "screen shot";
        }
        boolean scanner =
                switch (modality()) {
                    case "CT", "MR", "PT" -> true;
                    default -> false;
                };
        if (!scanner) {
            String modality = SeriesTags.isModality(modality()) ? modality() : "unknown";
            return "other DICOM file (" + modality + ")";
        }
        boolean image = pixels.there();
        return image ? "" : modality() + " file without an image";
    }

    DataException bad(String what) {
        return new DataException(name() + ": " + what);
    }
}
