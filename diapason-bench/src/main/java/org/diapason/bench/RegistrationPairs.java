package org.diapason.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.diapason.bench.RegistrationScenes.Scene;
import org.diapason.io.nifti.Nifti;
import org.diapason.phantom.RegistrationPair;
import org.diapason.volume.Numbers;

/**
 * Writes the drawn pairs of {@link RegistrationScenes} for other programs: a folder each with
 * {@code fixed.nii.gz}, {@code moving.nii.gz}, {@code mask.nii.gz}, {@code points.txt} as
 * transformix reads them and {@code truth.txt}, where they belong in the moving image; LPS mm.
 */
final class RegistrationPairs {
    private RegistrationPairs() {}

    /** Writes the scenes in whose name, the model first, a regular expression is found. */
    static void write(Path folder, double mm, String part) throws IOException {
        for (Scene s : RegistrationScenes.accuracy(mm)) {
            String name = s.model() + ", " + s.name();
            if (Pattern.compile(part).matcher(name).find()) {
                Path into = folder.resolve(folderOf(name, mm));
                write(into, s.pair().get());
                System.out.println(into);
            }
        }
    }

    /** Returns the name of the folder of a scene. */
    static String folderOf(String name, double mm) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return plain + "-at-" + Numbers.fixed(mm, 0) + "-mm";
    }

    static void write(Path folder, RegistrationPair pair) throws IOException {
        Files.createDirectories(folder);
        Nifti.write(folder.resolve("fixed.nii.gz"), pair.fixed());
        Nifti.write(folder.resolve("moving.nii.gz"), pair.moving());
        Nifti.writeMask(folder.resolve("mask.nii.gz"), pair.mask());
        StringBuilder points = new StringBuilder("point\n" + pair.points().size() + "\n");
        StringBuilder truth = new StringBuilder();
        for (Numbers point : pair.points()) {
            double[] p = point.toArray();
            line(points, p);
            pair.truth().there(p);
            line(truth, p);
        }
        Files.writeString(folder.resolve("points.txt"), points);
        Files.writeString(folder.resolve("truth.txt"), truth);
    }

    private static void line(StringBuilder to, double[] p) {
        for (int a = 0; a < 3; a++) {
            to.append(Numbers.fixed(p[a], 6)).append(a < 2 ? ' ' : '\n');
        }
    }
}
