package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.Images;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;

/** The MNI template (ICBM 2009a symmetric, 1 mm) of the data folder. */
final class Mni {
    private Mni() {}

    /**
     * Returns one of its images, {@code t1}, or the maps {@code gm} and {@code wm} (255 is
     * certain); skips the test where the folder is absent.
     */
    static Volume read(String what) {
        Path mni =
                Path.of(System.getProperty("diapason.data", "../../shared/data"), "templates/mni");
        Assumptions.assumeTrue(Files.isDirectory(mni), "templates/mni is not in the data folder");
        String name = "mni_icbm152_" + what + "_tal_nlin_sym_09a_converted.nii.gz";
        return Images.read(mni.resolve(name)).volume();
    }
}
