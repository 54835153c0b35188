package org.diapason.app;

import java.util.ArrayList;
import java.util.List;

/** The examples at the foot of a help, folded so that they can be copied into a shell. */
final class HelpExamples {
    /** Columns of a help. */
    static final int WIDTH = 100;

    private static final String FIRST = "Example: ";
    private static final String NEXT = " ".repeat(FIRST.length());
    private static final String ON = " \\";
    private static final int DEEPER = 4;

    private HelpExamples() {}

    /** Returns the foot with every command that is too long for a line on several. */
    static String[] folded(String... footer) {
        List<String> lines = new ArrayList<>();
        for (String line : footer) {
            if (isCommand(line) && line.length() >= WIDTH) {
                fold(line, lines);
            } else {
                lines.add(line);
            }
        }
        return lines.toArray(String[]::new);
    }

    static boolean isCommand(String line) {
        return line.startsWith(FIRST + "diapason ") || line.startsWith(NEXT + "diapason ");
    }

    /** Breaks before an option where there is one: an option and its value stay together. */
    private static void fold(String line, List<String> lines) {
        String rest = line;
        while (rest.length() >= WIDTH) {
            int most = WIDTH - 1 - ON.length();
            int start = rest.length() - rest.stripLeading().length() + 1;
            int at = rest.lastIndexOf(" --", most);
            at = at < start ? rest.lastIndexOf(' ', most) : at;
            lines.add(rest.substring(0, at) + ON);
            rest = NEXT + " ".repeat(DEEPER) + rest.substring(at + 1);
        }
        lines.add(rest);
    }
}
