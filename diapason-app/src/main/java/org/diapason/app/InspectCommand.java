package org.diapason.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Settings;
import org.diapason.io.AcquisitionTable;
import org.diapason.io.Inspection;
import org.diapason.io.Regions;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason inspect}: what is this? */
@Command(
        name = "inspect",
        description =
                "Say what a file or folder is: modality, quantity, grid, scanner, kernel, problems.")
final class InspectCommand implements Callable<Integer> {
    private static final List<String> SCANNER =
            List.of(
                    "Manufacturer",
                    "ManufacturerModelName",
                    "StationName",
                    "SoftwareVersions",
                    "ConvolutionKernel",
                    "SliceThickness",
                    "KVP",
                    "MagneticFieldStrength",
                    "RepetitionTime",
                    "EchoTime",
                    "InversionTime",
                    "FlipAngle",
                    "Units",
                    "DecayCorrection",
                    "SpacingSource");

    @Parameters(paramLabel = "PATH", description = "An image file, or a folder with DICOM series.")
    Path path;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write it as JSON; - is standard output.")
    String json;

    @Option(
            names = "--table",
            paramLabel = "F",
            description = "Write how each series was acquired as CSV, a row for each.")
    Path table;

    @Option(
            names = "--cohort",
            paramLabel = "F",
            description = "Write a cohort table to begin with: a row for each folder in PATH.")
    Path cohort;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Inspection found = Inspection.of(path);
        if (json != null) {
            Summary.write(json, Settings.write(found));
        }
        if (table != null) {
            AcquisitionTable.write(table, found);
        }
        if (cohort != null) {
            AcquisitionTable.writeCohort(cohort, found, path);
        }
        if (!"-".equals(json)) {
            found.parts().forEach(InspectCommand::print);
            found.regions().forEach(InspectCommand::print);
            found.problems().forEach(p -> System.out.println("problem: " + p));
            if (found.skipped() > 0) {
                System.out.println(
                        "skipped "
                                + found.skipped()
                                + (found.skipped() == 1 ? " other file: " : " other files: ")
                                + String.join(", ", found.skippedKinds()));
            }
        }
        boolean seen = !found.parts().isEmpty() || !found.regions().isEmpty();
        boolean well =
                found.problems().isEmpty()
                        && found.parts().stream().allMatch(p -> p.problems().isEmpty())
                        && found.regions().stream().allMatch(r -> r.problems().isEmpty());
        return seen && well ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private static void print(Inspection.Part part) {
        System.out.println(
                part.name()
                        + ": "
                        + part.kind()
                        + ", "
                        + part.modality()
                        + ", values "
                        + part.quantity()
                        + (part.files() > 1 ? ", " + part.files() + " files" : ""));
        part.geometry()
                .ifPresent(
                        g -> {
                            line("size", g.ni() + " × " + g.nj() + " × " + g.nk() + " voxels");
                            line("spacing", g.spacingMm().fixed(3) + " mm");
                            line("first voxel", position(g) + " mm (LPS)");
                            if (!part.orientation().isEmpty()) {
                                line("axes", part.orientation());
                            }
                        });
        part.range()
                .ifPresent(
                        r ->
                                line(
                                        "values",
                                        Numbers.fixed(r.get(0), 2)
                                                + " … "
                                                + Numbers.fixed(r.get(1), 2)));
        for (String keyword : SCANNER) {
            String text = part.tags().getOrDefault(keyword, "");
            if (!text.isBlank()) {
                line(keyword, text);
            }
        }
        part.warnings().forEach(w -> System.out.println("  warning: " + w));
        part.problems().forEach(p -> System.out.println("  problem: " + p));
        System.out.println();
    }

    private static void print(Inspection.RegionsFile file) {
        System.out.println(
                file.path()
                        + ": "
                        + file.kind()
                        + ", "
                        + file.regions().size()
                        + (file.regions().size() == 1 ? " region" : " regions"));
        file.drawnOn().forEach(path -> line("drawn on", path));
        if (file.absent() > 0) {
            line("drawn on", file.absent() + " series that are not here");
        }
        for (Regions.Region region : file.regions()) {
            line("region " + region.number(), region.name() + ", " + region.what());
        }
        file.problems().forEach(p -> System.out.println("  problem: " + p));
        System.out.println();
    }

    private static String position(Geometry g) {
        return Numbers.fixed(g.originMm().get(0), 2)
                + ", "
                + Numbers.fixed(g.originMm().get(1), 2)
                + ", "
                + Numbers.fixed(g.originMm().get(2), 2);
    }

    private static void line(String name, String text) {
        System.out.println("  " + Columns.left(name, 24) + text);
    }
}
