package org.diapason.io.codec;

import com.github.jaiimageio.jpeg2000.impl.IISRandomAccessIO;
import com.github.jaiimageio.jpeg2000.impl.J2KImageReadParamJava;
import java.awt.Point;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import jj2000.j2k.codestream.HeaderInfo;
import jj2000.j2k.codestream.reader.BitstreamReaderAgent;
import jj2000.j2k.codestream.reader.HeaderDecoder;
import jj2000.j2k.decoder.DecoderSpecs;
import jj2000.j2k.entropy.decoder.EntropyDecoder;
import jj2000.j2k.image.DataBlkInt;
import jj2000.j2k.image.ImgDataConverter;
import jj2000.j2k.image.invcomptransf.InvCompTransf;
import jj2000.j2k.quantization.dequantizer.Dequantizer;
import jj2000.j2k.roi.ROIDeScaler;
import jj2000.j2k.util.FacilityManager;
import jj2000.j2k.util.MsgLogger;
import jj2000.j2k.wavelet.synthesis.InverseWT;

/**
 * The only class that knows the JPEG 2000 library; another one is put in by writing its twin.
 *
 * <p>The stages are called one by one, as the library's own reader does, because that reader makes
 * pictures for screens: it would guess colours and lose the sign of samples.
 */
final class Jj2000 {
    static {
        FacilityManager.registerMsgLogger(null, new Silence());
    }

    private Jj2000() {}

    static void decode(byte[] codestream, Shape shape, int[] out) {
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(codestream))) {
            decode(in, shape, out);
        } catch (IOException | Error e) {
            // the library throws errors of its own, ThreadDeath among them, for broken streams
            throw new IllegalStateException(e);
        }
    }

    private static void decode(ImageInputStream stream, Shape shape, int[] out) throws IOException {
        IISRandomAccessIO in = new Ending(stream);
        J2KImageReadParamJava settings = new J2KImageReadParamJava();
        settings.setNoROIDescaling(false);
        HeaderInfo info = new HeaderInfo();
        HeaderDecoder header = new HeaderDecoder(in, settings, info);
        DecoderSpecs specs = header.getDecoderSpecs();
        int components = header.getNumComps();
        int[] depth = new int[components];
        for (int c = 0; c < components; c++) {
            depth[c] = header.getOriginalBitDepth(c);
        }
        BitstreamReaderAgent packets =
                BitstreamReaderAgent.createInstance(in, header, settings, specs, false, info);
        EntropyDecoder entropy = header.createEntropyDecoder(packets, settings);
        ROIDeScaler regions = header.createROIDeScaler(entropy, settings, specs);
        Dequantizer dequantizer = header.createDequantizer(regions, depth, specs);
        InverseWT wavelets = InverseWT.createInstance(dequantizer, specs);
        wavelets.setImgResLevel(packets.getImgRes());
        InvCompTransf picture = new InvCompTransf(new ImgDataConverter(wavelets, 0), specs, depth);
        Point tiles = picture.getNumTiles(null);
        for (int ty = 0; ty < tiles.y; ty++) {
            for (int tx = 0; tx < tiles.x; tx++) {
                picture.setTile(tx, ty);
                tile(picture, header, depth, shape, out);
            }
        }
    }

    private static void tile(
            InvCompTransf picture, HeaderDecoder header, int[] depth, Shape shape, int[] out) {
        int left = picture.getCompULX(0) - picture.getImgULX();
        int top = picture.getCompULY(0) - picture.getImgULY();
        int width = picture.getTileWidth();
        int height = picture.getTileHeight();
        int mask = -1 >>> 32 - shape.bitsAllocated();
        DataBlkInt block = new DataBlkInt();
        for (int row = 0; row < height; row++) {
            for (int c = 0; c < depth.length; c++) {
                block.ulx = 0;
                block.uly = row;
                block.w = width;
                block.h = 1;
                picture.getInternCompData(block, c);
                boolean signed = header.isOriginalSigned(c);
                int half = 1 << depth[c] - 1;
                int fraction = picture.getFixedPoint(c);
                int shift = signed ? 0 : half;
                int least = signed ? -half : 0;
                int most = least + 2 * half - 1;
                int at = ((top + row) * shape.columns() + left) * shape.samples() + c;
                int[] data = (int[]) block.getData();
                for (int i = 0; i < width; i++, at += shape.samples()) {
                    int value = (data[block.offset + i] >> fraction) + shift;
                    out[at] = Math.min(most, Math.max(least, value)) & mask;
                }
            }
        }
    }

    /**
     * Ends with an exception, as the library's own contract has it: its −1 would be read as ones
     * without end, and a packet header counts them. So would two bytes FF in a row, which a packet
     * header never has: the byte behind FF begins with a stuffed 0 (B.10.1).
     */
    private static final class Ending extends IISRandomAccessIO {
        private int last;
        private int lastAt = -2;

        Ending(ImageInputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int at = getPos();
            int next = super.read();
            boolean stuffed = last == 0xFF && at == lastAt + 1;
            if (next < 0) {
                throw new EOFException();
            }
            if (stuffed && next > 0x7F) {
                throw new IllegalStateException("a marker in a packet header");
            }
            last = next;
            lastAt = at;
            return next;
        }
    }

    /** The library writes its warnings to the console of whoever calls it. */
    private static final class Silence implements MsgLogger {
        @Override
        public void printmsg(int severity, String text) {}

        @Override
        public void println(String text, int firstIndent, int indent) {}

        @Override
        public void flush() {}
    }
}
