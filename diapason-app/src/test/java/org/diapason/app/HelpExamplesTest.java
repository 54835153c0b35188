package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpExamplesTest {
    @Test
    void aLongExampleIsFoldedBeforeAnOptionAndReadsTheSameInAShell() {
        String name = "a-name-that-is-rather-long.nii.gz";
        String line = "         diapason warp " + name + " --like " + name + " --order " + name;
        String[] folded = HelpExamples.folded("", line);
        assertArrayEquals(
                new String[] {
                    "",
                    "         diapason warp " + name + " --like " + name + " \\",
                    "             --order " + name
                },
                folded);
    }

    @Test
    void proseIsNotFolded() {
        String prose = "Exit code: 0 done; ".repeat(8);
        assertArrayEquals(new String[] {prose}, HelpExamples.folded(prose));
    }

    @Test
    void everyExampleOfEveryHelpFitsItsLineAndIsUnderstood() {
        List<String> examples = new ArrayList<>();
        collect(CommandLines.make(), examples);
        assertTrue(examples.size() > 60, examples.size() + " examples");
        for (String example : examples) {
            String[] words = example.replace("'", "").trim().split("\\s+");
            String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
            assertDoesNotThrow(() -> CommandLines.make().parseArgs(arguments), example);
        }
    }

    /** Reads the examples as they are printed, which a shell would join where a line ends in \. */
    private static void collect(CommandLine command, List<String> examples) {
        boolean on = false;
        for (String line : command.getUsageMessage().split("\\R")) {
            assertTrue(line.length() <= HelpExamples.WIDTH, line);
            String part = line.replace("Example: ", "").replaceAll("\\\\$", "");
            if (on) {
                examples.add(examples.remove(examples.size() - 1) + part);
            } else if (HelpExamples.isCommand(line)) {
                examples.add(part);
            }
            on = line.endsWith("\\");
        }
        command.getSubcommands().values().forEach(sub -> collect(sub, examples));
    }
}
