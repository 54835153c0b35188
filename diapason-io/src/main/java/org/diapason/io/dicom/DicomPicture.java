package org.diapason.io.dicom;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.io.Choice;
import org.diapason.io.Room;
import org.diapason.io.picture.Pictures;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * Reads a colour DICOM file (ultrasound, secondary capture, endoscopy …) as a picture of three
 * channels, whatever its modality says.
 *
 * <p>Colours are no measured quantity, so a picture has no place in a patient: it lies at the
 * origin and is never stacked with others. Its spacing is PixelSpacing, else 1 mm.
 */
public final class DicomPicture {
    /** Bytes a pixel while colours are told apart: three numbers stored, three floats. */
    private static final double BYTES = 3 * (4 + 4);

    private static final String CHOICE = "frame=";

    private DicomPicture() {}

    /** Says whether a path is one DICOM file of colours; a broken file is none. */
    public static boolean is(Path asked) {
        try {
            return head(asked).isPresent();
        } catch (DataException e) {
            return false;
        }
    }

    private static Optional<DicomFile> head(Path asked) {
        Path path = Choice.of(asked).path();
        return DicomFile.read(path)
                .filter(f -> f.pixels().keyword() == Keyword.PixelData && f.pixels().there())
                .filter(f -> !f.modality().equals("SEG") && Colours.in(f.values()));
    }

    /**
     * Returns the only frame, or the one that is chosen by {@code file.dcm#frame=2}.
     *
     * @throws DataException if the file is broken, of colours that are not read, or holds several
     *     frames and none is chosen: frames are moments or views, not slices
     */
    public static Image read(Path asked) {
        DicomFile file =
                head(asked)
                        .orElseThrow(
                                () -> new IllegalArgumentException("is no DICOM file of colours"));
        DataSet values = file.values();
        int frame = frame(file, Choice.of(asked).what());
        int columns = values.integer(Keyword.Columns, 1, 65535);
        int rows = values.integer(Keyword.Rows, 1, 65535);
        Room.need(file.name(), BYTES * columns * rows);
        double[] spacing = {1, 1};
        String source = Pictures.NO_SPACING;
        if (values.text(Keyword.PixelSpacing).isPresent()) {
            spacing = values.numbers(Keyword.PixelSpacing, 2);
            source = Keyword.PixelSpacing.label();
            if (!(spacing[0] > 0 && spacing[1] > 0)) {
                throw values.bad(Keyword.PixelSpacing, "is not positive");
            }
        }
        Map<String, String> tags = new TreeMap<>();
        tags.put("SpacingSource", source);
        for (Keyword kept : List.of(Keyword.LossyImageCompression, Keyword.BurnedInAnnotation)) {
            values.text(kept).ifPresent(text -> tags.put(kept.name(), text));
        }
        if (!values.text(Keyword.BurnedInAnnotation).orElse("").equals("NO")) {
            values.warnings()
                    .add(
                            "burned in",
                            file.name()
                                    + ": its pixels may show the patient's name; "
                                    + Keyword.BurnedInAnnotation.label()
                                    + " does not say NO.");
        }
        if (!values.warnings().isEmpty()) {
            tags.put("ReaderWarnings", String.join(" ", values.warnings().sentences()));
        }
        float[][] planes = Colours.planes(new Frame(file, frame, values));
        Geometry plane = Geometry.of(columns, rows, 1, spacing[1], spacing[0], 1);
        return new Image(
                Volume.of(plane, List.of(planes), Channels.COLOURS, Quantity.PICTURE),
                new Tags(tags, Map.of()),
                Optional.empty());
    }

    private static int frame(DicomFile file, String what) {
        int frames =
                Math.max(1, file.values().integer(Keyword.NumberOfFrames, 0, Integer.MAX_VALUE, 1));
        if (what.isEmpty() && frames == 1) {
            return 0;
        }
        String number = what.startsWith(CHOICE) ? what.substring(CHOICE.length()) : "";
        int frame = number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
        if (frame >= 1 && frame <= frames) {
            return frame - 1;
        }
        throw file.bad(
                "holds "
                        + frames
                        + " colour frames, which are moments or views and no slices"
                        + (what.isEmpty() ? "" : "; #" + what + " is none of them")
                        + ". Choose one: add #frame=1 to the path, up to #frame="
                        + frames
                        + ".");
    }
}
