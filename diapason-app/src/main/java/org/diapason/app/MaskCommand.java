package org.diapason.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.io.Regions;
import org.diapason.io.dicom.RtStructWriter;
import org.diapason.io.dicom.SegWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason mask}: regions from one format into another. */
@Command(
        name = "mask",
        description =
                "Turn a region of a structure set, segmentation or label map into voxels, and write"
                        + " them as NIfTI, segmentation or structure set.",
        footer = {
            "",
            "Example: diapason mask rs.dcm --roi GTV-1 --like ct/ --out gtv.nii.gz",
            "         diapason mask gtv.nii.gz --like ct/ --as seg --out seg.dcm"
        })
final class MaskCommand implements Callable<Integer> {

    /** What a mask is written as. */
    enum Format {
        NIFTI,
        SEG,
        RTSTRUCT
    }

    @Parameters(
            paramLabel = "IN",
            description = "A structure set, a segmentation or a NIfTI mask; #NAME may follow.")
    Path in;

    @Option(names = "--roi", paramLabel = "NAME", description = "The region, by name or number.")
    String roi;

    @Option(names = "--list", description = "Only list the regions.")
    boolean list;

    @Option(
            names = "--like",
            paramLabel = "IMAGE",
            description = "The image whose voxels the mask is made of; a DICOM folder for --as.")
    Path like;

    @Option(names = "--out", paramLabel = "OUT", description = "The file to write.")
    Path out;

    @Option(
            names = "--as",
            paramLabel = "FORMAT",
            description = "nifti, seg or rtstruct; without, OUT must end in .nii or .nii.gz.")
    Format as;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the region is called in OUT; without, as in IN.")
    String name;

    @Mixin Common common = new Common();

    @Override
    public Integer call() {
        common.start();
        if (list) {
            for (Regions.Region r : Masks.list(in)) {
                System.out.println(r.number() + "\t" + r.name() + "\t" + r.what());
            }
            return CommandLines.DONE;
        }
        if (out == null) {
            throw new IllegalArgumentException("--out is missing: name the file to write.");
        }
        Format format = format();
        if (like == null && format != Format.NIFTI) {
            throw new IllegalArgumentException(
                    "--like is missing: a DICOM mask refers to the series it lies on.");
        }
        Path which = roi == null ? in : Path.of(in + "#" + roi);
        Mask mask =
                like == null
                        ? Masks.read(which)
                        : Masks.read(
                                which, Images.read(like).volume().geometry(), Optional.of(like));
        TreeMap<String, Mask> named = new TreeMap<>(Map.of(called(which), mask));
        switch (format) {
            case NIFTI -> Nifti.writeMask(out, mask);
            case SEG -> SegWriter.write(out, named, like);
            default -> RtStructWriter.write(out, named, like);
        }
        double ml = mask.count() * mask.geometry().voxelMm3() / 1000;
        System.out.println(
                named.firstKey()
                        + ": "
                        + mask.count()
                        + " voxels, "
                        + Numbers.fixed(ml, 3)
                        + " ml");
        mask.notes().forEach(note -> System.err.println("warning: " + note));
        return CommandLines.DONE;
    }

    private Format format() {
        if (as != null) {
            return as;
        }
        String file = InputFile.name(out).toLowerCase(Locale.ROOT);
        if (file.endsWith(".nii") || file.endsWith(".nii.gz")) {
            return Format.NIFTI;
        }
        throw new IllegalArgumentException(
                "--as is missing: "
                        + InputFile.name(out)
                        + " does not say whether it is to be seg or rtstruct.");
    }

    private String called(Path which) {
        return name != null ? name : Masks.name(which);
    }
}
