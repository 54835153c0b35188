package org.diapason.step;

import java.util.function.BiFunction;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;

/** Matches names against patterns in which {@code *} is any text and {@code ?} any character. */
public final class Globs {
    private Globs() {}

    /**
     * Returns the exam with every image whose name matches the pattern replaced by what the
     * function makes of it. A pattern may match nothing; a plain name must be there.
     *
     * @throws org.diapason.volume.DataException if a plain name is not there
     */
    public static Exam mapImages(
            Exam exam, String glob, BiFunction<String, Image, Image> function) {
        if (!isPattern(glob)) {
            exam.image(glob);
        }
        return exam.mapImages(
                (name, image) -> matches(glob, name) ? function.apply(name, image) : image);
    }

    /** Says whether it may match several names. */
    public static boolean isPattern(String glob) {
        return glob.indexOf('*') >= 0 || glob.indexOf('?') >= 0;
    }

    /**
     * Says whether the whole name matches the pattern. Every other character stands for itself and
     * case counts. Takes at most pattern × name steps.
     */
    public static boolean matches(String glob, String name) {
        int g = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = n;
            } else if (g < glob.length()
                    && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
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
