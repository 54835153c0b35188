package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.io.ImageFormat;
import org.diapason.io.InputFile;
import org.diapason.reconstruction.PartialVolume;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason partial-volume}: what blur has mixed between known regions, put back. */
@Command(
        name = "partial-volume",
        description =
                "Correct PET for what its blur has mixed between anatomical regions: the mean of each"
                        + " (geometric transfer matrix) and each voxel (region-based voxel-wise).",
        footer = {
            "",
            "LABELS holds whole numbers, one a region, on the grid of PET; 0 is a region too. Bring it"
                    + " there: diapason warp LABELS T OUT --like PET --labels.",
            "Example: diapason partial-volume pet.nii.gz regions.nii.gz out.nii.gz --fwhm-mm 6"
                    + " --json means.json",
            "docs/methods/partial-volume.md has the formulas."
        })
final class PartialVolumeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "PET", description = "The image.")
    Path pet;

    @Parameters(index = "1", paramLabel = "LABELS", description = "The regions.")
    Path labels;

    @Parameters(
            index = "2",
            paramLabel = "OUT",
            description = "The corrected image: .nii.gz .nii .nrrd .mha .mhd.")
    Path out;

    @Option(
            names = "--fwhm-mm",
            split = ",",
            paramLabel = "W",
            description =
                    "Resolution of PET: one width, or three with commas between. Default: what its file"
                            + " states; refused where it states none.")
    double[] fwhmMm;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        if (!ImageFormat.of(out).map(ImageFormat::placed).orElse(false)) {
            throw new IllegalArgumentException(
                    "OUT "
                            + InputFile.name(out)
                            + ": images are written as .nii.gz, .nii, .nrrd, .mha or .mhd.");
        }
        Outputs.besides(pet, labels).and("OUT", out).and("--json", json.path());
        List<Volume> volumes = InUnits.onOneGrid(List.of(pet, labels));
        Volume image = volumes.get(0);
        Numbers width = MapFuseCommand.width(fwhmMm, image, InputFile.name(pet));
        PartialVolume made = PartialVolume.of(image, volumes.get(1), width);
        List<String> written = new ArrayList<>();
        MapFuseCommand.put(written, out, made.image());
        if (json.write(fields(made, width, written))) {
            System.out.print(words(made, written));
        }
        if (made.hasNegative()) {
            System.err.println(
                    "warning: a region's corrected mean is negative and counts as 0 voxel by voxel;"
                            + " outline or resolution do not fit");
        }
        return CommandLines.DONE;
    }

    private static String words(PartialVolume made, List<String> written) {
        StringBuilder all =
                new StringBuilder("region      voxels    kept    measured   corrected\n");
        for (int c = 0; c < made.labels().size(); c++) {
            all.append(pad(Numbers.fixed(made.labels().get(c), 0), -10))
                    .append(pad(Numbers.fixed(made.voxels().get(c), 0), 8))
                    .append(pad(Numbers.fixed(made.kept().get(c), 3), 8))
                    .append(pad(Numbers.fixed(made.measured().get(c), 4), 12))
                    .append(pad(Numbers.fixed(made.corrected().get(c), 4), 12))
                    .append('\n');
        }
        return all.append("condition number ")
                .append(Numbers.fixed(made.condition(), 2))
                .append(": relative errors of the measured means grow by it at most\nwritten   ")
                .append(String.join(", ", written))
                .append('\n')
                .toString();
    }

    private static String pad(String text, int width) {
        String room = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
        return width < 0 ? text + room : room + text;
    }

    private static Map<String, Object> fields(
            PartialVolume made, Numbers width, List<String> written) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fwhmMm", List.of(width.get(0), width.get(1), width.get(2)));
        fields.put("condition", made.condition());
        List<Map<String, Object>> regions = new ArrayList<>();
        for (int c = 0; c < made.labels().size(); c++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("label", (int) made.labels().get(c));
            one.put("voxels", (int) made.voxels().get(c));
            one.put("kept", made.kept().get(c));
            one.put("measured", made.measured().get(c));
            one.put("corrected", made.corrected().get(c));
            regions.add(one);
        }
        fields.put("regions", regions);
        fields.put("quantity", made.image().quantity().label());
        fields.put("files", written);
        return fields;
    }
}
