package dev.gantry.state.secret.kms;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The messages of the service {@code v2.KeyManagementService}. There are few, so they are read and
 * written by their numbers.
 */
public final class KmsMessages {
    /** Writes the fields of a message. */
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** Takes one field; false where it does not know it. */
    private interface Field {
        boolean read(int number, CodedInputStream in) throws IOException;
    }

    private KmsMessages() {}

    public static byte[] encryptRequest(byte[] plaintext, String uid) {
        return written(
                out -> {
                    out.writeByteArray(1, plaintext);
                    out.writeString(2, uid);
                });
    }

    public static byte[] decryptRequest(WrappedKey wrapped, String uid) {
        return written(
                out -> {
                    out.writeByteArray(1, wrapped.ciphertext());
                    out.writeString(2, uid);
                    out.writeString(3, wrapped.keyId());
                    for (Map.Entry<String, byte[]> each : wrapped.annotations().entrySet()) {
                        out.writeByteArray(4, entry(each));
                    }
                });
    }

    private static byte[] entry(Map.Entry<String, byte[]> annotation) {
        return written(
                out -> {
                    out.writeString(1, annotation.getKey());
                    out.writeByteArray(2, annotation.getValue());
                });
    }

    /** Throws IOException where it is no such message, as the other readers here do. */
    public static KmsStatus status(byte[] message) throws IOException {
        String[] texts = {"", "", "", ""};
        read(
                message,
                (number, in) -> {
                    boolean isKnown = number >= 1 && number <= 3;
                    if (isKnown) {
                        texts[number] = in.readStringRequireUtf8();
                    }
                    return isKnown;
                });
        return new KmsStatus(texts[1], texts[2], texts[3]);
    }

    public static WrappedKey encryptResponse(byte[] message) throws IOException {
        byte[][] bytes = new byte[3][0];
        SortedMap<String, byte[]> annotations = new TreeMap<>();
        read(
                message,
                (number, in) -> {
                    switch (number) {
                        case 1, 2 -> bytes[number] = in.readByteArray();
                        case 3 -> addEntry(in.readByteArray(), annotations);
                        default -> {
                            return false;
                        }
                    }
                    return true;
                });
        return new WrappedKey(bytes[1], ByteString.copyFrom(bytes[2]).toStringUtf8(), annotations);
    }

    private static void addEntry(byte[] message, SortedMap<String, byte[]> into)
            throws IOException {
        byte[][] bytes = new byte[3][0];
        read(message, (number, in) -> take(number, in, bytes));
        into.put(ByteString.copyFrom(bytes[1]).toStringUtf8(), bytes[2]);
    }

    public static byte[] decryptResponse(byte[] message) throws IOException {
        byte[][] bytes = new byte[2][0];
        read(message, (number, in) -> take(number, in, bytes));
        return bytes[1];
    }

    private static boolean take(int number, CodedInputStream in, byte[][] into) throws IOException {
        boolean isKnown = number >= 1 && number < into.length;
        if (isKnown) {
            into[number] = in.readByteArray();
        }
        return isKnown;
    }

    private static void read(byte[] message, Field field) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        int tag = in.readTag();
        while (tag != 0) {
            if (!field.read(WireFormat.getTagFieldNumber(tag), in)) {
                in.skipField(tag);
            }
            tag = in.readTag();
        }
    }

    private static byte[] written(Fields fields) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
