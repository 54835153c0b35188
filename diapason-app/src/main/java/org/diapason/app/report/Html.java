package org.diapason.app.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes elements so that the page is well-formed as HTML and as XML: every text is escaped, every
 * element is closed.
 */
final class Html {
    /** A line break after one of these would show as a space. */
    private static final Set<String> INLINE = Set.of("a", "b", "code", "em", "span", "text");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; attributes come as name, value, name, value. */
    Html open(String tag, String... attributes) {
        start(tag, attributes).append(">");
        open.push(tag);
        return this;
    }

    /** Closes the element opened last, which must be {@code tag}. */
    Html close(String tag) {
        String last = open.pop();
        if (!last.equals(tag)) {
            throw new IllegalStateException("cannot close " + tag + " before " + last);
        }
        out.append("</").append(tag).append(">");
        if (!INLINE.contains(tag)) {
            out.append("\n");
        }
        return this;
    }

    /** Writes an element without content. */
    Html empty(String tag, String... attributes) {
        start(tag, attributes).append("/>\n");
        return this;
    }

    /** Writes an element that holds one text. */
    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    /** Writes our own style or script, which holds neither {@code <} nor {@code &}. */
    Html verbatim(String tag, String ours) {
        if (ours.indexOf('<') >= 0 || ours.indexOf('&') >= 0) {
            throw new IllegalStateException(tag + " must hold neither < nor &");
        }
        out.append("<").append(tag).append(">\n").append(ours);
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** Returns the page; all elements must be closed. */
    String page() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return "<!DOCTYPE html>\n" + out;
    }

    private StringBuilder start(String tag, String... attributes) {
        out.append("<").append(tag);
        for (int n = 0; n < attributes.length; n += 2) {
            out.append(" ").append(attributes[n]).append("=\"");
            escape(attributes[n + 1]);
            out.append("\"");
        }
        return out;
    }

    /** Escapes what is markup; drops control characters, which XML forbids. */
    private void escape(String text) {
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(legal(text, n) ? c : '\ufffd');
            }
        }
    }

    private static boolean legal(String text, int n) {
        char c = text.charAt(n);
        if (Character.isHighSurrogate(c)) {
            return n + 1 < text.length() && Character.isLowSurrogate(text.charAt(n + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return n > 0 && Character.isHighSurrogate(text.charAt(n - 1));
        }
        return c >= ' ' && c < '\ufffe' || c == '\n' || c == '\t';
    }
}
