package org.diapason.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diapason.app.report.HtmlReport;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.ResultFiles;
import org.diapason.io.run.WorkFolder;
import org.diapason.report.Report;
import org.diapason.report.Section;
import org.diapason.step.ContentHash;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Run;

/**
 * The main job: a cohort through a recipe into an output folder with results and a report.
 *
 * @param recipe what to do
 * @param recipeText the recipe as the user wrote it, kept in the output folder
 * @param cohort the cohort table
 * @param out the output folder
 * @param resume whether to go on from a killed run
 * @param overwrite whether results of an earlier run in the folder may be replaced
 */
public record Job(
        Recipe recipe,
        String recipeText,
        CohortFile cohort,
        Path out,
        boolean resume,
        boolean overwrite) {

    /** Carries the cohort through and writes results and report. */
    Run.Result go(Progress progress) throws IOException {
        Run.Result result = carry(progress);
        report(result, List.of());
        return result;
    }

    /** Carries the cohort through and writes everything but the report. */
    public Run.Result carry(Progress progress) throws IOException {
        cohort.check(recipe);
        prepare();
        String hash = ContentHash.of(recipeText + "\n" + cohort.text());
        WorkFolder work = WorkFolder.open(out, resume, hash);
        Run.Result result = Run.of(recipe, cohort.of(recipe), work, progress);
        ResultFiles.write(out, recipe, recipeText, cohort, result, Version.NUMBER);
        work.remove();
        return result;
    }

    /** Writes the report page, with sections that the caller adds. */
    public void report(Run.Result result, List<Section> extra) throws IOException {
        String batch = Slices.batch(recipe);
        Report report =
                Report.of(
                        recipe,
                        result,
                        batch,
                        Slices.of(cohort, recipe, batch, out, result),
                        extra,
                        Version.NUMBER);
        HtmlReport.write(
                out.resolve("report.html"),
                report,
                RegisteredPairs.of(cohort, recipe, out, result));
    }

    private void prepare() throws IOException {
        if (!Files.exists(out)) {
            Files.createDirectories(out);
            return;
        }
        if (!Files.isDirectory(out)) {
            throw new IllegalArgumentException("--out " + out + " is a file; name a folder.");
        }
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(out)) {
            entries.forEach(e -> found.add(e.getFileName().toString()));
        }
        if (overwrite && !resume) {
            ResultFiles.remove(out);
        }
        if (found.isEmpty() || resume || overwrite) {
            return;
        }
        throw new IllegalArgumentException(
                found.contains(".work")
                        ? "--out "
                                + out
                                + " holds a run that did not end. Add --resume to go on from there, or"
                                + " --overwrite to start anew."
                        : "--out "
                                + out
                                + " is not empty. Name another folder, or add --overwrite to replace"
                                + " what an earlier run left there.");
    }
}
