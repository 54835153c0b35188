package org.diapason.step;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.Chain;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Inverse;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/** SHA-256 of content, not of file bytes: the same values give the same hash in any file format. */
public final class ContentHash {
    private static final int CHUNK = 8192;

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(8 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    private ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the hash of grid, quantity and values. */
    public static String of(Volume volume) {
        ContentHash hash = new ContentHash();
        hash.add(volume.geometry());
        hash.add(volume.quantity().label());
        for (float v : volume.values()) {
            hash.room(4).putInt(Float.floatToIntBits(v));
        }
        return hash.hex();
    }

    /** Returns the hash of size and pixels of a picture, channel by channel. */
    public static String ofPicture(Volume picture) {
        ContentHash hash = new ContentHash();
        hash.add(picture.geometry());
        for (int c = 0; c < picture.channels(); c++) {
            for (float v : picture.channel(c)) {
                hash.room(4).putInt(Float.floatToIntBits(v));
            }
        }
        return hash.hex();
    }

    /** Returns the hash of grid and voxels. */
    public static String of(Mask mask) {
        ContentHash hash = new ContentHash();
        hash.add(mask.geometry());
        for (boolean v : mask.voxels()) {
            hash.room(1).put((byte) (v ? 1 : 0));
        }
        return hash.hex();
    }

    /** Returns the hash of names and values; covariates do not count. */
    public static String of(FeatureTable table) {
        ContentHash hash = new ContentHash();
        table.features().forEach(hash::add);
        for (int r = 0; r < table.size(); r++) {
            hash.add(table.exam(r));
            hash.add(table.region(r));
            for (double v : table.row(r)) {
                hash.room(8).putLong(Double.doubleToLongBits(v));
            }
        }
        return hash.hex();
    }

    /** Returns the hash of a text. */
    public static String of(String text) {
        ContentHash hash = new ContentHash();
        hash.add(text);
        return hash.hex();
    }

    /** Returns the hash of the numbers of a transform. */
    public static String of(Transform transform) {
        ContentHash hash = new ContentHash();
        hash.add(transform);
        return hash.hex();
    }

    private void add(Transform transform) {
        add(transform.getClass().getSimpleName());
        if (transform instanceof Affine affine) {
            add(affine.matrix());
        } else if (transform instanceof Chain chain) {
            chain.parts().forEach(this::add);
        } else if (transform instanceof DisplacementField field) {
            add(field.geometry());
            for (int axis = 0; axis < 3; axis++) {
                for (float v : field.shifts(axis)) {
                    room(4).putInt(Float.floatToIntBits(v));
                }
            }
        } else if (transform instanceof BsplineTransform spline) {
            add(spline.grid());
            add(spline.shifts());
        } else if (transform instanceof Inverse back) {
            add(back.of());
        } else {
            throw new IllegalStateException("no rule to hash a " + transform.getClass());
        }
    }

    private void add(Geometry g) {
        add(Numbers.of(g.ni(), g.nj(), g.nk()));
        add(g.spacingMm());
        add(g.originMm());
        add(g.direction());
    }

    private void add(Numbers numbers) {
        for (int n = 0; n < numbers.size(); n++) {
            room(8).putLong(Double.doubleToLongBits(numbers.get(n)));
        }
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        room(4).putInt(bytes.length);
        flush();
        digest.update(bytes);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        digest.update(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    private String hex() {
        flush();
        return HexFormat.of().formatHex(digest.digest());
    }
}
