package org.diapason.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diapason.io.metaimage.MetaImage;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.nrrd.Nrrd;
import org.diapason.io.picture.Pictures;
import org.diapason.io.picture.PngWriter;
import org.diapason.io.picture.TiffWriter;
import org.diapason.step.Spelling;
import org.diapason.volume.Image;
import org.diapason.volume.Volume;

/** The image formats that are one file, or a header and its data, known by the end of the name. */
public enum ImageFormat {
    NIFTI("NIfTI", true, List.of(".nii", ".nii.gz"), List.of(".hdr", ".hdr.gz")),
    NRRD("NRRD", true, List.of(".nrrd"), List.of(".nhdr")),
    METAIMAGE("MetaImage", true, List.of(".mha", ".mhd"), List.of()),
    PNG("PNG", false, List.of(".png"), List.of()),
    TIFF("TIFF", false, List.of(".tif", ".tiff"), List.of()),
    JPEG("JPEG", false, List.of(), List.of(".jpg", ".jpeg"));

    private final String label;
    private final boolean placed;
    private final List<String> written;
    private final List<String> readOnly;

    ImageFormat(String label, boolean placed, List<String> written, List<String> readOnly) {
        this.label = label;
        this.placed = placed;
        this.written = written;
        this.readOnly = readOnly;
    }

    /** Returns the word for people: {@code NIfTI}, {@code NRRD}, … */
    public String label() {
        return label;
    }

    /** Says whether a file holds where its voxels lie in the patient; a picture does not. */
    public boolean placed() {
        return placed;
    }

    /** Returns the format of a name that can be read, if there is one. */
    public static Optional<ImageFormat> of(Path path) {
        String name = InputFile.name(path).toLowerCase(Locale.ROOT);
        for (ImageFormat format : values()) {
            for (String end : format.ends()) {
                if (name.endsWith(end)) {
                    return Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the format of a name that is to be written.
     *
     * @throws IllegalArgumentException if there is none; the message names the nearest ending
     */
    public static ImageFormat toWrite(Path path) {
        String name = InputFile.name(path).toLowerCase(Locale.ROOT);
        List<String> known = new ArrayList<>();
        for (ImageFormat format : values()) {
            for (String end : format.written) {
                if (name.endsWith(end)) {
                    return format;
                }
            }
            known.addAll(format.written);
        }
        int dot =
                name.endsWith(".gz")
                        ? name.lastIndexOf('.', name.length() - 4)
                        : name.lastIndexOf('.');
        String end = dot < 0 ? "" : name.substring(dot);
        String what = end.isEmpty() ? "a name without an ending" : "\"" + end + "\"";
        throw new IllegalArgumentException(
                InputFile.name(path)
                        + ": images are not written as "
                        + what
                        + "; "
                        + Spelling.hint(end, known));
    }

    private List<String> ends() {
        List<String> all = new ArrayList<>(written);
        all.addAll(readOnly);
        return all;
    }

    Image read(Path path) {
        return switch (this) {
            case NIFTI -> Nifti.read(path);
            case NRRD -> Nrrd.read(path);
            case METAIMAGE -> MetaImage.read(path);
            case PNG -> Pictures.readPng(path);
            case TIFF -> Pictures.readTiff(path);
            case JPEG -> Pictures.readJpeg(path);
        };
    }

    void write(Path path, Image image) {
        Volume volume = image.volume();
        switch (this) {
            case NIFTI -> Nifti.write(path, volume);
            case NRRD -> Nrrd.write(path, volume);
            case METAIMAGE -> MetaImage.write(path, volume);
            case PNG -> PngWriter.write(path, volume, Pictures.white(image));
            case TIFF -> TiffWriter.write(path, volume);
            case JPEG -> throw new IllegalStateException("JPEG loses values and is never written");
        }
    }
}
