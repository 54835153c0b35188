package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.diapason.io.Choice;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Copies DICOM files without what identifies the patient: PS3.15 annex E, basic profile, with
 * patient characteristics, dates moved by whole days, and the private elements that SUV needs.
 *
 * <p>Pixels are copied byte for byte, compressed ones too. UIDs, the patient and the shift of the
 * dates follow from a key, so files that refer to each other still do, in this run and in any other
 * with the same key.
 */
public final class Deidentifier {
    private static final int LEAST_KEY = 16;
    private static final String DOCUMENTS = "1.2.840.10008.5.1.4.1.1.104.";

    private final Pseudonyms pseudonyms;
    private final boolean burnedIn;

    /**
     * What became of the files of a folder; every file is in exactly one of the three.
     *
     * @param done how many were copied
     * @param refused sentences about sound files that must not be copied
     * @param failed sentences about broken files
     */
    public record Result(int done, List<String> refused, List<String> failed) {
        /** Returns the number of files that were found. */
        public int files() {
            return done + refused.size() + failed.size();
        }
    }

    /**
     * @param key at least 16 bytes that only the sender knows; copied
     * @param burnedIn whether files that may have a name in their pixels are copied too
     */
    public Deidentifier(byte[] key, boolean burnedIn) {
        if (key.length < LEAST_KEY) {
            throw new IllegalArgumentException(
                    "the key has "
                            + key.length
                            + " bytes, at least "
                            + LEAST_KEY
                            + " are needed (head -c 32 /dev/urandom > FILE makes one)");
        }
        this.pseudonyms = new Pseudonyms(key);
        this.burnedIn = burnedIn;
    }

    /**
     * Copies a file, or every file of a folder and its folders, into patient/series/image.dcm under
     * names that follow from the key.
     *
     * @param out made where absent, else empty; not inside {@code in}
     * @throws IllegalArgumentException if {@code out} cannot be used
     */
    public Result run(Path in, Path out) {
        check(in, out);
        int done = 0;
        List<String> refused = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        Map<Path, Path> written = new HashMap<>();
        for (Path file : files(in)) {
            try {
                copy(file, out, written);
                done++;
            } catch (RefusedException e) {
                refused.add(e.getMessage());
            } catch (DataException e) {
                failed.add(e.getMessage());
            }
        }
        return new Result(done, List.copyOf(refused), List.copyOf(failed));
    }

    /**
     * Writes a volume as a new DICOM series by {@link DerivedSeries}, without what identifies the
     * patient: the head of its source is cleaned as a copy of the source would be, and refers to
     * such copies under the same key.
     *
     * @param source the folder (or file) the volume was read from
     * @param out made where absent, else empty; not inside {@code source}
     * @throws RefusedException if the volume has no meaning yet, or a name may stand in its pixels
     * @throws IllegalArgumentException if {@code out} cannot be used
     */
    public DerivedSeries.Written derive(
            Volume volume, Path source, Path out, Derivation derivation) {
        check(Choice.of(source).path(), out);
        return DerivedSeries.write(
                volume, source, out, derivation, burnedIn, Optional.of(pseudonyms));
    }

    /**
     * Looks at an image of which only voxels are to be written: other formats than DICOM have no
     * place for a name, but the pixels do.
     *
     * @param source what the voxels were read from
     * @return whether it could be asked: only DICOM says anything of its pixels
     * @throws RefusedException if a name may stand in the pixels
     */
    public boolean pixelsSilent(Path source) {
        if (SeriesFolder.isNone(Choice.of(source).path())) {
            return false;
        }
        DicomSeries.stack(source).frames().stream()
                .map(frame -> frame.file().path())
                .distinct()
                .forEach(path -> BurnedIn.check(DicomFile.readAll(path).orElseThrow(), burnedIn));
        return true;
    }

    private void copy(Path path, Path out, Map<Path, Path> written) {
        DicomFile file =
                DicomFile.readAll(path)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                InputFile.name(path)
                                                        + ": is no DICOM file, so it was not"
                                                        + " copied."));
        DataSet values = file.values();
        checkKind(file);
        String uid =
                values.text(Keyword.SOPInstanceUID)
                        .orElseThrow(
                                () ->
                                        file.bad(
                                                "has no "
                                                        + Keyword.SOPInstanceUID.label()
                                                        + ", so nothing can refer to its copy."
                                                        + " Export it again."));
        Path target =
                out.resolve(pseudonyms.patient(Cleaning.patient(values)))
                        .resolve(pseudonyms.name(file.series()))
                        .resolve(pseudonyms.name(uid) + ".dcm");
        DataSet clean = new Cleaning(values, pseudonyms).of(values);
        if (clean.text(Keyword.SOPInstanceUID).isEmpty()) {
            throw file.bad("has a SOPInstanceUID (0008,0018) that is none. Export it again.");
        }
        Path earlier = written.get(target);
        if (earlier == null) {
            DicomWriter.write(target, clean, Pixels.of(file));
            written.put(target, path);
        } else if (!same(earlier, path)) {
            throw new DataException(
                    InputFile.name(path)
                            + " and "
                            + InputFile.name(earlier)
                            + " have one SOPInstanceUID (0008,0018) and differ; only the earlier was"
                            + " copied. Remove the wrong one.");
        }
    }

    private void checkKind(DicomFile file) {
        if (file.values().element(0x00041220).isPresent()) {
            throw new RefusedException(
                    file.name()
                            + ": is an index of files (DICOMDIR), which would name what it lists. Make"
                            + " a new one for the copies (dcmmkdir).");
        }
        if (file.values().text(Keyword.SOPClassUID).orElse("").startsWith(DOCUMENTS)) {
            throw new RefusedException(
                    file.name()
                            + ": holds a document, whose text cannot be cleaned. Leave it out.");
        }
        BurnedIn.check(file, burnedIn);
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.mismatch(a, b) < 0;
        } catch (IOException e) {
            throw InputFile.unreadable(b, e);
        }
    }

    private static void check(Path in, Path out) {
        if (!Files.exists(in)) {
            throw new IllegalArgumentException(in + ": there is no such file or folder");
        }
        DerivedSeries.empty(out);
        try {
            if (real(out).startsWith(in.toRealPath())) {
                throw new IllegalArgumentException(
                        "the output folder "
                                + out
                                + " lies inside the input. Name one outside, so that the copies are"
                                + " not mixed with the originals.");
            }
        } catch (IOException e) {
            throw InputFile.unreadable(out, e);
        }
    }

    /** Resolves links in the part of a path that is there. */
    private static Path real(Path path) throws IOException {
        Path there = path.toAbsolutePath().normalize();
        Path rest = there.getFileSystem().getPath("");
        while (!Files.exists(there)) {
            rest = there.getFileName().resolve(rest);
            there = there.getParent();
        }
        return there.toRealPath().resolve(rest);
    }

    private static List<Path> files(Path in) {
        try (Stream<Path> walk = Files.walk(in)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new DataException(
                    InputFile.name(in) + ": its folders cannot be read to the end.", e);
        }
    }
}
