package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.RecipeFile;
import org.diapason.io.run.ResultFiles;
import org.diapason.io.run.WorkFolder;
import org.diapason.math.Parallel;
import org.diapason.step.Cohort;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Store;
import org.diapason.volume.Exam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    private static final int EXAMS = 6;

    /** A learner of images and features before it: every kind of save comes up. */
    private static final String RECIPE =
            """
            images:
              - units
              - coarsest-fwhm
              - isotropic: {spacing-mm: 2.5}
            raw: true
            features:
              - ibsi: {image: ct, mask: lesion, discretisations: [{bin-width: 25}]}
            table:
              - combat: {batch: site, min-scale-exams: 2}
            """;

    @TempDir Path folder;

    private final int before = Parallel.threads();

    @BeforeEach
    void twoThreads() {
        Parallel.setThreads(2);
    }

    @AfterEach
    void threadsAsBefore() {
        Parallel.setThreads(before);
    }

    private TinyCohort cohort() {
        TinyCohort cohort = TinyCohort.of(folder.resolve("data"), EXAMS);
        return cohort.setAll("fwhm.ct", "4").set("E05", "fwhm.ct", "4 4.5 5");
    }

    @Test
    void aRunKilledAtAnySaveEndsWithTheSameBytesAndRedoesOneExamPerThread() throws IOException {
        TinyCohort data = cohort();
        CohortFile table = CohortFile.read(data.table(), null);
        Recipe recipe = RecipeFile.read(data.recipe(RECIPE));
        SortedMap<String, byte[]> whole = Contents.of(carry(recipe, table, "whole", 0).out);
        int saves = 3 * EXAMS; // raw features, before the learner, finished
        for (int kill = 1; kill <= saves; kill++) {
            String name = "killed at save " + kill;
            Attempt attempt = carry(recipe, table, name, kill);
            SortedMap<String, byte[]> resumed = Contents.of(attempt.out);
            assertEquals(whole.keySet(), resumed.keySet(), name);
            whole.forEach((file, bytes) -> assertArrayEquals(bytes, resumed.get(file), file));
            int redone = attempt.opens - EXAMS;
            assertTrue(redone >= 0 && redone <= 2, name + ": " + redone + " exams were redone");
        }
    }

    private record Attempt(Path out, int opens) {}

    /** Carries the cohort through, killed once at the given save; 0 is never. */
    private Attempt carry(Recipe recipe, CohortFile table, String name, int kill)
            throws IOException {
        Path out = folder.resolve(name);
        AtomicInteger opens = new AtomicInteger();
        Cohort<Exam> cohort = counted(table.of(recipe), opens);
        if (kill > 0) {
            Store dying = dying(WorkFolder.open(out, false, "hash"), kill);
            assertThrows(Killed.class, () -> Run.of(recipe, cohort, dying, Progress.NONE));
        }
        WorkFolder work = WorkFolder.open(out, kill > 0, "hash");
        Run.Result result = Run.of(recipe, cohort, work, Progress.NONE);
        ResultFiles.write(out, recipe, "", table, result, "0");
        work.remove();
        assertTrue(result.clean());
        return new Attempt(out, opens.get());
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** A store whose process dies at a save, before anything of it is written. */
    private static Store dying(Store store, int at) {
        AtomicInteger saves = new AtomicInteger();
        return new Store() {
            @Override
            public boolean has(String stage, String id) {
                return store.has(stage, id);
            }

            @Override
            public void save(String stage, String id, Saved saved) {
                if (saves.incrementAndGet() >= at) {
                    throw new Killed();
                }
                store.save(stage, id, saved);
            }

            @Override
            public Optional<Saved> load(String stage, String id) {
                return store.load(stage, id);
            }
        };
    }

    private static Cohort<Exam> counted(Cohort<Exam> cohort, AtomicInteger opens) {
        return new Cohort<>() {
            @Override
            public List<String> ids() {
                return cohort.ids();
            }

            @Override
            public Exam open(String id) {
                opens.incrementAndGet();
                return cohort.open(id);
            }
        };
    }

    @Test
    void theCommandGoesOnFromWhatAKilledRunLeft() throws IOException {
        TinyCohort data = cohort();
        Path straight = folder.resolve("straight");
        assertEquals(0, data.run(RECIPE, straight).code());
        Path killed = folder.resolve("killed");
        Job job =
                new Job(
                        RecipeFile.read(data.recipe(RECIPE)),
                        RECIPE,
                        CohortFile.read(data.table(), null),
                        killed,
                        false,
                        false);
        assertThrows(
                Killed.class,
                () ->
                        job.go(
                                (stage, done, total, lost) -> {
                                    if (stage.equals("images and features") && done == 3) {
                                        throw new Killed();
                                    }
                                }));
        Cli.Said refused = data.run(RECIPE, killed);
        assertEquals(2, refused.code());
        assertEquals(
                "diapason: --out "
                        + killed
                        + " holds a run that did not end. Add --resume to go on from there, or"
                        + " --overwrite to start anew.\n",
                refused.err());
        Cli.Said other = data.run(RECIPE + "seed: 2\n", killed, "--resume");
        assertEquals(2, other.code());
        assertEquals(
                "diapason: --resume: the killed run had another recipe or cohort table. Give those,"
                        + " or leave --resume out to start anew.\n",
                other.err());
        assertEquals(0, data.run(RECIPE, killed, "--resume").code());
        SortedMap<String, byte[]> whole = Contents.of(straight);
        SortedMap<String, byte[]> resumed = Contents.of(killed);
        assertEquals(whole.keySet(), resumed.keySet());
        whole.forEach((file, bytes) -> assertArrayEquals(bytes, resumed.get(file), file));
        assertTrue(Files.exists(killed.resolve("report.html")));
    }
}
