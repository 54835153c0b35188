package org.diapason.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {

    /** 300 × 250 pixels do not fit into one stored block of 65535 bytes. */
    @Test
    void anotherReaderFindsTheSameGreys() throws Exception {
        byte[] grey = new byte[300 * 250];
        for (int p = 0; p < grey.length; p++) {
            grey[p] = (byte) (p * 31 + p / 300);
        }
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.of(300, 250, grey)));
        assertEquals(300, read.getWidth());
        assertEquals(250, read.getHeight());
        for (int p = 0; p < grey.length; p++) {
            assertEquals(grey[p] & 255, read.getRaster().getSample(p % 300, p / 300, 0));
        }
    }
}
