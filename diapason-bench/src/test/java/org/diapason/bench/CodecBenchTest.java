package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.HexFormat;
import org.diapason.io.codec.Codec;
import org.junit.jupiter.api.Test;

class CodecBenchTest {

    @Test
    void theTimedMethodDecodesTheExampleOfTheStandard() {
        CodecBench bench = new CodecBench();
        bench.codec = Codec.JPEG_LS;
        bench.size = "4x4x1";
        // ITU-T T.87, H.3
        bench.use(
                HexFormat.of()
                        .parseHex(
                                "ffd8fff7000b08000400040101"
                                        + "1100ffda0008010100000000c000006c80208e01c0000057"
                                        + "4000006ee6000001bc18000005d80000916000ffd9"));
        int[] image = {0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145};
        assertArrayEquals(image, bench.decode());
    }
}
