package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diapason.bench.RegistrationStudy.Row;
import org.diapason.phantom.RegistrationPair;
import org.diapason.registration.Registration.Model;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RegistrationFilesTest {

    @Test
    void aTemplateIsFoundInAnotherContrastOfItself() {
        Path t1 = RegistrationFiles.mni(data());
        RegistrationPair pair = RegistrationFiles.template(t1, Model.AFFINE, 4);
        Row row = RegistrationStudy.run("MNI", Model.AFFINE, pair, Optional.empty());
        assertTrue(row.error().orElseThrow().mean() < 0.5, row.toString());
    }

    /**
     * A thigh that moved 3 mm between CT and MR, from its own header and from one displaced by 20
     * mm: the two ends are within a pixel of each other.
     */
    @Test
    void aTumourThatWasDisplacedIsFoundAgain() throws Exception {
        List<Row> rows =
                RegistrationFiles.sarcomas(data().resolve("cohort_sts"), 1, List.of("MR_T1"));
        double asItIs = rows.get(0).error().orElseThrow().mean();
        double displaced = rows.get(1).error().orElseThrow().mean();
        assertTrue(asItIs < 6, rows.get(0).toString());
        assertEquals(asItIs, displaced, 1, rows.get(1).toString());
    }

    /** The same end from two headers: half a pixel. */
    @Test
    void slicesOfPicturesEndWhereTheyDoFromElsewhere() {
        for (Row row : RegistrationFiles.flat(data().resolve("registration"), List.of("r64"))) {
            assertTrue(row.error().orElseThrow().mean() < 0.5, row.toString());
        }
    }

    private static Path data() {
        Path data = Path.of(System.getProperty("diapason.data", "../../shared/data"));
        Assumptions.assumeTrue(Files.isDirectory(data.resolve("templates")), "no public data");
        return data;
    }
}
