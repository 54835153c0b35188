package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.Json;
import org.diapason.io.run.RecipeFile;
import org.diapason.io.run.TraceFile;
import org.diapason.step.MemoryStore;
import org.diapason.step.Outcome;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason replay}: one exam again, to the same bytes. */
@Command(
        name = "replay",
        description =
                "Redo one exam through the fitted.json its trace names, and compare every hash.")
final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TRACE", description = "traces/EXAM.json of a run.")
    Path file;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Where relative paths of the exam start. Default: as in the run.")
    Path root;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keep what was redone. Default: only compare.")
    Path out;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Map<String, Tree> fields = fields(Json.read(file));
        String id = text(fields, "exam");
        Path fitted = file.toAbsolutePath().getParent().resolve(text(fields, "fitted")).normalize();
        if (!RecipeFile.hash(fitted).equals(text(fields, "fitted-sha256"))) {
            throw new DataException(
                    fitted.getFileName()
                            + " is not the one the trace was made with. Restore it, or run again.");
        }
        SortedMap<String, String> row = new TreeMap<>();
        fields(fields.get("row"))
                .forEach((column, cell) -> row.put(column, ((Tree.Text) cell).value()));
        CohortFile exam = CohortFile.ofRow(id, row, root != null ? root : rootOfRun());
        Recipe recipe = RecipeFile.read(fitted);
        Run.Result result =
                out == null
                        ? redone(recipe, exam)
                        : new Job(recipe, Files.readString(fitted), exam, out, false, false)
                                .go(Progress.NONE);
        Outcome outcome = result.outcomes().get(id);
        if (!(outcome instanceof Outcome.Done)) {
            System.out.println(Summary.line(outcome));
            return CommandLines.NOT_ALL;
        }
        int off = compare(TraceFile.read(fields.get("trace")), result.traces().get(id));
        return off == 0 ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    /** Redoes the exam without writing a file: of what is compared only, nothing may be left. */
    private static Run.Result redone(Recipe recipe, CohortFile exam) {
        exam.check(recipe);
        return Run.of(recipe, exam.of(recipe), new MemoryStore(), Progress.NONE);
    }

    private Path rootOfRun() {
        Path run = file.toAbsolutePath().getParent().resolve("../run.json").normalize();
        return Path.of(text(fields(Json.read(run)), "root"));
    }

    private static int compare(Trace then, Trace now) {
        int same = 0;
        int off = 0;
        for (String part : List.of("open", "result", "row")) {
            Map<String, Object> old = hashes(then, part);
            for (Map.Entry<String, Object> hash : old.entrySet()) {
                boolean equal = hash.getValue().equals(hashes(now, part).get(hash.getKey()));
                same += equal ? 1 : 0;
                off += equal ? 0 : 1;
                if (!equal) {
                    System.out.println("differs: " + part + " " + hash.getKey());
                }
            }
        }
        System.out.println(
                then.name()
                        + ": "
                        + same
                        + " of "
                        + (same + off)
                        + " hashes are the same (images and masks in, images, masks and features out)");
        return same == 0 ? 1 : off;
    }

    private static Map<String, Object> hashes(Trace trace, String part) {
        return trace.children().stream()
                .filter(c -> c.name().equals(part))
                .findFirst()
                .map(ReplayCommand::hashes)
                .orElse(Map.of());
    }

    private static Map<String, Object> hashes(Trace part) {
        Map<String, Object> hashes = new TreeMap<>(part.notes());
        hashes.keySet()
                .removeIf(
                        key ->
                                !key.startsWith("image.")
                                        && !key.startsWith("mask.")
                                        && !key.startsWith("picture.")
                                        && !key.equals("features"));
        return hashes;
    }

    private Map<String, Tree> fields(Tree tree) {
        if (tree instanceof Tree.Fields f) {
            return f.values();
        }
        throw new DataException(file.getFileName() + ": this is not a trace of an exam.");
    }

    private String text(Map<String, Tree> fields, String name) {
        if (fields.get(name) instanceof Tree.Text t) {
            return t.value();
        }
        throw new DataException(
                file.getFileName()
                        + ": this is not a trace of an exam: it lacks \""
                        + name
                        + "\".");
    }
}
