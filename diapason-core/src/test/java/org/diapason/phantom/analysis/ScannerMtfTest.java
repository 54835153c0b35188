package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Mtf;
import org.diapason.phantom.Box;
import org.diapason.phantom.Cylinder;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.Noise;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.ReconstructionKernel;
import org.diapason.phantom.Region;
import org.diapason.phantom.Sphere;
import org.diapason.phantom.VirtualScanner;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScannerMtfTest {
    private static final DigitalObject OBJECT = ObjectLibrary.of("resolution");
    private static final Box EDGE = new Box(Numbers.of(-20, 0, 0), Numbers.of(30, 90, 34));

    private static VirtualScanner scanner(double boost, double noiseHu) {
        return new VirtualScanner(
                "s",
                1,
                0,
                Numbers.of(2),
                Numbers.of(0.7, 0.7, 1),
                Numbers.of(0, 0, 1),
                boost == 0
                        ? Optional.empty()
                        : Optional.of(new ReconstructionKernel.Boost(0.5, boost)),
                Optional.empty(),
                noiseHu == 0 ? Optional.empty() : Optional.of(new Noise.White(noiseHu)),
                false);
    }

    /**
     * The whole true transfer is that of the description: Gaussian times kernel. Edge, wire and
     * bead hold ever less signal, and bear ever less noise: the bead is refused at 8 HU.
     */
    @ParameterizedTest(name = "boost {0}, noise {1} HU: within {2}, {3} ways")
    @CsvSource({
        "0, 0, 0.01, 3",
        "2.5, 0, 0.01, 3",
        "0, 10, 0.03, 1",
        "0, 8, 0.03, 2",
        "0, 4, 0.03, 3",
        "2.5, 4, 0.03, 3"
    })
    void edgeWireAndPointAgreeWithTheTransferOfTheScanner(
            double boost, double noiseHu, double tolerance, int known) {
        VirtualScanner s = scanner(boost, noiseHu);
        Volume scan = s.scan(OBJECT, 4);
        Cylinder wire = (Cylinder) OBJECT.region("wire").shape();
        Sphere bead = (Sphere) OBJECT.region("bead").shape();
        List<Mtf> ways = new ArrayList<>();
        ways.add(ScannerMtf.edge(scan, EDGE));
        ways.add(ScannerMtf.wire(scan, wire, 0, 12));
        if (known < 3) {
            assertThrows(RefusedException.class, () -> ScannerMtf.point(scan, bead, 0, 12));
        } else {
            ways.add(ScannerMtf.point(scan, bead, 0, 12));
        }
        for (double f = 0.02; f < 0.6; f += 0.02) {
            for (int w = 0; w < known; w++) {
                assertEquals(s.mtf(f, 0, 0), ways.get(w).at(f), tolerance, "way " + w + ", " + f);
            }
        }
    }

    @Test
    void theSlicesGiveTheEdgeItsInterval() {
        VirtualScanner s = scanner(0, 20);
        List<Measured> found = ScannerMtf.edgeFigures(s.scan(OBJECT, 6), EDGE);
        double f50 = 0.441271 / 2;
        assertEquals(f50, found.get(0).value(), 0.02 * f50);
        assertTrue(found.get(0).low() < f50 && found.get(0).high() > f50, found.get(0).text());
        assertTrue(found.get(0).high() - found.get(0).low() < 0.06 * f50);
    }

    @Test
    void theRoundSurfaceOfARodShowsItToo() {
        DigitalObject rod =
                new DigitalObject(
                        "rod",
                        Quantity.HU,
                        -1000,
                        Numbers.of(70, 70, 3),
                        List.of(
                                Region.of(
                                        "rod",
                                        80,
                                        new Cylinder(
                                                Numbers.of(1.3, -0.7, 0),
                                                Numbers.of(0, 0, 1),
                                                19,
                                                200))));
        VirtualScanner s = scanner(0, 0);
        Volume scan = s.scan(rod, 1);
        double first = (scan.geometry().ni() - 1) / 2.0 * 0.7;
        Area disc = Area.disc("rod", 1, 1.3 + first, -0.7 + first, 19);
        Mtf mtf = ScannerMtf.rod(scan, List.of(disc), 8, 0, -900);
        for (double f = 0.02; f < 0.6; f += 0.02) {
            assertEquals(s.mtf(f, 0, 0), mtf.at(f), 0.015, "at " + f + " per mm");
        }
    }
}
