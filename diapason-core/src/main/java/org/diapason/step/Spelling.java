package org.diapason.step;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** "Did you mean …": finds the known word nearest to an unknown one. */
public final class Spelling {
    private static final int MOST_NAMED = 20;

    private Spelling() {}

    /** Returns the nearest word, if at most a third of its letters (and at least one) are off. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best != null && least <= Math.max(1, best.length() / 3)
                ? Optional.of(best)
                : Optional.empty();
    }

    /** Returns a clause that helps: {@code did you mean "x"?} or the list of what is known. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(w -> "did you mean \"" + w + "\"?")
                .orElseGet(() -> "known: " + named(known) + ".");
    }

    private static String named(Collection<String> known) {
        String first = known.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = known.size() - MOST_NAMED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** Levenshtein distance with neighbouring letters swapped counted as one. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + same, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
