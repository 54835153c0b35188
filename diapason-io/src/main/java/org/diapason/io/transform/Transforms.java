package org.diapason.io.transform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.step.Spelling;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.Chain;
import org.diapason.volume.DataException;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Inverse;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/**
 * The one door for files of transforms, fixed mm to moving mm (LPS).
 *
 * <p>ITK's text ({@code .tfm}, {@code .txt}) and MATLAB form ({@code .mat}, ANTs' affine), fields
 * of shifts in NIfTI as ITK and ANTs write them, elastix's parameters ({@code .txt}) and our own
 * {@code .json}. A {@code .txt} is read by its content and written for elastix.
 */
public final class Transforms {
    /** Texts of numbers beyond this are no transforms. */
    static final long MOST_BYTES = 1L << 28;

    /** More parts than any registration makes; each may name a file. */
    static final int MOST_PARTS = 1000;

    /** Memory that a byte of text takes while it becomes numbers: {@code 0 0 0} is the worst. */
    static final int TEXT_MEMORY = 16;

    /** The same of JSON, whose every number knows its place. */
    static final int JSON_MEMORY = 120;

    /** The same that a voxel of a field takes: three shifts. */
    static final double FIELD_MEMORY = 12;

    private static final List<String> WRITTEN =
            List.of(".tfm", ".txt", ".mat", ".json", ".nii", ".nii.gz");

    private Transforms() {}

    /**
     * Reads a transform.
     *
     * @throws DataException if the file is none that is read, or broken; the message says where
     */
    public static Transform read(Path path) {
        String name = InputFile.name(path);
        if (!Files.isRegularFile(path)) {
            throw new DataException(name + ": there is no such file.");
        }
        String end = name.toLowerCase(Locale.ROOT);
        if (end.endsWith(".json")) {
            return JsonTransform.read(path);
        }
        if (isNifti(end)) {
            return NiftiField.read(path);
        }
        byte[] start = start(path);
        String head = new String(start, StandardCharsets.ISO_8859_1);
        if (end.endsWith(".mat")) {
            return ItkMat.read(path);
        }
        if (head.startsWith("#Insight Transform File")) {
            return ItkText.read(path);
        }
        if (head.contains("(")) {
            return ElastixText.read(path);
        }
        throw new DataException(
                name
                        + ": is not a transform that can be read. Give ITK's text (.tfm, .txt) or"
                        + " .mat, elastix's TransformParameters.*.txt, a NIfTI field of shifts or"
                        + " our .json. HDF5 (.h5) is not read: write it as .tfm, its fields as"
                        + " NIfTI.");
    }

    /** Says whether a transform is written under a name as a field of shifts, on a grid. */
    public static boolean isField(Path path) {
        String end = InputFile.name(path).toLowerCase(Locale.ROOT);
        return end.endsWith(".nii") || end.endsWith(".nii.gz");
    }

    static boolean isNifti(String end) {
        return end.endsWith(".nii") || end.endsWith(".nii.gz") || end.endsWith(".hdr");
    }

    private static byte[] start(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(4096);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    /** Returns a whole file of text; what is no UTF-8 stands there as U+FFFD. */
    static String text(Path path, int memoryPerByte) {
        String name = InputFile.name(path);
        try {
            long bytes = Files.size(path);
            if (bytes > MOST_BYTES) {
                throw new DataException(
                        name
                                + ": has "
                                + (bytes >> 20)
                                + " MB, and text of more than 256 MB is not read. Keep a field of"
                                + " shifts as NIfTI.");
            }
            Room.need(name, (double) memoryPerByte * bytes);
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    /** Writes a transform in the form that the name ends in; see the other form. */
    public static void write(Path path, Transform transform) {
        write(path, transform, Optional.empty());
    }

    /**
     * Writes a transform in the form that the name ends in: {@code .tfm}, {@code .txt} (elastix),
     * {@code .mat}, {@code .json}, {@code .nii}, {@code .nii.gz}. What does not fit in one file
     * goes into neighbours named after it.
     *
     * @param like the grid of the fixed image, which elastix's files name; may be absent
     * @throws IllegalArgumentException if no form has that end
     * @throws RefusedException if the form cannot hold the transform
     */
    public static void write(Path path, Transform transform, Optional<Geometry> like) {
        String name = InputFile.name(path);
        String end = name.toLowerCase(Locale.ROOT);
        requireForm(path);
        try {
            if (end.endsWith(".json")) {
                JsonTransform.write(path, transform);
            } else if (isField(path)) {
                NiftiField.write(path, transform);
            } else if (end.endsWith(".tfm")) {
                ItkText.write(path, transform);
            } else if (end.endsWith(".mat")) {
                ItkMat.write(path, transform);
            } else if (end.endsWith(".txt")) {
                ElastixFile.write(path, transform, like);
            }
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    /**
     * Checks that a transform can be written under a name, before that costs time.
     *
     * @throws IllegalArgumentException if no form has that end
     */
    public static void requireForm(Path path) {
        String name = InputFile.name(path);
        String end = name.toLowerCase(Locale.ROOT);
        if (WRITTEN.stream().noneMatch(end::endsWith)) {
            int dot = end.lastIndexOf('.');
            String ending = dot < 0 ? "" : end.substring(dot);
            String what = dot < 0 ? "a name without an ending" : "\"" + ending + "\"";
            throw new IllegalArgumentException(
                    name
                            + ": transforms are not written as "
                            + what
                            + "; "
                            + Spelling.hint(ending, WRITTEN));
        }
    }

    /**
     * Checks that the form a name ends in holds transforms of one kind, before that costs time.
     *
     * @param kind a transform of the parts and grids that will be written
     * @throws RefusedException if it does not
     */
    public static void requireHolds(Path path, Transform kind) {
        String end = InputFile.name(path).toLowerCase(Locale.ROOT);
        if (end.endsWith(".mat")) {
            ItkMat.requireHolds(kind);
        } else if (end.endsWith(".tfm")) {
            ItkText.requireHolds(kind);
        }
    }

    static List<Transform> parts(Transform transform) {
        return transform instanceof Chain chain ? chain.parts() : List.of(transform);
    }

    /** Returns what to throw where a form has no word for a part of a transform. */
    static RefusedException noWord(String form, Transform part) {
        String what =
                part instanceof Inverse
                        ? "the way back of a deformation"
                        : part instanceof DisplacementField
                                ? "a field of shifts"
                                : part instanceof BsplineTransform
                                        ? "a spline that is constant along an axis"
                                        : "a chain";
        return new RefusedException(
                form
                        + " cannot hold "
                        + what
                        + ". Write it as .json, or as a field on the fixed image's grid: diapason"
                        + " transform-convert T OUT.nii.gz --like FIXED");
    }

    /**
     * Returns one transform after the other.
     *
     * @throws DataException if their product has no finite numbers
     */
    static Transform then(String name, Transform first, Transform next) {
        try {
            return first == null ? next : first.then(next);
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    name + ": the numbers of its parts multiply beyond all bounds. Write it again.",
                    e);
        }
    }

    /** Returns the name of a file that belongs to another: {@code t.tfm} gives {@code t.word}. */
    static String beside(Path path, String word) {
        String name = InputFile.name(path);
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + "." + word;
    }
}
