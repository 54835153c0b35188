package org.diapason.app;

import java.nio.file.Path;
import java.util.Optional;
import org.diapason.io.Images;
import org.diapason.io.transform.Transforms;
import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands take that make one file of a transform: {@code T OUT [--like FIXED]}. */
final class TransformOperands {
    @Parameters(index = "0", paramLabel = "T", description = "The transform.")
    Path file;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
    Path out;

    @Option(
            names = "--like",
            paramLabel = "FIXED",
            description =
                    "The fixed image, whose grid OUT gets; elastix's files name it. Default: the grid"
                            + " of T's own field.")
    Path like;

    /** Returns the transform; nothing that is read will be written over. */
    Transform read() {
        Outputs.besides(file, like).and("OUT", out);
        return Transforms.read(file);
    }

    /** Returns the grid of the fixed image, where one was named. */
    Optional<Geometry> grid() {
        return Optional.ofNullable(like).map(f -> Images.read(f).volume().geometry());
    }
}
