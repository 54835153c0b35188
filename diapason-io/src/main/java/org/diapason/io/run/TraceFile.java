package org.diapason.io.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Tree;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;

/** A trace as JSON and back. */
public final class TraceFile {
    private TraceFile() {}

    /** Returns a trace as maps, lists, texts and numbers. */
    public static Map<String, Object> write(Trace trace) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", trace.name());
        fields.put("seed", Long.toString(trace.seed()));
        if (!trace.notes().isEmpty()) {
            fields.put("notes", new LinkedHashMap<>(trace.notes()));
        }
        if (!trace.warnings().isEmpty()) {
            fields.put("warnings", trace.warnings());
        }
        if (!trace.children().isEmpty()) {
            fields.put("operations", trace.children().stream().map(TraceFile::write).toList());
        }
        return fields;
    }

    /**
     * Returns the trace that was written.
     *
     * @throws IllegalArgumentException if something is missing, with its place
     */
    public static Trace read(Tree tree) {
        Map<String, Tree> fields = fields(tree);
        Trace trace =
                new Trace(text(fields, "name", tree), Long.parseLong(text(fields, "seed", tree)));
        if (fields.get("notes") instanceof Tree.Fields notes) {
            notes.values().forEach((key, value) -> note(trace, key, value));
        }
        if (fields.get("warnings") instanceof Tree.Items warnings) {
            warnings.values().forEach(w -> trace.warn(((Tree.Text) w).value()));
        }
        if (fields.get("operations") instanceof Tree.Items operations) {
            operations.values().forEach(o -> trace.adopt(read(o)));
        }
        return trace;
    }

    private static void note(Trace trace, String key, Tree value) {
        if (value instanceof Tree.Items items) {
            List<Double> numbers = new ArrayList<>();
            items.values().forEach(i -> numbers.add(number(((Tree.Text) i).value())));
            trace.note(
                    key, Numbers.of(numbers.stream().mapToDouble(Double::doubleValue).toArray()));
            return;
        }
        Tree.Text text = (Tree.Text) value;
        if (text.quoted()) {
            trace.note(key, text.value());
        } else {
            trace.note(key, number(text.value()));
        }
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private static Map<String, Tree> fields(Tree tree) {
        if (tree instanceof Tree.Fields f) {
            return f.values();
        }
        throw new IllegalArgumentException(tree.where() + ": a trace has named entries");
    }

    private static String text(Map<String, Tree> fields, String name, Tree at) {
        if (fields.get(name) instanceof Tree.Text t) {
            return t.value();
        }
        throw new IllegalArgumentException(at.where() + ": the trace lacks \"" + name + "\"");
    }
}
