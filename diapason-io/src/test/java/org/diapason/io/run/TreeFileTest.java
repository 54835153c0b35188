package org.diapason.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeFileTest {
    @TempDir Path folder;

    record Switch(boolean on) {}

    private static void assertRefused(String message, String yaml) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TreeFile.parse("recipe.yaml", yaml))
                        .getMessage());
    }

    @Test
    void namedEntriesStandWhereTheirNameDoesAndItemsWhereTheyBegin() {
        Tree.Fields tree =
                (Tree.Fields) TreeFile.parse("r.yaml", "seed: 1\nimages:\n  - units\n  - {a: b}\n");
        assertEquals(new Tree.Text("1", "r.yaml, line 1, column 1"), tree.values().get("seed"));
        Tree.Items images = (Tree.Items) tree.values().get("images");
        assertEquals("r.yaml, line 2, column 1", images.where());
        assertEquals(new Tree.Text("units", "r.yaml, line 3, column 5"), images.values().get(0));
        Tree.Fields inline = (Tree.Fields) images.values().get(1);
        assertEquals("r.yaml, line 4, column 5", inline.where());
        assertEquals("r.yaml, line 4, column 6", inline.values().get("a").where());
    }

    @Test
    void anEmptyFileCommentsAndNullsAreNothing() {
        assertEquals(new Tree.Fields(java.util.Map.of(), "r"), TreeFile.parse("r", "# nothing\n"));
        Tree.Fields tree = (Tree.Fields) TreeFile.parse("r", "a:\nb: ~\nc: null\nd: 'null'\n");
        assertEquals(
                List.of("", "", "", "null"),
                tree.values().values().stream().map(t -> ((Tree.Text) t).value()).toList());
    }

    @Test
    void yesAndNoAreTextsAsInYaml12() {
        assertEquals(
                "r, line 1, column 1: on needs true or false, found \"yes\"",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Settings.read(Switch.class, TreeFile.parse("r", "on: yes")))
                        .getMessage());
        assertEquals(
                new Switch(true), Settings.read(Switch.class, TreeFile.parse("r", "on: true")));
    }

    @Test
    void aNameThatComesTwiceIsRefused() {
        assertRefused(
                "recipe.yaml, line 3, column 3: \"x\" stands here twice; keep one.",
                "a:\n  x: 1\n  x: 2\n");
    }

    @Test
    void anAliasIsRefused() {
        assertRefused(
                "recipe.yaml, line 2, column 1: aliases are not supported; write the entry out.",
                "a: &it {x: 1}\nb: *it\n");
    }

    @Test
    void aListForANameIsRefused() {
        assertRefused("recipe.yaml, line 1, column 3: a name is needed here.", "? [a, b]\n: 1\n");
    }

    @Test
    void depthIsLimited() {
        assertRefused(
                "recipe.yaml, line 1, column 34: nested deeper than 32.",
                "[".repeat(40) + "]".repeat(40));
    }

    @Test
    void aBombOfBracketsIsRefusedToo() {
        assertRefused("recipe.yaml: nested deeper than 32.", "[".repeat(100_000));
    }

    @Test
    void badSyntaxIsNamedWithItsPlace() {
        assertRefused(
                "recipe.yaml, line 3, column 1: expected ',' or ']', but got <stream end>",
                "a: 1\nb: [1, 2\n");
    }

    @Test
    void aFileThatIsNotThereTooLargeOrNotTextIsRefused() throws IOException {
        Path absent = folder.resolve("absent.yaml");
        assertEquals(absent + ": there is no such file.", refused(absent));
        Path large = Files.write(folder.resolve("large.yaml"), new byte[(3 << 20) + 1]);
        assertEquals(
                "large.yaml: 3145729 bytes are too many for settings (at most 3145728).",
                refused(large));
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xE9});
        assertEquals("latin.yaml cannot be read as UTF-8 text: Input length = 1", refused(latin));
    }

    private static String refused(Path file) {
        return assertThrows(IllegalArgumentException.class, () -> TreeFile.read(file)).getMessage();
    }
}
