package org.diapason.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.io.run.Json;
import org.diapason.step.Judgement;
import org.diapason.step.Outcome;
import org.diapason.step.Run;
import org.diapason.step.Trace;

/** What a run says at its end, to people and to machines. */
final class Summary {
    private static final int MOST_LISTED = 20;
    private static final int MOST_NAMED = 5;
    private static final String ANY_EXAM = "\0";

    private Summary() {}

    /** Prints the end of a run and returns the exit code. */
    static int print(Run.Result result, Path out, String json) throws IOException {
        boolean machine = "-".equals(json);
        if (json != null) {
            write(json, fields(result, out));
        }
        if (!machine) {
            System.out.print(text(result, out));
        }
        return result.clean() ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    static void write(String file, Map<String, Object> fields) throws IOException {
        if (file.equals("-")) {
            System.out.print(Json.text(fields));
        } else {
            byte[] text = Json.text(fields).getBytes(StandardCharsets.UTF_8);
            try {
                WholeFile.write(Path.of(file), out -> out.write(text));
            } catch (IOException e) {
                throw InputFile.unwritable(Path.of(file), e);
            }
        }
    }

    private static Map<String, Object> fields(Run.Result result, Path out) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("exams", result.outcomes().size());
        fields.put("done", result.done());
        fields.put("refused", result.refused());
        fields.put("failed", result.failed());
        fields.put("refusal", result.refusal().orElse(null));
        fields.put("verdict", result.judgements().stream().map(j -> j.verdict().text()).toList());
        fields.put("report", out.resolve("report.html").toString());
        return fields;
    }

    static String text(Run.Result result, Path out) {
        StringBuilder text = new StringBuilder();
        text.append(counts(result)).append('\n');
        Map<String, List<String>> alike = alike(result.outcomes());
        alike.entrySet().stream()
                .limit(MOST_LISTED)
                .forEach(said -> text.append("  ").append(line(said)).append('\n'));
        long more = alike.values().stream().skip(MOST_LISTED).mapToLong(List::size).sum();
        if (more > 0) {
            text.append("  and ").append(more).append(" more in outcomes.csv\n");
        }
        result.refusal()
                .ifPresent(
                        r -> text.append("refused for the whole cohort: ").append(r).append('\n'));
        for (Trace operation : result.cohortTrace().children()) {
            operation.warnings().forEach(w -> text.append("warning: ").append(w).append('\n'));
        }
        long warned = result.traces().values().stream().filter(Summary::warns).count();
        if (warned > 0) {
            text.append("warnings of ").append(warned).append(warned == 1 ? " exam" : " exams");
            text.append(" are in the report\n");
        }
        for (Judgement j : result.judgements()) {
            text.append("verdict: ").append(j.verdict().text()).append('\n');
            j.reasons().forEach(r -> text.append("  ").append(r).append('\n'));
        }
        return text.append("report: ").append(out.resolve("report.html")).append('\n').toString();
    }

    private static boolean warns(Trace trace) {
        return !trace.warnings().isEmpty() || trace.children().stream().anyMatch(Summary::warns);
    }

    /** Returns {@code 17 done, 2 failed, 1 refused}, without what did not happen. */
    static String counts(Run.Result result) {
        StringBuilder text = new StringBuilder().append(result.done()).append(" done");
        if (result.failed() > 0) {
            text.append(", ").append(result.failed()).append(" failed");
        }
        if (result.refused() > 0) {
            text.append(", ").append(result.refused()).append(" refused");
        }
        return text.toString();
    }

    /** Returns the exams of which the same was said but for their name, in order of first. */
    private static Map<String, List<String>> alike(Map<String, Outcome> outcomes) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        outcomes.forEach(
                (id, outcome) -> {
                    String line = line(outcome);
                    if (!line.isEmpty()) {
                        String any = line.replace("exam " + id + ",", ANY_EXAM);
                        alike.computeIfAbsent(any, k -> new ArrayList<>()).add(id);
                    }
                });
        return alike;
    }

    private static String line(Map.Entry<String, List<String>> said) {
        List<String> ids = said.getValue();
        String line = said.getKey().replace(ANY_EXAM, "exam " + ids.get(0) + ",");
        int others = ids.size() - 1;
        if (others == 0) {
            return line;
        }
        String names = String.join(", ", ids.subList(1, Math.min(ids.size(), 1 + MOST_NAMED)));
        return line
                + " The same of "
                + names
                + (others > MOST_NAMED ? " and " + (others - MOST_NAMED) + " more." : ".");
    }

    /** Returns why an exam was refused or failed; nothing of one that is done. */
    static String line(Outcome outcome) {
        if (outcome instanceof Outcome.Refused r) {
            return "refused at " + r.operation() + ": " + r.reason();
        }
        return outcome instanceof Outcome.Failed f
                ? "failed at " + f.operation() + ": " + f.reason()
                : "";
    }
}
