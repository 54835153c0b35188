package org.diapason.io.transform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.io.WholeFile;
import org.diapason.volume.Chain;
import org.diapason.volume.DataException;
import org.diapason.volume.Transform;

/**
 * ITK's and ANTs' {@code .mat}: two matrices of MATLAB's format 4, parameters under the name of the
 * transform's class and those that are {@code fixed}.
 */
final class ItkMat {
    private static final int HEAD = 20;
    private static final int LONGEST_NAME = 100;

    /** Memory that a byte takes: a float becomes a double and is copied twice. */
    private static final int MEMORY = 7;

    private ItkMat() {}

    private record Matrix(String name, double[] values, int end) {}

    static Transform read(Path path) {
        String name = InputFile.name(path);
        byte[] bytes;
        try {
            long size = Files.size(path);
            if (size > Transforms.MOST_BYTES) {
                throw new DataException(
                        name
                                + ": has "
                                + (size >> 20)
                                + " MB, and matrices of more than 256 MB are not read. Keep a field"
                                + " of shifts as NIfTI.");
            }
            Room.need(name, (double) MEMORY * size);
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
        refuseOthers(name, bytes);
        Matrix parameters = matrix(name, bytes, 0);
        Matrix fixed = matrix(name, bytes, parameters.end());
        if (!fixed.name().equals("fixed")) {
            throw bad(name, parameters.end(), "expected the matrix \"fixed\", found another");
        }
        if (fixed.end() != bytes.length) {
            throw new DataException(
                    name
                            + ", byte "
                            + fixed.end()
                            + ": holds several transforms and does not say which comes first. Give"
                            + " them one at a time.");
        }
        return new ItkTransform(parameters.name(), parameters.values(), fixed.values())
                .transform(name);
    }

    /** FSL gives its matrices the same ending, and MATLAB newer ones. */
    private static void refuseOthers(String name, byte[] bytes) {
        boolean text = bytes.length > 0;
        for (int n = 0; n < Math.min(64, bytes.length); n++) {
            text &= bytes[n] >= ' ' || bytes[n] == '\n' || bytes[n] == '\r' || bytes[n] == '\t';
        }
        if (!text) {
            return;
        }
        String start = new String(bytes, 0, Math.min(64, bytes.length), StandardCharsets.US_ASCII);
        throw new DataException(
                name
                        + (start.startsWith("MATLAB")
                                ? ": is a MATLAB file of format 5 or later; ITK writes format 4."
                                : ": is text, as FSL's matrices are, which mean nothing without the"
                                        + " two images that they were made of.")
                        + " Convert it to ITK's form first.");
    }

    private static Matrix matrix(String file, byte[] bytes, int at) {
        if (bytes.length - at < HEAD) {
            throw bad(file, at, "the file ends inside the head of a matrix");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(at) < 0 || in.getInt(at) >= 5000) {
            in.order(ByteOrder.BIG_ENDIAN);
        }
        int type = in.getInt(at);
        int machine = type / 1000;
        int precision = type / 10 % 10;
        boolean big = in.order() == ByteOrder.BIG_ENDIAN;
        // the hundreds say whether a matrix stands row by row, which a vector does not care about
        if (type < 0 || machine != (big ? 1 : 0) || precision > 1 || type % 10 != 0) {
            throw bad(file, at, "this is no real matrix of MATLAB's format 4");
        }
        int rows = in.getInt(at + 4);
        int columns = in.getInt(at + 8);
        int length = in.getInt(at + 16);
        if (in.getInt(at + 12) != 0 || length < 1 || length > LONGEST_NAME || rows < 0) {
            throw bad(file, at, "this is no real matrix of MATLAB's format 4");
        }
        int width = precision == 1 ? 4 : 8;
        long end = at + HEAD + length + (long) rows * width;
        if (columns != 1 && rows != 0 || end > bytes.length) {
            throw bad(
                    file,
                    at + 4,
                    "a column of " + rows + " numbers is said to follow, and does not");
        }
        int start = at + HEAD;
        String name = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        int zero = name.indexOf('\0');
        double[] values = new double[rows];
        for (int n = 0; n < rows; n++) {
            int place = start + length + n * width;
            values[n] = width == 4 ? in.getFloat(place) : in.getDouble(place);
        }
        return new Matrix(zero < 0 ? name : name.substring(0, zero), values, (int) end);
    }

    private static DataException bad(String file, int at, String what) {
        return new DataException(
                file + ", byte " + at + ": " + what + ": the file is broken. Write it again.");
    }

    static void requireHolds(Transform transform) {
        if (transform instanceof Chain) {
            throw Transforms.noWord("ITK's .mat", transform);
        }
    }

    static void write(Path path, Transform transform) throws IOException {
        requireHolds(transform);
        ItkTransform part = ItkTransform.of(transform);
        byte[] one = matrix(part.type(), part.parameters());
        byte[] two = matrix("fixed", part.fixed());
        WholeFile.write(
                path,
                out -> {
                    out.write(one);
                    out.write(two);
                });
    }

    private static byte[] matrix(String name, double[] values) {
        int bytes = Math.addExact(HEAD + name.length() + 1, Math.multiplyExact(8, values.length));
        ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0).putInt(values.length).putInt(1).putInt(0).putInt(name.length() + 1);
        out.put(name.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        for (double v : values) {
            out.putDouble(v);
        }
        return out.array();
    }
}
