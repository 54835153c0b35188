package org.diapason.step;

/** Names by pattern: {@code *} stands for any text, {@code ?} for one character. */
public final class Globs {
    private Globs() {}

    /** Returns whether the whole name fits the pattern. */
    public static boolean matches(String glob, String name) {
        int g = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            char c = g < glob.length() ? glob.charAt(g) : 0;
            if (c == '*') {
                star = g++;
                resume = n;
            } else if (g < glob.length() && (c == '?' || c == name.charAt(n))) {
                g++;
                n++;
            } else if (star >= 0) {
                g = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
