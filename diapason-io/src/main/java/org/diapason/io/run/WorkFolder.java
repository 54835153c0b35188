package org.diapason.io.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.picture.PngWriter;
import org.diapason.io.transform.Transforms;
import org.diapason.step.Store;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Transform;

/**
 * The store of a run in its output folder: images go to their place, everything else rests in
 * {@code .work/} until the run has ended well.
 *
 * <p>A file is written under another name and then moved, so a run that is killed leaves no half
 * file under a name that is looked for.
 */
public final class WorkFolder implements Store {
    private static final String RECIPE = "run.sha256";

    private final Path out;
    private final Path work;

    private WorkFolder(Path out) {
        this.out = out;
        this.work = out.resolve(".work");
    }

    /**
     * Makes the output folder ready.
     *
     * @param resume whether to go on from what a killed run left; else its remains are removed
     * @param hash hash of the recipe and the cohort table; a killed run can only be resumed with
     *     its own
     * @throws IllegalArgumentException if there is nothing to resume, or it was another run
     */
    public static WorkFolder open(Path out, boolean resume, String hash) throws IOException {
        WorkFolder folder = new WorkFolder(out);
        Path mark = folder.work.resolve(RECIPE);
        if (!resume) {
            folder.remove();
        } else if (Files.exists(mark) && !Files.readString(mark).equals(hash)) {
            throw new IllegalArgumentException(
                    "--resume: the killed run had another recipe or cohort table. Give those, or leave"
                            + " --resume out to start anew.");
        }
        Files.createDirectories(folder.work);
        Files.writeString(mark, hash);
        return folder;
    }

    /** Removes what is only needed while a run goes on. */
    public void remove() throws IOException {
        removeAll(work);
    }

    /** Removes a folder and everything in it; links are removed, not followed. */
    public static void removeAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path done, IOException e)
                            throws IOException {
                        Files.delete(done);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @Override
    public boolean has(String stage, String id) {
        return Files.exists(file(stage, id));
    }

    @Override
    public void save(String stage, String id, Saved saved) {
        try {
            boolean last = stage.equals(IMAGES);
            if (last && saved.exam().isPresent()) {
                writeImages(saved.exam().get());
                writeTransforms(saved.exam().get());
            }
            Path file = file(stage, id);
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            SavedFile.write(
                    part, last ? new Saved(saved.trace(), Optional.empty(), saved.rows()) : saved);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("exam " + id + " cannot be saved: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Saved> load(String stage, String id) {
        try {
            return has(stage, id) ? Optional.of(SavedFile.read(file(stage, id))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "exam " + id + " cannot be read back: " + e.getMessage(), e);
        }
    }

    private void writeImages(Exam exam) throws IOException {
        Path folder = Files.createDirectories(out.resolve("images").resolve(exam.id()));
        for (Map.Entry<String, Image> e : exam.images().entrySet()) {
            Nifti.write(folder.resolve(e.getKey() + ".nii.gz"), e.getValue().volume());
        }
        for (Map.Entry<String, Mask> e : exam.masks().entrySet()) {
            Nifti.writeMask(folder.resolve(e.getKey() + ".mask.nii.gz"), e.getValue());
        }
        exam.pictures().forEach((name, p) -> PngWriter.write(folder.resolve(name + ".png"), p));
    }

    /** Writes where the places of the images that were written lie in those that were read. */
    private void writeTransforms(Exam exam) throws IOException {
        for (String name : exam.images().keySet()) {
            Transform found = exam.asRead(name);
            if (!found.equals(Affine.IDENTITY)) {
                Path folder = Files.createDirectories(out.resolve("transforms").resolve(exam.id()));
                Transforms.write(folder.resolve(name + ".json"), found);
            }
        }
    }

    private Path file(String stage, String id) {
        return work.resolve(stage).resolve(id + ".saved");
    }
}
