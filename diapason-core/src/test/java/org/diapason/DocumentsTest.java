package org.diapason;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    private static List<Path> pages(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(p -> p.toString().endsWith(".md")).sorted().toList();
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<Path> all = new ArrayList<>(pages(ROOT.resolve("docs")));
        all.add(ROOT.resolve("README.md"));
        all.add(ROOT.resolve("CONTRIBUTING.md"));
        all.add(ROOT.resolve("CHANGELOG.md"));
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : all) {
            Matcher m = LINK.matcher(Files.readString(page));
            while (m.find()) {
                links++;
                boolean elsewhere = m.group(1).contains("://");
                if (!elsewhere && !Files.exists(page.resolveSibling(m.group(1)))) {
                    broken.add(page + ": " + m.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(links > 200, links + " links");
    }

    @Test
    void everyPageStandsInTheTableOfContents() throws IOException {
        Path docs = ROOT.resolve("docs");
        String contents = Files.readString(docs.resolve("README.md"));
        for (String folder : List.of("concepts", "methods")) {
            for (Path page : pages(docs.resolve(folder))) {
                String link = "](" + folder + "/" + page.getFileName() + ")";
                assertTrue(contents.contains(link), "docs/README.md lacks " + link);
            }
        }
    }
}
