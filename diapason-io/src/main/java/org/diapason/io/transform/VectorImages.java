package org.diapason.io.transform;

import java.nio.file.Path;
import java.util.Locale;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;
import org.diapason.volume.Volume;

/** Images of vectors whose axes the file states. */
public final class VectorImages {
    private VectorImages() {}

    /**
     * Returns an image of vectors, its three components along LPS: NIfTI with intent 1007 (LPS, as
     * ITK and ANTs write it) or 1006 (RAS, the standard's), and ITK's MetaImage.
     *
     * @throws DataException if the file does not say along which axes its components stand
     */
    public static Volume read(Path path) {
        String end = InputFile.name(path).toLowerCase(Locale.ROOT);
        if (Transforms.isNifti(end)) {
            return NiftiField.vectors(path);
        }
        if (end.endsWith(".mha") || end.endsWith(".mhd")) {
            return Images.read(path).volume();
        }
        throw new DataException(
                InputFile.name(path)
                        + ": does not say along which axes its vectors stand. Give them as NIfTI of"
                        + " five axes with intent 1007 (LPS) or 1006 (RAS), or as ITK's .mha.");
    }
}
