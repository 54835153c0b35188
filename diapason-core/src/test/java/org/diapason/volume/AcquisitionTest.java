package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class AcquisitionTest {

    @Test
    void holdsTagsMeansOverSlicesAndSpacingByImage() {
        Geometry g = Geometry.of(2, 2, 3, 0.7, 0.7, 2.5);
        Volume volume = Volume.of(g, new float[12], Quantity.HU);
        Tags tags =
                new Tags(
                        Map.of("KVP", "120", "ConvolutionKernel", "B30f", "PatientName", "X"),
                        Map.of("Exposure", Numbers.of(100, Double.NaN, 103)));
        SortedMap<String, String> found =
                Acquisition.of(Map.of("ct", new Image(volume, tags, Optional.empty())));
        assertEquals(
                Map.of(
                        "acquisition.ct.KVP", "120",
                        "acquisition.ct.ConvolutionKernel", "B30f",
                        "acquisition.ct.Exposure", "101.5",
                        "acquisition.ct.spacing-i", "0.7000",
                        "acquisition.ct.spacing-j", "0.7000",
                        "acquisition.ct.spacing-k", "2.5000"),
                found);
        assertTrue(found.keySet().stream().allMatch(Acquisition::is));
        assertFalse(List.of("age", "site").stream().anyMatch(Acquisition::is));
    }

    @Test
    void aNumberThatIsNoneIsLeftOut() {
        Volume volume = Volume.of(Geometry.of(1, 1, 1, 1, 1, 1), new float[1], Quantity.HU);
        Tags tags = new Tags(Map.of("KVP", "high"), Map.of());
        Image image = new Image(volume, tags, Optional.empty());
        assertFalse(Acquisition.of(Map.of("ct", image)).containsKey("acquisition.ct.KVP"));
    }
}
