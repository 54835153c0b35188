package org.diapason.app;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diapason.step.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with words that no command can take, and what may have been meant. */
final class Misuse {
    private static final Pattern NO_HELP = Pattern.compile("Unknown subcommand '(.*)'\\.");
    private static final Pattern TOO_FEW =
            Pattern.compile(
                    "positional parameter at .* \\((.*)\\) requires at least (\\d+) .* only (\\d+) .*",
                    Pattern.DOTALL);
    private static final Pattern BROKEN_OFF =
            Pattern.compile(
                    "Expected parameter (\\d+) \\(of (\\d+) mandatory .* \\((.*)\\) but found .*",
                    Pattern.DOTALL);
    private static final Pattern NOT_OF_TYPE =
            Pattern.compile(
                    "Invalid value for .*: '(.*)' is not an? (double|int|long)", Pattern.DOTALL);

    private Misuse() {}

    static String words(ParameterException e) {
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched(), command, e.getMessage());
        }
        if (e instanceof MissingParameterException) {
            // what is missing may be there under a wrong name
            List<String> unknown = command.getUnmatchedArguments();
            return unknown.isEmpty() || !isOption(unknown.get(0))
                    ? missing(e.getMessage())
                    : unmatched(unknown, command, "");
        }
        Matcher noHelp = NO_HELP.matcher(e.getMessage());
        if (noHelp.matches()) {
            return none("command", noHelp.group(1), command.getSubcommands().keySet());
        }
        Matcher type = NOT_OF_TYPE.matcher(e.getMessage());
        if (type.matches() && e.getArgSpec() instanceof CommandLine.Model.OptionSpec option) {
            return option.longestName()
                    + (type.group(2).equals("double") ? " needs a number" : " needs a whole number")
                    + ", got \""
                    + type.group(1)
                    + "\"";
        }
        return e.getMessage();
    }

    private static String missing(String message) {
        Matcher few = TOO_FEW.matcher(message);
        if (few.matches()) {
            return few(few.group(1), few.group(2), few.group(3));
        }
        Matcher broken = BROKEN_OFF.matcher(message);
        return broken.matches()
                ? few(
                        broken.group(3),
                        broken.group(2),
                        (Integer.parseInt(broken.group(1)) - 1) + "")
                : message;
    }

    private static String few(String label, String least, String found) {
        return label + " are " + least + " files or more, got " + found;
    }

    private static String unmatched(List<String> words, CommandLine command, String otherwise) {
        String first = words.get(0);
        if (isOption(first)) {
            Set<String> known = command.getCommandSpec().optionsMap().keySet();
            return none("option", first.replaceFirst("=.*", ""), known);
        }
        boolean choice = command.getCommandSpec().positionalParameters().isEmpty();
        return choice && !command.getSubcommands().isEmpty()
                ? none("command", first, command.getSubcommands().keySet())
                : otherwise;
    }

    private static boolean isOption(String word) {
        return word.startsWith("-") && word.length() > 1;
    }

    private static String none(String kind, String word, Collection<String> known) {
        List<String> begun = known.stream().filter(k -> k.startsWith(word)).toList();
        Optional<String> meant =
                begun.size() == 1 ? Optional.of(begun.get(0)) : Spelling.nearest(word, known);
        return "there is no "
                + kind
                + " \""
                + word
                + "\""
                + meant.map(w -> "; did you mean \"" + w + "\"?").orElse("");
    }
}
