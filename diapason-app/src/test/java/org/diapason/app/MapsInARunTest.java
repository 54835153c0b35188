package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapsInARunTest {
    private static final String MAPS =
            """
            seed: 1
            images:
              - units
              - response: {image: ct, filter: {laplacian-of-gaussian: {sigma-mm: 3}}}
              - feature-map: {image: ct, mask: lesion, features: stat_mean, radius: 1}
            features:
              - ibsi: {image: ct.log-3mm-3d, mask: lesion, families: [statistics]}
              - ibsi: {image: ct.stat_mean, mask: lesion, families: [statistics]}
            """;

    private static final String FILTERS =
            """
            seed: 1
            images:
              - units
            features:
              - ibsi:
                  image: ct
                  mask: lesion
                  families: [statistics]
                  filters: [laplacian-of-gaussian: {sigma-mm: 3}]
            """;

    @TempDir Path folder;

    @Test
    void aRecipeWritesMapsAndMeasuresThemLikeResponses() throws IOException {
        TinyCohort cohort = TinyCohort.of(folder, 2);
        Path maps = folder.resolve("maps");
        Path filters = folder.resolve("filters");
        Cli.Said said = cohort.run(MAPS, maps, "--quiet");
        assertEquals("", said.err());
        assertEquals(0, said.code(), said.out());
        assertEquals(0, cohort.run(FILTERS, filters, "--quiet").code());
        Csv ofMaps = Csv.read(maps.resolve("features.csv"));
        Csv ofFilters = Csv.read(filters.resolve("features.csv"));
        for (int r = 0; r < 2; r++) {
            for (String column :
                    new String[] {"ct.log-3mm-3d.stat_kurt", "ct.log-3mm-3d.stat_p90"}) {
                assertEquals(
                        ofFilters.text(ofFilters.rows().get(r), column),
                        ofMaps.text(ofMaps.rows().get(r), column),
                        column);
            }
            // local means of 27 voxels at the most: their minimum lies above that of the noise
            String least = ofMaps.text(ofMaps.rows().get(r), "ct.stat_mean.stat_min");
            assertTrue(Double.parseDouble(least) > 20, least);
        }
        assertTrue(Files.exists(maps.resolve("images/E01/ct.log-3mm-3d.nii.gz")));
        assertTrue(Files.exists(maps.resolve("images/E02/ct.stat_mean.nii.gz")));
    }
}
