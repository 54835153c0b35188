package org.diapason.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.diapason.step.Judgement;
import org.diapason.step.Recipe;

/**
 * What was done, in sentences for a paper.
 *
 * @param sentences one or two per operation that was carried out, in order
 * @param references what the operations cite, each once, in order of first use
 */
public record Methods(List<String> sentences, List<String> references) {

    private static final Map<String, String> START =
            Map.of(
                    "images", "Image step ",
                    "features", "Features by ",
                    "table", "Table step ",
                    "judge", "Judge ");

    static Methods of(
            Recipe recipe,
            List<OperationSummary> operations,
            Report.Counts counts,
            List<Judgement> judgements,
            String version) {
        List<String> sentences = new ArrayList<>();
        Set<String> references = new LinkedHashSet<>();
        sentences.add(
                "Images were processed with Diapason "
                        + version
                        + " (seed "
                        + recipe.seed()
                        + "). Of "
                        + counts.in()
                        + " exams, "
                        + counts.done()
                        + " went through, "
                        + counts.refused()
                        + (counts.refused() == 1 ? " was" : " were")
                        + " refused and "
                        + counts.failed()
                        + " failed.");
        if (recipe.raw()) {
            sentences.add("Features were also measured before any step that harmonizes.");
        }
        Warning.unmatched(recipe).ifPresent(w -> sentences.add(sentence(w.message())));
        int judge = 0;
        for (OperationSummary operation : operations) {
            boolean judges = operation.station().equals("judge");
            if (judges && judge >= judgements.size()) {
                continue;
            }
            StringBuilder sentence = new StringBuilder(sentence(operation));
            List<Integer> numbers = new ArrayList<>();
            for (String reference : operation.references()) {
                references.add(reference);
                numbers.add(new ArrayList<>(references).indexOf(reference) + 1);
            }
            if (!numbers.isEmpty()) {
                String cited = String.join(", ", numbers.stream().map(String::valueOf).toList());
                sentence.append(" [").append(cited).append("]");
            }
            sentence.append(".");
            if (judges) {
                sentence.append(" Its verdict was \u201c")
                        .append(judgements.get(judge++).verdict().text())
                        .append("\u201d.");
            }
            sentences.add(sentence.toString());
        }
        return new Methods(List.copyOf(sentences), List.copyOf(references));
    }

    private static String sentence(String message) {
        return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
    }

    private static String sentence(OperationSummary operation) {
        StringBuilder text = new StringBuilder(START.get(operation.station()));
        text.append(operation.name());
        text.append(clause(operation.summary()));
        List<String> settings = new ArrayList<>();
        operation
                .settings()
                .forEach(
                        (key, value) -> {
                            String written = SettingText.of(value);
                            if (!written.isEmpty() && !written.equals("*")) {
                                settings.add(key + " " + written);
                            }
                        });
        if (!settings.isEmpty()) {
            text.append(" (").append(String.join("; ", settings)).append(")");
        }
        if (!operation.learned().isEmpty()) {
            text.append(", and from it came ")
                    .append(operation.learned())
                    .append(clause(operation.learnedSummary()));
        }
        return text.toString();
    }

    /** {@code Blurs every volume.} becomes {@code : blurs every volume}. */
    private static String clause(String summary) {
        String plain = summary.endsWith(".") ? summary.substring(0, summary.length() - 1) : summary;
        if (plain.isEmpty()) {
            return "";
        }
        boolean word = plain.length() > 1 && Character.isLowerCase(plain.charAt(1));
        return ": "
                + (word ? plain.substring(0, 1).toLowerCase(Locale.ROOT) : plain.substring(0, 1))
                + plain.substring(1);
    }
}
