package org.diapason.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the Javadoc of a record says, at run time: its first sentence and the text of each
 * {@code @param}. The annotation processor of the build keeps them beside the class.
 */
public final class Help {
    private final Properties texts;

    private Help(Properties texts) {
        this.texts = texts;
    }

    /** Returns the help of a record; empty texts where its Javadoc says nothing. */
    public static Help of(Class<?> type) {
        Properties texts = new Properties();
        String resource = "/META-INF/diapason/help/" + type.getName() + ".properties";
        try (InputStream in = type.getResourceAsStream(resource)) {
            if (in != null) {
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the help of " + type.getName() + " cannot be read", e);
        }
        return new Help(texts);
    }

    /** Returns the first sentence: what it does. */
    public String summary() {
        return texts.getProperty("summary", "");
    }

    /** Returns the paragraphs that name a source by its DOI, in their order. */
    public List<String> references() {
        List<String> references = new ArrayList<>();
        for (int n = 0; texts.containsKey("reference." + n); n++) {
            references.add(texts.getProperty("reference." + n));
        }
        return references;
    }

    /** Returns what a component means. */
    public Optional<String> component(String name) {
        return Optional.ofNullable(texts.getProperty("param." + name));
    }
}
