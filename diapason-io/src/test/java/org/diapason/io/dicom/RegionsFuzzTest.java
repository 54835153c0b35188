package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.io.Mutator;
import org.diapason.io.Regions;
import org.diapason.io.TestData;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file of regions, masks or a DataException come out of it. */
class RegionsFuzzTest {
    @TempDir Path folder;

    private Path image;
    private Geometry grid;
    private final TreeMap<String, Mask> masks = new TreeMap<>();

    @BeforeEach
    void masks() {
        Geometry g = TestData.oblique(5, 4, 2, false);
        image = folder.resolve("ct");
        DicomCtWriter.write(image, "fuzz", g, new short[40], 1, 0, Map.of());
        grid = Images.read(image).volume().geometry();
        boolean[] a = new boolean[40];
        boolean[] b = new boolean[40];
        for (int n = 0; n < 40; n++) {
            a[n] = n % 7 < 3;
            b[n] = n % 20 > 4;
        }
        masks.put("a", Mask.of(grid, a));
        masks.put("b", Mask.of(grid, b));
    }

    private Consumer<Path> reader() {
        return path -> {
            for (Regions.Region region : Masks.list(path)) {
                Masks.read(Path.of(path + "#" + region.number()), grid, Optional.of(image));
            }
        };
    }

    @Test
    void brokenStructureSetsFailInOneWay() throws IOException {
        RtStructWriter.write(folder.resolve("rs.dcm"), masks, image);
        byte[] seed = Files.readAllBytes(folder.resolve("rs.dcm"));
        new Mutator(21).attack(seed, 4000, folder.resolve("x.dcm"), reader());
    }

    @Test
    void brokenSegmentationsFailInOneWay() throws IOException {
        SegWriter.write(folder.resolve("seg.dcm"), masks, image);
        byte[] seed = Files.readAllBytes(folder.resolve("seg.dcm"));
        new Mutator(22).attack(seed, 4000, folder.resolve("y.dcm"), reader());
    }

    @Test
    void structureSetsAndSegmentationsOfOthersFailInOneWay() throws IOException {
        for (String name : new String[] {"rtstruct.dcm", "liver_1frame.dcm"}) {
            Path file = TestData.real("dicom/pydicom_files").resolve(name);
            Mutator.survives(file, reader());
            new Mutator(23)
                    .attackAny(Files.readAllBytes(file), 500, folder.resolve("z.dcm"), reader());
        }
    }
}
