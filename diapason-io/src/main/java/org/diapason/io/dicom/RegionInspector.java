package org.diapason.io.dicom;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.InputFile;
import org.diapason.io.Inspection;
import org.diapason.io.Regions;
import org.diapason.volume.DataException;

/** Says which regions a structure set or segmentation holds, and of which series. */
final class RegionInspector {
    private RegionInspector() {}

    /**
     * Returns what a file holds. A name that holds a word of the patient's name or an identifier of
     * the same file is left out: its number chooses the region, too.
     *
     * @param folder where the file lies from the folder that was looked at
     * @param series the paths of the series that were found, by UID
     */
    static Inspection.RegionsFile of(Path path, String folder, Map<String, List<String>> series) {
        String name = InputFile.name(path);
        String place = folder.equals(".") ? name : folder + "/" + name;
        List<Regions.Region> regions = new ArrayList<>();
        List<String> drawnOn = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        String kind = "";
        int absent = 0;
        try {
            DicomFile file =
                    DicomFile.readAll(path)
                            .orElseThrow(() -> new DataException(name + ": is no DICOM file."));
            kind = file.modality();
            DrawnRegions drawn = DicomRegions.of(file);
            for (String uid : drawn.references().series()) {
                List<String> here = series.getOrDefault(uid, List.of());
                drawnOn.addAll(here);
                absent += here.isEmpty() ? 1 : 0;
            }
            regions.addAll(named(drawn.list(), file.values()));
            if (drawn instanceof Segmentation segments) {
                counted(regions, segments.pixels());
            }
        } catch (DataException e) {
            problems.add(e.getMessage());
        }
        return new Inspection.RegionsFile(
                place, kind, List.copyOf(regions), List.copyOf(drawnOn), absent, problems);
    }

    private static List<Regions.Region> named(List<Regions.Region> regions, DataSet values) {
        Identifiers words = Identifiers.of(values);
        Charset charset = RegionText.charset(values);
        List<Regions.Region> named = new ArrayList<>();
        for (Regions.Region region : regions) {
            boolean patient = words.in(region.name().getBytes(charset), 0);
            String name = patient ? "(holds a word of the patient's)" : region.name();
            named.add(new Regions.Region(region.number(), name, region.what()));
        }
        return named;
    }

    private static void counted(List<Regions.Region> regions, Map<Integer, Long> pixels) {
        regions.replaceAll(
                r -> {
                    long count = Optional.ofNullable(pixels.get(r.number())).orElse(0L);
                    String voxels = count + (count == 1 ? " voxel" : " voxels");
                    return new Regions.Region(r.number(), r.name(), r.what() + ", " + voxels);
                });
    }
}
